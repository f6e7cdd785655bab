package org.surprisal.tensor.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Objects;

/// oneDNN's `dnnl_sgemm`, called through the foreign function interface on heap arrays without a copy.
///
/// The library comes as a resource of the class path (bytedeco's platform jar) and is extracted once to the user's cache
/// folder. Each call runs on one thread; big products are split by rows of C into chunks that depend on the shape alone,
/// shared out over [Workers], so any number of threads gives the same bits. A critical call holds off the garbage
/// collector, which bounds the chunk from above.
@SuppressWarnings("restricted")
final class OneDnn implements FloatProduct {
    /// Multiply-adds below which a product is not worth sharing.
    private static final long SMALL = 1L << 20;
    /// Rows of C in a chunk: the fewest at which one thread comes close to its full rate.
    private static final int CHUNK_ROWS = 64;
    /// Multiply-adds a chunk may have: about 10 ms.
    private static final long LARGE = 1L << 28;

    private record Platform(String folder, String openMp, String library) {}

    private final MethodHandle sgemm;
    private final MethodHandle setThreads;
    private final ThreadLocal<Boolean> singleThreaded = new ThreadLocal<>();

    private OneDnn(MethodHandle sgemm, MethodHandle setThreads) {
        this.sgemm = sgemm;
        this.setThreads = setThreads;
    }

    /// Loads the library; every reason why it cannot be is an [IOException] of one line.
    static OneDnn load() throws IOException {
        Platform platform = platform();
        Path folder = cacheFolder().resolve("native").resolve(platform.folder());
        Path openMp;
        Path library;
        try {
            openMp = extract(platform, platform.openMp(), folder);
            library = extract(platform, platform.library(), folder);
        } catch (FileSystemException e) {
            throw new IOException("cannot write the library to " + folder + " (" + e.getClass().getSimpleName()
                    + "); set XDG_CACHE_HOME to a folder that can be written", e);
        }
        // The OpenMP runtime first: the library finds it already loaded under its own name.
        try {
            System.load(openMp.toString());
            SymbolLookup omp = SymbolLookup.libraryLookup(openMp, Arena.global());
            SymbolLookup dnnl = SymbolLookup.libraryLookup(library, Arena.global());
            Linker linker = Linker.nativeLinker();
            ValueLayout.OfLong dim = ValueLayout.JAVA_LONG;
            FunctionDescriptor product = FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_BYTE,
                    ValueLayout.JAVA_BYTE, dim, dim, dim, ValueLayout.JAVA_FLOAT, ValueLayout.ADDRESS, dim,
                    ValueLayout.ADDRESS, dim, ValueLayout.JAVA_FLOAT, ValueLayout.ADDRESS, dim);
            MethodHandle sgemm = linker.downcallHandle(dnnl.findOrThrow("dnnl_sgemm"), product,
                    Linker.Option.critical(true));
            MethodHandle setThreads = linker.downcallHandle(omp.findOrThrow("omp_set_num_threads"),
                    FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT));
            OneDnn loaded = new OneDnn(sgemm, setThreads);
            loaded.check();
            return loaded;
        } catch (IllegalArgumentException | IllegalCallerException | IllegalStateException | UnsatisfiedLinkError
                | NoSuchElementException e) {
            throw new IOException("cannot load " + library + ": " + e.getMessage(), e);
        }
    }

    private static Platform platform() throws IOException {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String processor = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        if (system.contains("linux") && List.of("amd64", "x86_64").contains(processor)) {
            return new Platform("linux-x86_64", "libgomp.so.1", "libdnnl.so.3");
        }
        if (system.contains("linux") && processor.equals("aarch64")) {
            return new Platform("linux-arm64", "libgomp.so.1", "libdnnl.so.3");
        }
        if (system.contains("mac") && processor.equals("aarch64")) {
            return new Platform("macosx-arm64", "libomp.dylib", "libdnnl.3.dylib");
        }
        throw new IOException("no oneDNN library for " + system + " on " + processor);
    }

    private static Path cacheFolder() {
        String home = System.getenv("XDG_CACHE_HOME");
        // The XDG specification has relative paths ignored.
        return home != null && Path.of(home).isAbsolute()
                ? Path.of(home, "surprisal")
                : Path.of(System.getProperty("user.home", "."), ".cache", "surprisal");
    }

    private static Path extract(Platform platform, String file, Path folder) throws IOException {
        String resource = "org/bytedeco/dnnl/" + platform.folder() + "/" + file;
        var url = ClassLoader.getSystemResource(resource);
        if (url == null) {
            throw new IOException("resource " + resource + " is not on the class path");
        }
        // The length names the version: another release of the library never has the same one in the same place.
        long length = url.openConnection().getContentLengthLong();
        Path target = folder.resolve(Long.toString(length)).resolve(file);
        if (Files.exists(target) && Files.size(target) == length) {
            return target;
        }
        Files.createDirectories(target.getParent());
        Path part = Files.createTempFile(target.getParent(), file, ".part");
        try (InputStream in = url.openStream()) {
            Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
            try {
                Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(part);
        }
        return target;
    }

    /// One small product with a known answer, so that a library that loads but does not work is found out here.
    private void check() throws IOException {
        float[] c = {10, 10};
        product(false, true, 1, 2, 2, new float[]{1, 2}, new float[]{3, 4, 5, 6}, 1, c);
        if (c[0] != 21 || c[1] != 27) {
            throw new IOException("dnnl_sgemm answered (" + c[0] + ", " + c[1] + ") where (21, 27) is right");
        }
    }

    @Override
    public void product(boolean transposeA, boolean transposeB, int m, int n, int k, float[] a, float[] b, int beta,
            float[] c) {
        if (m == 0 || n == 0 || k == 0) {
            // dnnl_sgemm leaves C as it is for k = 0, whatever beta says.
            Arrays.fill(c, 0, beta == 0 ? m * n : 0, 0);
            return;
        }
        // The native code checks no bounds.
        Objects.checkFromIndexSize(0, Math.multiplyExact(m, k), a.length);
        Objects.checkFromIndexSize(0, Math.multiplyExact(k, n), b.length);
        Objects.checkFromIndexSize(0, Math.multiplyExact(m, n), c.length);
        int chunks = chunks(m, n, k);
        int rows = Math.ceilDiv(m, chunks);
        Workers.run(chunks, chunk -> {
            int first = chunk * rows;
            int count = Math.min(rows, m - first);
            if (count > 0) {
                call(transposeA, transposeB, first, count, m, n, k, a, b, beta, c);
            }
        });
    }

    /// Into how many chunks the rows are split: an even number, for two workers to share evenly.
    private static int chunks(int m, int n, int k) {
        long work = (long) m * n * k;
        if (work < SMALL) {
            return 1;
        }
        int pairs = (int) Math.max(Math.ceilDiv(m, 2 * CHUNK_ROWS), Math.ceilDiv(work, 2 * LARGE));
        return Math.min(m, 2 * pairs);
    }

    private void call(boolean transposeA, boolean transposeB, int first, int count, int m, int n, int k, float[] a,
            float[] b, int beta, float[] c) {
        long start = transposeA ? first : (long) first * k;
        MemorySegment rowsOfA = MemorySegment.ofArray(a).asSlice(start * Float.BYTES);
        MemorySegment rowsOfC = MemorySegment.ofArray(c).asSlice((long) first * n * Float.BYTES);
        int status;
        try {
            if (singleThreaded.get() == null) {
                setThreads.invokeExact(1);
                singleThreaded.set(true);
            }
            status = (int) sgemm.invokeExact((byte) (transposeA ? 'T' : 'N'), (byte) (transposeB ? 'T' : 'N'),
                    (long) count, (long) n, (long) k, 1f, rowsOfA, (long) (transposeA ? m : k),
                    MemorySegment.ofArray(b), (long) (transposeB ? k : n), (float) beta, rowsOfC, (long) n);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("dnnl_sgemm could not be called", e);
        }
        if (status != 0) {
            throw new IllegalStateException("dnnl_sgemm refused a product of " + count + "x" + k + " and " + k + "x" + n
                    + " (status " + status + ")");
        }
    }
}

package org.surprisal.tensor.kernel;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.net.URL;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.function.Consumer;

/// oneDNN's `dnnl_sgemm`, called through the foreign function interface on heap arrays without a copy.
///
/// The library comes in a jar of its own (bytedeco's, one for each platform; [ResourceSearch] finds it) and is unpacked
/// once to the user's cache folder ([LibraryFolder]). Each call runs on one thread; big products are split into blocks
/// of C that depend on the shape alone, shared out over [Workers], so any number of threads gives the same bits. A
/// critical call holds off the garbage collector, which bounds the block from above.
///
/// The library's own threads (OpenMP) are off, whatever the caller's share of the processors: they would split a
/// product by their number, which changes its bits. OpenMP keeps that setting for each thread of the system.
@SuppressWarnings("restricted")
final class OneDnn implements FloatProduct {
    /// Multiply-adds below which a product is not worth sharing.
    private static final long SMALL = 1L << 20;
    /// Multiply-adds a block may have: one or two milliseconds.
    private static final long LARGE = 1L << 26;

    private final MethodHandle sgemm;
    private final MethodHandle setThreads;
    /// Whether this platform thread has switched OpenMP's threads off.
    private final ThreadLocal<Boolean> singleThreaded = new ThreadLocal<>();

    private OneDnn(MethodHandle sgemm, MethodHandle setThreads) {
        this.sgemm = sgemm;
        this.setThreads = setThreads;
    }

    /// Loads the library.
    ///
    /// @param warning is told in one line what makes the start slower
    /// @throws IOException when the library cannot be loaded; the message is one line
    static OneDnn load(Consumer<String> warning) throws IOException {
        OneDnnFiles files = OneDnnFiles.ofThisPlatform();
        URL openMpSource = source(files, files.openMp());
        URL librarySource = source(files, files.library());
        Path cache = cacheFolder().resolve("native")
                .resolve(files.platform() + "-" + files.library().sha256().substring(0, 16));
        try (LibraryFolder folder = LibraryFolder.open(cache, user(), warning)) {
            Path openMp;
            Path library;
            try {
                openMp = folder.file(files.openMp(), openMpSource);
                library = folder.file(files.library(), librarySource);
            } catch (FileSystemException e) {
                throw new IOException("cannot write the library to " + cache + " (" + LibraryFolder.reason(e)
                        + "); set XDG_CACHE_HOME to a folder that can be written", e);
            }
            return load(openMp, library);
        }
    }

    private static OneDnn load(Path openMp, Path library) throws IOException {
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
            throw new IOException("cannot load " + library + ": " + reason(e), e);
        }
    }

    /// Says why native code could not be called. Where the system's linker refused a library, its words say why.
    private static String reason(Throwable e) {
        return switch (e) {
            case IllegalCallerException _ -> "native code is not allowed; start Java with the option"
                    + " --enable-native-access=ALL-UNNAMED (org.surprisal.tensor on the module path)";
            case NoSuchElementException _ -> "a function is missing in it";
            case UnsatisfiedLinkError link when link.getMessage() != null -> link.getMessage();
            default -> "it cannot be linked";
        };
    }

    private static URL source(OneDnnFiles files, OneDnnFiles.LibraryFile file) throws IOException {
        return ResourceSearch.find(OneDnn.class, files.resource(file), "dnnl").orElseThrow(() -> new IOException(
                files.resource(file) + " is neither on the class path nor on the module path: add the dependency "
                        + files.coordinates()));
    }

    /// Returns the id of the user whose rights this process has.
    private static int user() throws IOException {
        Linker linker = Linker.nativeLinker();
        try {
            MethodHandle user = linker.downcallHandle(linker.defaultLookup().findOrThrow("geteuid"),
                    FunctionDescriptor.of(ValueLayout.JAVA_INT));
            return (int) user.invokeExact();
        } catch (RuntimeException | Error e) {
            throw new IOException("cannot ask for the id of the user: " + reason(e), e);
        } catch (Throwable e) {
            throw new IllegalStateException("geteuid could not be called", e);
        }
    }

    private static Path cacheFolder() {
        String home = System.getenv("XDG_CACHE_HOME");
        // The XDG specification has relative paths ignored.
        return home != null && Path.of(home).isAbsolute()
                ? Path.of(home, "surprisal")
                : Path.of(System.getProperty("user.home", "."), ".cache", "surprisal").toAbsolutePath();
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
        Blocks blocks = Blocks.of(m, n, k);
        int rows = Math.ceilDiv(m, blocks.down());
        int columns = Math.ceilDiv(n, blocks.across());
        Workers.run(blocks.down() * blocks.across(), block -> {
            int top = block / blocks.across() * rows;
            int left = block % blocks.across() * columns;
            int height = Math.min(rows, m - top);
            int width = Math.min(columns, n - left);
            if (height > 0 && width > 0) {
                long startOfA = transposeA ? top : (long) top * k;
                long startOfB = transposeB ? (long) left * k : left;
                call(transposeA, transposeB, height, width, k, a, startOfA, transposeA ? m : k, b, startOfB,
                        transposeB ? k : n, beta, c, (long) top * n + left, n);
            }
        });
    }

    @Override
    public void part(boolean transposeA, boolean transposeB, int m, int n, int k, float[] a, int aFrom, int aStride,
            float[] b, int bFrom, int bStride, int beta, float[] c, int cFrom, int cStride) {
        FloatProduct.check(transposeA ? k : m, transposeA ? m : k, aFrom, aStride, a.length);
        FloatProduct.check(transposeB ? n : k, transposeB ? k : n, bFrom, bStride, b.length);
        FloatProduct.check(m, n, cFrom, cStride, c.length);
        if (m == 0 || n == 0) {
            return;
        }
        if (k == 0) {
            for (int i = 0; i < m && beta == 0; i++) {
                Arrays.fill(c, cFrom + i * cStride, cFrom + i * cStride + n, 0);
            }
            return;
        }
        call(transposeA, transposeB, m, n, k, a, aFrom, aStride, b, bFrom, bStride, beta, c, cFrom, cStride);
    }

    /// How a product is split: C into so many blocks.
    ///
    /// @param down how many below one another
    /// @param across how many side by side
    record Blocks(int down, int across) {
        /// An even number of blocks, for two workers to share evenly, none larger than allowed. Each block has its rows
        /// of A and its columns of B copied into the order that the processor likes: of all such splits, the one that
        /// copies least.
        static Blocks of(int m, int n, int k) {
            long work = (long) m * n * k;
            if (work < SMALL) {
                return new Blocks(1, 1);
            }
            int count = 2 * Math.toIntExact(Math.ceilDiv(work, 2 * LARGE));
            Blocks best = new Blocks(Math.min(m, count), 1);
            long least = Long.MAX_VALUE;
            for (int down = 1; down <= Math.min(m, count); down++) {
                int across = Math.min(n, Math.ceilDiv(count, down));
                long copied = (long) m * across + (long) n * down;
                if (down * across % 2 == 0 && copied < least && (long) down * across >= count) {
                    best = new Blocks(down, across);
                    least = copied;
                }
            }
            return best;
        }
    }

    /// One call, for matrices whose rows are `strideOf…` elements apart.
    private void call(boolean transposeA, boolean transposeB, int m, int n, int k, float[] a, long startOfA,
            int strideOfA, float[] b, long startOfB, int strideOfB, int beta, float[] c, long startOfC, int strideOfC) {
        MemorySegment partOfA = MemorySegment.ofArray(a).asSlice(startOfA * Float.BYTES);
        MemorySegment partOfB = MemorySegment.ofArray(b).asSlice(startOfB * Float.BYTES);
        MemorySegment partOfC = MemorySegment.ofArray(c).asSlice(startOfC * Float.BYTES);
        int status;
        try {
            if (Thread.currentThread().isVirtual()) {
                // Its carrier is another thread of the system from time to time, though never between two such calls.
                setThreads.invokeExact(1);
            } else if (singleThreaded.get() == null) {
                setThreads.invokeExact(1);
                singleThreaded.set(true);
            }
            status = (int) sgemm.invokeExact((byte) (transposeA ? 'T' : 'N'), (byte) (transposeB ? 'T' : 'N'),
                    (long) m, (long) n, (long) k, 1f, partOfA, (long) strideOfA, partOfB, (long) strideOfB,
                    (float) beta, partOfC, (long) strideOfC);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("dnnl_sgemm could not be called", e);
        }
        if (status != 0) {
            throw new IllegalStateException("dnnl_sgemm refused a product of " + m + "x" + k + " and " + k + "x" + n
                    + " (status " + status + ")");
        }
    }
}

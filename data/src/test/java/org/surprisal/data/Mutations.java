package org.surprisal.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.surprisal.tensor.RandomStream;

/// Damages files at random, from a seed, and expects readers to say so in one line or to read what is there: without
/// any other exception, without end, and without more memory than a small multiple of the file.
public final class Mutations {
    private static final int COUNT = 1000;
    /// A reader that has not ended by then never will; each of the thousand takes about a millisecond.
    private static final Duration HANG = Duration.ofMinutes(2);
    /// What readers take whatever the file: buffers, class loading, the decoders of images.
    private static final long MEMORY = 4L << 20;
    private static final long MEMORY_A_BYTE = 64;

    private Mutations() {
    }

    /// Reads a damaged file; only data errors are let out of it.
    public interface Reader {
        void read(byte[] damaged) throws Exception;
    }

    /// Writes a damaged file, always as a new one: file systems flush a file that is emptied and written again to the
    /// disk, which takes a hundred times as long, and one that is still mapped must not change.
    public static Path write(Path file, byte[] damaged) throws IOException {
        Files.deleteIfExists(file);
        return Files.write(file, damaged);
    }

    /// How many of the damaged files were refused.
    public static int refused(byte[] valid, long seed, Reader reader) throws Exception {
        return refused(valid, seed, MEMORY_A_BYTE, reader);
    }

    /// How many of the damaged files were refused.
    ///
    /// @param memory that a reader may take for each byte of a file
    public static int refused(byte[] valid, long seed, long memory, Reader reader) throws Exception {
        reader.read(valid);
        return assertTimeoutPreemptively(HANG, () -> {
            int refused = 0;
            for (int i = 0; i < COUNT; i++) {
                byte[] damaged = damage(valid, RandomStream.seeded(seed).child(i));
                refused += isRefused(damaged, memory, reader, "mutation " + i + " of seed " + seed) ? 1 : 0;
            }
            return refused;
        });
    }

    private static boolean isRefused(byte[] damaged, long memory, Reader reader, String which) {
        long before = allocated();
        boolean refused = false;
        try {
            reader.read(damaged);
        } catch (DataException e) {
            refused = true;
            assertThat(e.getMessage()).as(which).isNotBlank().doesNotContain("\n", "\r").hasSizeLessThan(4000);
        } catch (Exception | OutOfMemoryError | StackOverflowError e) {
            throw new AssertionError(which + " let out " + e, e);
        }
        assertThat(allocated() - before).as("bytes allocated by " + which)
                .isLessThan(MEMORY + memory * damaged.length);
        return refused;
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    private static byte[] damage(byte[] valid, RandomStream stream) {
        byte[] bytes = valid.clone();
        int at = stream.nextInt(bytes.length);
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(
                stream.nextInt(2) == 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int word = Math.max(0, Math.min(at, bytes.length - 8));
        switch (stream.nextInt(11)) {
            case 0 -> bytes[at] ^= (byte) (1 << stream.nextInt(8));
            case 1 -> bytes[at] = (byte) stream.nextInt(256);
            case 2 -> bytes[at] = (byte) stream.nextInt(20);
            case 3 -> buffer.putInt(word, stream.nextInt(2) == 0 ? -1 : Integer.MAX_VALUE);
            case 4 -> buffer.putInt(word, buffer.getInt(word) << (1 + stream.nextInt(24)));
            case 5 -> buffer.putLong(word, stream.nextLong() >>> stream.nextInt(64));
            case 6 -> bytes = Arrays.copyOf(bytes, at);
            case 7 -> bytes = Arrays.copyOf(bytes, bytes.length + 1 + stream.nextInt(20));
            case 8 -> bytes = spliced(bytes, at, stretch(bytes, at, stream), new byte[0]);
            case 9 -> bytes = spliced(bytes, at, at, Arrays.copyOfRange(bytes, at, stretch(bytes, at, stream)));
            default -> bytes = moreDigits(bytes, at, stream);
        }
        return bytes;
    }

    private static int stretch(byte[] bytes, int at, RandomStream stream) {
        return Math.min(bytes.length, at + 1 + stream.nextInt(40));
    }

    /// A number written as text, where there is one behind the place, grows.
    private static byte[] moreDigits(byte[] bytes, int at, RandomStream stream) {
        int digit = at;
        while (digit < bytes.length && !(bytes[digit] >= '0' && bytes[digit] <= '9')) {
            digit++;
        }
        byte[] nines = new byte[1 + stream.nextInt(20)];
        Arrays.fill(nines, (byte) '9');
        return spliced(bytes, digit, digit, nines);
    }

    private static byte[] spliced(byte[] bytes, int from, int to, byte[] between) {
        byte[] spliced = new byte[bytes.length - (to - from) + between.length];
        System.arraycopy(bytes, 0, spliced, 0, from);
        System.arraycopy(between, 0, spliced, from, between.length);
        System.arraycopy(bytes, to, spliced, from + between.length, bytes.length - to);
        return spliced;
    }
}

package org.surprisal.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.surprisal.tensor.RandomStream;

/// Damages files at random, from a seed, and expects readers to say so in one line or to read what is there.
final class Mutations {
    private static final int COUNT = 1000;

    private Mutations() {
    }

    /// Reads a damaged file; only data errors are let out of it.
    interface Reader {
        void read(byte[] damaged) throws Exception;
    }

    /// How many of the damaged files were refused.
    static int refused(byte[] valid, long seed, Reader reader) throws Exception {
        RandomStream stream = RandomStream.seeded(seed);
        int refused = 0;
        for (int i = 0; i < COUNT; i++) {
            try {
                reader.read(damage(valid, stream.child(i)));
            } catch (DataException e) {
                assertThat(e.getMessage()).isNotBlank().doesNotContain("\n", "\r");
                refused++;
            }
        }
        return refused;
    }

    private static byte[] damage(byte[] valid, RandomStream stream) {
        byte[] bytes = valid.clone();
        int at = stream.nextInt(bytes.length);
        switch (stream.nextInt(5)) {
            case 0 -> bytes[at] ^= (byte) (1 << stream.nextInt(8));
            case 1 -> bytes[at] = (byte) stream.nextInt(256);
            case 2 -> ByteBuffer.wrap(bytes).putInt(Math.max(0, Math.min(at, bytes.length - 4)),
                    stream.nextInt(2) == 0 ? -1 : Integer.MAX_VALUE);
            case 3 -> bytes = Arrays.copyOf(bytes, at);
            default -> bytes = Arrays.copyOf(bytes, bytes.length + 1 + stream.nextInt(20));
        }
        return bytes;
    }
}

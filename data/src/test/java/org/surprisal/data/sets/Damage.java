package org.surprisal.data.sets;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.surprisal.tensor.RandomStream;

/// What happens to files: bits that flip, bytes that are overwritten, downloads that end early, blocks that a disk left
/// as zeros or wrote in another place, lines or blocks put in, length fields that lie, and parts of another file of the
/// same format.
///
final class Damage {
    private static final int[] ENDS = {0, 1, -1, 2, 255, 256, 65_535, Integer.MAX_VALUE, Integer.MIN_VALUE};

    private final byte[] valid;
    private final byte[] other;

    /// @param valid the whole file
    /// @param other another file of the same format
    Damage(byte[] valid, byte[] other) {
        this.valid = valid;
        this.other = other;
    }

    /// Returns the file with one to three kinds of damage.
    byte[] one(RandomStream stream) {
        byte[] bytes = valid.clone();
        int times = stream.nextInt(4) == 0 ? 2 + stream.nextInt(2) : 1;
        for (int i = 0; i < times && bytes.length > 0; i++) {
            bytes = damaged(bytes, stream);
        }
        return bytes;
    }

    private byte[] damaged(byte[] bytes, RandomStream stream) {
        int at = stream.nextInt(bytes.length);
        int end = Math.min(bytes.length, at + 1 + stream.nextInt(64));
        switch (stream.nextInt(12)) {
            case 0, 1 -> bytes[at] ^= (byte) (1 << stream.nextInt(8));
            case 2 -> bytes[at] = (byte) stream.nextInt(256);
            case 3 -> {
                return Arrays.copyOf(bytes, at);
            }
            case 4 -> Arrays.fill(bytes, at, end, (byte) 0);
            case 5 -> number(bytes, at, ENDS[stream.nextInt(ENDS.length)], stream);
            case 6 -> number(bytes, at, (int) stream.nextLong() >>> stream.nextInt(32), stream);
            case 7 -> {
                byte[] put = new byte[1 + stream.nextInt(32)];
                for (int i = 0; i < put.length; i++) {
                    put[i] = (byte) stream.nextInt(256);
                }
                return joined(bytes, 0, at, put, bytes, at);
            }
            case 8 -> {
                return joined(bytes, 0, at, new byte[0], bytes, end);
            }
            case 9 -> {
                return joined(bytes, 0, end, Arrays.copyOfRange(bytes, at, end), bytes, end);
            }
            case 10 -> swap(bytes, at, stream.nextInt(bytes.length), end - at);
            default -> {
                return joined(bytes, 0, at, new byte[0], other, stream.nextInt(other.length));
            }
        }
        return bytes;
    }

    private static void number(byte[] bytes, int at, int value, RandomStream stream) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes)
                .order(stream.nextInt(2) == 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int room = bytes.length - at;
        if (room >= 4 && stream.nextInt(2) == 0) {
            buffer.putInt(at, value);
        } else if (room >= 2) {
            buffer.putShort(at, (short) value);
        } else {
            bytes[at] = (byte) value;
        }
    }

    private static void swap(byte[] bytes, int a, int b, int length) {
        for (int i = 0; i < length && Math.max(a, b) + i < bytes.length; i++) {
            byte kept = bytes[a + i];
            bytes[a + i] = bytes[b + i];
            bytes[b + i] = kept;
        }
    }

    private static byte[] joined(byte[] first, int from, int to, byte[] between, byte[] last, int rest) {
        byte[] joined = new byte[to - from + between.length + last.length - rest];
        System.arraycopy(first, from, joined, 0, to - from);
        System.arraycopy(between, 0, joined, to - from, between.length);
        System.arraycopy(last, rest, joined, to - from + between.length, last.length - rest);
        return joined;
    }
}

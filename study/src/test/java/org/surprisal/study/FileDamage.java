package org.surprisal.study;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.surprisal.tensor.RandomStream;

/// Damage to files, from seeds: to their bytes and blocks, or to the lines and values of text.
public final class FileDamage {
    private static final int[] LENGTHS = {0, 1, -1, 2, 255, 256, 65_535, Integer.MAX_VALUE, Integer.MIN_VALUE};

    private FileDamage() {
    }

    /// One kind of damage, drawn: to bytes, to lines, to cells, values and keys.
    public static byte[] drawn(byte[] right, RandomStream random) {
        byte[] bytes = right.clone();
        int kind = random.nextInt(9);
        if (bytes.length == 0 || kind == 0) {
            return Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
        }
        if (kind <= 2) {
            for (int i = 0; i < (kind == 1 ? 1 : 12); i++) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            }
            return bytes;
        }
        List<String> lines = new ArrayList<>(
                List.of(new String(bytes, StandardCharsets.ISO_8859_1).split("\n", -1)));
        int at = random.nextInt(lines.size());
        switch (kind) {
            case 3 -> lines.remove(at);
            case 4 -> lines.add(random.nextInt(lines.size()), lines.get(at));
            case 5 -> lines.add(random.nextInt(lines.size()), lines.remove(at));
            case 6, 7 -> {
                // Another cell, value or key.
                List<String> values = List.of("", "x", "-1", "null", "[]", "{}", "1e999", "NaN", "99999999999999999999",
                        "\"", "'", "2147483647", "9223372036854775807", "1e308", "-0.0", "\u00a0", "true", "0");
                String[] parts = lines.get(at).split("(?=[,:])|(?<=[,:])", -1);
                parts[random.nextInt(parts.length)] = values.get(random.nextInt(values.size()));
                lines.set(at, String.join("", parts));
            }
            default -> lines.set(at, lines.get(at) + lines.get(random.nextInt(lines.size())));
        }
        return String.join("\n", lines).getBytes(StandardCharsets.ISO_8859_1);
    }

    /// Damage to a binary file: as [#drawn], or a block of zeros, a length that lies, a block put in, cut out or
    /// repeated, or a tail of another file of the same format.
    static byte[] binary(byte[] right, byte[] other, RandomStream random) {
        int at = random.nextInt(right.length);
        int end = Math.min(right.length, at + 1 + random.nextInt(64));
        byte[] bytes = right.clone();
        return switch (random.nextInt(10)) {
            case 0 -> {
                Arrays.fill(bytes, at, end, (byte) 0);
                yield bytes;
            }
            case 1, 2 -> {
                ByteBuffer place = ByteBuffer.wrap(bytes)
                        .order(random.nextInt(2) == 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
                int length = random.nextInt(2) == 0
                        ? LENGTHS[random.nextInt(LENGTHS.length)]
                        : (int) random.nextLong() >>> random.nextInt(32);
                if (random.nextInt(2) == 0) {
                    place.putInt(Math.min(at, bytes.length - 4), length);
                } else {
                    place.putShort(Math.min(at, bytes.length - 2), (short) length);
                }
                yield bytes;
            }
            case 3 -> joined(bytes, at, bytes, end);
            case 4 -> joined(bytes, end, bytes, at);
            case 5 -> joined(bytes, at, other, random.nextInt(other.length));
            case 6 -> {
                bytes[at] = (byte) random.nextInt(256);
                yield bytes;
            }
            default -> drawn(right, random);
        };
    }

    private static byte[] joined(byte[] first, int to, byte[] last, int from) {
        byte[] joined = Arrays.copyOf(first, to + last.length - from);
        System.arraycopy(last, from, joined, to, last.length - from);
        return joined;
    }
}

package org.surprisal.data.image;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.CRC32;
import org.surprisal.data.DataException;

/// The chunks of a PNG file (W3C, 'Portable Network Graphics', section 5) against their CRC-32, which the JDK's decoder
/// does not compare.
///
/// @param colours how many the palette has; 0 for none
record PngChunks(int colours) {
    private static final int SIGNATURE = 8;
    /// A length, a type and a CRC-32.
    private static final int FRAME = 12;
    private static final int BYTES_A_COLOUR = 3;
    private static final int READ_AT_ONCE = 1 << 16;

    /// Reads the chunks that matter to the pixels: those that the standard calls critical, and transparency.
    ///
    /// @throws DataException when one is damaged or cut off
    static PngChunks read(Path file) throws IOException {
        int colours = 0;
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            in.skipNBytes(SIGNATURE);
            long left = Files.size(file) - SIGNATURE;
            String type = "";
            while (left >= FRAME && !type.equals("IEND")) {
                long length = in.readInt() & 0xFFFF_FFFFL;
                byte[] name = in.readNBytes(4);
                type = new String(name, StandardCharsets.ISO_8859_1);
                boolean matters = Character.isUpperCase(type.charAt(0)) || type.equals("tRNS");
                left -= FRAME + length;
                if (left < 0 && matters) {
                    throw new DataException(file + " is truncated: its chunk " + type + " claims " + length
                            + " bytes, but " + Math.max(left + length, 0) + " are left");
                }
                if (left < 0) {
                    break;
                }
                CRC32 sum = new CRC32();
                sum.update(name);
                update(sum, in, length);
                int recorded = in.readInt();
                if (matters && recorded != (int) sum.getValue()) {
                    throw new DataException(file + " is damaged: the CRC-32 of its chunk " + type
                            + String.format(Locale.ROOT, " is %08x, and the file has %08x", sum.getValue(), recorded));
                }
                if (type.equals("PLTE")) {
                    colours = (int) (length / BYTES_A_COLOUR);
                }
            }
        }
        return new PngChunks(colours);
    }

    private static void update(CRC32 sum, DataInputStream in, long length) throws IOException {
        byte[] part = new byte[(int) Math.min(READ_AT_ONCE, length)];
        for (long left = length; left > 0;) {
            int count = (int) Math.min(part.length, left);
            in.readFully(part, 0, count);
            sum.update(part, 0, count);
            left -= count;
        }
    }
}

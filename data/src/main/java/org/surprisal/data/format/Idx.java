package org.surprisal.data.format;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import org.surprisal.data.DataException;
import org.surprisal.data.ImageSet;
import org.surprisal.data.internal.Inflation;
import org.surprisal.data.internal.Placeholder;

/// Reader of MNIST's IDX format: a magic number, big-endian axis lengths, then unsigned bytes
/// (<http://yann.lecun.com/exdb/mnist/>).
///
/// Files may be gzipped or plain; their content decides, not their name. A header may claim no more than the file can
/// hold, and not more than 2^30 bytes.
public final class Idx {
    private static final int IMAGES = 0x803;
    private static final int LABELS = 0x801;
    private static final long LARGEST = 1L << 30;

    private Idx() {
    }

    /// The images of one file with the labels of another.
    ///
    /// @param classes labels are below it
    /// @throws DataException when a file is missing, damaged or of another kind, or the two do not fit together
    public static ImageSet read(String name, Path images, Path labels, int classes) {
        Content pictures = read(images, IMAGES);
        Content digits = read(labels, LABELS);
        if (pictures.axis(0) != digits.axis(0)) {
            throw new DataException(images + " holds " + pictures.axis(0) + " images, but " + labels + " holds "
                    + digits.axis(0) + " labels: there must be one an image");
        }
        for (int i = 0; i < digits.bytes.length; i++) {
            int label = digits.bytes[i] & 0xFF;
            if (label >= classes) {
                throw new DataException(
                        labels + ": label " + i + " is " + label + ", but labels of " + name + " are 0 … "
                                + (classes - 1));
            }
        }
        return ImageSet.adopt(name, pictures.axis(1), pictures.axis(2), classes, pictures.bytes, digits.bytes);
    }

    private static Content read(Path file, int magic) {
        if (!Files.exists(file)) {
            throw new DataException(file + " does not exist");
        }
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(file))) {
            boolean zipped = isGzip(raw);
            long fileSize = Files.size(file);
            long room = zipped ? Math.min(fileSize, LARGEST) * Inflation.LARGEST_RATIO : fileSize;
            return parse(file, zipped ? new GZIPInputStream(raw) : raw, magic, room);
        } catch (EOFException e) {
            throw new DataException(file + " is truncated: its compressed data end too early", e);
        } catch (IOException e) {
            throw DataException.about(file, "cannot be read", e);
        }
    }

    private static boolean isGzip(InputStream in) throws IOException {
        in.mark(2);
        boolean gzip = in.read() == 0x1F && in.read() == 0x8B;
        in.reset();
        return gzip;
    }

    private static Content parse(Path file, InputStream in, int wanted, long room) throws IOException {
        byte[] start = in.readNBytes(4);
        if (start.length < 4) {
            throw new DataException(file + " is truncated: " + start.length + " bytes, less than a magic number");
        }
        int magic = ByteBuffer.wrap(start).getInt();
        if (magic != wanted) {
            Placeholder.refuse(file);
            throw new DataException(file + wrongKind(magic, start, wanted));
        }
        int rank = wanted & 0xFF;
        byte[] header = in.readNBytes(4 * rank);
        if (header.length < 4 * rank) {
            throw new DataException(file + " is truncated: its header ends after " + (4 + header.length) + " of "
                    + (4 + 4 * rank) + " bytes");
        }
        Content content = new Content(ByteBuffer.wrap(header), rank);
        if (content.claim < 0 || content.claim > Math.min(LARGEST, room - 4 - header.length)) {
            throw new DataException(file + " claims shape " + content.shape() + ", more than "
                    + (content.claim < 0 || content.claim > LARGEST ? "2^30 bytes" : "the file can hold"));
        }
        // Grows with what is read: a header that claims too much costs nothing.
        content.bytes = in.readNBytes((int) content.claim);
        if (content.bytes.length < content.claim) {
            throw new DataException(file + " is truncated: " + content.bytes.length + " of the " + content.claim
                    + " bytes of shape " + content.shape());
        }
        if (in.read() != -1) {
            throw new DataException(file + " goes on after the " + content.claim + " bytes of shape "
                    + content.shape() + ": it is damaged");
        }
        return content;
    }

    private static String wrongKind(int magic, byte[] start, int wanted) {
        String want = wanted == IMAGES ? "images (magic 0x803)" : "labels (magic 0x801)";
        return switch (magic) {
            case LABELS -> " holds labels (magic 0x801) where " + want + " are wanted";
            case IMAGES -> " holds images (magic 0x803) where " + want + " are wanted";
            default -> " is neither IDX nor gzip: it starts with bytes " + HexFormat.of().formatHex(start) + ", not "
                    + want;
        };
    }

    /// What a header says and what follows it.
    private static final class Content {
        private final int[] lengths;
        /// Bytes that the header claims; -1 beyond what can be counted or used as images.
        private final long claim;
        private byte[] bytes = new byte[0];

        Content(ByteBuffer header, int rank) {
            lengths = new int[rank];
            long product = 1;
            for (int i = 0; i < rank; i++) {
                lengths[i] = header.getInt();
                boolean sane = product >= 0 && lengths[i] >= 0 && (lengths[i] == 0 || product <= LARGEST / lengths[i]);
                product = sane ? product * lengths[i] : -1;
            }
            claim = product;
        }

        int axis(int axis) {
            return lengths[axis];
        }

        String shape() {
            StringBuilder shape = new StringBuilder("(");
            for (int i = 0; i < lengths.length; i++) {
                shape.append(i == 0 ? "" : ", ").append(Integer.toUnsignedString(lengths[i]));
            }
            return shape.append(')').toString();
        }
    }
}

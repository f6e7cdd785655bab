package org.surprisal.data.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.surprisal.data.DataException;
import org.surprisal.tensor.Shape;

/// The header of an NPY file: what its numbers are, in which order, and their shape (NumPy's 'NPY format', versions 1
/// to 3).
///
/// @param dtype kind and size of a number
/// @param order of the bytes of a number
/// @param fortran whether the first axis varies fastest
/// @param extent of the array
/// @param bytes the header's own length in the file, magic string included
record NpyHeader(Dtype dtype, ByteOrder order, boolean fortran, Extent extent, int bytes) {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    /// NumPy's own headers of plain arrays are shorter than 200 bytes.
    private static final int LONGEST = 1 << 16;

    /// The bytes that the numbers take are those that follow the header.
    ///
    /// @param size of the whole file
    /// @param source named in errors
    void requireSize(long size, String source) {
        if (extent.bytes(dtype) != size - bytes) {
            boolean more = size - bytes > extent.bytes(dtype);
            throw new DataException(source + " is damaged: shape " + extent + " of " + dtype.numpyCode() + " takes "
                    + extent.bytesText(dtype) + ", but " + (size - bytes) + " follow its header"
                    + (more ? " (of several arrays saved into one file, each needs its own: numpy.savez)" : ""));
        }
    }

    /// Reads a header; the stream then stands at the first number.
    ///
    /// @param source named in errors
    static NpyHeader read(InputStream in, String source) throws IOException {
        byte[] start = in.readNBytes(8);
        if (start.length < 8 || !Arrays.equals(start, 0, 6, MAGIC, 0, 6)) {
            throw new DataException(source + " is not an NPY file: it does not start with \\x93NUMPY and a version");
        }
        int version = start[6];
        if (version < 1 || version > 3 || start[7] != 0) {
            throw new DataException(source + " is of NPY version " + (version & 0xFF) + "." + (start[7] & 0xFF)
                    + "; versions 1.0, 2.0 and 3.0 can be read");
        }
        int width = version == 1 ? 2 : 4;
        byte[] field = in.readNBytes(width);
        if (field.length < width) {
            throw new DataException(source + " is truncated in its header");
        }
        ByteBuffer number = ByteBuffer.wrap(field).order(ByteOrder.LITTLE_ENDIAN);
        long length = version == 1 ? number.getShort() & 0xFFFF : number.getInt() & 0xFFFF_FFFFL;
        if (length > LONGEST) {
            throw new DataException(source + " claims a header of " + length + " bytes; a plain array's has fewer than "
                    + LONGEST);
        }
        byte[] text = in.readNBytes((int) length);
        if (text.length < length) {
            throw new DataException(source + " is truncated: " + text.length + " of its header's " + length + " bytes");
        }
        Dictionary dictionary = new Dictionary(new String(text, StandardCharsets.UTF_8), source);
        return dictionary.header(8 + width + text.length);
    }

    /// A header as NumPy writes it, version 1.0, padded so that the numbers start at a multiple of 64.
    static byte[] write(String dtype, Shape shape) {
        String lengths = Arrays.stream(shape.lengths()).mapToObj(n -> n + ",").collect(Collectors.joining(" "));
        if (shape.rank() > 1) {
            lengths = lengths.substring(0, lengths.length() - 1);
        }
        String text = "{'descr': '" + dtype + "', 'fortran_order': False, 'shape': (" + lengths + "), }";
        int total = Math.ceilDiv(10 + text.length() + 1, 64) * 64;
        ByteBuffer header = ByteBuffer.allocate(total).order(ByteOrder.LITTLE_ENDIAN);
        header.put(MAGIC).put((byte) 1).put((byte) 0).putShort((short) (total - 10));
        header.put(text.getBytes(StandardCharsets.US_ASCII));
        while (header.remaining() > 1) {
            header.put((byte) ' ');
        }
        return header.put((byte) '\n').array();
    }

    /// The header's text: a Python dictionary with the keys descr, fortran_order and shape.
    private static final class Dictionary {
        private final String text;
        private final String source;
        private int at;
        private @Nullable String descr;
        private @Nullable Boolean fortran;
        private @Nullable Extent extent;

        Dictionary(String text, String source) {
            this.text = text;
            this.source = source;
            expect('{');
            while (!accept('}')) {
                entry();
                if (!accept(',')) {
                    expect('}');
                    break;
                }
            }
            if (!text.substring(at).isBlank()) {
                throw malformed("text after its dictionary");
            }
        }

        NpyHeader header(int bytes) {
            if (descr == null || fortran == null || extent == null) {
                throw malformed("descr, fortran_order or shape is missing");
            }
            Dtype dtype = descr.length() < 2 || "<>|=".indexOf(descr.charAt(0)) < 0
                    ? null
                    : Dtype.ofNumpy(descr.substring(1));
            if (dtype == null || (dtype.size() > 1 && descr.charAt(0) == '|')) {
                throw new DataException(
                        source + " has dtype " + descr + ", which cannot be read: numbers of f2, f4, f8, "
                                + "i1 to i8, u1 to u8 and b1 can (" + cure(descr) + ")");
            }
            ByteOrder order = switch (descr.charAt(0)) {
                case '>' -> ByteOrder.BIG_ENDIAN;
                case '=' -> ByteOrder.nativeOrder();
                default -> ByteOrder.LITTLE_ENDIAN;
            };
            return new NpyHeader(dtype, order, fortran, extent, bytes);
        }

        /// What makes numbers of an array in NumPy.
        private static String cure(String descr) {
            char kind = descr.startsWith("[") ? '[' : descr.replaceAll("[<>|=]", "").concat("?").charAt(0);
            return switch (kind) {
                case '[' -> "save its fields each by itself: array['NAME']";
                case 'O' -> "an array of objects; where all are numbers: array.astype('f8')";
                case 'U', 'S', 'T' -> "words; numbers for them: numpy.unique(array, return_inverse=True)[1]";
                case 'M' -> "dates; seconds since 1970: array.astype('datetime64[s]').astype('f8')";
                case 'm' -> "durations; seconds: array / numpy.timedelta64(1, 's')";
                case 'c' -> "complex numbers: array.real, array.imag or abs(array)";
                case 'V' -> "raw bytes, which have no numbers";
                default -> "NumPy: array.astype('f8')";
            };
        }

        private void entry() {
            String key = string();
            expect(':');
            switch (key) {
                case "descr" -> descr = peek() == '\'' || peek() == '"' ? string() : structured();
                case "fortran_order" -> fortran = bool();
                case "shape" -> extent = extent();
                default -> throw malformed("unknown key '" + key + "'");
            }
        }

        private String string() {
            char quote = peek();
            if (quote != '\'' && quote != '"') {
                throw malformed("a quoted word is missing");
            }
            int end = text.indexOf(quote, at + 1);
            if (end < 0) {
                throw malformed("a quote is not closed");
            }
            String word = text.substring(at + 1, end);
            at = end + 1;
            return word;
        }

        /// A structured dtype is a list; all that is needed of it is its text for the error.
        private String structured() {
            int end = text.indexOf(']', at);
            if (peek() != '[' || end < 0) {
                throw malformed("descr is neither a word nor a list");
            }
            String list = text.substring(at, end + 1);
            at = text.lastIndexOf(']') + 1;
            return list;
        }

        private boolean bool() {
            peek();
            for (String word : List.of("True", "False")) {
                if (text.startsWith(word, at)) {
                    at += word.length();
                    return word.equals("True");
                }
            }
            throw malformed("fortran_order is neither True nor False");
        }

        private Extent extent() {
            List<Long> lengths = new ArrayList<>();
            expect('(');
            while (!accept(')')) {
                lengths.add(number());
                if (!accept(',')) {
                    expect(')');
                    break;
                }
            }
            return new Extent(lengths);
        }

        /// A whole number; Python 2 wrote an L after it.
        private long number() {
            peek();
            int start = at;
            while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
                at++;
            }
            if (at == start || at - start > 18) {
                throw malformed("an axis length is no number that can be used");
            }
            long value = Long.parseLong(text.substring(start, at));
            accept('L');
            return value;
        }

        private char peek() {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            if (at == text.length()) {
                throw malformed("it ends too early");
            }
            return text.charAt(at);
        }

        private boolean accept(char wanted) {
            if (peek() != wanted) {
                return false;
            }
            at++;
            return true;
        }

        private void expect(char wanted) {
            if (!accept(wanted)) {
                throw malformed("'" + wanted + "' is missing");
            }
        }

        private DataException malformed(String what) {
            return new DataException(source + " has a malformed NPY header: " + what);
        }
    }
}

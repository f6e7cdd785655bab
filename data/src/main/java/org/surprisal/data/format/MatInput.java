package org.surprisal.data.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.surprisal.data.DataException;

/// The inside of one variable of a MAT-file: a row of data elements, each a tag (kind and length), its bytes, and
/// padding to a multiple of eight ('MAT-File Format', R2019b, chapter 1). A stream that ends with the variable.
final class MatInput extends InputStream {
    /// Kinds of elements that say what the variable is.
    static final int INT8 = 1;
    static final int INT32 = 5;
    static final int UINT32 = 6;
    static final int MATRIX = 14;
    static final int COMPRESSED = 15;
    static final int TAG = 8;

    private final InputStream in;
    private final ByteOrder order;
    private final String source;
    private long left;

    /// @param length of the variable in bytes
    /// @param source named in errors
    MatInput(InputStream in, ByteOrder order, long length, String source) {
        this.in = in;
        this.order = order;
        this.left = length;
        this.source = source;
    }

    /// A data element's kind, and where its bytes end.
    ///
    /// @param bytes without the padding
    /// @param padding after them
    record Tag(int kind, long bytes, int padding) {}

    ByteOrder order() {
        return order;
    }

    /// Bytes not read yet.
    long left() {
        return left;
    }

    /// The next element's tag; its bytes follow.
    Tag tag() throws IOException {
        int first = ByteBuffer.wrap(bytes(4)).order(order).getInt();
        Tag tag;
        if (first >>> 16 != 0) {
            // The small form: length and kind share a word, and up to four bytes stand where the length would.
            int bytes = first >>> 16;
            if (bytes > 4) {
                throw damaged("a small element claims " + bytes + " bytes, more than four");
            }
            tag = new Tag(first & 0xFFFF, bytes, 4 - bytes);
        } else {
            long bytes = ByteBuffer.wrap(bytes(4)).order(order).getInt() & 0xFFFF_FFFFL;
            tag = new Tag(first, bytes, (int) (-bytes & 7));
        }
        if (tag.bytes > left) {
            throw damaged("an element claims " + tag.bytes + " bytes where " + left + " are left");
        }
        return tag;
    }

    /// The bytes of a short element of a certain kind.
    ///
    /// @param what for errors
    byte[] element(int kind, int longest, String what) throws IOException {
        Tag tag = tag();
        if (tag.kind != kind || tag.bytes > longest) {
            throw damaged(what + " is an element of kind " + tag.kind + " and " + tag.bytes + " bytes, not of kind "
                    + kind + " and at most " + longest);
        }
        byte[] bytes = bytes((int) tag.bytes);
        skipPadding(tag);
        return bytes;
    }

    /// Some writers leave out what would pad the last element.
    void skipPadding(Tag tag) throws IOException {
        bytes((int) Math.min(tag.padding, left));
    }

    private byte[] bytes(int count) throws IOException {
        byte[] bytes = count <= left ? readNBytes(count) : new byte[0];
        if (bytes.length < count) {
            throw damaged("it ends too early");
        }
        return bytes;
    }

    @Override
    public int read() throws IOException {
        int read = left == 0 ? -1 : in.read();
        left -= read < 0 ? 0 : 1;
        return read;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        if (left == 0 && length > 0) {
            return -1;
        }
        int read = in.read(to, offset, (int) Math.min(length, left));
        left -= Math.max(read, 0);
        return read;
    }

    DataException damaged(String how) {
        return new DataException(source + " is damaged: " + how);
    }
}

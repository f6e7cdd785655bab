package org.surprisal.data.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Objects;

/// A stretch of an open file as a stream, which ends where the stretch ends. Closing it leaves the file open.
final class FileSection extends InputStream {
    private final FileChannel file;
    private final long end;
    private long position;

    /// @param from position of the first byte
    /// @param length in bytes
    FileSection(FileChannel file, long from, long length) {
        this.file = file;
        this.position = from;
        this.end = from + length;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, to.length);
        if (length == 0) {
            return 0;
        }
        if (position >= end) {
            return -1;
        }
        int wanted = (int) Math.min(length, end - position);
        int read = file.read(ByteBuffer.wrap(to, offset, wanted), position);
        position += Math.max(read, 0);
        return read;
    }
}

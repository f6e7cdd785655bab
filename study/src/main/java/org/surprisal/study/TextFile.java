package org.surprisal.study;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;

/// Reads text files in UTF-8.
public final class TextFile {
    private TextFile() {
    }

    /// The whole of a file.
    ///
    /// @throws IOException with one line naming the file, and the line of a byte that is not UTF-8
    static String read(Path file) throws IOException {
        return decode(file, bytes(file));
    }

    private static byte[] bytes(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException(file + " is a folder: a file must be there");
        }
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new IOException(file + " is missing", e);
        }
    }

    /// The text of bytes that were read from a file.
    ///
    /// @throws IOException with one line naming the file, and the line of a byte that is not UTF-8
    public static String decode(Path file, byte[] bytes) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer out = CharBuffer.allocate(bytes.length + 1);
        CoderResult result = decoder.decode(in, out, true);
        if (result.isError()) {
            throw new IOException(file + " is damaged: line " + line(bytes, in.position()) + " has the byte "
                    + String.format(Locale.ROOT, "0x%02X, which is not UTF-8 text", bytes[in.position()] & 0xFF));
        }
        return out.flip().toString();
    }

    private static int line(byte[] bytes, int end) {
        int line = 1;
        for (int i = 0; i < end; i++) {
            if (bytes[i] == '\n') {
                line++;
            }
        }
        return line;
    }
}

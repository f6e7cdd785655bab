package org.surprisal.data.internal;

import java.io.IOException;
import java.io.InputStream;
import org.surprisal.data.DataException;

/// What compressed data can become, so that no memory is taken on the word of a damaged or hostile file.
public final class Inflation {
    /// Deflate shrinks nothing by more than a factor of 1032 (zlib's technical notes).
    public static final long LARGEST_RATIO = 1032;
    /// Numbers that mean something rarely shrink by more; a claim beyond it is counted before it is believed.
    private static final long USUAL_RATIO = 4;

    private Inflation() {
    }

    /// Opens the inflated data from their start.
    public interface Source {
        InputStream open() throws IOException;
    }

    /// Makes sure that compressed data hold the bytes claimed for them. A claim that is usual costs nothing here, and
    /// no more memory later than a few times the file; an unusual one is counted, which inflates the data once more.
    ///
    /// @param claim bytes that the data are said to become
    /// @param compressed bytes that they take in the file
    /// @param name of the data in errors
    public static void requirePlausible(long claim, long compressed, Source source, String name) throws IOException {
        if (claim < 0 || claim > LARGEST_RATIO * compressed + LARGEST_RATIO) {
            throw new DataException(name + " claims " + claim + " bytes from " + compressed
                    + " compressed ones, more than compression can give");
        }
        if (claim > USUAL_RATIO * compressed) {
            long count = count(source, claim + 1);
            if (count < claim) {
                throw new DataException(name + " claims " + claim + " bytes, but its " + compressed
                        + " compressed ones become " + count);
            }
        }
    }

    private static long count(Source source, long limit) throws IOException {
        byte[] chunk = new byte[1 << 14];
        long count = 0;
        try (InputStream in = source.open()) {
            for (int read = 0; read >= 0 && count < limit; read = in.read(chunk)) {
                count += read;
            }
        }
        return count;
    }
}

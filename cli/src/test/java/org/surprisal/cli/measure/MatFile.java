package org.surprisal.cli.measure;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SequencedMap;
import org.surprisal.tensor.Tensor;

/// Writes MAT-files of level 5 as `scipy.io.savemat` does: full arrays of doubles, uncompressed, and (n) as (1, n).
final class MatFile {
    private static final int INT8 = 1;
    private static final int INT32 = 5;
    private static final int UINT32 = 6;
    private static final int DOUBLES = 9;
    private static final int MATRIX = 14;
    private static final int DOUBLE_CLASS = 6;

    private MatFile() {
    }

    static void write(Path file, SequencedMap<String, Tensor> arrays) throws IOException {
        ByteBuffer out = ByteBuffer.allocate(1 << 20).order(ByteOrder.LITTLE_ENDIAN);
        out.put(String.format("%-124s", "MATLAB 5.0 MAT-file").getBytes(StandardCharsets.US_ASCII));
        out.putShort((short) 0x0100).put((byte) 'I').put((byte) 'M');
        arrays.forEach((name, array) -> {
            int start = out.putInt(MATRIX).putInt(0).position();
            out.putInt(UINT32).putInt(8).putInt(DOUBLE_CLASS).putInt(0);
            int rows = array.rank() == 1 ? 1 : array.length(0);
            int columns = array.size() / rows;
            out.putInt(INT32).putInt(8).putInt(rows).putInt(columns);
            byte[] text = name.getBytes(StandardCharsets.US_ASCII);
            out.putInt(INT8).putInt(text.length).put(text).position(Math.ceilDiv(out.position(), 8) * 8);
            out.putInt(DOUBLES).putInt(8 * array.size());
            double[] values = array.toDoubles();
            for (int i = 0; i < values.length; i++) {
                out.putDouble(values[i % rows * columns + i / rows]);
            }
            out.putInt(start - 4, out.position() - start);
        });
        byte[] bytes = new byte[out.flip().remaining()];
        out.get(bytes);
        Files.write(file, bytes);
    }
}

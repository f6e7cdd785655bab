package org.surprisal.data.sets;

import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.surprisal.data.ClassIndices;
import org.surprisal.data.DataException;
import org.surprisal.data.Dataset;
import org.surprisal.data.InMemory;
import org.surprisal.data.fetch.RemoteFiles;
import org.surprisal.data.format.Mat;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.Shape;
import org.surprisal.tensor.Tensor;

/// The 12-bit task of Shwartz-Ziv and Tishby (2017, arXiv:1703.00810): all 4096 patterns of twelve zeros and ones, each
/// in one of two classes, 2118 of them in class 1. Row i is the number i in binary, most significant bit first.
public final class Tishby {
    /// The file of Kolchinsky's code for the paper 'On the information bottleneck theory of deep learning' (Saxe et
    /// al., 2018).
    public static final RemoteFiles FILES = new RemoteFiles("tishby",
            List.of(new RemoteFiles.File("var_u.mat", 1_003,
                    "0ba9551878a855396a8de0cbaae620788ede1e7b1eb2b8373bbe017d5ea02036")),
            List.of(URI.create("https://raw.githubusercontent.com/artemyk/ibsgd/master/datasets/"),
                    URI.create("https://github.com/artemyk/ibsgd/raw/master/datasets/")));

    private static final int BITS = 12;

    private Tishby() {
    }

    /// Reads `tishby/var_u.mat` of a data folder: inputs (4096, 12) of zeros and ones, two classes, float32.
    ///
    /// @throws DataException when the file is missing, damaged or another one
    public static Dataset load(Path dataFolder) {
        Path file = FILES.present(dataFolder).getFirst();
        return task(file, Mat.read(file, "F"), Mat.read(file, "y"));
    }

    /// @param file named in errors
    static Dataset task(Path file, Tensor patterns, Tensor labels) {
        if (!patterns.shape().equals(Shape.of(1 << BITS, BITS)) || labels.size() != 1 << BITS) {
            throw new DataException(file + ": F has shape " + patterns.shape() + " and y " + labels.shape()
                    + ", where the 12-bit task has (4096, 12) and (1, 4096)");
        }
        requireCounting(file, patterns.toDoubles());
        return InMemory.classification("tishby", patterns.to(ElementType.FLOAT32),
                ClassIndices.vector("tishby", labels).to(ElementType.FLOAT32), 2);
    }

    private static void requireCounting(Path file, double[] bits) {
        int wrong = Arrays.mismatch(bits, BitPatterns.all(BITS).toDoubles());
        if (wrong >= 0) {
            int row = wrong / BITS;
            throw new DataException(file + ": row " + row + " of F is "
                    + Arrays.toString(Arrays.copyOfRange(bits, row * BITS, (row + 1) * BITS)) + ", not the number "
                    + row + " in binary");
        }
    }
}

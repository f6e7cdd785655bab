package org.surprisal.network.metric;

import java.util.Locale;
import org.surprisal.tensor.Tensor;

/// The contract of a classifier's outputs with their samples' classes: shape (n, classes), no NaN, n class indices.
final class ClassOutputs {
    private ClassOutputs() {
    }

    /// The outputs in row-major order, checked.
    static double[] require(Tensor outputs, int[] actual) {
        if (outputs.rank() != 2 || outputs.length(0) != actual.length || actual.length == 0) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT,
                            "outputs %s and the classes of %d samples do not fit: outputs have shape (n, classes), n"
                                    + " at least 1",
                            outputs.shape(), actual.length));
        }
        int classes = outputs.length(1);
        double[] values = outputs.toDoubles();
        for (int i = 0; i < values.length; i++) {
            if (Double.isNaN(values[i])) {
                throw new IllegalArgumentException(
                        String.format(Locale.ROOT, "outputs[%d][%d] is NaN; it must be a number", i / classes,
                                i % classes));
            }
        }
        for (int i = 0; i < actual.length; i++) {
            if (actual[i] < 0 || actual[i] >= classes) {
                throw new IllegalArgumentException(
                        String.format(Locale.ROOT, "actual[%d] (=%d) must be a class from 0 to %d", i,
                                actual[i], classes - 1));
            }
        }
        return values;
    }
}

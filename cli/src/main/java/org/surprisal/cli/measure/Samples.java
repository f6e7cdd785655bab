package org.surprisal.cli.measure;

import org.surprisal.cli.ArrayInputs;
import org.surprisal.data.DataException;
import org.surprisal.data.format.ArrayFile;
import org.surprisal.information.mutual.Continuous;
import org.surprisal.information.mutual.Discrete;
import org.surprisal.tensor.Tensor;

/// Samples of variables, as files hold them.
final class Samples {
    private Samples() {
    }

    /// The classes of samples: whole numbers, or the words of a CSV file's column.
    static Discrete labels(String reference, ArrayInputs inputs) {
        ArrayFile.Labels labels = inputs.labels(reference);
        return labels.numbers().map(numbers -> Discrete.labels(reference, numbers))
                .orElseGet(() -> Discrete.words(reference, labels.words()));
    }

    /// An array whose numbers are all finite.
    ///
    /// @throws DataException with the file and the place of the first number that is not
    static Tensor finite(String reference, Tensor array) {
        if (array.isFinite()) {
            return array;
        }
        try {
            Continuous.of(reference, array);
        } catch (IllegalArgumentException e) {
            throw new DataException(String.valueOf(e.getMessage()), e);
        }
        return array;
    }
}

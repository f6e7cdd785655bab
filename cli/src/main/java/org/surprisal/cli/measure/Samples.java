package org.surprisal.cli.measure;

import java.util.List;
import org.surprisal.cli.ArrayInputs;
import org.surprisal.data.DataException;
import org.surprisal.information.mutual.Continuous;
import org.surprisal.information.mutual.Discrete;
import org.surprisal.tensor.Tensor;

/// Samples of variables, as files hold them.
final class Samples {
    private Samples() {
    }

    /// The classes of samples: whole numbers, or the words of a CSV file's column.
    static Discrete labels(String reference, ArrayInputs inputs) {
        List<String> words = inputs.words(reference);
        return words.isEmpty()
                ? Discrete.labels(reference, inputs.samples(reference))
                : Discrete.words(reference, words);
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

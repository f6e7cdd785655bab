package org.surprisal.data.transform;

import java.util.Arrays;
import org.surprisal.data.DataException;
import org.surprisal.data.Dataset;
import org.surprisal.tensor.Shape;

/// Some features of every sample.
public final class FeatureSelection {
    private FeatureSelection() {
    }

    /// The samples with these features only, in this order; a feature may repeat.
    ///
    /// @param features places in samples of one axis, counted from 0
    /// @throws DataException when samples have more than one axis, no feature is named, or one is outside
    public static Dataset of(Dataset data, int... features) {
        Shape shape = data.inputShape();
        if (shape.rank() != 1) {
            throw new DataException(
                    "data set " + data.name() + ": features are chosen from samples of one axis, not of "
                            + shape + "; shaped(" + shape.size() + ") makes them flat");
        }
        int count = shape.size();
        if (features.length == 0 || Arrays.stream(features).anyMatch(f -> f < 0 || f >= count)) {
            throw new DataException("data set " + data.name() + ": features " + Arrays.toString(features)
                    + " cannot be chosen; they are 0 … " + (count - 1));
        }
        int[] chosen = features.clone();
        return data.map(Shape.of(chosen.length), inputs -> inputs.take(1, chosen));
    }
}

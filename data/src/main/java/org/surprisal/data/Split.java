package org.surprisal.data;

import java.util.List;
import org.surprisal.settings.MessageText;

/// Samples to learn from and samples to judge by.
public record Split(Dataset train, Dataset test) {
    /// @throws DataException when the two differ in the shape of a sample or in their classes
    public Split {
        if (!train.inputShape().equals(test.inputShape()) || train.classes() != test.classes()) {
            throw new DataException("train and test samples differ: shape " + train.inputShape() + " in "
                    + train.classes() + " classes, and " + test.inputShape() + " in " + test.classes());
        }
        // The same index must mean the same class, or every score on the test samples is void.
        if (!train.classNames().equals(test.classNames())) {
            throw new DataException("train and test samples differ in their classes: "
                    + MessageText.listed(train.classNames()) + ", and " + MessageText.listed(test.classNames()));
        }
    }

    /// All samples as one data set, the training samples first, without copying them: to be divided in another way.
    public Dataset pooled() {
        return new JoinedDataset(List.of(train, test));
    }
}

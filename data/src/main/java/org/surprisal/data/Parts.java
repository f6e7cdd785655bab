package org.surprisal.data;

import java.util.List;
import org.surprisal.settings.MessageText;

/// Samples to learn from, samples to choose settings by, and samples to judge the choice by, once.
public record Parts(Dataset train, Dataset validation, Dataset test) {
    /// @throws DataException when they differ in the shape of a sample or in their classes
    public Parts {
        requireAlike(train, validation, "validation");
        requireAlike(train, test, "test");
    }

    /// What a model is fitted on and chosen by: its `test` is the validation part.
    public Split forChoosing() {
        return new Split(train, validation);
    }

    /// What a model is fitted on and judged by, without the validation part.
    public Split forJudging() {
        return new Split(train, test);
    }

    /// All samples as one data set, those of the training part first and those of the test part last, without copying
    /// them: to be divided in another way.
    public Dataset pooled() {
        return new JoinedDataset(List.of(train, validation, test));
    }

    private static void requireAlike(Dataset train, Dataset other, String part) {
        if (!train.inputShape().equals(other.inputShape()) || !train.classNames().equals(other.classNames())) {
            throw new DataException("train and " + part + " samples differ: shape " + train.inputShape()
                    + " with classes " + MessageText.listed(train.classNames()) + ", and " + other.inputShape()
                    + " with classes " + MessageText.listed(other.classNames()));
        }
    }
}

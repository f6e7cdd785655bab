package org.surprisal.study.engine;

/// Which samples a trainer watches after each epoch: the names of their curves follow from it.
public enum Watched {
    /// Samples that networks are judged by at the end, too.
    TEST,
    /// Samples that choices are made by, and no network is judged by.
    VALIDATION;

    /// Loss by epoch.
    public Quantity loss() {
        return this == TEST ? Quantities.TEST_LOSS : Quantities.VALIDATION_LOSS;
    }

    /// Accuracy by epoch.
    public Quantity accuracy() {
        return this == TEST ? Quantities.TEST_ACCURACY : Quantities.VALIDATION_ACCURACY;
    }
}

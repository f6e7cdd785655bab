package org.surprisal.study.engine;

/// Which samples a trainer watches after each epoch: the names of their curves follow from it.
public enum Watched {
    /// Samples that networks are judged by at the end, too.
    TEST(Quantities.TEST_LOSS, Quantities.TEST_ACCURACY),
    /// Samples that choices are made by, and no network is judged by.
    VALIDATION(Quantities.VALIDATION_LOSS, Quantities.VALIDATION_ACCURACY);

    private final Quantity loss;
    private final Quantity accuracy;

    Watched(Quantity loss, Quantity accuracy) {
        this.loss = loss;
        this.accuracy = accuracy;
    }

    /// Loss by epoch.
    public Quantity loss() {
        return loss;
    }

    /// Accuracy by epoch.
    public Quantity accuracy() {
        return accuracy;
    }
}

package org.surprisal.study.engine;

/// Quantities that the engine records of every training.
public final class Quantities {
    /// Loss of single batches, before their step.
    public static final Quantity BATCH_LOSS = Quantity.of("batch-loss", "nat", "loss of a batch", Index.STEP);
    /// Mean loss of an epoch's batches, each before its step.
    public static final Quantity TRAIN_LOSS = Quantity.of("train-loss", "nat", "training loss", Index.EPOCH);
    /// Share of an epoch's training samples whose largest output was at their class, each before its step.
    public static final Quantity TRAIN_ACCURACY = Quantity.of("train-accuracy", "1", "training accuracy", Index.EPOCH);
    /// Loss on the data that the trainer validates on, after an epoch; 0 is the network before training.
    public static final Quantity TEST_LOSS = Quantity.of("test-loss", "nat", "test loss", Index.EPOCH);
    /// Accuracy on the data that the trainer validates on, after an epoch; 0 is the network before training.
    public static final Quantity TEST_ACCURACY = Quantity.of("test-accuracy", "1", "test accuracy", Index.EPOCH);
    /// As [#TEST_LOSS], for data that are neither trained on nor judged by.
    public static final Quantity VALIDATION_LOSS = Quantity.of("validation-loss", "nat", "validation loss",
            Index.EPOCH);
    /// As [#TEST_ACCURACY], for data that are neither trained on nor judged by.
    public static final Quantity VALIDATION_ACCURACY = Quantity.of("validation-accuracy", "1", "validation accuracy",
            Index.EPOCH);
    /// Recorded by the engine, as 1, when a training of the trial diverged: its numbers became NaN or infinite.
    public static final Quantity DIVERGED = Quantity.of("diverged", "1", "diverged");

    private Quantities() {
    }
}

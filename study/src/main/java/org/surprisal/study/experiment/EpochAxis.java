package org.surprisal.study.experiment;

import org.surprisal.report.Axis;
import org.surprisal.study.engine.Index;
import org.surprisal.study.engine.Plot;
import org.surprisal.study.engine.Sample;

/// The axis of epochs that all curves of a report have: logarithmic where there are many, on which epoch 0 has its
/// place
/// as 1.
///
/// @param many whether there are so many epochs that the axis is logarithmic
record EpochAxis(boolean many) {
    /// Epochs from which on the axis is logarithmic.
    private static final int MANY = 30;

    /// The axis for the epochs of numbers.
    static EpochAxis of(Sample sample) {
        return new EpochAxis(!sample.isEmpty()
                && sample.values(Index.EPOCH).stream().anyMatch(epoch -> (long) epoch > MANY));
    }

    /// Lines by epoch on this axis.
    ///
    /// @param id see [Plot#lines]
    Plot lines(String id, String title, Sample sample) {
        Sample placed = many ? sample.change(Index.EPOCH, Index.EPOCH, epoch -> (long) epoch + 1) : sample;
        return Plot.lines(id, title, placed).x(Index.EPOCH)
                .xAxis(many ? Axis.log("epoch + 1", "") : Axis.linear("epoch", ""));
    }

    /// What the first point is.
    String reading() {
        return many ? "The first point is the network before training." : "Epoch 0: before training.";
    }
}

package org.surprisal.study.trainability;

import java.util.List;
import org.surprisal.network.training.Evaluation;
import org.surprisal.network.training.TrainingListener;
import org.surprisal.study.Metric;
import org.surprisal.study.Wording;

/// What became of a network of the grid.
sealed interface Outcome {
    String TEST_ACCURACY = "test-accuracy";
    String DIVERGED = "diverged";

    /// The numbers that are kept of it; their network is still to be named.
    List<Metric> metrics();

    /// In a few words, for who watches.
    String words();

    /// It was trained to the end.
    ///
    /// @param last its last epoch
    /// @param test on the test images, finite
    record Trained(TrainingListener.Epoch last, Evaluation test) implements Outcome {
        @Override
        public List<Metric> metrics() {
            int epoch = last.epoch();
            return List.of(Metric.of("train-loss", last.trainLoss(), "nat").epoch(epoch),
                    Metric.of("train-accuracy", last.trainAccuracy().orElseThrow(), "1").epoch(epoch),
                    Metric.of("test-loss", test.loss(), "nat").epoch(epoch),
                    Metric.of(TEST_ACCURACY, test.accuracy().orElseThrow(), "1").epoch(epoch));
        }

        @Override
        public String words() {
            return "accuracy " + Wording.percent(test.accuracy().orElseThrow());
        }
    }

    /// Its numbers left the finite ones: untrainable, and nothing that stops the grid.
    record Diverged() implements Outcome {
        @Override
        public List<Metric> metrics() {
            return List.of(Metric.of(DIVERGED, 1, "1"));
        }

        @Override
        public String words() {
            return "diverged";
        }
    }
}

package org.surprisal.network.training;

import java.util.Map;
import org.surprisal.data.Batch;
import org.surprisal.data.Batches;
import org.surprisal.data.Dataset;
import org.surprisal.network.Network;
import org.surprisal.network.Observation;
import org.surprisal.network.internal.ObservedPass;
import org.surprisal.network.loss.Loss;
import org.surprisal.tensor.Tracking;

/// Finds where the numbers of a network stop being finite.
final class NotFinite {
    private NotFinite() {
    }

    /// The first batch whose loss is not finite; the first batch of all where each is finite.
    static Batch batch(Network network, Loss loss, Dataset data, int batchSize) {
        for (Batch batch : Batches.inOrder(data, batchSize)) {
            double value = Tracking
                    .off(() -> loss.value(network.evaluate(batch.inputs()), batch.targets())).item();
            if (!Double.isFinite(value)) {
                return batch;
            }
        }
        return data.batch(0);
    }

    /// Names the data or the first module, in order of use, that is not finite.
    static String in(Network network, Batch batch) {
        if (!batch.inputs().isFinite()) {
            return "the input data";
        }
        if (!batch.targets().isFinite()) {
            return "the targets";
        }
        String last = "the network";
        for (Map.Entry<String, Observation> module : ObservedPass.of(network, batch.inputs(), network.modules())
                .entrySet()) {
            if (!module.getValue().output().isFinite()) {
                return "the output of '" + module.getKey() + "'";
            }
            last = "'" + module.getKey() + "'";
        }
        return network.evaluate(batch.inputs()).isFinite()
                ? "the loss of the output of " + last + ", which is finite"
                : "the network's output";
    }
}

package org.surprisal.network.loss;

import java.util.Optional;
import org.surprisal.network.Network;
import org.surprisal.tensor.Tensor;

/// What training makes small.
@FunctionalInterface
public interface Loss {
    /// The loss of these outputs against these targets, averaged over the samples: shape ().
    Tensor of(Tensor outputs, Tensor targets);

    /// Returns the loss as a number that can be differentiated.
    ///
    /// @throws IllegalArgumentException when [#of] does not give one number
    default Tensor value(Tensor outputs, Tensor targets) {
        Tensor value = of(outputs, targets);
        if (value.size() != 1) {
            throw new IllegalArgumentException(
                    "the loss gives shape " + value.shape() + ", not one number: sum or average"
                            + " it, for example by .mean()");
        }
        return value;
    }

    /// Returns the output above which a network of one output answers with the second of two classes: half, where the
    /// output stands for a probability.
    default double threshold() {
        return 0.5;
    }

    /// What is probably a mistake when this loss trains this network: a softmax or sigmoid layer before a loss that
    /// applies its own, for example. The training loop logs it as a warning.
    default Optional<String> warning(Network network) {
        return Optional.empty();
    }
}

package org.surprisal.network.optimiser;

import java.util.function.Predicate;
import org.surprisal.network.Parameter;

/// Which parameters a penalty or weight decay acts on.
public enum Regularised implements Predicate<Parameter> {
    /// Weights only, parameters of two axes or more. Biases, and scales and shifts of normalisations, have one axis.
    WEIGHTS {
        @Override
        public boolean test(Parameter parameter) {
            return parameter.value().rank() >= 2;
        }
    },
    /// Every parameter, biases too, as PyTorch's optimisers have it.
    ALL {
        @Override
        public boolean test(Parameter parameter) {
            return true;
        }
    }
}

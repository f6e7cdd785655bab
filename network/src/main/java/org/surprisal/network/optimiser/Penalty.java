package org.surprisal.network.optimiser;

import java.util.List;
import org.surprisal.network.Parameter;
import org.surprisal.tensor.InPlace;
import org.surprisal.tensor.Tensor;

/// A term that is added to the loss and grows with the parameters: J = J0 + lambda Omega(w).
public sealed interface Penalty {
    /// The parameters that Omega depends on.
    Regularised scope();

    /// lambda Omega of these parameters, a number to be added to the loss that is reported.
    default double value(List<Parameter> parameters) {
        return parameters.stream().filter(scope()).mapToDouble(parameter -> value(parameter.value())).sum();
    }

    /// lambda Omega of one tensor.
    double value(Tensor w);

    /// Adds the gradient of [#value(Tensor)] to `gradient`, in place.
    void addGradient(Tensor gradient, Tensor w);

    /// lambda sum |w|: drives what the loss does not need to exactly or nearly 0. At w = 0 the gradient is taken as 0.
    ///
    /// @param lambda not negative
    record L1(double lambda, Regularised scope) implements Penalty {
        public L1 {
            HyperParameter.notNegative("lambda", lambda);
        }

        /// On weights only.
        public L1(double lambda) {
            this(lambda, Regularised.WEIGHTS);
        }

        @Override
        public double value(Tensor w) {
            double sum = 0;
            for (double element : w.toDoubles()) {
                sum += Math.abs(element);
            }
            return lambda * sum;
        }

        @Override
        public void addGradient(Tensor gradient, Tensor w) {
            InPlace.addSign(gradient, lambda, w);
        }
    }

    /// lambda/2 sum w^2, whose gradient lambda w is weight decay as PyTorch's SGD, Adam and others have it (there: on
    /// [Regularised#ALL]). With plain gradient descent w <- (1 - rate lambda) w - rate g.
    ///
    /// @param lambda not negative
    record L2(double lambda, Regularised scope) implements Penalty {
        public L2 {
            HyperParameter.notNegative("lambda", lambda);
        }

        /// On weights only.
        public L2(double lambda) {
            this(lambda, Regularised.WEIGHTS);
        }

        @Override
        public double value(Tensor w) {
            double norm = w.euclideanNorm();
            return lambda / 2 * norm * norm;
        }

        @Override
        public void addGradient(Tensor gradient, Tensor w) {
            InPlace.blend(gradient, lambda, w, 1);
        }
    }
}

package org.surprisal.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Holds gradients against central differences, in float64.
///
/// The difference quotient (f(x+h) - f(x-h)) / 2h has a truncation error of order h^2 and a rounding error of order
/// eps/h; two step sizes combined (Richardson) leave h^4, so that a right gradient agrees to about 1e-9 of the largest
/// entry.
public final class GradientCheck {
    private static final double STEP = 1e-3;

    private GradientCheck() {
    }

    /// The largest difference between a gradient entry and its difference quotient, as a fraction of the largest entry
    /// of that gradient (of 1 if all are smaller).
    ///
    /// A gradient that is missing, because the record of `f` was cut, counts as zero and is found wrong like any other.
    ///
    /// @param f from the inputs to one number
    /// @param inputs float64 tensors
    /// @throws IllegalArgumentException for a float32 input, whose rounding errors the difference quotients would
    /// magnify
    public static double firstOrder(Function<List<Tensor>, Tensor> f, List<Tensor> inputs) {
        for (int i = 0; i < inputs.size(); i++) {
            Tensor input = inputs.get(i);
            if (input.type() != ElementType.FLOAT64) {
                throw new IllegalArgumentException("GradientCheck: input " + i + " is " + input.type() + " "
                        + input.shape() + ", which rounds too coarsely to check a gradient"
                        + ElementType.FLOAT64.remedy("it"));
            }
        }
        List<Tensor> tracked = inputs.stream().map(Tensor::tracked).toList();
        List<Tensor> gradients = Gradients.of(f.apply(tracked), tracked, Gradients.Unreached.ZERO);
        double worst = 0;
        for (int i = 0; i < inputs.size(); i++) {
            worst = Math.max(worst, worst(f, inputs, i, gradients.get(i).toDoubles()));
        }
        return worst;
    }

    /// The same for second derivatives: the gradient of each weighted sum of the gradients' entries, with fixed weights
    /// that differ from entry to entry, against its difference quotient.
    ///
    /// @throws IllegalArgumentException for a float32 input
    public static double secondOrder(Function<List<Tensor>, Tensor> f, List<Tensor> inputs) {
        return firstOrder(xs -> {
            // Inside firstOrder the inputs are tracked on one pass and constants on the others; both need derivatives
            // here.
            List<Tensor> variables = xs.stream().map(x -> x.isTracked() ? x : x.tracked()).toList();
            List<Tensor> gradients = Gradients.differentiable(f.apply(variables), variables,
                    Gradients.Unreached.ZERO);
            Tensor total = Tensor.zeros(ElementType.FLOAT64);
            for (int i = 0; i < gradients.size(); i++) {
                Tensor gradient = gradients.get(i);
                total = total.plus(gradient.times(weights(gradient.shape(), i)).sum());
            }
            return total;
        }, inputs);
    }

    private static Tensor weights(Shape shape, int salt) {
        double[] weights = new double[shape.size()];
        for (int j = 0; j < weights.length; j++) {
            weights[j] = StrictMath.sin(1 + j + 10.0 * salt);
        }
        return Tensor.of(weights, shape.lengths());
    }

    private static double worst(Function<List<Tensor>, Tensor> f, List<Tensor> inputs, int input, double[] gradient) {
        double scale = 1;
        for (double entry : gradient) {
            scale = Math.max(scale, Math.abs(entry));
        }
        double worst = 0;
        for (int j = 0; j < gradient.length; j++) {
            double coarse = quotient(f, inputs, input, j, STEP);
            double fine = quotient(f, inputs, input, j, STEP / 2);
            double quotient = (4 * fine - coarse) / 3;
            double error = Math.abs(quotient - gradient[j]) / scale;
            // NaN compares false with everything; it must not pass for agreement.
            worst = Double.isNaN(error) ? Double.POSITIVE_INFINITY : Math.max(worst, error);
        }
        return worst;
    }

    private static double quotient(Function<List<Tensor>, Tensor> f, List<Tensor> inputs, int input, int entry,
            double step) {
        return (shifted(f, inputs, input, entry, step) - shifted(f, inputs, input, entry, -step)) / (2 * step);
    }

    private static double shifted(Function<List<Tensor>, Tensor> f, List<Tensor> inputs, int input, int entry,
            double shift) {
        double[] values = inputs.get(input).toDoubles();
        values[entry] += shift;
        List<Tensor> changed = new ArrayList<>(inputs);
        changed.set(input, Tensor.of(values, inputs.get(input).shape().lengths()));
        return f.apply(changed).item();
    }
}

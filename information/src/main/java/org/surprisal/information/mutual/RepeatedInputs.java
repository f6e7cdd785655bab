package org.surprisal.information.mutual;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.Tensor;

/// Whether a layer is a function of its input, as far as inputs that occur several times can tell.
final class RepeatedInputs {

    /// Units in the last place of a column's largest number by which representations of one input may differ:
    /// frameworks sum in other orders from batch to batch.
    private static final int ROUNDING = 64;

    private RepeatedInputs() {
    }

    /// What shows that the layer is not a function of its input: two samples of equal inputs and different
    /// representations. Empty if there are none.
    ///
    /// @param inputs whole inputs as symbols
    /// @param layer the representation of each sample
    static Optional<String> contradiction(Discrete inputs, Continuous layer) {
        if (inputs.symbols() == inputs.count()) {
            return Optional.empty();
        }
        Tensor values = layer.values();
        int d = layer.dimension();
        double[] flat = values.toDoubles();
        double unit = values.type() == ElementType.FLOAT32 ? Math.ulp(1f) : Math.ulp(1.0);
        double[] tolerance = new double[d];
        for (int i = 0; i < flat.length; i++) {
            tolerance[i % d] = Math.max(tolerance[i % d], ROUNDING * unit * Math.abs(flat[i]));
        }
        return contradiction(inputs, (i, j) -> {
            for (int l = 0; l < d; l++) {
                if (Math.abs(flat[i * d + l] - flat[j * d + l]) > tolerance[l]) {
                    return false;
                }
            }
            return true;
        });
    }

    /// The same for a layer of symbols.
    static Optional<String> contradiction(Discrete inputs, Discrete layer) {
        return contradiction(inputs, (i, j) -> layer.code(i) == layer.code(j));
    }

    private interface Equality {
        boolean of(int i, int j);
    }

    private static Optional<String> contradiction(Discrete inputs, Equality equal) {
        int[] first = new int[inputs.symbols()];
        Arrays.fill(first, -1);
        for (int i = 0; i < inputs.count(); i++) {
            int code = inputs.code(i);
            if (first[code] < 0) {
                first[code] = i;
            } else if (!equal.of(first[code], i)) {
                return Optional.of(sentence(inputs, first[code], i));
            }
        }
        return Optional.empty();
    }

    private static String sentence(Discrete inputs, int i, int j) {
        long alone = Arrays.stream(inputs.counts()).filter(count -> count == 1).count();
        return String.format(Locale.ROOT,
                "rows %d and %d have equal inputs and different representations, so the layer is not a function of X"
                        + " (it draws random numbers, it uses other samples too, as a graph's layers do, or its rows"
                        + " belong to other inputs): I(X;T) is estimated from how the representations of repeated"
                        + " inputs differ%s",
                i, j, alone == 0
                        ? ""
                        : String.format(Locale.ROOT,
                                "; %d of %d inputs occur once and count as known from their representation, which"
                                        + " makes it"
                                        + " too large",
                                alone, inputs.symbols()));
    }
}

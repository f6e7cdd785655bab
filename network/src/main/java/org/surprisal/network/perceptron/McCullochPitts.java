package org.surprisal.network.perceptron;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// The neuron of McCulloch and Pitts (1943): it fires when the sum of its inputs, each 0 or 1, excitatory (+1) or
/// inhibitory (-1), reaches a threshold theta: y = H(sum_k w_k x_k - theta) with H(0) = 1 (Zahn, section 2.2.1).
///
/// Networks of such neurons compute any logical function; nothing says how to find the network.
///
/// @param weights +1 or -1 for each input
/// @param threshold theta
public record McCullochPitts(List<Integer> weights, int threshold) {
    /// @throws IllegalArgumentException if there is no weight, or one that is neither +1 nor -1
    public McCullochPitts {
        weights = List.copyOf(weights);
        if (weights.isEmpty() || weights.stream().anyMatch(weight -> Math.abs(weight) != 1)) {
            throw new IllegalArgumentException(
                    "weights (=" + weights + ") must be +1 (excitatory) or -1 (inhibitory), one an input");
        }
    }

    /// A neuron with this threshold and these weights.
    public static McCullochPitts of(int threshold, int... weights) {
        return new McCullochPitts(Arrays.stream(weights).boxed().toList(), threshold);
    }

    /// sum_k w_k x_k.
    ///
    /// @param inputs 0 or 1, as many as there are weights
    /// @throws IllegalArgumentException for other inputs
    public int sum(int... inputs) {
        if (inputs.length != weights.size()) {
            throw new IllegalArgumentException(inputs.length + " inputs for " + weights.size() + " weights");
        }
        int sum = 0;
        for (int k = 0; k < inputs.length; k++) {
            if (inputs[k] != 0 && inputs[k] != 1) {
                throw new IllegalArgumentException("input " + k + " (=" + inputs[k] + ") must be 0 or 1");
            }
            sum += weights.get(k) * inputs[k];
        }
        return sum;
    }

    /// 1 if the neuron fires, else 0. Inputs as for [#sum].
    public int output(int... inputs) {
        return sum(inputs) >= threshold ? 1 : 0;
    }

    /// The weighted sum, its distance from the threshold and the output, for all inputs.
    public TruthTable truthTable() {
        String sum = IntStream.range(0, weights.size())
                .mapToObj(k -> (weights.get(k) < 0 ? "-x" : k > 0 ? "+x" : "x") + (k + 1))
                .reduce("", String::concat);
        return TruthTable.of(weights.size()).with(sum, this::sum)
                .with(sum + String.format(Locale.ROOT, "%+d", -(long) threshold), x -> (double) sum(x) - threshold)
                .with("y", this::output);
    }
}

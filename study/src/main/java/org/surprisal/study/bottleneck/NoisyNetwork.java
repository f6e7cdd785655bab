package org.surprisal.study.bottleneck;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.surprisal.information.mutual.Binning;
import org.surprisal.information.noisy.NoisyLayerInformation;
import org.surprisal.network.Network;
import org.surprisal.network.Observation;
import org.surprisal.network.architecture.Architecture;
import org.surprisal.network.initialisation.Initialisation;
import org.surprisal.network.layer.Activation;
import org.surprisal.network.probe.Probe;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.Gradients;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

/// A classifier each of whose hidden layers has noise: T_l = f_l(T_(l-1)) + βZ_l, l from 1, and class scores of the
/// last T without noise (Goldfeld et al. 2019). The noise acts in training and in every pass in which it is measured.
///
/// @param network    what is trained
/// @param activation of the hidden layers
/// @param hidden     number of hidden layers
/// @param deviation  β
record NoisyNetwork(Network network, Activation activation, int hidden, double deviation) {

    /// Slopes below it, as a share of the largest slope of tanh and ReLU, are those of a saturated unit: |tanh| above
    /// 0.949, a ReLU at 0.
    private static final double FLAT = 0.1;

    /// A random network of float32 numbers.
    ///
    /// @param widths of the hidden layers
    static NoisyNetwork random(int inputs, List<Integer> widths, int classes, Activation activation, double deviation,
            Initialisation start, RandomStream weights) {
        Architecture layers = Architecture.of(inputs);
        for (int width : widths) {
            layers = layers.linear(width).activation(activation).gaussianNoise(deviation);
        }
        return new NoisyNetwork(layers.linear(classes).build(ElementType.FLOAT32, start, weights), activation,
                widths.size(), deviation);
    }

    private String activationModule(int layer) {
        return activation.label() + (layer - 1);
    }

    private static String noiseModule(int layer) {
        return "gaussian-noise" + (layer - 1);
    }

    /// What the hidden layers do for some inputs, in several passes for each, every pass with noise of its own.
    ///
    /// @param inputs shape (m, features)
    List<Seen> observe(Tensor inputs, int passes, RandomStream noise) {
        int m = inputs.length(0);
        List<String> modules = new ArrayList<>();
        for (int layer = 1; layer <= hidden; layer++) {
            modules.addAll(List.of(activationModule(layer), noiseModule(layer)));
        }
        Tensor repeated = inputs.rows(IntStream.range(0, m * passes).map(row -> row / passes).toArray());
        Map<String, Observation> seen = Probe.of(network, modules).observe(repeated, noise);
        return IntStream.rangeClosed(1, hidden).mapToObj(layer -> {
            Observation noisy = Objects.requireNonNull(seen.get(noiseModule(layer)));
            Tensor before = Objects.requireNonNull(seen.get(activationModule(layer))).input();
            return new Seen(layer, activation, deviation, passes(noisy.input(), m),
                    first(before, m), first(noisy.input(), m), first(noisy.output(), m));
        }).toList();
    }

    private static Tensor passes(Tensor rows, int m) {
        return rows.reshape(m, rows.length(0) / m, rows.length(1));
    }

    private static Tensor first(Tensor rows, int m) {
        return passes(rows, m).slice(1, 0, 1).reshape(m, rows.length(1));
    }

    /// A hidden layer in some passes.
    ///
    /// @param layer         from 1
    /// @param centres       S of all passes, shape (m, passes, units)
    /// @param preActivation of each input's first pass, shape (m, units)
    /// @param centre        S of each input's first pass
    /// @param noisy         T of each input's first pass
    record Seen(int layer, Activation activation, double deviation, Tensor centres, Tensor preActivation,
            Tensor centre, Tensor noisy) {

        /// I(X;T) from the first so many passes of each input, of which some make the mixture of all inputs.
        NoisyLayerInformation information(int passes, int mixedPasses, RandomStream noise) {
            return layer == 1
                    ? NoisyLayerInformation.ofFunction(centre, deviation, mixedPasses, noise)
                    : NoisyLayerInformation.ofPasses(centres.slice(1, 0, passes), deviation, mixedPasses, noise);
        }

        /// So many equal bins: from -1 to 1 for tanh, over the range of T otherwise.
        Binning.Bins bins(int count) {
            double[] values = noisy.toDoubles();
            return activation == Activation.TANH
                    ? new Binning.Bins.Equal(count, -1, 1)
                    : new Binning.Bins.Equal(count, Arrays.stream(values).min().orElseThrow(),
                            Arrays.stream(values).max().orElseThrow());
        }

        /// The share of numbers whose unit is saturated.
        double saturated() {
            Tensor z = preActivation.tracked();
            double[] slopes = Gradients.of(activation.apply(z).sum(), z).getFirst().toDoubles();
            int flat = 0;
            for (double slope : slopes) {
                flat += Math.abs(slope) < FLAT ? 1 : 0;
            }
            return (double) flat / slopes.length;
        }

        /// The root mean square of the distances between all pairs of T, in units of β.
        double distance() {
            return distance(new double[noisy.length(0)]);
        }

        /// The root mean square of the distances between two T of one class, in units of β.
        ///
        /// @param labels the class of each input
        double distance(double[] labels) {
            int d = noisy.length(1);
            double[] rows = noisy.toDoubles();
            double squares = 0;
            long pairs = 0;
            for (double label : Arrays.stream(labels).distinct().toArray()) {
                int[] members = IntStream.range(0, labels.length).filter(i -> labels[i] == label).toArray();
                long n = members.length;
                for (int l = 0; l < d; l++) {
                    double mean = 0;
                    for (int i : members) {
                        mean += rows[i * d + l] / n;
                    }
                    for (int i : members) {
                        // The squares of all n² differences sum to 2n times those of the deviations from the mean.
                        squares += 2 * n * (rows[i * d + l] - mean) * (rows[i * d + l] - mean);
                    }
                }
                pairs += n * (n - 1);
            }
            return pairs == 0 ? 0 : Math.sqrt(squares / pairs) / deviation;
        }
    }
}

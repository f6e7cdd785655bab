package org.surprisal.information;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

/// Without activation z^(m) = A z^(0) + c, and the expectation is known: Q_m = σ_0² ||A||_F² + ||A μ_0 + c - μ_m||².
class RelativeEntropyLinearTest {

    private static final int N = SmallNetwork.WIDTH;
    private static final int DEPTH = 5;

    /// The layers of the small network, made gentler so that five products stay of one size.
    private static double[][] weight(int layer) {
        double[][] weight = SmallNetwork.weight(layer);
        for (double[] row : weight) {
            for (int j = 0; j < row.length; j++) {
                row[j] *= 0.6;
            }
        }
        return weight;
    }

    private static RelativeEntropy measure(ElementType type) {
        List<DenseLayer> layers = new ArrayList<>();
        for (int l = 0; l < DEPTH; l++) {
            layers.add(SmallNetwork.layer(type, weight(l), SmallNetwork.bias(l)));
        }
        return RelativeEntropy.of(layers, z -> z);
    }

    private static double[] exact() {
        double[] z = SmallNetwork.linear(weight(0), SmallNetwork.bias(0), SmallNetwork.input());
        double mean0 = SmallNetwork.mean(z);
        double variance0 = SmallNetwork.variance(z);
        double[][] product = new double[N][N];
        double[] centre = new double[N];
        for (int i = 0; i < N; i++) {
            product[i][i] = 1;
            centre[i] = mean0;
        }
        double[] values = new double[DEPTH];
        for (int m = 1; m < DEPTH; m++) {
            z = SmallNetwork.linear(weight(m), SmallNetwork.bias(m), z);
            centre = SmallNetwork.linear(weight(m), SmallNetwork.bias(m), centre);
            product = multiply(weight(m), product);
            double mean = SmallNetwork.mean(z);
            double variance = SmallNetwork.variance(z);
            double q = 0;
            for (int i = 0; i < N; i++) {
                q += (centre[i] - mean) * (centre[i] - mean);
                for (double a : product[i]) {
                    q += variance0 * a * a;
                }
            }
            values[m] = 0.5 * N * (Math.log(variance / variance0) - 1) + q / (2 * variance);
        }
        return values;
    }

    private static double[][] multiply(double[][] a, double[][] b) {
        double[][] c = new double[N][N];
        for (int i = 0; i < N; i++) {
            for (int j = 0; j < N; j++) {
                for (int k = 0; k < N; k++) {
                    c[i][j] += a[i][k] * b[k][j];
                }
            }
        }
        return c;
    }

    @Test
    void agreesWithTheClosedForm() {
        RelativeEntropyProfile profile = measure(ElementType.FLOAT32).withSamples(20_000)
                .profile(Tensor.of(SmallNetwork.input()), RandomStream.seeded(21));
        double[] exact = exact();

        for (int m = 1; m < DEPTH; m++) {
            RelativeEntropyProfile.Layer layer = profile.layers().get(m);
            assertThat(layer.value()).as("layer %d", m).isCloseTo(exact[m], within(4 * layer.standardError()));
        }
    }

    /// The standard deviation behind the error is itself known to about 1/√(2·4000) = 1 % here.
    @Test
    void fourTimesTheSamplesHalveTheError() {
        RelativeEntropy measure = measure(ElementType.FLOAT32);
        RelativeEntropyProfile few = measure.withSamples(4000).profile(Tensor.of(SmallNetwork.input()),
                RandomStream.seeded(22));
        RelativeEntropyProfile many = measure.withSamples(16_000).profile(Tensor.of(SmallNetwork.input()),
                RandomStream.seeded(23));

        for (int m = 1; m < DEPTH; m++) {
            double ratio = few.layers().get(m).standardError() / many.layers().get(m).standardError();
            assertThat(ratio).as("layer %d", m).isCloseTo(2, within(0.2));
        }
    }

    /// What the error promises: in 500 trials the truth lies within 1.96 standard errors in 95 % of them. The rate's
    /// own standard error is 0.0097; four are allowed.
    @Test
    void theStandardErrorCoversTheTruth() {
        RelativeEntropy measure = measure(ElementType.FLOAT32).withSamples(400);
        double[] exact = exact();
        int trials = 500;
        int[] covered = new int[DEPTH];
        for (int trial = 0; trial < trials; trial++) {
            RelativeEntropyProfile profile = measure.profile(Tensor.of(SmallNetwork.input()),
                    RandomStream.seeded(24).child(trial));
            for (int m = 1; m < DEPTH; m++) {
                RelativeEntropyProfile.Layer layer = profile.layers().get(m);
                if (Math.abs(layer.value() - exact[m]) < 1.96 * layer.standardError()) {
                    covered[m]++;
                }
            }
        }

        for (int m = 1; m < DEPTH; m++) {
            assertThat((double) covered[m] / trials).as("layer %d", m).isCloseTo(0.95,
                    within(4 * Math.sqrt(0.95 * 0.05 / trials)));
        }
    }
}

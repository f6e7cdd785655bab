package org.surprisal.theory.meanfield;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

/// Theory beside simulation: what the maps say against random networks that are drawn and multiplied.
class WideRandomNetworkTest {

    private static final double OVERLAP = 0.6;

    static Stream<Arguments> theories() {
        return Stream.of(
                Arguments.of(new MeanField(SaturatingActivation.TANH, 1.5, 0.05), (UnaryOperator<Tensor>) Tensor::tanh),
                Arguments.of(new MeanField(SaturatingActivation.ERF, 2, 0.1), (UnaryOperator<Tensor>) Tensor::erf),
                Arguments.of(new MeanField(SaturatingActivation.SIGMOID, 3, 0.05),
                        (UnaryOperator<Tensor>) Tensor::sigmoid),
                Arguments.of(new MeanField(PiecewiseLinear.RELU, 1.6, 0.1), (UnaryOperator<Tensor>) Tensor::relu));
    }

    /// Narrow and few, and hence told by standard errors alone.
    @ParameterizedTest
    @MethodSource("theories")
    void narrowNetworks(MeanField theory, UnaryOperator<Tensor> activation) {
        check(theory, activation, 300, 30, 6, Double.POSITIVE_INFINITY);
    }

    /// 1,000 units, 20 layers. 50 networks tell the correlation in the chaotic phase to 1 % only, so there are 100.
    @Tag("slow")
    @ParameterizedTest
    @CsvSource({"1.5", "2.5"})
    void wideNetworks(double sigmaW2) {
        check(new MeanField(SaturatingActivation.TANH, sigmaW2, 0.05), Tensor::tanh, 1000, 100, 20, 1);
    }

    /// `tolerance` times 3 % for variances, correlations and relative entropies, 15 % for Jacobians; four standard
    /// errors for these, and for the spread of the relative entropy, which 100 networks tell to 7 % only.
    private static void check(MeanField theory, UnaryOperator<Tensor> activation, int width, int draws, int layers,
            double tolerance) {
        RandomNetworks networks = new RandomNetworks(theory, activation, width, layers, OVERLAP, draws,
                RandomStream.seeded(20));
        double q0 = theory.firstVariance(1);
        double c0 = (theory.sigmaW2() * OVERLAP + theory.sigmaB2()) / q0;
        DepthProfile profile = theory.depthProfile(q0, layers);
        List<Estimate> correlations = theory.correlationProfile(q0, q0, c0, layers);
        RelativeEntropyPrediction entropies = RelativeEntropyPrediction.of(theory, 1, width, layers);
        for (int l = 0; l <= layers; l++) {
            check("q", l, networks.meanSquares[l], profile.variances().get(l).value(), 0.03 * tolerance);
            check("c", l, networks.correlations[l], correlations.get(l).value(), 0.03 * tolerance);
            check("(1/N) tr J J^T", l, networks.jacobians[l], profile.meanSquareSingularValue(0, l), 0.15 * tolerance);
            if (l > 0) {
                RelativeEntropyPrediction.Layer entropy = entropies.layers().get(l);
                check("relative entropy", l, networks.relativeEntropies[l], entropy.mean(), 0.03 * tolerance);
                double spread = standardDeviation(networks.relativeEntropies[l]);
                assertThat(spread).as("spread of the relative entropy, layer %d", l)
                        .isCloseTo(entropy.standardDeviation(),
                                within(4 * entropy.standardDeviation() / Math.sqrt(2 * (draws - 1))));
            }
        }
    }

    private static void check(String quantity, int layer, double[] measured, double predicted, double relative) {
        double mean = mean(measured);
        assertThat(mean / predicted).as("%s, layer %d, relative", quantity, layer).isCloseTo(1, within(relative));
        assertThat((mean - predicted) / (standardDeviation(measured) / Math.sqrt(measured.length)))
                .as("%s, layer %d, in standard errors", quantity, layer).isBetween(-4.0, 4.0);
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double x : values) {
            sum += x;
        }
        return sum / values.length;
    }

    private static double standardDeviation(double[] values) {
        double mean = mean(values);
        double sum = 0;
        for (double x : values) {
            sum += (x - mean) * (x - mean);
        }
        return Math.sqrt(sum / (values.length - 1));
    }
}

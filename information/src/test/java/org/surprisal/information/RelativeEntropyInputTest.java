package org.surprisal.information;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

/// The input as the reference of the relative entropy.
class RelativeEntropyInputTest {

    private static final int N = SmallNetwork.WIDTH;

    /// An input of as many components as there are neurons.
    private static double[] input() {
        double[] input = new double[N];
        Arrays.setAll(input, j -> (7 * j % N) / (double) N + 0.5 * (j % 3));
        return input;
    }

    /// The small network from its second layer on: all its weights are square.
    private static List<DenseLayer> square(double firstScale, double firstShift) {
        List<DenseLayer> layers = new ArrayList<>();
        for (int l = 1; l < SmallNetwork.DEPTH; l++) {
            double[][] weight = SmallNetwork.weight(l);
            double[] bias = SmallNetwork.bias(l);
            if (l == 1) {
                for (int i = 0; i < N; i++) {
                    bias[i] += firstShift * Arrays.stream(weight[i]).sum();
                    for (int j = 0; j < N; j++) {
                        weight[i][j] *= firstScale;
                    }
                }
            }
            layers.add(SmallNetwork.layer(ElementType.FLOAT64, weight, bias));
        }
        return layers;
    }

    /// Without activation z^(0) = W x + b, and Q_0 = σ_x² ||W||_F² + ||W μ_x 1 + b - μ_0||².
    @Test
    void theFirstStepAgreesWithTheClosedForm() {
        double[] x = input();
        double[][] weight = SmallNetwork.weight(1);
        double[] z = SmallNetwork.linear(weight, SmallNetwork.bias(1), x);
        double[] centre = new double[N];
        Arrays.fill(centre, SmallNetwork.mean(x));
        centre = SmallNetwork.linear(weight, SmallNetwork.bias(1), centre);
        double q = 0;
        for (int i = 0; i < N; i++) {
            q += Math.pow(centre[i] - SmallNetwork.mean(z), 2);
            for (double w : weight[i]) {
                q += SmallNetwork.variance(x) * w * w;
            }
        }
        double variance = SmallNetwork.variance(z);
        double exact = 0.5 * N * (Math.log(variance) - 1) + q / (2 * variance);

        List<RelativeEntropyProfile.Layer> layers = RelativeEntropy.of(square(1, 0), Tensor::tanh).withInputReference()
                .withSamples(40_000).profile(Tensor.of(x), RandomStream.seeded(31)).layers();

        assertThat(layers.get(1).layer()).isZero();
        assertThat(layers.get(1).variance()).isCloseTo(variance, within(1e-13));
        assertThat(layers.get(1).value()).isCloseTo(exact, within(4 * layers.get(1).standardError()));
        assertThat(layers.get(1).standardError()).isLessThan(0.01 * Math.abs(exact));
    }

    @Test
    void theInputItselfIsExactlyZeroAndStandardised() {
        RelativeEntropyProfile profile = RelativeEntropy.of(square(1, 0), Tensor::tanh).withInputReference()
                .withSigmaW2(1.5).profile(Tensor.of(input()), RandomStream.seeded(32));

        assertThat(profile.layers()).hasSize(SmallNetwork.DEPTH);
        RelativeEntropyProfile.Layer first = profile.layers().getFirst();
        assertThat(first.layer()).isEqualTo(RelativeEntropy.INPUT);
        assertThat(first.value()).isZero();
        assertThat(first.standardError()).isZero();
        assertThat(first.mean()).isZero();
        assertThat(first.variance()).isEqualTo(1);
        assertThat(profile.meanFieldCurve()[1])
                .isCloseTo(0.5 * N * Math.log(profile.layers().get(1).variance()), within(1e-12));
    }

    /// The definition in the class's words: the same network as a function of the standardised input has the same
    /// profile.
    @Test
    void scaleAndShiftOfTheInputGoIntoTheFirstLayer() {
        double[] x = input();
        double mean = SmallNetwork.mean(x);
        double deviation = Math.sqrt(SmallNetwork.variance(x));
        double[] standardised = Arrays.stream(x).map(value -> (value - mean) / deviation).toArray();

        List<RelativeEntropyProfile.Layer> raw = RelativeEntropy.of(square(1, 0), Tensor::tanh).withInputReference()
                .profile(Tensor.of(x), RandomStream.seeded(33)).layers();
        List<RelativeEntropyProfile.Layer> folded = RelativeEntropy.of(square(deviation, mean), Tensor::tanh)
                .withInputReference().profile(Tensor.of(standardised), RandomStream.seeded(33)).layers();

        for (int m = 0; m < raw.size(); m++) {
            assertThat(folded.get(m).value()).isCloseTo(raw.get(m).value(), within(1e-9));
        }
    }

    @Test
    void severalInputsHaveEachTheirOwnMoments() {
        RelativeEntropy measure = RelativeEntropy.of(square(1, 0), Tensor::tanh).withInputReference().withSamples(50);
        Tensor first = Tensor.of(input());
        Tensor second = first.affine(3, 1);
        List<RelativeEntropyProfile> both = measure.profiles(Tensor.concatenate(0,
                List.of(first.reshape(1, N), second.reshape(1, N))), RandomStream.seeded(34));

        assertThat(both.get(0)).isEqualTo(measure.profile(first, RandomStream.seeded(34)));
        assertThat(both.get(1).layers().get(1).value()).isNotEqualTo(both.get(0).layers().get(1).value());
    }

    @Test
    void refusesAnInputOfAnotherSizeAndOneWithoutVariance() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RelativeEntropy.of(SmallNetwork.layers(ElementType.FLOAT64), Tensor::tanh)
                        .withInputReference())
                .withMessage("the input has 12 components, layer 0 20 neurons: equal numbers needed to measure from the"
                        + " input");
        RelativeEntropy measure = RelativeEntropy.of(square(1, 0), Tensor::tanh).withInputReference();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> measure.profile(Tensor.full(ElementType.FLOAT64, 2, N), RandomStream.seeded(1)))
                .withMessage("all 20 components of input 0 are 2.0: it cannot be standardised");
    }
}

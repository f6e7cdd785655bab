package org.surprisal.information;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

class RelativeEntropyAverageTest {

    private static RelativeEntropyProfile profile(double value, double error) {
        OptionalDouble zero = OptionalDouble.of(0);
        return new RelativeEntropyProfile(10, 100, OptionalDouble.of(4),
                List.of(new RelativeEntropyProfile.Layer(0, 0, 0, zero, 0, 1),
                        new RelativeEntropyProfile.Layer(1, value, error, OptionalDouble.of(value / 4), 0, 1)));
    }

    @Test
    void meanSpreadAndErrorByHand() {
        RelativeEntropyAverage average = RelativeEntropyAverage
                .over(List.of(profile(-1, 0.3), profile(2, 0.4), profile(5, 1.2)));

        RelativeEntropyAverage.Layer layer = average.layers().get(1);
        assertThat(average.count()).isEqualTo(3);
        assertThat(layer.mean()).isEqualTo(2);
        assertThat(layer.spread().orElseThrow()).isCloseTo(3, within(1e-14));
        assertThat(layer.standardError()).isCloseTo(1.3 / 3, within(1e-14));
        assertThat(layer.normalised()).hasValue(0.5);
        assertThat(average.layers().getFirst())
                .isEqualTo(new RelativeEntropyAverage.Layer(0, 0, OptionalDouble.of(0), 0, OptionalDouble.of(0)));
    }

    @Test
    void oneProfileHasNoSpread() {
        assertThat(RelativeEntropyAverage.over(List.of(profile(-1, 0.3))).layers().get(1).spread()).isEmpty();
    }

    /// Each of several inputs has the numbers it has alone, and its own samples.
    @Test
    void inputsAreMeasuredOneByOne() {
        double[] x = SmallNetwork.input();
        double[] inputs = new double[3 * x.length];
        for (int i = 0; i < x.length; i++) {
            inputs[i] = x[i];
            inputs[x.length + i] = 1 - x[i];
            inputs[2 * x.length + i] = x[i];
        }
        RelativeEntropy measure = RelativeEntropy.of(SmallNetwork.layers(ElementType.FLOAT64), Tensor::tanh);

        List<RelativeEntropyProfile> profiles = measure.profiles(Tensor.of(inputs, 3, x.length),
                RandomStream.seeded(3));

        assertThat(profiles).hasSize(3);
        RelativeEntropyProfile alone = measure.profile(Tensor.of(x), RandomStream.seeded(3));
        for (int m = 0; m < SmallNetwork.DEPTH; m++) {
            assertThat(profiles.get(0).layers().get(m).value()).isCloseTo(alone.layers().get(m).value(), within(1e-11));
            assertThat(profiles.get(2).layers().get(m).variance()).isCloseTo(alone.layers().get(m).variance(),
                    within(1e-14));
        }
        assertThat(profiles.get(1).layers().get(1).variance()).isNotEqualTo(alone.layers().get(1).variance());
        assertThat(profiles.get(2).layers().get(1).value()).isNotEqualTo(alone.layers().get(1).value());
    }

    @Test
    void refusesWhatDoesNotBelongTogether() {
        assertThatIllegalArgumentException().isThrownBy(() -> RelativeEntropyAverage.over(List.of()))
                .withMessage("there are no profiles to average");
        RelativeEntropyProfile wider = new RelativeEntropyProfile(11, 100, OptionalDouble.of(4),
                profile(1, 1).layers());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RelativeEntropyAverage.over(List.of(profile(1, 1), wider)))
                .withMessageContaining("profile 1 (width 11");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RelativeEntropyProfile(10, 100, OptionalDouble.empty(), List.of()))
                .withMessage("a profile needs at least its reference layer");
    }
}

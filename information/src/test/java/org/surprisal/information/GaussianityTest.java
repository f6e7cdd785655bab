package org.surprisal.information;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.surprisal.tensor.RandomStream;

class GaussianityTest {

    @Test
    void holdsWhatItsPartsSay() {
        double[] samples = Fixture.skewed();
        Gaussianity gaussianity = Gaussianity.of(samples, RandomStream.seeded(1));

        assertThat(gaussianity.moments()).isEqualTo(Moments.of(samples));
        assertThat(gaussianity.andersonDarling()).isEqualTo(AndersonDarling.test(samples));
        assertThat(gaussianity.lilliefors()).isEqualTo(Lilliefors.test(samples));
        assertThat(gaussianity.mixtures().fits()).hasSize(5);
    }

    @Test
    void tellsAMixtureFromANormalLayer() {
        double[] samples = Fixture.normal(new SplittableRandom(11), 784);
        Gaussianity normal = Gaussianity.of(samples, RandomStream.seeded(2));
        for (int i = 0; i < 300; i++) {
            samples[i] += 5;
        }
        Gaussianity mixed = Gaussianity.of(samples, RandomStream.seeded(2));

        assertThat(normal.mixtures().components()).isEqualTo(1);
        assertThat(normal.lilliefors().pValue()).isGreaterThan(0.01);
        assertThat(normal.andersonDarling().pValue()).isGreaterThan(0.01);
        assertThat(mixed.mixtures().components()).isEqualTo(2);
        assertThat(mixed.lilliefors().pValue()).isLessThan(0.001);
        assertThat(mixed.andersonDarling().pValue()).isLessThan(0.001);
    }

    @Test
    void fewSamplesTryFewerComponents() {
        double[] samples = Fixture.normal(new SplittableRandom(3), 8);

        assertThat(Gaussianity.of(samples, RandomStream.seeded(1)).mixtures().fits()).hasSize(2);
        assertThatIllegalArgumentException().isThrownBy(() -> Gaussianity.of(new double[7], RandomStream.seeded(1)))
                .withMessage("samples has 7 value(s), at least 8 needed");
    }
}

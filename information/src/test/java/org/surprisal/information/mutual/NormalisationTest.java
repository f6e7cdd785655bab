package org.surprisal.information.mutual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormalisationTest {

    /// Four equally likely symbols of x and y = x mod 2: H(X) = H(X,Y) = 2 bits, H(Y) = I = 1 bit.
    @ParameterizedTest
    @CsvSource({"X, 0.5", "Y, 1", "SMALLER, 1", "LARGER, 0.5", "MEAN, 0.6666666666666666",
            "GEOMETRIC_MEAN, 0.7071067811865475", "JOINT, 0.5"})
    void aFunctionOfFourSymbols(Normalisation by, double expected) {
        MutualInformation answer = new PlugIn(PlugIn.Correction.NONE)
                .estimate(Discrete.labels("x", 0, 1, 2, 3), Discrete.labels("y", 0, 1, 0, 1));

        assertThat(by.of(answer)).isCloseTo(expected, within(1e-12));
    }

    @Test
    void aConstantHasNothingToKnow() {
        MutualInformation answer = new PlugIn(PlugIn.Correction.NONE)
                .estimate(Discrete.labels("x", 0, 1), Discrete.labels("y", 0, 0));

        assertThat(Normalisation.SMALLER.of(answer)).isZero();
        assertThat(Normalisation.GEOMETRIC_MEAN.label()).isEqualTo("geometric-mean");
    }

    /// Of Gaussian pairs it is the correlation.
    @Test
    void informationalCorrelation() {
        assertThat(Normalisation.informationalCorrelation(-0.5 * Math.log(1 - 0.36))).isCloseTo(0.6, within(1e-12));
        assertThat(Normalisation.informationalCorrelation(-0.01)).isZero();
    }

    @Test
    void answersWithoutEntropiesAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Normalisation.MEAN.of(MutualInformation.of("ksg", 5, 1, Map.of(), List.of())))
                .withMessage("ksg has no component 'entropyX', it has []");
    }
}

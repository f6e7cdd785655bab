package org.surprisal.study.autoencoder;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MagnetisationTest {
    @ParameterizedTest
    @CsvSource({"0, DOWN", "0.2, DOWN", "0.25, MIXED", "0.5, MIXED", "0.75, MIXED", "0.8, UP", "1, UP"})
    void theShareOfUpSpinsDecides(double share, Magnetisation expected) {
        assertThat(Magnetisation.of(share)).isEqualTo(expected);
    }
}

package org.surprisal.theory.ising;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KaufmanTorusTest {
    @ParameterizedTest
    @CsvSource({"64, 1.5, -1.9511165731", "64, 2.0, -1.7455645753", "64, 2.269, -1.4243444817",
            "64, 2.5, -1.1060829925", "64, 3.5, -0.6601217310", "32, 2.5, -1.1072916610"})
    void energiesAreThePublished(int size, double temperature, double energy) {
        assertThat(KaufmanTorus.at(size, temperature).energyPerSpin()).isCloseTo(energy, within(6e-11));
    }

    @ParameterizedTest
    @CsvSource({"2, 0.7", "2, 3", "3, 0.5", "3, 2.269185314213022", "3, 4", "4, 0.4", "4, 1.7", "4, 2.2691853142",
            "4, 2.269185314213022", "4, 2.5", "4, 10", "4, 1000"})
    void smallLatticesAreThoseOfAllTheirStates(int size, double temperature) {
        KaufmanTorus exact = KaufmanTorus.at(size, temperature);
        Enumeration counted = Enumeration.of(IsingModel.of(size, temperature));

        assertThat(exact.logPartitionFunction()).isCloseTo(counted.logPartitionFunction(), within(1e-11));
        assertThat(exact.energyPerSpin()).isCloseTo(counted.energyPerSpin(), within(1e-12));
        assertThat(exact.specificHeat()).isCloseTo(counted.specificHeat(), within(1e-11));
    }

    /// At temperatures far from T_c a lattice of 128 differs from the infinite one by less than rounding.
    @ParameterizedTest
    @ValueSource(doubles = {0.05, 0.3, 1, 1.8, 3.2, 8})
    void largeLatticesAreOnsagers(double temperature) {
        KaufmanTorus finite = KaufmanTorus.at(128, temperature);
        Onsager infinite = Onsager.at(temperature);

        assertThat(finite.energyPerSpin()).isCloseTo(infinite.energyPerSpin(), within(1e-12));
        assertThat(finite.specificHeat()).isCloseTo(infinite.specificHeat(), within(1e-11));
    }

    /// ln Z, energy and specific heat are one function and its derivatives.
    @ParameterizedTest
    @CsvSource({"64, 1.1", "64, 2.269185314213022", "64, 2.3", "31, 2.2", "31, 5"})
    void energyAndSpecificHeatAreDerivatives(int size, double temperature) {
        KaufmanTorus exact = KaufmanTorus.at(size, temperature);
        double n = size * size;
        double k = 1 / temperature;
        double step = 1e-5 * k;
        KaufmanTorus above = KaufmanTorus.at(size, 1 / (k + step));
        KaufmanTorus below = KaufmanTorus.at(size, 1 / (k - step));

        assertThat(exact.energyPerSpin()).isCloseTo(
                -(above.logPartitionFunction() - below.logPartitionFunction()) / (2 * step * n), within(1e-7));
        assertThat(exact.specificHeat()).isCloseTo(
                -k * k * (above.energyPerSpin() - below.energyPerSpin()) / (2 * step), within(1e-6));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.001, 0.003, 0.01, 0.05, 0.1})
    void theColdTorusHasTwoStates(double temperature) {
        KaufmanTorus exact = KaufmanTorus.at(64, temperature);

        assertThat(exact.energyPerSpin()).isCloseTo(-2, within(1e-14));
        assertThat(exact.specificHeat()).isBetween(0.0, 1e-12);
        double logZ = Math.log(2) + 2 * 64 * 64 / temperature;
        assertThat(exact.logPartitionFunction()).isCloseTo(logZ, within(1e-13 * logZ));
    }

    @Test
    void whatIsNoTorusIsRefused() {
        assertThatThrownBy(() -> KaufmanTorus.at(1, 2)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("size = 1");
        assertThatThrownBy(() -> KaufmanTorus.at(8, 0)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("temperature = 0.0");
        assertThatThrownBy(() -> KaufmanTorus.at(8, Double.POSITIVE_INFINITY))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

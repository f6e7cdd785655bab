package org.surprisal.theory.ising;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OnsagerTest {
    /// Onsager's formulas with SciPy 1.10's elliptic integrals (ellipkm1 of the squared complementary modulus, ellipe),
    /// at temperatures where they are not near the infinity.
    @ParameterizedTest
    @CsvSource({"0.5, -1.9999990988116574, 2.8852552717764008e-05", "1, -1.9971602041122514, 0.023379564686542495",
            "1.5, -1.9511165730783768, 0.1972745401769915", "2, -1.7455645753125542, 0.7248714486015745",
            "2.2, -1.546489144098454, 1.4142776913433301", "2.2691, -1.4146594891195907, 4.732339984970066",
            "2.3, -1.3428663876959277, 1.8223686861231054", "3.5, -0.6601217309632852, 0.24775204472983092",
            "20, -0.10041801062029343, 0.005062837058469238", "100, -0.02000333376013073, 0.0002001000213428182",
            "1100, -0.0018181843225861768, 1.6528993921112061e-06"})
    void energyAndSpecificHeatAreThoseOfSciPy(double temperature, double energy, double specificHeat) {
        Onsager exact = Onsager.at(temperature);

        assertThat(exact.energyPerSpin()).isCloseTo(energy, within(1e-13));
        assertThat(exact.specificHeat()).isCloseTo(specificHeat, within(1e-11));
    }

    @ParameterizedTest
    @CsvSource({"1.5, 0.9864996", "2.0, 0.9113194"})
    void spontaneousMagnetisationIsThePublished(double temperature, double magnetisation) {
        assertThat(Onsager.at(temperature).spontaneousMagnetisation()).isCloseTo(magnetisation, within(5e-8));
    }

    @Test
    void theCriticalPointIsAnsweredAsSuch() {
        Onsager critical = Onsager.at(Onsager.CRITICAL_TEMPERATURE);

        assertThat(Onsager.CRITICAL_TEMPERATURE).isCloseTo(2.269185314213022, within(1e-15));
        assertThat(critical.energyPerSpin()).isCloseTo(-Math.sqrt(2), within(1e-14));
        assertThat(critical.specificHeat()).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(critical.spontaneousMagnetisation()).isZero();
        assertThat(Onsager.at(2.269185314213022).specificHeat()).isEqualTo(Double.POSITIVE_INFINITY);
    }

    /// Near T_c the specific heat is (8 K_c² / π) (-ln|1 - T/T_c| + ln(√2 / K_c) - 1 - π/4) with K_c = 1/T_c, which
    /// McCoy and Wu (1973) print as -0.4945 ln|1 - T/T_c| - 0.3063.
    @ParameterizedTest
    @ValueSource(doubles = {1e-5, 1e-7, 1e-9, -1e-5, -1e-7, -1e-9})
    void theSpecificHeatGrowsAsALogarithm(double distance) {
        double slope = 2 / Math.PI * Math.pow(Math.log1p(Math.sqrt(2)), 2);
        double rest = slope * (Math.log(Math.sqrt(2) * Onsager.CRITICAL_TEMPERATURE) - 1 - Math.PI / 4);
        double expected = -slope * Math.log(Math.abs(distance)) + rest;

        assertThat(slope).isCloseTo(0.4945, within(5e-5));
        assertThat(rest).isCloseTo(-0.3063, within(5e-5));
        assertThat(Onsager.at(Onsager.CRITICAL_TEMPERATURE * (1 + distance)).specificHeat()).isCloseTo(expected,
                within(20 * Math.abs(distance * Math.log(Math.abs(distance))) + 1e-6));
    }

    /// The energy joins without a step; just beside T_c everything is finite.
    @Test
    void nothingIsNoNumberBesideTheCriticalPoint() {
        double t = Onsager.CRITICAL_TEMPERATURE;
        for (int i = 0; i < 50; i++) {
            t = Math.nextUp(t);
        }
        assertThat(Onsager.at(t).energyPerSpin()).isCloseTo(-Math.sqrt(2), within(1e-12));
        assertThat(Onsager.at(t).specificHeat()).isBetween(15.0, 18.0);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.7, 1.3, 2.1, 2.26, 2.28, 2.8, 6, 400})
    void theSpecificHeatIsTheSlopeOfTheEnergy(double temperature) {
        double step = 1e-5 * temperature;
        double slope = (Onsager.at(temperature + step).energyPerSpin() - Onsager.at(temperature - step)
                .energyPerSpin()) / (2 * step);

        assertThat(Onsager.at(temperature).specificHeat()).isCloseTo(slope, within(3e-6 * slope + 1e-12));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.001, 0.003, 0.01, 0.1})
    void theColdLatticeIsOrdered(double temperature) {
        Onsager exact = Onsager.at(temperature);

        assertThat(exact.energyPerSpin()).isEqualTo(-2);
        assertThat(exact.specificHeat()).isBetween(0.0, 1e-14);
        assertThat(exact.spontaneousMagnetisation()).isEqualTo(1);
    }

    @Test
    void theHotLatticeKnowsNothing() {
        assertThat(Onsager.at(1e9).energyPerSpin()).isCloseTo(-2e-9, within(1e-20));
        assertThat(Onsager.at(Double.POSITIVE_INFINITY)).isEqualTo(new Onsager(Double.POSITIVE_INFINITY, 0, 0, 0));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN})
    void temperaturesThatAreNoneAreRefused(double temperature) {
        assertThatThrownBy(() -> Onsager.at(temperature)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("temperature = " + temperature);
    }
}

package org.surprisal.theory.ising;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecimationTest {
    @Test
    void theChainAtCouplingOneLosesTheRecordedInformation() {
        assertThat(Decimation.chain(1, 4)).usingComparatorForType((a, b) -> Math.abs(a - b) < 5e-5 ? 0 : 1,
                Double.class).containsExactly(0.0283, 0.1213, 0.2477, 0.3181);
        assertThat(Decimation.chainLimit(1)).isCloseTo(0.3278, within(5e-5));
    }

    @Test
    void theSquareLatticeBelowTheFixedPointLosesTheRecordedInformation() {
        assertThat(Decimation.square(0.4, 5)).usingComparatorForType((a, b) -> Math.abs(a - b) < 5e-5 ? 0 : 1,
                Double.class).containsExactly(0.0049, 0.0243, 0.0664, 0.1343, 0.2088);
        assertThat(Decimation.squareLimit(0.4)).isCloseTo(0.2562, within(5e-5));
    }

    /// The relative entropy of a chain of spins with free ends, summed over all its states: bonds are independent, so
    /// that of a chain of n spins is n - 1 times that of a bond.
    @ParameterizedTest
    @ValueSource(doubles = {0.2, 0.7, 1.5})
    void theChainAgreesWithASumOverStates(double coupling) {
        double left = Decimation.chain(coupling, 1).getFirst();
        double decimated = 0.5 * Math.log(Math.cosh(2 * coupling));
        int spins = 8;
        double divergence = 0;
        double[] partition = {chainPartition(spins, coupling), chainPartition(spins, decimated)};
        for (int state = 0; state < 1 << spins; state++) {
            int bonds = bonds(state, spins);
            double p = Math.exp(coupling * bonds) / partition[0];
            double q = Math.exp(decimated * bonds) / partition[1];
            divergence += p * Math.log(p / q);
        }
        assertThat(left).isCloseTo(divergence / (spins - 1), within(1e-12));
    }

    private static double chainPartition(int spins, double coupling) {
        double sum = 0;
        for (int state = 0; state < 1 << spins; state++) {
            sum += Math.exp(coupling * bonds(state, spins));
        }
        return sum;
    }

    private static int bonds(int state, int spins) {
        int sum = 0;
        for (int i = 0; i + 1 < spins; i++) {
            sum += (state >> i & 1) == (state >> (i + 1) & 1) ? 1 : -1;
        }
        return sum;
    }

    /// The slope of ln Z by K is the energy with its sign turned, which Onsager's closed form gives by elliptic
    /// integrals.
    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.3, 0.4, 0.5, 0.8})
    void thePartitionFunctionHasOnsagersEnergyAsItsSlope(double coupling) {
        double step = 1e-4;
        double slope = (Decimation.logPartition(coupling + step) - Decimation.logPartition(coupling - step))
                / (2 * step);
        assertThat(slope).isCloseTo(-Onsager.at(1 / coupling).energyPerSpin(), within(1e-6));
    }

    @Test
    void independentSpinsHaveTheEntropyOfACoin() {
        assertThat(Decimation.logPartition(0)).isCloseTo(Math.log(2), within(1e-14));
    }

    @Test
    void relativeEntropyGrowsWithEachDecimation() {
        for (List<Double> divergences : List.of(Decimation.chain(2, 12), Decimation.square(0.45, 12))) {
            assertThat(divergences).isSorted().allMatch(divergence -> divergence > 0);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void aCouplingThatIsNotPositiveIsRefused(double coupling) {
        assertThatThrownBy(() -> Decimation.chain(coupling, 1)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("coupling = " + coupling + ": must be above 0 and at most 100");
    }
}

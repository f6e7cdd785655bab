package org.surprisal.information.entropy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ThermodynamicEntropyTest {

    private static final double K = ThermodynamicEntropy.BOLTZMANN_CONSTANT;

    /// One mole of two-state systems: R ln 2 with R = 8.31446261815324 J/(mol K).
    @Test
    void carriesTheUnitOfItsConstant() {
        double avogadro = 6.02214076e23;
        assertThat(avogadro * ThermodynamicEntropy.boltzmann(2, K)).isCloseTo(8.31446261815324 * Math.log(2),
                within(1e-14));
        assertThat(ThermodynamicEntropy.boltzmann(1, 1)).isZero();
    }

    @Test
    void equallyLikelyMicrostatesHaveBoltzmannsEntropy() {
        assertThat(ThermodynamicEntropy.gibbs(DiscreteDistribution.uniform(4096), K))
                .isCloseTo(ThermodynamicEntropy.boltzmann(4096, K), within(1e-35));
        assertThat(ThermodynamicEntropy.gibbs(DiscreteDistribution.of(0.5, 0.25, 0.25), 1))
                .isCloseTo(1.5 * Math.log(2), within(1e-15));
    }

    /// 7!/(4! 2! 1!) = 105 orders; and Stirling: ln W / n tends to the Shannon entropy, off by O(ln n / n).
    @Test
    void occupationsAreCounted() {
        assertThat(ThermodynamicEntropy.boltzmannOfOccupations(1, 4, 2, 1)).isCloseTo(Math.log(105), within(1e-13));
        assertThat(ThermodynamicEntropy.boltzmannOfOccupations(1, 9)).isZero();
        assertThat(ThermodynamicEntropy.boltzmannOfOccupations(1, 500_000, 250_000, 250_000) / 1e6)
                .isCloseTo(1.5 * Math.log(2), within(2e-5));
    }

    @Test
    void refusesWhatHasNoEntropy() {
        refused(() -> ThermodynamicEntropy.boltzmann(0.5, 1), "microstates = 0.5, a finite number >= 1 needed");
        refused(() -> ThermodynamicEntropy.boltzmann(Double.NaN, 1), "microstates = NaN, a finite number >= 1 needed");
        refused(() -> ThermodynamicEntropy.boltzmann(2, 0), "constant = 0.0, a finite value > 0 needed");
        refused(() -> ThermodynamicEntropy.boltzmannOfOccupations(1), "occupations has 0 value(s), at least 1 needed");
        refused(() -> ThermodynamicEntropy.boltzmannOfOccupations(1, 2, -3),
                "occupations[1] = -3, a number >= 0 needed");
    }

    private static void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String message) {
        assertThatIllegalArgumentException().isThrownBy(call).withMessage(message);
    }
}

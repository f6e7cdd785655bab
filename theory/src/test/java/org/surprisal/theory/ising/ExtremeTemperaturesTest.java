package org.surprisal.theory.ising;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The exact solutions keep their relative precision at every temperature.
class ExtremeTemperaturesTest {
    /// Enough for the second differences of numbers that differ by 1e-600.
    private static final MathContext DIGITS = new MathContext(700);

    /// How many states of an L x L lattice have which sum over bonds.
    private static Map<Integer, Long> statesByBondSum(int size) {
        Map<Integer, Long> counts = new TreeMap<>();
        for (int state = 0; state < 1 << (size * size); state++) {
            int sum = 0;
            for (int site = 0; site < size * size; site++) {
                int row = site / size * size;
                int right = row + (site + 1 - row) % size;
                int below = (site + size) % (size * size);
                sum += (state >> site & 1) == (state >> right & 1) ? 1 : -1;
                sum += (state >> site & 1) == (state >> below & 1) ? 1 : -1;
            }
            counts.merge(sum, 1L, Long::sum);
        }
        return counts;
    }

    private static BigDecimal exponential(BigDecimal x) {
        // halved until small, then squared as often
        int halvings = 0;
        BigDecimal small = x;
        while (small.abs().compareTo(BigDecimal.ONE) > 0) {
            small = small.divide(BigDecimal.TWO, DIGITS);
            halvings++;
        }
        BigDecimal term = BigDecimal.ONE;
        BigDecimal sum = term;
        for (int i = 1; term.signum() != 0 && term.abs().compareTo(new BigDecimal("1e-720")) > 0; i++) {
            term = term.multiply(small, DIGITS).divide(BigDecimal.valueOf(i), DIGITS);
            sum = sum.add(term, DIGITS);
        }
        for (int i = 0; i < halvings; i++) {
            sum = sum.multiply(sum, DIGITS);
        }
        return sum;
    }

    @ParameterizedTest
    @CsvSource({"2", "3", "4"})
    void smallLatticesAreThoseOfAllStatesInSevenHundredDigits(int size) {
        Map<Integer, Long> counts = statesByBondSum(size);
        double n = size * size;
        for (double temperature : new double[]{1e-300, 0.01, 0.2, 0.4, 0.7, 1, 1.3, 1.5, 2.2, 3, 4.1, 4.2, 4.5, 8, 30,
                1e3, 1e5,
                1e7, 1e8, 1e9, 1e20, 1e50, 1e100, 1e150, 1e300, Double.MAX_VALUE}) {
            // of the number that 1/T is as a double, whose rounding the results may have
            double k = 1 / temperature;
            BigDecimal exactK = new BigDecimal(k);
            BigDecimal total = BigDecimal.ZERO;
            BigDecimal first = BigDecimal.ZERO;
            BigDecimal second = BigDecimal.ZERO;
            for (Map.Entry<Integer, Long> entry : counts.entrySet()) {
                BigDecimal bonds = BigDecimal.valueOf(entry.getKey());
                BigDecimal above = BigDecimal.valueOf(2L * size * size - entry.getKey());
                BigDecimal exponent = exactK.multiply(above).negate();
                if (exponent.doubleValue() < -2000) {
                    continue;
                }
                BigDecimal weight = exponential(exponent).multiply(BigDecimal.valueOf(entry.getValue()));
                total = total.add(weight, DIGITS);
                first = first.add(weight.multiply(bonds), DIGITS);
                second = second.add(weight.multiply(bonds).multiply(bonds), DIGITS);
            }
            BigDecimal mean = first.divide(total, DIGITS);
            double energy = -mean.doubleValue() / n;
            double heat = second.divide(total, DIGITS).subtract(mean.multiply(mean), DIGITS)
                    .multiply(exactK).multiply(exactK).doubleValue() / n;
            KaufmanTorus torus = KaufmanTorus.at(size, temperature);

            assertThat(torus.energyPerSpin()).as("energy at T = %s", temperature)
                    .isCloseTo(energy, within(1e-12 * Math.abs(energy)));
            assertThat(torus.specificHeat()).as("specific heat at T = %s", temperature)
                    .isCloseTo(heat, within(1e-10 * heat + Double.MIN_NORMAL));
        }
    }

    @ParameterizedTest
    @CsvFileSource(resources = "kaufman-120-digits.csv")
    void largerLatticesAreThoseOfHighPrecision(int size, double temperature, double logZ, double energy, double heat) {
        KaufmanTorus torus = KaufmanTorus.at(size, temperature);

        assertThat(torus.logPartitionFunction()).isCloseTo(logZ, within(1e-13 * logZ));
        assertThat(torus.energyPerSpin()).isCloseTo(energy, within(1e-12 * -energy));
        assertThat(torus.specificHeat()).isCloseTo(heat, within(1e-9 * heat));
    }

    @ParameterizedTest
    @CsvFileSource(resources = "onsager-120-digits.csv")
    void theInfiniteLatticeIsThatOfHighPrecision(double temperature, double energy, double heat) {
        Onsager exact = Onsager.at(temperature);

        assertThat(exact.energyPerSpin()).isCloseTo(energy, within(1e-12 * -energy));
        assertThat(exact.specificHeat()).isCloseTo(heat, within(1e-10 * heat));
    }

    /// A hot lattice of L >= 3 has E = -2/T and C = 2/T², up to 1/T relative to that.
    @ParameterizedTest
    @ValueSource(doubles = {1e15, 1e20, 1e50, 1e100, 1e150, 1e161, 1e300, Double.MAX_VALUE})
    void aHotLatticeHasTheFirstTermOfItsSeries(double temperature) {
        double k = 1 / temperature;
        for (int size : new int[]{3, 4, 5, 16, 101, 512}) {
            KaufmanTorus torus = KaufmanTorus.at(size, temperature);
            assertThat(torus.energyPerSpin()).isCloseTo(-2 * k, within(2e-12 * k));
            assertThat(torus.specificHeat()).isCloseTo(2 * k * k, within(1e-12 * k * k + Double.MIN_VALUE));
        }
        assertThat(Onsager.at(temperature).energyPerSpin()).isCloseTo(-2 * k, within(1e-15 * k));
        assertThat(Onsager.at(temperature).specificHeat()).isCloseTo(2 * k * k,
                within(1e-15 * k * k + Double.MIN_VALUE));
    }

    /// A cold lattice of L >= 5 has C = 64 exp(-8/T) / T², a lone spin turned over, up to exp(-4/T) relative to that.
    @ParameterizedTest
    @ValueSource(doubles = {0.012, 0.03, 0.1})
    void aColdLatticeHasTheSpecificHeatOfLoneSpins(double temperature) {
        double heat = 64 * Math.exp(-8 / temperature) / (temperature * temperature);
        for (int size : new int[]{3, 4, 5, 9, 64, 512}) {
            assertThat(KaufmanTorus.at(size, temperature).specificHeat()).isCloseTo(heat, within(1e-12 * heat));
            assertThat(KaufmanTorus.at(size, temperature).energyPerSpin()).isEqualTo(-2);
        }
        assertThat(Onsager.at(temperature).specificHeat()).isCloseTo(heat, within(1e-12 * heat));
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.MIN_VALUE, 1e-310, 1e-300, 1e-160, 1e-10, 1e-3})
    void aFrozenLatticeHasItsGroundState(double temperature) {
        for (int size : new int[]{2, 3, 4, 5, 64, 32_767}) {
            assertThat(KaufmanTorus.at(size, temperature).energyPerSpin()).isEqualTo(-2);
            assertThat(KaufmanTorus.at(size, temperature).specificHeat()).isZero();
        }
        assertThat(Onsager.at(temperature)).isEqualTo(new Onsager(temperature, -2, 0, 1));
    }

    /// The forms join where one takes over from another.
    @Test
    void formsJoinWithoutAStep() {
        for (int size : new int[]{3, 5, 6, 8, 20, 64}) {
            for (double k : new double[]{0.5 * Math.log(2 + Math.sqrt(5)), 0.5 * Math.log(0.5 + Math.sqrt(1.25))}) {
                KaufmanTorus below = KaufmanTorus.at(size, 1 / (k * (1 - 1e-13)));
                KaufmanTorus above = KaufmanTorus.at(size, 1 / (k * (1 + 1e-13)));
                assertThat(above.energyPerSpin()).isCloseTo(below.energyPerSpin(), within(1e-12));
                assertThat(above.specificHeat()).isCloseTo(below.specificHeat(), within(1e-11));
                assertThat(above.logPartitionFunction()).isCloseTo(below.logPartitionFunction(),
                        within(2e-12 * above.logPartitionFunction()));
            }
        }
    }
}

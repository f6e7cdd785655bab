package org.surprisal.information.pairwise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;

class PairLoopsTest {

    private static final PairLoops PLAIN = new PlainPairLoops();
    private static final PairLoops FAST = new VectorPairLoops();

    @Test
    void distancesHaveTheSameBits() {
        double[] rows = normal(1, 37 * PairLoops.PANEL);
        double[] columns = normal(2, 37 * PairLoops.PANEL);
        double[] plain = normal(3, 4 * 40);
        double[] fast = plain.clone();

        PLAIN.addSquares(37, rows, 8, columns, 0, plain, 5, 40);
        FAST.addSquares(37, rows, 8, columns, 0, fast, 5, 40);

        assertThat(fast).isEqualTo(plain);
        double definition = normal(3, 4 * 40)[5 + 40 + 3];
        for (int l = 0; l < 37; l++) {
            definition += Math.pow(rows[8 + l * PairLoops.PANEL + 1] - columns[l * PairLoops.PANEL + 3], 2);
        }
        assertThat(plain[5 + 40 + 3]).isCloseTo(definition, within(1e-12));
    }

    /// The same bits, cold and compiled, and within 1.5 units in the last place of Math.exp, itself within 1 of the
    /// truth.
    @Test
    void exponentialsHaveTheSameBits() {
        int n = 20_003;
        double[] x = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = i % 97 == 0 ? Double.POSITIVE_INFINITY : 25.0 * i / n * (i % 3);
        }
        double[] plain = x.clone();
        PLAIN.exponentials(4, 150, plain, 0, n, plain, 0);
        double[] cold = x.clone();
        FAST.exponentials(4, 150, cold, 0, n, cold, 0);
        assertThat(cold).isEqualTo(plain);
        for (int repeat = 0; repeat < 20; repeat++) {
            double[] warm = x.clone();
            FAST.exponentials(4, 150, warm, 0, n, warm, 0);
            assertThat(warm).isEqualTo(plain);
        }
        double[] elsewhere = new double[n];
        FAST.exponentials(4, 150, x, 5, n - 2, elsewhere, 1);
        assertThat(Arrays.copyOfRange(elsewhere, 1, n - 6)).isEqualTo(Arrays.copyOfRange(plain, 5, n - 2));
        for (int i = 0; i < n; i++) {
            double truth = 4 * x[i] <= 150 ? Math.exp(-4 * x[i]) : 0;
            assertThat(plain[i]).isCloseTo(truth, within(2.5 * Math.ulp(truth)));
        }
    }

    /// e^-x from its series in 60 digits.
    @Test
    void exponentialsAreRightToTheirLastPlace() {
        for (double x : new double[]{0, 1e-300, 0.3, Math.log(2) / 2, 1, 17.123, 99.99, DoubleExponential.CUTOFF}) {
            MathContext digits = new MathContext(60);
            BigDecimal term = BigDecimal.ONE;
            BigDecimal sum = BigDecimal.ONE;
            for (int k = 1; k < 700; k++) {
                term = term.multiply(new BigDecimal(x), digits).divide(BigDecimal.valueOf(k), digits);
                sum = sum.add(term, digits);
            }
            double truth = BigDecimal.ONE.divide(sum, digits).doubleValue();
            assertThat(DoubleExponential.ofNegative(x)).isCloseTo(truth, within(1.5 * Math.ulp(truth)));
        }
    }

    @Test
    void sumsHaveTheSameBits() {
        double[] x = normal(4, 301);
        double[] plain = normal(5, 310);
        double[] fast = plain.clone();

        for (int to : new int[]{3, 4, 10, 11, 12, 299, 300}) {
            double sum = PLAIN.add(x, 3, to, plain, 7);
            assertThat(FAST.add(x, 3, to, fast, 7)).isEqualTo(sum);
            assertThat(sum).isCloseTo(Arrays.stream(x, 3, to).sum(), within(1e-13));
            assertThat(fast).isEqualTo(plain);
        }
        assertThat(FAST.smallest(x, 3, 300)).isEqualTo(PLAIN.smallest(x, 3, 300));
        assertThat(FAST.smallest(x, 3, 4)).isEqualTo(x[3]);
        assertThat(FAST.smallest(x, 3, 3)).isInfinite();
    }

    /// So many pairs at once go through the vector loops, fewer through the plain ones, until enough have come: nothing
    /// shows it.
    @Test
    void whichLoopsAreTheQuickerOnesChangesNoBit() {
        double[] x = Arrays.stream(normal(6, 256)).map(Math::abs).toArray();
        double[] expected = new double[256];
        PLAIN.exponentials(2, 100, x, 0, 256, expected, 0);
        for (int n : new int[]{2, 5000, 10_000, 50_000}) {
            PairLoops loops = PairLoops.forSamples(n);
            double[] terms = new double[256];
            loops.exponentials(2, 100, x, 0, 256, terms, 0);
            assertThat(terms).isEqualTo(expected);
            assertThat(loops.add(terms, 0, 255, new double[256], 0))
                    .isEqualTo(PLAIN.add(expected, 0, 255, new double[256], 0));
            assertThat(loops.smallest(x, 0, 256)).isEqualTo(PLAIN.smallest(x, 0, 256));
        }
    }

    private static double[] normal(long seed, int n) {
        return RandomStream.seeded(seed).gaussian(ElementType.FLOAT64, 0, 1, n).toDoubles();
    }
}

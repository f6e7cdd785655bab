package org.surprisal.study.knowntruths;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.surprisal.information.Moments;
import org.surprisal.information.mutual.Discrete;
import org.surprisal.information.mutual.PlugIn;
import org.surprisal.information.task.Tasks;
import org.surprisal.study.knowntruths.CorrelatedNormals.Marginal;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

/// Truths against numbers from elsewhere; and drawings against their truths, by the mean of ln p(x,y) / (p(x) p(y))
/// with densities written out here.
class KnownPairTest {
    private static final int DRAWN = 40_000;

    /// The specification's numbers for all twelve bits, in bits.
    @ParameterizedTest
    @CsvSource({"0.1, 9.5149374", "1, 1.9289666"})
    void theCubesInformationIsTheSpecifications(double variance, double bits) {
        assertThat(new NoisyCube(12, variance).information().orElseThrow() / Math.log(2)).isCloseTo(bits,
                within(5e-8));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "40, 1.3862943611198906"})
    void labelsTellNothingOrEverything(double separation, double expected) {
        assertThat(new LabelledMixture(3, separation).information().orElseThrow()).isCloseTo(expected, within(1e-12));
    }

    /// Two independent ways: the quadrature over the noise, and h(Y) - h(noise) from a sum over a fine grid of y.
    @ParameterizedTest
    @ValueSource(doubles = {0.5, 1, 3, 6})
    void labelsInformationIsADifferenceOfEntropies(double separation) {
        double entropy = 0;
        double step = 1e-3;
        for (double y = -12; y < 3 * separation + 12; y += step) {
            double density = 0;
            for (int label = 0; label < 4; label++) {
                density += 0.25 * normal(y - label * separation);
            }
            entropy -= density * Math.log(density) * step;
        }

        assertThat(new LabelledMixture(1, separation).information().orElseThrow())
                .isCloseTo(entropy - 0.5 * Math.log(2 * Math.PI * Math.E), within(1e-9));
    }

    /// Two Cauchy variables with one divisor and no correlation: ln 8π - 3.
    @Test
    void uncorrelatedCauchyVariablesKnowOfEachOther() {
        assertThat(new StudentPair(1, 1, 0).information().orElseThrow()).isCloseTo(Math.log(8 * Math.PI) - 3,
                within(1e-13));
    }

    @Test
    void manyDegreesOfFreedomAreGaussian() {
        assertThat(new StudentPair(5, 100_000, 1.5).information().orElseThrow()).isCloseTo(1.5, within(1e-3));
    }

    @ParameterizedTest
    @CsvSource({"1, 0.2", "1, 2.5", "3, 0", "3, 2"})
    void studentDrawingsHaveTheirInformation(int degrees, double part) {
        StudentPair pair = new StudentPair(1, degrees, part);
        double rho = Math.sqrt(1 - Math.exp(-2 * part));

        assertMeanLogRatio(pair, (x, y) -> {
            double form = (x * x - 2 * rho * x * y + y * y) / (1 - rho * rho);
            // Of two coordinates the constant is 1 / (2 π √(1 - ρ²)).
            double joint = -Math.log(2 * Math.PI * Math.sqrt(1 - rho * rho))
                    - (degrees + 2) / 2.0 * Math.log1p(form / degrees);
            return joint - logStudent(x, degrees) - logStudent(y, degrees);
        });
    }

    /// The densities of one coordinate for ν = 1 and 3.
    private static double logStudent(double x, int degrees) {
        return degrees == 1
                ? -Math.log(Math.PI * (1 + x * x))
                : Math.log(2 / (Math.PI * Math.sqrt(3))) - 2 * Math.log1p(x * x / 3);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.5, 3})
    void gaussianDrawingsHaveTheirInformation(double information) {
        double rho = Math.sqrt(1 - Math.exp(-2 * information));

        assertMeanLogRatio(new CorrelatedNormals(1, information, Marginal.GAUSSIAN),
                (x, y) -> Math.log(normal((y - rho * x) / Math.sqrt(1 - rho * rho)) / Math.sqrt(1 - rho * rho)
                        / normal(y)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.05, 0.7, 1, 2.5})
    void foldedDrawingsHaveTheirInformation(double width) {
        double least = Math.min(1, width);
        double most = Math.max(1, width);

        // |X| + noise has the density of a trapezium, 1 / most high, rising over [0, least] and falling at the other
        // end.
        assertMeanLogRatio(new FoldedUniform(width), (x, y) -> {
            double density = Math.min(1, Math.min(y, 1 + width - y) / least) / most;
            return Math.log(1 / width / density);
        });
    }

    private static void assertMeanLogRatio(KnownPair pair, DoubleBinaryOperator logRatio) {
        DrawnPairs drawn = pair.draw(DRAWN, RandomStream.seeded(3));
        double[] terms = new double[DRAWN];
        for (int i = 0; i < DRAWN; i++) {
            terms[i] = logRatio.applyAsDouble(drawn.numbersX().values().at(i, 0), drawn.numbersY().values().at(i, 0));
        }
        Moments moments = Moments.of(terms);
        assertThat(moments.mean()).isCloseTo(pair.information().orElseThrow(),
                within(4 * moments.standardDeviation() / Math.sqrt(DRAWN) + 1e-12));
    }

    private static double normal(double z) {
        return Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
    }

    /// Every number of a population of squares once: counting is exact.
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8})
    void squaresHaveTheEntropyOfTheirPopulation(int largest) {
        double[] squares = new double[2 * largest + 1];
        for (int x = -largest; x <= largest; x++) {
            squares[x + largest] = (double) x * x;
        }

        assertThat(new SquaredIntegers(largest).information().orElseThrow())
                .isCloseTo(PlugIn.entropy(Discrete.labels("y", Tensor.of(squares))), within(1e-12));
    }

    @Test
    void aFunctionWithoutNoiseHasNoFiniteTruth() {
        assertThat(new FoldedUniform(0).information()).isEmpty();
    }

    @Test
    void theFirstOfManySamplesAreThoseOfFew() {
        for (KnownPair pair : List.of(new CorrelatedNormals(2, 1, Marginal.CUBED), new StudentPair(2, 3, 1),
                new NoisyCube(3, 0.1), new LabelledMixture(2, 1), new FoldedUniform(0.1), new SquaredIntegers(4),
                new TaskPair(Tasks.find("swiss-roll-2x1").orElseThrow()))) {
            DrawnPairs few = pair.draw(20, RandomStream.seeded(5));
            DrawnPairs many = pair.draw(60, RandomStream.seeded(5));
            assertThat(many.numbersX().values().toDoubles()).as(pair.toString())
                    .startsWith(few.numbersX().values().toDoubles());
            assertThat(many.numbersY().values().toDoubles()).as(pair.toString())
                    .startsWith(few.numbersY().values().toDoubles());
        }
    }

    @Test
    void monotoneMapsKeepTheOrder() {
        CorrelatedNormals plain = new CorrelatedNormals(1, 1, Marginal.GAUSSIAN);
        double[] x = plain.draw(50, RandomStream.seeded(2)).numbersX().values().toDoubles();
        double[] cubed = new CorrelatedNormals(1, 1, Marginal.CUBED).draw(50, RandomStream.seeded(2)).numbersX()
                .values()
                .toDoubles();
        for (int i = 0; i < x.length; i++) {
            assertThat(Math.cbrt(cubed[i])).isCloseTo(x[i], within(1e-12));
        }
    }
}

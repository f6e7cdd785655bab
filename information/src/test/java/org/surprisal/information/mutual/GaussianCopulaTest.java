package org.surprisal.information.mutual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.surprisal.information.mutual.RebuiltPairs.variable;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

class GaussianCopulaTest {

    private static final GaussianCopula COPULA = new GaussianCopula();

    /// Recorded from gcmi (github.com/robince/gcmi), gcmi_cc times ln 2; a NumPy script of the formulas, written from
    /// the paper, gives the same to 1e-15.
    @Test
    void valuesAreThoseOfTheAuthorsProgram() {
        double[] both = IntStream.range(0, 300).mapToDouble(i -> RebuiltPairs.Y[i] + 0.5 * RebuiltPairs.OTHER[i])
                .toArray();

        assertThat(COPULA.estimate(variable("x", RebuiltPairs.X), variable("y", RebuiltPairs.Y)).value())
                .isCloseTo(0.811112654368274, within(1e-12));
        assertThat(COPULA.estimate(variable("x", RebuiltPairs.X, RebuiltPairs.OTHER), variable("y", both)).value())
                .isCloseTo(0.9834604474515408, within(1e-12));
    }

    /// -d/2 ln (1 - ρ²), with the cube of x, whose tails are heavy; means of 40 runs, whose standard errors are below
    /// 0.012.
    @ParameterizedTest
    @CsvSource({"1, 0", "1, 0.6", "1, 0.9", "5, 0", "5, 0.5"})
    void monotoneMapsOfCorrelatedNormals(int dimension, double correlation) {
        double mean = 0;
        for (int run = 0; run < 40; run++) {
            CorrelatedNormals pairs = CorrelatedNormals.of(400, dimension, correlation, RandomStream.seeded(run));
            MutualInformation answer = COPULA.estimate(cubed(pairs.x()), pairs.y());
            assertThat(answer.value()).isEqualTo(COPULA.estimate(pairs.x(), pairs.y()).value());
            mean += answer.value() / 40;
        }
        assertThat(mean).isCloseTo(CorrelatedNormals.information(dimension, correlation), within(0.04));
    }

    private static Continuous cubed(Continuous x) {
        double[] values = Arrays.stream(x.values().toDoubles()).map(v -> v * v * v).toArray();
        return Continuous.of("x", Tensor.of(values, x.count(), x.dimension()));
    }

    /// Of 400 intervals of level 0.95 at most 397 and at least 366 cover the truth, but for once in 1,000 times.
    @ParameterizedTest
    @CsvSource({"0.3", "0.6", "0.9"})
    void fisherIntervalsCover(double correlation) {
        long covered = IntStream.range(0, 400).filter(run -> {
            CorrelatedNormals pairs = CorrelatedNormals.of(500, 1, correlation, RandomStream.seeded(1000 + run));
            return COPULA.estimate(cubed(pairs.x()), pairs.y()).interval().orElseThrow()
                    .covers(CorrelatedNormals.information(1, correlation));
        }).count();
        assertThat(covered).isBetween(366L, 397L);
    }

    @Test
    void aFarValueChangesLittle() {
        CorrelatedNormals pairs = CorrelatedNormals.of(1000, 1, 0.9, RandomStream.seeded(3));
        double[] values = pairs.x().values().toDoubles();
        values[0] = 1e12;

        double value = COPULA.estimate(Continuous.of("x", Tensor.of(values, 1000)), pairs.y()).value();

        assertThat(value).isCloseTo(COPULA.estimate(pairs.x(), pairs.y()).value(), within(0.03));
    }

    @Test
    void anotherLevelHasAnotherInterval() {
        CorrelatedNormals pairs = CorrelatedNormals.of(200, 1, 0.6, RandomStream.seeded(4));

        MutualInformation usual = COPULA.estimate(pairs.x(), pairs.y());
        MutualInformation wide = IntervalMethod.FISHER_Z.estimate(COPULA, pairs.x(), pairs.y(), 0.99,
                RandomStream.seeded(1));

        assertThat(wide.value()).isEqualTo(usual.value());
        assertThat(wide.interval().orElseThrow().lower()).isLessThan(usual.interval().orElseThrow().lower());
        assertThat(wide.interval().orElseThrow().level()).isEqualTo(0.99);
        assertThat(usual.standardError()).hasValueCloseTo(0.6 / Math.sqrt(200), within(0.006));
    }

    @Test
    void whatItCannotTakeIsSaid() {
        Continuous x = variable("x", RebuiltPairs.X);
        Continuous signs = variable("s", Arrays.stream(RebuiltPairs.X).map(v -> Math.rint(v)).toArray());
        Discrete labels = Discrete.labels("l", IntStream.range(0, 300).map(i -> i % 3).toArray());

        assertThat(COPULA.estimate(x, signs).warnings()).containsExactly(
                "1 of 1 coordinates of s have fewer than half as many different values as samples: ties share one"
                        + " score, which is not the normal one that a copula assumes");
        assertThatIllegalArgumentException().isThrownBy(() -> COPULA.estimate(x, labels))
                .withMessage("l is discrete: a copula needs a continuous variable");
        assertThatIllegalArgumentException().isThrownBy(() -> COPULA.estimate(x, cubed(x)))
                .withMessage("some combination of the coordinates of x equals a combination of those of x: their"
                        + " information is infinite");
    }
}

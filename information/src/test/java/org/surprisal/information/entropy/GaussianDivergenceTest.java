package org.surprisal.information.entropy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.surprisal.information.Gaussian;
import org.surprisal.information.Moments;
import org.surprisal.information.MultivariateGaussian;
import org.surprisal.information.TwoSamples;
import org.surprisal.information.entropy.GaussianDivergence.Estimate;
import org.surprisal.information.entropy.GaussianDivergence.Model;
import org.surprisal.information.mutual.Continuous;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

class GaussianDivergenceTest {

    private static final Continuous X = Continuous.of("x", TwoSamples.x());
    private static final Continuous Y = Continuous.of("y", TwoSamples.y());

    private static Estimate estimate(Model model, Continuous p, Continuous q) {
        return new GaussianDivergence(model).estimate(p, q);
    }

    /// Recorded from NumPy: the closed form with numpy.cov, its diagonal, or scikit-learn's LedoitWolf; for the last
    /// the eigenvalues of the latter.
    @ParameterizedTest
    @CsvSource({"DIAGONAL, 0.7257151633047001", "FULL, 52.593621145100215", "SHRUNK, 2.053926088190418",
            "ALIGNED, 0.507631595419444"})
    void agreesWithNumPy(Model model, double recorded) {
        Estimate estimate = estimate(model, X, Y);
        assertThat(estimate.value()).isCloseTo(recorded, within(1e-11 * (1 + recorded)));
        assertThat(estimate.dimension()).isEqualTo(5);
        assertThat(estimate.excluded()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void equalSamplesAreAtZero(Model model) {
        assertThat(estimate(model, X, X).value()).isCloseTo(0, within(1e-13));
    }

    private static Continuous mapped(Continuous x, double[][] matrix, double[] shift) {
        int d = shift.length;
        double[] flat = new double[d * d];
        for (int i = 0; i < d; i++) {
            System.arraycopy(matrix[i], 0, flat, i * d, d);
        }
        return Continuous.of(x.name(), x.values().linear(Tensor.of(flat, d, d), Tensor.of(shift)));
    }

    @Test
    void theFullModelIsInvariantUnderACommonAffineMap() {
        double[][] matrix = {{2, 1, 0, 0, 0}, {0, -1, 3, 0, 0}, {0, 0, 0.1, 1, 0}, {0, 0, 0, 4, -2}, {1, 0, 0, 0, 1}};
        double[] shift = {1, -2, 3, 0, 100};
        Estimate plain = estimate(Model.FULL, X, Y);
        Estimate other = estimate(Model.FULL, mapped(X, matrix, shift), mapped(Y, matrix, shift));
        assertThat(other.value()).isCloseTo(plain.value(), within(1e-8));
        assertThat(estimate(Model.DIAGONAL, mapped(X, matrix, shift), mapped(Y, matrix, shift)).value())
                .isNotCloseTo(estimate(Model.DIAGONAL, X, Y).value(), within(0.1));
    }

    @Test
    void theDiagonalModelIsInvariantUnderUnitsOfItsCoordinates() {
        double[][] units = {{2, 0, 0, 0, 0}, {0, -1, 0, 0, 0}, {0, 0, 0.1, 0, 0}, {0, 0, 0, 4, 0}, {0, 0, 0, 0, 1e6}};
        double[] shift = {1, -2, 3, 0, 100};
        assertThat(estimate(Model.DIAGONAL, mapped(X, units, shift), mapped(Y, units, shift)).value())
                .isCloseTo(estimate(Model.DIAGONAL, X, Y).value(), within(1e-9));
    }

    /// A rotation in the plane of two coordinates, and a renumbering, of one sample only.
    @Test
    void theAlignedModelDoesNotKnowWhichCoordinateIsWhich() {
        double[][] rotation = {{0, 1, 0, 0, 0}, {0.6, 0, 0.8, 0, 0}, {-0.8, 0, 0.6, 0, 0}, {0, 0, 0, 0, 1},
                {0, 0, 0, 1, 0}};
        double[] shift = {5, 0, 0, 0, -7};
        double plain = estimate(Model.ALIGNED, X, Y).value();
        assertThat(estimate(Model.ALIGNED, mapped(X, rotation, shift), Y).value()).isCloseTo(plain, within(1e-12));
        assertThat(plain).isLessThan(estimate(Model.SHRUNK, X, Y).value());
        assertThat(estimate(Model.SHRUNK, mapped(X, rotation, shift), Y).value())
                .isNotCloseTo(estimate(Model.SHRUNK, X, Y).value(), within(0.1));
    }

    /// N(0.3, 1) against N(0, 1.5²) in each of four coordinates: means over 2,000 draws of 12 and 15 samples, within
    /// four of their standard errors, against the closed form. The plug-in values are far off at this size.
    @ParameterizedTest
    @EnumSource(names = {"DIAGONAL", "FULL"})
    void withoutItsBiasTheMeanIsTheTruth(Model model) {
        int runs = 2000;
        double[] unbiased = new double[runs];
        double[] plain = new double[runs];
        for (int run = 0; run < runs; run++) {
            RandomStream stream = RandomStream.seeded(100).child(run);
            Estimate estimate = estimate(model,
                    Continuous.of("p", stream.child("p").gaussian(ElementType.FLOAT64, 0.3, 1, 12, 4)),
                    Continuous.of("q", stream.child("q").gaussian(ElementType.FLOAT64, 0, 1.5, 15, 4)));
            unbiased[run] = estimate.unbiased().orElseThrow();
            plain[run] = estimate.value();
        }
        double truth = new Gaussian(0.3, 1).relativeEntropyTo(new Gaussian(0, 2.25), 4);
        Moments moments = Moments.of(unbiased);
        double error = Math.sqrt(moments.sampleVariance() / runs);
        assertThat(error).isLessThan(0.1);
        assertThat(moments.mean()).isCloseTo(truth, within(4 * error));
        assertThat(Moments.of(plain).mean()).isGreaterThan(truth + 0.4);
    }

    /// What the class says of the bias for one distribution, at n = m = 400 in five dimensions: 2 d/n and 2 d (d+3)/4
    /// /n, to the next order.
    @ParameterizedTest
    @CsvSource({"DIAGONAL, 0.025", "FULL, 0.05"})
    void thePlugInValueIsBiasedUpwards(Model model, double bias) {
        int runs = 400;
        double[] values = new double[runs];
        for (int run = 0; run < runs; run++) {
            values[run] = estimate(model, Points.normal(run, 400, 5, 1), Points.normal(10_000 + run, 400, 5, 1))
                    .value();
        }
        Moments moments = Moments.of(values);
        assertThat(moments.mean()).isCloseTo(bias,
                within(4 * Math.sqrt(moments.sampleVariance() / runs) + 0.03 * bias));
    }

    /// 200 samples in 20 dimensions of correlated normals against the truth: shrinking helps where the plain model has
    /// a bias of d²/2n.
    @Test
    void theShrunkModelIsNearerToTheTruthThanThePlainOneInManyDimensions() {
        double[][] unit = new double[20][20];
        double[][] wide = new double[20][20];
        for (int i = 0; i < 20; i++) {
            unit[i][i] = 1;
            wide[i][i] = 1.5;
        }
        double truth = new MultivariateGaussian(new double[20], unit)
                .relativeEntropyTo(new MultivariateGaussian(new double[20], wide));
        double shrunk = 0;
        double plain = 0;
        for (int run = 0; run < 20; run++) {
            Continuous p = Points.normal(run, 60, 20, 1);
            Continuous q = Points.normal(100 + run, 60, 20, Math.sqrt(1.5));
            shrunk += estimate(Model.SHRUNK, p, q).value() / 20;
            plain += estimate(Model.FULL, p, q).value() / 20;
        }
        assertThat(Math.abs(shrunk - truth)).isLessThan(0.2 * Math.abs(plain - truth));
    }

    @Test
    void constantCoordinatesAreLeftOutAndCounted() {
        Continuous p = Continuous.of("p", Tensor.of(new double[]{1, 0, 5, 2, 0, 6, 4, 0, 5}, 3, 3));
        Continuous q = Continuous.of("q", Tensor.of(new double[]{2, 1, 7, 5, 2, 7, 3, 4, 7}, 3, 3));
        Estimate estimate = estimate(Model.DIAGONAL, p, q);
        assertThat(estimate.excluded()).isEqualTo(2);
        assertThat(estimate.dimension()).isEqualTo(1);
        assertThat(estimate.value()).isCloseTo(
                Gaussian.fit(1, 2, 4).relativeEntropyTo(Gaussian.fit(2, 5, 3)), within(1e-14));
        assertThat(estimate.unbiased()).isEmpty();
        assertThat(estimate(Model.SHRUNK, p, q).dimension()).isEqualTo(1);
    }

    @Test
    void refusesWhatItCannotCompare() {
        Continuous flat = Continuous.of("flat", Tensor.of(new double[]{1, 2, 1, 2}, 2, 2));
        Continuous two = Continuous.of("two", Tensor.of(new double[]{1, 2, 3, 5}, 2, 2));
        refused(Model.DIAGONAL, two, flat,
                "no coordinate varies in both two and flat: a normal model needs a variance");
        Continuous three = Continuous.of("three", Tensor.of(new double[]{1, 2, 3, 5, 4, 4}, 3, 2));
        refused(Model.ALIGNED, three, flat, "the 2 samples have a total variance of 0.0, a finite value > 0 needed");
        refused(Model.FULL, X, two, "x has 5 coordinate(s), two has 2: equal numbers needed");
        refused(Model.SHRUNK, Continuous.of("one", Tensor.of(new double[]{1, 2}, 1, 2)), two,
                "one has 1 sample(s), a variance needs at least 2");
        refused(Model.FULL, two, two,
                "2 coordinates need more than 2 samples of two (2) and of two (2): take the shrunk model");
    }

    private static void refused(Model model, Continuous p, Continuous q, String message) {
        assertThatIllegalArgumentException().isThrownBy(() -> estimate(model, p, q)).withMessage(message);
    }
}

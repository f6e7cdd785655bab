package org.surprisal.information;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.Tensor;

/// Recorded numbers: scikit-learn's decomposition.PCA on [TwoSamples], its variances times (n - 1)/n.
class PrincipalComponentsTest {

    @Test
    void agreesWithScikitLearn() {
        var components = PrincipalComponents.of(TwoSamples.x(), 5);

        assertThat(components.variances()).containsExactly(new double[]{1.896095425972789, 1.096834319650701,
                0.562399012814451, 0.094279344651231, 0.072107376380827}, within(1e-13));
        // The first is recorded with the other sign: its largest component is -0.62.
        assertThat(components.directions()[0]).containsExactly(new double[]{0.090715185571157, 0.416626112331594,
                -0.271019096324855, 0.622128252516506, 0.598079028622698}, within(1e-13));
        assertThat(components.directions()[1]).containsExactly(new double[]{-0.591308135187093, -0.20598868668369,
                0.662062938951108, 0.392379505667047, 0.125037348899425}, within(1e-13));
    }

    @Test
    void scoresOfItsOwnSamplesAreStandardisedAndUncorrelated() {
        Tensor scores = PrincipalComponents.of(TwoSamples.y(), 3).scores(TwoSamples.y());

        assertThat(scores.shape()).hasToString("(9, 3)");
        MultivariateGaussian fit = MultivariateGaussian.fit(scores);
        assertThat(fit.mean()).containsExactly(new double[3], within(1e-13));
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                assertThat(fit.covariance()[i][j]).isCloseTo(i == j ? 1 : 0, within(1e-12));
            }
        }
    }

    @Test
    void pointsOfAnotherSampleKeepTheirPlace() {
        var components = PrincipalComponents.of(Tensor.of(new double[]{0, 5, 4, 5}, 2, 2), 1);
        assertThat(components.scores(Tensor.of(new float[]{6, 9}, 1, 2)).toDoubles())
                .containsExactly(new double[]{2}, within(1e-15));
        assertThat(components.scores(Tensor.of(new float[]{6, 9}, 1, 2)).type()).isEqualTo(ElementType.FLOAT64);
    }

    @Test
    void refusesDirectionsThatAreNotThere() {
        Tensor line = Tensor.of(new double[]{0, 0, 1, 2, 2, 4}, 3, 2);
        assertThatIllegalArgumentException().isThrownBy(() -> PrincipalComponents.of(line, 2))
                .withMessage("2 components asked for, the 3 samples vary in 1 direction(s) only");
        assertThatIllegalArgumentException().isThrownBy(() -> PrincipalComponents.of(line, 3))
                .withMessage("count = 3 components, 1 to 2 needed");
        assertThatIllegalArgumentException().isThrownBy(() -> PrincipalComponents.of(line.rows(0), 1))
                .withMessage("samples have the shape (1, 2), (n, d) with n >= 2 and d >= 1 needed");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PrincipalComponents.of(line, 1).scores(Tensor.of(new double[]{1}, 1, 1)))
                .withMessage("points have the shape (1, 1), (n, 2) needed");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PrincipalComponents.of(Tensor.of(new double[]{1, Double.NaN}, 2, 1), 1))
                .withMessage("samples[1, 0] = NaN, a finite value needed");
    }
}

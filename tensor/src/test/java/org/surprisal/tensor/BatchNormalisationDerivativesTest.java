package org.surprisal.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/// The derivatives of batch normalisation of m numbers as the lecture notes have them (section 8.1), with
/// sqrt(variance + eps) under the fraction.
class BatchNormalisationDerivativesTest {
    private static final int M = 6;
    private static final double EPS = 1e-3;
    private static final Tensor A = RandomStream.seeded(21).gaussian(ElementType.FLOAT64, 0.4, 1.7, M).tracked();
    private static final Tensor MEAN = A.mean();
    private static final Tensor VARIANCE = A.minus(MEAN).square().mean();
    private static final Tensor NORMALISED = A.minus(MEAN).over(VARIANCE.plus(EPS).sqrt());

    private static double delta(int i, int k) {
        return i == k ? 1 : 0;
    }

    @Test
    void ofDeviationsAndVariance() {
        Tensor deviations = Jacobian.of(A.minus(MEAN), A);
        Tensor variance = Jacobian.of(VARIANCE, A);
        for (int i = 0; i < M; i++) {
            for (int k = 0; k < M; k++) {
                assertThat(deviations.at(k, i)).isCloseTo(delta(i, k) - 1.0 / M, Offset.offset(1e-15));
            }
            assertThat(variance.at(0, i)).isCloseTo(2.0 / M * (A.at(i) - MEAN.item()), Offset.offset(1e-14));
        }
    }

    @Test
    void ofTheNormalisedNumbers() {
        Tensor jacobian = Jacobian.of(NORMALISED, A);
        double root = Math.sqrt(VARIANCE.item() + EPS);
        for (int k = 0; k < M; k++) {
            for (int i = 0; i < M; i++) {
                double formula = (delta(i, k) - 1.0 / M - NORMALISED.at(k) * NORMALISED.at(i) / M) / root;
                assertThat(jacobian.at(k, i)).isCloseTo(formula, Offset.offset(1e-14));
            }
        }
    }

    @Test
    void ofALoss() {
        Tensor gamma = Tensor.of(new double[]{1.3}).tracked();
        Tensor beta = Tensor.of(new double[]{-0.2}).tracked();
        Tensor scaled = NORMALISED.times(gamma).plus(beta);
        Tensor loss = scaled.tanh().times(RandomStream.seeded(22).gaussian(ElementType.FLOAT64, 0, 1, M)).sum();
        List<Tensor> gradients = Gradients.of(loss, scaled, NORMALISED, A, gamma, beta);
        double[] byScaled = gradients.get(0).toDoubles();
        double sum = 0;
        double product = 0;
        for (int i = 0; i < M; i++) {
            sum += byScaled[i];
            product += byScaled[i] * NORMALISED.at(i);
            assertThat(gradients.get(1).at(i)).isCloseTo(1.3 * byScaled[i], Offset.offset(1e-15));
        }
        // Sums, not means: the loss is no mean here (with a mean over the batch, 8.1 has 1/m on both sides).
        assertThat(gradients.get(3).item()).isCloseTo(product, Offset.offset(1e-14));
        assertThat(gradients.get(4).item()).isCloseTo(sum, Offset.offset(1e-14));
        double root = Math.sqrt(VARIANCE.item() + EPS);
        for (int i = 0; i < M; i++) {
            double formula = 1.3 / root * (byScaled[i] - sum / M - NORMALISED.at(i) * product / M);
            assertThat(gradients.get(2).at(i)).isCloseTo(formula, Offset.offset(1e-14));
        }
    }
}

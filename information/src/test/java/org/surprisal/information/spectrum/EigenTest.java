package org.surprisal.information.spectrum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.data.Offset;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EigenTest {
    private static final Offset<Double> ROUNDING = Offset.offset(1e-14);

    /// [[2, 1], [1, 2]] has the eigenvalues 3 and 1.
    @Test
    void eigenvaluesComeInTheOrderOfTheirMethod() {
        double[][] matrix = {{2, 1}, {1, 2}};
        double[] descending = Eigen.descending("m", new Array2DRowRealMatrix(matrix)).getEigenvalues();
        assertThat(descending[0]).isCloseTo(3, ROUNDING);
        assertThat(descending[1]).isCloseTo(1, ROUNDING);
        double[] ascending = Eigen.ascending("m", matrix).getEigenvalues();
        assertThat(ascending[0]).isCloseTo(1, ROUNDING);
        assertThat(ascending[1]).isCloseTo(3, ROUNDING);
        double[] tridiagonal = Eigen.tridiagonal("m", new double[]{2, 2}, new double[]{1}).getEigenvalues();
        assertThat(tridiagonal[0]).isCloseTo(3, ROUNDING);
        assertThat(matrix).isDeepEqualTo(new double[][]{{2, 1}, {1, 2}});
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void elementThatIsNotFiniteIsRefused(double element) {
        String message = "the covariance has an element that is not finite: it has no eigenvalues";
        double[][] matrix = {{1, element, 0}, {element, 1, 0}, {0, 0, 1}};
        assertThatThrownBy(() -> Eigen.descending("the covariance", new Array2DRowRealMatrix(matrix)))
                .isInstanceOf(IllegalArgumentException.class).hasMessage(message);
        assertThatThrownBy(() -> Eigen.ascending("the covariance", matrix)).hasMessage(message);
        assertThatThrownBy(() -> Eigen.tridiagonal("the covariance", new double[]{1, 1}, new double[]{element}))
                .hasMessage(message);
    }

    @Test
    void elementsWhoseSquaresOverflowAreRefused() {
        double[][] matrix = {{1e300, 9e299, 1e300}, {9e299, 1e300, 5e299}, {1e300, 5e299, -1e300}};
        assertThatThrownBy(() -> Eigen.ascending("the covariance", matrix)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "the covariance has no eigenvalues in float64: its elements reach 1.00e+300, other units are"
                                + " needed");
    }
}

package org.surprisal.information.spectrum;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;
import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.RealMatrix;
import org.jspecify.annotations.Nullable;

/// Eigenvalues and eigenvectors of real symmetric matrices by Hipparchus, whose exceptions speak of its own algorithm:
/// here a matrix that has none, or whose elements are beyond float64's range, is refused by name.
public final class Eigen {
    private Eigen() {
    }

    /// Decomposes a symmetric matrix; eigenvalues descend.
    ///
    /// @param name what a message calls the matrix, such as `the covariance of x`
    /// @throws IllegalArgumentException if an element is not finite, or the eigenvalues do not converge
    public static EigenDecompositionSymmetric descending(String name, RealMatrix matrix) {
        return checked(name, elements(matrix.getData()), () -> new EigenDecompositionSymmetric(matrix));
    }

    /// Decomposes a symmetric matrix; eigenvalues ascend, and small ones are not rounded to 0.
    ///
    /// @param name what a message calls the matrix
    /// @param matrix is not changed
    /// @throws IllegalArgumentException if an element is not finite, or the eigenvalues do not converge
    public static EigenDecompositionSymmetric ascending(String name, double[][] matrix) {
        return checked(name, elements(matrix),
                () -> new EigenDecompositionSymmetric(new Array2DRowRealMatrix(matrix, false), 0, false));
    }

    /// Decomposes a symmetric tridiagonal matrix; eigenvalues descend.
    ///
    /// @param name what a message calls the matrix
    /// @param diagonal n elements
    /// @param beside n - 1 elements
    /// @throws IllegalArgumentException if an element is not finite, or the eigenvalues do not converge
    public static EigenDecompositionSymmetric tridiagonal(String name, double[] diagonal, double[] beside) {
        return checked(name, DoubleStream.concat(Arrays.stream(diagonal), Arrays.stream(beside)),
                () -> new EigenDecompositionSymmetric(diagonal, beside));
    }

    private static DoubleStream elements(double[][] matrix) {
        return Arrays.stream(matrix).flatMapToDouble(Arrays::stream);
    }

    private static EigenDecompositionSymmetric checked(String name, DoubleStream elements,
            Supplier<EigenDecompositionSymmetric> decomposition) {
        // The maximum of numbers among which there is a NaN is NaN.
        double largest = elements.map(Math::abs).max().orElse(0);
        if (!Double.isFinite(largest)) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "%s has an element that is not finite: it has no eigenvalues", name));
        }
        EigenDecompositionSymmetric eigen;
        try {
            eigen = decomposition.get();
        } catch (MathRuntimeException failed) {
            throw beyondRange(name, largest, failed);
        }
        if (!Arrays.stream(eigen.getEigenvalues()).allMatch(Double::isFinite)) {
            throw beyondRange(name, largest, null);
        }
        return eigen;
    }

    private static IllegalArgumentException beyondRange(String name, double largest, @Nullable Throwable cause) {
        return new IllegalArgumentException(String.format(Locale.ROOT,
                "%s has no eigenvalues in float64: its elements reach %.3g, other units are needed", name, largest),
                cause);
    }
}

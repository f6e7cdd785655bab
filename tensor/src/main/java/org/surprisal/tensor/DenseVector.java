package org.surprisal.tensor;

/// Vectors of the iterations for eigenvalues, as plain arrays that are written in place.
final class DenseVector {
    private DenseVector() {
    }

    static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /// The Euclidean norm, also of elements whose squares are beyond the range of numbers.
    static double norm(double[] a) {
        double square = dot(a, a);
        if (square >= 1e-280 && square <= Double.MAX_VALUE) {
            return Math.sqrt(square);
        }
        double largest = 0;
        for (double x : a) {
            largest = Math.max(largest, Math.abs(x));
        }
        if (largest == 0 || !Double.isFinite(largest)) {
            return largest;
        }
        double sum = 0;
        for (double x : a) {
            sum += x / largest * (x / largest);
        }
        return largest * Math.sqrt(sum);
    }

    static void scale(double[] a, double factor) {
        for (int i = 0; i < a.length; i++) {
            a[i] *= factor;
        }
    }
}

package org.surprisal.tensor;

import java.util.List;
import java.util.function.UnaryOperator;

/// Second derivatives of one number by variables taken as one vector: H(i, j) = d2y / dx_i dx_j.
///
/// The gradient is recorded once. Differentiating its inner product with v is a second walk and gives H v (Pearlmutter
/// 1994), so that large Hessians can be multiplied without being formed; the matrix itself takes one such walk a row.
///
/// Meant for float64 variables. With float32 ones every product carries relative errors of some 1e-6 of its largest
/// terms, and eigenvalues below that fraction of the largest are noise. Piecewise linear functions (relu) have no
/// curvature of their own: their kinks do not show.
public final class Hessian {
    private final Tensor y;
    private final List<Tensor> xs;
    private final Flattening layout;
    private final List<Tensor> gradients;

    private Hessian(Tensor y, List<Tensor> xs, Flattening layout, List<Tensor> gradients) {
        this.y = y;
        this.xs = xs;
        this.layout = layout;
        this.gradients = gradients;
    }

    /// The Hessian of `y` by `xs`, of which nothing but the gradient is computed yet. It reads the record of `y` until
    /// it is dropped: once a variable has been written in place it refuses to go on.
    ///
    /// @throws IllegalArgumentException if `y` is not one number, or an `x` is not tracked
    /// @throws MissingGradientException if `y` does not depend on an `x` through the record
    public static Hessian of(Tensor y, List<Tensor> xs) {
        return of(y, xs, Gradients.Unreached.REFUSED);
    }

    /// As [#of(Tensor, List)], with a choice of what is answered for a variable that `y` does not depend on: zero are
    /// then its rows and columns.
    public static Hessian of(Tensor y, List<Tensor> xs, Gradients.Unreached unreached) {
        List<Tensor> variables = List.copyOf(xs);
        Flattening layout = Flattening.of(variables);
        return new Hessian(y, variables, layout,
                Tracking.on(() -> Gradients.differentiable(y, variables, unreached)));
    }

    /// Which element of which variable stands where in the vector.
    public Flattening layout() {
        return layout;
    }

    /// Number of rows and of columns.
    public int size() {
        return layout.size();
    }

    /// The gradient of `y`, shape (size).
    public Tensor gradient() {
        return layout.join(gradients);
    }

    /// The product H v of shape (size), without forming H.
    ///
    /// @param v shape (size)
    public Tensor times(Tensor v) {
        List<Tensor> parts = layout.split(v);
        Tensor along = Tracking.on(() -> Jacobian.innerProduct(gradients, parts));
        // The gradient of what is linear in a variable does not depend on it.
        return layout.join(Gradients.of(along, xs, Gradients.Unreached.ZERO));
    }

    /// All of H, shape (size, size), in `size` walks. Its rows are computed apart, so it is symmetric up to rounding.
    public Tensor matrix() {
        double[] matrix = new double[Shape.of(size(), size()).size()];
        double[][] rows = rows();
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(rows[i], 0, matrix, i * rows.length, rows.length);
        }
        return Tensor.of(matrix, size(), size());
    }

    private double[][] rows() {
        double[][] rows = new double[size()][];
        double[] unit = new double[size()];
        for (int i = 0; i < unit.length; i++) {
            unit[i] = 1;
            rows[i] = times(Tensor.of(unit)).toDoubles();
            unit[i] = 0;
        }
        return rows;
    }

    /// All eigenvalues in ascending order, from the matrix: for up to about a thousand elements.
    ///
    /// @throws IllegalArgumentException if an element of the matrix is not finite
    public double[] eigenvalues() {
        return SymmetricEigen.values("the Hessian", rows());
    }

    /// The inverse of H + damping I, shape (size, size), from the eigenvalues: for up to about a thousand elements.
    ///
    /// @param damping what is added to each eigenvalue, not negative; a loss with flat directions needs some
    /// @throws ArithmeticException if H + damping I is not positive definite to rounding, as it is away from a minimum
    public Tensor inverse(double damping) {
        if (!(damping >= 0) || Double.isInfinite(damping)) {
            throw new IllegalArgumentException("damping (=" + damping + ") must be finite and not negative");
        }
        SymmetricEigen eigen = SymmetricEigen.of("the Hessian", rows());
        double[] values = eigen.values();
        double[][] vectors = eigen.vectors();
        int n = size();
        double lowest = values[0] + damping;
        if (!(lowest > 1e-14 * n * Math.abs(values[n - 1] + damping))) {
            throw new ArithmeticException("the Hessian's lowest eigenvalue " + values[0] + " and damping "
                    + damping + " add up to " + lowest + ", too little to invert: train on, or damp more");
        }
        double[] inverse = new double[n * n];
        for (int k = 0; k < n; k++) {
            double[] vector = vectors[k];
            for (int i = 0; i < n; i++) {
                double factor = vector[i] / (values[k] + damping);
                for (int j = 0; j < n; j++) {
                    inverse[i * n + j] += factor * vector[j];
                }
            }
        }
        return Tensor.of(inverse, n, n);
    }

    /// Some eigenvalues at one end of the spectrum, with their eigenvectors, from products alone: to residuals of 1e-9
    /// of the largest eigenvalue's magnitude, or 1e-5 if a variable is float32.
    ///
    /// @param stream where the iteration starts
    /// @see Lanczos#eigenpairs
    public List<Lanczos.Eigenpair> eigenpairs(int count, Lanczos.End end, RandomStream stream) {
        UnaryOperator<Tensor> product = this::times;
        boolean single = xs.stream().anyMatch(x -> x.type() == ElementType.FLOAT32);
        return Lanczos.eigenpairs(size(), product, count, end,
                single ? Lanczos.FLOAT32_TOLERANCE : Lanczos.TOLERANCE, stream);
    }

    /// The terms of the Taylor expansion of `y` to second order, for this step away from where it was computed: two
    /// walks.
    ///
    /// @param step shape (size)
    public TaylorExpansion expansion(Tensor step) {
        double[] d = step.toDoubles();
        double[] curved = times(step).toDoubles();
        return new TaylorExpansion(y.item(), DenseVector.dot(gradient().toDoubles(), d),
                0.5 * DenseVector.dot(curved, d));
    }
}

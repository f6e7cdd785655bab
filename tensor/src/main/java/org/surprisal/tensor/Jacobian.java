package org.surprisal.tensor;

import java.util.ArrayList;
import java.util.List;

/// First derivatives of many numbers by many: J(i, j) = dy_i / dx_j, the elements of result and variable counted in
/// row-major order.
///
/// A walk back through the record gives the product of a row vector with J; so J costs one walk an output, whatever the
/// number of inputs. A product J v comes without J, by differentiating the product u J, which is linear in u, by u. For
/// a result of many elements and few inputs, a product for each input is therefore the cheaper way.
///
/// Results have the element type of what they are derivatives by ([#ofRows] too); those of [#jacobianVector] have that
/// of `y`.
public final class Jacobian {
    private Jacobian() {
    }

    /// The Jacobian of `y`, m elements, by `x`, n elements: a constant of shape (m, n).
    ///
    /// @throws IllegalArgumentException if `x` is not tracked
    /// @throws MissingGradientException if `y` does not depend on `x` through the record
    public static Tensor of(Tensor y, Tensor x) {
        return of(y, List.of(x)).getFirst();
    }

    /// The Jacobians of `y`, m elements, by each of `xs`, shapes (m, elements of x), from the same m walks.
    ///
    /// @throws IllegalArgumentException if an `x` is not tracked
    /// @throws MissingGradientException if `y` does not depend on an `x` through the record
    public static List<Tensor> of(Tensor y, List<Tensor> xs) {
        return of(y, xs, Gradients.Unreached.REFUSED);
    }

    /// As [#of(Tensor, List)], with a choice of what is answered for a variable that `y` does not depend on.
    public static List<Tensor> of(Tensor y, List<Tensor> xs, Gradients.Unreached unreached) {
        List<double[]> jacobians = xs.stream().map(x -> new double[Shape.of(y.size(), x.size()).size()]).toList();
        double[] seed = new double[y.size()];
        for (int i = 0; i < seed.length; i++) {
            seed[i] = 1;
            List<Tensor> rows = vectorJacobian(y, like(y, seed), xs, unreached);
            seed[i] = 0;
            for (int k = 0; k < rows.size(); k++) {
                double[] row = rows.get(k).toDoubles();
                System.arraycopy(row, 0, jacobians.get(k), i * row.length, row.length);
            }
        }
        List<Tensor> result = new ArrayList<>();
        for (int k = 0; k < xs.size(); k++) {
            Tensor x = xs.get(k);
            result.add(Tensor.of(jacobians.get(k), y.size(), x.size()).to(x.type()));
        }
        return result;
    }

    /// The Jacobian of each sample's output by the same sample's input, where samples are rows that do not see each
    /// other: `y` with rows of `out` elements by `x` with as many rows of `in` elements, shape (n, out, in). All rows
    /// share a walk, so there are `out` of them instead of n times as many, and 2 log2 n more that look for rows that
    /// do see each other.
    ///
    /// @throws IllegalArgumentException if `x` is not tracked, the numbers of rows differ, or an output depends on an
    /// input in another row
    /// @throws MissingGradientException if `y` does not depend on `x` through the record
    public static Tensor ofRows(Tensor y, Tensor x) {
        if (y.rank() == 0 || x.rank() == 0 || y.length(0) != x.length(0)) {
            throw new IllegalArgumentException("a Jacobian by rows needs one row a sample in both, not shapes "
                    + y.shape() + " and " + x.shape());
        }
        int n = y.length(0);
        int out = y.shape().inner(0);
        int in = x.shape().inner(0);
        double[] jacobian = new double[Shape.of(n, out, in).size()];
        requireRowsApart(y, x, out, in);
        for (int k = 0; k < out; k++) {
            double[] seed = new double[y.size()];
            for (int row = 0; row < n; row++) {
                seed[row * out + k] = 1;
            }
            double[] gradients = vectorJacobian(y, like(y, seed), List.of(x)).getFirst().toDoubles();
            for (int row = 0; row < n; row++) {
                System.arraycopy(gradients, row * in, jacobian, (row * out + k) * in, in);
            }
        }
        return Tensor.of(jacobian, n, out, in).to(x.type());
    }

    /// Any two rows differ in a bit of their number: for each bit, rows that have it must not see rows that have it
    /// not, nor those the first.
    private static void requireRowsApart(Tensor y, Tensor x, int out, int in) {
        int last = y.length(0) - 1;
        for (int bit = 1; bit > 0 && bit <= last; bit <<= 1) {
            requireApart(y, x, out, in, bit, 0);
            requireApart(y, x, out, in, bit, bit);
        }
    }

    /// No row of `y` whose number has `seeing` at `bit` depends on a row of `x` whose number has not.
    private static void requireApart(Tensor y, Tensor x, int out, int in, int bit, int seeing) {
        int n = y.length(0);
        double[] seed = new double[y.size()];
        for (int row = 0; row < n; row++) {
            for (int k = 0; k < out && (row & bit) == seeing; k++) {
                // Unequal weights: those of a softmax's outputs, say, sum to a constant.
                seed[row * out + k] = 1.5 + Math.cos(1.0 + k);
            }
        }
        double[] gradients = vectorJacobian(y, like(y, seed), List.of(x)).getFirst().toDoubles();
        for (int row = 0; row < n; row++) {
            for (int j = 0; j < in && (row & bit) != seeing; j++) {
                if (Math.abs(gradients[row * in + j]) > 0) {
                    throw new IllegalArgumentException("a Jacobian by rows needs rows that do not see each other, but"
                            + " another row of the result, shape " + y.shape() + ", depends on row " + row
                            + " of the variable, shape " + x.shape() + ": take the whole Jacobian, Jacobian.of");
                }
            }
        }
    }

    /// The products v J of a row vector with the Jacobians of `y` by each of `xs`, as constants of the shapes of `xs`:
    /// one walk.
    ///
    /// @param v of the shape and element type of `y`
    /// @throws IllegalArgumentException if `v` does not fit `y`, or an `x` is not tracked
    /// @throws MissingGradientException if `y` does not depend on an `x` through the record
    public static List<Tensor> vectorJacobian(Tensor y, Tensor v, List<Tensor> xs) {
        return vectorJacobian(y, v, xs, Gradients.Unreached.REFUSED);
    }

    /// As [#vectorJacobian(Tensor, Tensor, List)], with a choice of what is answered for a variable that `y` does not
    /// depend on.
    public static List<Tensor> vectorJacobian(Tensor y, Tensor v, List<Tensor> xs, Gradients.Unreached unreached) {
        requireFit("vector", v, y);
        return Tracking.off(() -> Gradients.walk(y, v, xs, unreached));
    }

    /// As [#vectorJacobian], itself recorded: it can be differentiated by `xs` again, and by `v` where that is tracked.
    ///
    /// @throws IllegalStateException inside [Tracking#off], where nothing is recorded
    public static List<Tensor> differentiableVectorJacobian(Tensor y, Tensor v, List<Tensor> xs) {
        return differentiableVectorJacobian(y, v, xs, Gradients.Unreached.REFUSED);
    }

    /// As [#differentiableVectorJacobian(Tensor, Tensor, List)], with a choice of what is answered for a variable that
    /// `y` does not depend on.
    public static List<Tensor> differentiableVectorJacobian(Tensor y, Tensor v, List<Tensor> xs,
            Gradients.Unreached unreached) {
        Tracking.requireOn("Jacobian.differentiableVectorJacobian");
        requireFit("vector", v, y);
        return Gradients.walk(y, v, xs, unreached);
    }

    /// The change of `y` to first order when each of `xs` changes along its vector: the sum of the products J v, a
    /// constant of the shape of `y`. Two walks, whatever the numbers of elements.
    ///
    /// @param vs for each of `xs` a vector of its shape and element type
    /// @throws IllegalArgumentException if a vector does not fit its variable, or an `x` is not tracked
    /// @throws MissingGradientException if `y` does not depend on an `x` through the record
    public static Tensor jacobianVector(Tensor y, List<Tensor> xs, List<Tensor> vs) {
        return jacobianVector(y, xs, vs, Gradients.Unreached.REFUSED);
    }

    /// As [#jacobianVector(Tensor, List, List)], with a choice of what is answered for a variable that `y` does not
    /// depend on.
    public static Tensor jacobianVector(Tensor y, List<Tensor> xs, List<Tensor> vs, Gradients.Unreached unreached) {
        if (xs.size() != vs.size()) {
            throw new IllegalArgumentException(vs.size() + " vectors for " + xs.size() + " variables");
        }
        for (int i = 0; i < xs.size(); i++) {
            requireFit("vector " + i, vs.get(i), xs.get(i));
        }
        return Tracking.on(() -> {
            // u J is linear in u, so any u does. It does not depend on u where J is zero whatever the variables are.
            Tensor u = Tensor.zeros(y.type(), y.shape().lengths()).tracked();
            Tensor along = innerProduct(Gradients.walk(y, u, xs, unreached), vs);
            return Gradients.of(along, List.of(u), Gradients.Unreached.ZERO).getFirst();
        });
    }

    /// The sum of the products of corresponding elements, in float64, shape ().
    static Tensor innerProduct(List<Tensor> as, List<Tensor> bs) {
        Tensor total = Tensor.zeros(ElementType.FLOAT64);
        for (int i = 0; i < as.size(); i++) {
            total = total.plus(as.get(i).times(bs.get(i)).sum().to(ElementType.FLOAT64));
        }
        return total;
    }

    private static Tensor like(Tensor y, double[] values) {
        return Tensor.of(values, y.shape().lengths()).to(y.type());
    }

    private static void requireFit(String name, Tensor v, Tensor to) {
        if (!v.shape().equals(to.shape()) || v.type() != to.type()) {
            throw new IllegalArgumentException(
                    name + ", " + v.type() + " " + v.shape() + ", must have the shape and type of "
                            + to.type() + " " + to.shape());
        }
    }
}

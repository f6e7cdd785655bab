package org.surprisal.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.UnaryOperator;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/// Jacobians against closed forms and difference quotients; their products against each other.
class JacobianTest {
    private static Tensor random(String label, int... lengths) {
        return RandomStream.seeded(11).child(label).gaussian(ElementType.FLOAT64, 0, 1, lengths);
    }

    /// By central differences of two steps, combined.
    private static double[] quotients(UnaryOperator<Tensor> f, Tensor x) {
        int m = f.apply(x).size();
        double[] jacobian = new double[m * x.size()];
        for (int j = 0; j < x.size(); j++) {
            double[] coarse = quotient(f, x, j, 1e-3);
            double[] fine = quotient(f, x, j, 5e-4);
            for (int i = 0; i < m; i++) {
                jacobian[i * x.size() + j] = (4 * fine[i] - coarse[i]) / 3;
            }
        }
        return jacobian;
    }

    private static double[] quotient(UnaryOperator<Tensor> f, Tensor x, int j, double h) {
        double[] up = x.toDoubles();
        double[] down = x.toDoubles();
        up[j] += h;
        down[j] -= h;
        double[] high = f.apply(Tensor.of(up, x.shape().lengths())).toDoubles();
        double[] low = f.apply(Tensor.of(down, x.shape().lengths())).toDoubles();
        for (int i = 0; i < high.length; i++) {
            high[i] = (high[i] - low[i]) / (2 * h);
        }
        return high;
    }

    @Test
    void ofASoftmaxIsDiagonalLessOuterProduct() {
        Tensor z = random("z", 1, 5).tracked();
        Tensor p = z.softmax();
        Tensor jacobian = Jacobian.of(p, z);
        assertThat(jacobian.shape()).isEqualTo(Shape.of(5, 5));
        for (int i = 0; i < 5; i++) {
            for (int j = 0; j < 5; j++) {
                double pi = p.at(0, i);
                double pj = p.at(0, j);
                assertThat(jacobian.at(i, j)).isCloseTo((i == j ? pi : 0) - pi * pj, Offset.offset(1e-15));
            }
        }
    }

    @Test
    void ofALayerIsTheDerivativeTimesTheWeights() {
        Tensor w = random("w", 3, 4);
        Tensor x = random("x", 4, 1).tracked();
        Tensor jacobian = Jacobian.of(w.matmul(x).tanh(), x);
        for (int i = 0; i < 3; i++) {
            double a = Math.tanh(w.matmul(x).at(i, 0));
            for (int j = 0; j < 4; j++) {
                assertThat(jacobian.at(i, j)).isCloseTo((1 - a * a) * w.at(i, j), Offset.offset(1e-14));
            }
        }
    }

    @Test
    void agreesWithDifferences() {
        Tensor w = random("w", 3, 4);
        UnaryOperator<Tensor> f = x -> x.reshape(2, 4).matmulTransposed(w).sigmoid().logSoftmax();
        Tensor x = random("x", 4, 2).tracked();
        assertThat(Jacobian.of(f.apply(x), x).toDoubles()).containsExactly(quotients(f, x.detached()),
                Offset.offset(1e-9));
    }

    @Test
    void severalVariablesShareTheWalks() {
        Tensor x = random("x", 2, 4);
        Tensor w = random("w", 3, 4).tracked();
        Tensor b = random("b", 3).tracked();
        List<Tensor> jacobians = Jacobian.of(x.linear(w, b).exp(), List.of(w, b));
        assertThat(jacobians.get(0).shape()).isEqualTo(Shape.of(6, 12));
        assertThat(jacobians.get(0).toDoubles()).containsExactly(quotients(v -> x.linear(v, b).exp(), w.detached()),
                Offset.offset(1e-8));
        assertThat(jacobians.get(1).toDoubles()).containsExactly(quotients(v -> x.linear(w, v).exp(), b.detached()),
                Offset.offset(1e-8));
    }

    @Test
    void forwardAndReverseProductsAgree() {
        Tensor x = random("x", 5, 4).tracked();
        Tensor w = random("w", 3, 4).tracked();
        Tensor y = x.matmulTransposed(w).tanh().softmax().over(x.square().sum().sqrt().plus(1));
        Tensor u = random("u", 5, 3);
        List<Tensor> v = List.of(random("v", 5, 4), random("v2", 3, 4));
        Tensor forward = Jacobian.jacobianVector(y, List.of(x, w), v);
        List<Tensor> reverse = Jacobian.vectorJacobian(y, u, List.of(x, w));
        double left = u.times(forward).sum().item();
        double right = reverse.get(0).times(v.get(0)).sum().plus(reverse.get(1).times(v.get(1)).sum()).item();
        assertThat(left).isCloseTo(right, Offset.offset(1e-12));
        // and the forward product is the matrix times the vector
        List<Tensor> jacobians = Jacobian.of(y, List.of(x, w));
        Tensor product = jacobians.get(0).matmul(v.get(0).reshape(20, 1))
                .plus(jacobians.get(1).matmul(v.get(1).reshape(12, 1)));
        assertThat(forward.shape()).isEqualTo(y.shape());
        assertThat(forward.toDoubles()).containsExactly(product.toDoubles(), Offset.offset(1e-13));
    }

    @Test
    void theForwardProductNeedsNoTrackingOfItsCaller() {
        Tensor x = random("x", 3).tracked();
        Tensor y = x.exp();
        Tensor v = random("v", 3);
        Tensor product = Tracking.off(() -> Jacobian.jacobianVector(y, List.of(x), List.of(v)));
        assertThat(product.toDoubles()).containsExactly(y.times(v).toDoubles(), Offset.offset(1e-15));
        assertThat(product.isTracked()).isFalse();
    }

    @Test
    void theForwardProductOfAStepFunctionIsZero() {
        Tensor x = random("x", 3).tracked();
        assertThat(Jacobian.jacobianVector(x.heaviside(), List.of(x), List.of(random("v", 3))).toDoubles())
                .containsExactly(0, 0, 0);
    }

    @Test
    void productsOfAVariableThatIsNotReachedAreZeroWhereZerosAreAskedFor() {
        Tensor x = random("x", 3).tracked();
        Tensor other = random("other", 2).tracked();
        Tensor y = x.exp();
        assertThatThrownBy(() -> Jacobian.jacobianVector(y, List.of(other), List.of(random("v", 2))))
                .isInstanceOf(MissingGradientException.class)
                .hasMessageEndingWith(" (for zeros instead, pass Gradients.Unreached.ZERO)");
        assertThat(Jacobian.jacobianVector(y, List.of(other), List.of(random("v", 2)), Gradients.Unreached.ZERO)
                .toDoubles()).containsExactly(0, 0, 0);
        assertThat(Jacobian.differentiableVectorJacobian(y, random("u", 3), List.of(other), Gradients.Unreached.ZERO)
                .getFirst().toDoubles()).containsExactly(0, 0);
    }

    @Test
    void aRecordedProductIsDifferentiatedAgain() {
        // The penalty of a contractive autoencoder: for y = x^3 / 3, ||v J||^2 = sum v^2 x^4, whose gradient is 4 v^2
        // x^3.
        Tensor x = random("x", 4).tracked();
        Tensor v = random("v", 4);
        Tensor product = Jacobian
                .differentiableVectorJacobian(x.square().times(x).times(1 / 3.0), v, List.of(x)).getFirst();
        Tensor gradient = Gradients.of(product.square().sum(), x).getFirst();
        for (int i = 0; i < 4; i++) {
            assertThat(gradient.at(i)).isCloseTo(4 * v.at(i) * v.at(i) * Math.pow(x.at(i), 3), Offset.offset(1e-12));
        }
    }

    @Test
    void rowsThatAreApartShareTheWalks() {
        Tensor w = random("w", 3, 4);
        UnaryOperator<Tensor> f = x -> x.matmulTransposed(w).tanh().softmax();
        Tensor x = random("x", 5, 4).tracked();
        Tensor jacobians = Jacobian.ofRows(f.apply(x), x);
        assertThat(jacobians.shape()).isEqualTo(Shape.of(5, 3, 4));
        for (int row = 0; row < 5; row++) {
            Tensor one = x.rows(row).tracked();
            assertThat(jacobians.rows(row).toDoubles()).containsExactly(Jacobian.of(f.apply(one), one).toDoubles(),
                    Offset.offset(1e-15));
        }
    }

    @Test
    void rowsThatSeeEachOtherAreRefused() {
        Tensor x = random("x", 4, 3).tracked();
        Tensor centred = x.minus(x.sum(0).times(0.25));
        assertThatThrownBy(() -> Jacobian.ofRows(centred, x)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("row 1").hasMessageContaining("(4, 3)");
        // also where the outputs of a row sum to a constant
        assertThatThrownBy(() -> Jacobian.ofRows(centred.softmax(), x)).hasMessageContaining("row 1");
        assertThatThrownBy(() -> Jacobian.ofRows(x.sum(0), x)).hasMessageContaining("(3)");
    }

    @Test
    void rowsThatSeeAnyOtherRowAreRefused() {
        // Each pair of 6 rows, in one direction: also of rows that are both even or both odd.
        Tensor x = random("x", 6, 3).tracked();
        for (int from = 0; from < 6; from++) {
            for (int to = 0; to < 6; to++) {
                double[] only = new double[6];
                only[to] = 1;
                Tensor y = x.plus(x.rows(from).times(Tensor.of(only, 6, 1)));
                if (from == to) {
                    assertThat(Jacobian.ofRows(y, x).at(to, 1, 1)).isEqualTo(2);
                } else {
                    assertThatThrownBy(() -> Jacobian.ofRows(y, x)).as("%d sees %d", to, from)
                            .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("row " + from + " of");
                }
            }
        }
    }

    @Test
    void float32InFloat32Out() {
        Tensor x = random("x", 3).to(ElementType.FLOAT32).tracked();
        Tensor jacobian = Jacobian.of(x.square(), x);
        assertThat(jacobian.type()).isEqualTo(ElementType.FLOAT32);
        assertThat(jacobian.at(1, 1)).isEqualTo(2 * x.at(1));
    }

    @Test
    void whatDoesNotFitIsRefused() {
        Tensor x = random("x", 3).tracked();
        Tensor y = x.exp();
        assertThatThrownBy(() -> Jacobian.of(y, random("c", 3)))
                .hasMessageStartingWith("variable 0, shape (3), is not tracked");
        assertThatThrownBy(() -> Jacobian.vectorJacobian(y, random("v", 2), List.of(x))).hasMessageContaining("(2)")
                .hasMessageContaining("(3)");
        assertThatThrownBy(() -> Jacobian.jacobianVector(y, List.of(x), List.of())).hasMessageContaining("0 vectors");
        assertThatThrownBy(
                () -> Jacobian.jacobianVector(y, List.of(x), List.of(random("v", 3).to(ElementType.FLOAT32))))
                .hasMessageContaining("FLOAT32");
    }
}

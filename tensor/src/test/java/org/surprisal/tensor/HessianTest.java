package org.surprisal.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.junit.jupiter.api.Test;

class HessianTest {
    private static Tensor random(String label, int... lengths) {
        return RandomStream.seeded(12).child(label).gaussian(ElementType.FLOAT64, 0, 1, lengths);
    }

    /// A small smooth network with a squared error: weights (4, 3), bias (4), weights (1, 4).
    private static Tensor loss(List<Tensor> p) {
        return random("inputs", 6, 3).linear(p.get(0), p.get(1)).tanh().matmulTransposed(p.get(2))
                .minus(random("targets", 6, 1)).square().mean();
    }

    private static List<Tensor> variables() {
        return List.of(random("w", 4, 3).tracked(), random("b", 4).tracked(), random("v", 1, 4).tracked());
    }

    private static Hessian hessian(List<Tensor> at) {
        return Hessian.of(loss(at), at);
    }

    private static List<Tensor> shifted(List<Tensor> xs, Tensor step) {
        List<Tensor> parts = Flattening.of(xs).split(step);
        List<Tensor> result = new ArrayList<>();
        for (int i = 0; i < xs.size(); i++) {
            result.add(xs.get(i).plus(parts.get(i)).tracked());
        }
        return result;
    }

    @Test
    void ofAQuadraticFormIsItsMatrix() {
        Tensor a = random("a", 4, 4);
        Tensor symmetric = a.plus(a.transpose());
        Tensor x = random("x", 4).tracked();
        Tensor column = x.reshape(4, 1);
        Hessian hessian = Hessian.of(column.transpose().matmul(symmetric).matmul(column).times(0.5), List.of(x));
        assertThat(hessian.matrix().toDoubles()).containsExactly(symmetric.toDoubles(), Offset.offset(1e-14));
        assertThat(hessian.gradient().toDoubles()).containsExactly(symmetric.matmul(column).toDoubles(),
                Offset.offset(1e-14));
    }

    @Test
    void agreesWithDifferencesOfGradientsAndIsSymmetric() {
        List<Tensor> at = variables();
        Hessian hessian = hessian(at);
        int n = hessian.size();
        assertThat(n).isEqualTo(20);
        Tensor matrix = hessian.matrix();
        for (int j = 0; j < n; j++) {
            double[] unit = new double[n];
            unit[j] = 1;
            double[] coarse = quotient(at, unit, 1e-3);
            double[] fine = quotient(at, unit, 5e-4);
            for (int i = 0; i < n; i++) {
                assertThat(matrix.at(i, j)).isCloseTo((4 * fine[i] - coarse[i]) / 3, Offset.offset(1e-9));
                assertThat(matrix.at(i, j)).isCloseTo(matrix.at(j, i), Offset.offset(1e-13));
            }
        }
    }

    private static double[] quotient(List<Tensor> at, double[] unit, double h) {
        double[] high = hessian(shifted(at, Tensor.of(unit).times(h))).gradient().toDoubles();
        double[] low = hessian(shifted(at, Tensor.of(unit).times(-h))).gradient().toDoubles();
        for (int i = 0; i < high.length; i++) {
            high[i] = (high[i] - low[i]) / (2 * h);
        }
        return high;
    }

    @Test
    void theProductIsTheMatrixTimesTheVector() {
        Hessian hessian = hessian(variables());
        Tensor v = random("direction", 20);
        double[] product = hessian.times(v).toDoubles();
        assertThat(product).containsExactly(hessian.matrix().matmul(v.reshape(20, 1)).toDoubles(),
                Offset.offset(1e-12));
        // and, from outside, the change of the gradient along v
        double[] coarse = quotient(variables(), v.toDoubles(), 1e-3);
        double[] fine = quotient(variables(), v.toDoubles(), 5e-4);
        for (int i = 0; i < product.length; i++) {
            assertThat(product[i]).isCloseTo((4 * fine[i] - coarse[i]) / 3, Offset.offset(1e-8));
        }
    }

    @Test
    void worksWhereTheCallerHasTrackingOff() {
        List<Tensor> at = variables();
        Tensor y = loss(at);
        assertThat(Tracking.off(() -> Hessian.of(y, at).matrix()).toDoubles())
                .containsExactly(hessian(at).matrix().toDoubles());
    }

    @Test
    void ofALinearFunctionIsZero() {
        Tensor x = random("x", 3).tracked();
        Hessian hessian = Hessian.of(x.times(2).sum(), List.of(x));
        assertThat(hessian.matrix().toDoubles()).containsOnly(0);
        assertThat(hessian.eigenpairs(2, Lanczos.End.HIGHEST, RandomStream.seeded(1)))
                .allSatisfy(pair -> assertThat(pair.value()).isZero());
    }

    @Test
    void halvingTheStepDividesTheErrorByEight() {
        List<Tensor> at = variables();
        Hessian hessian = hessian(at);
        Tensor direction = random("direction", 20);
        double before = Double.NaN;
        List<Double> ratios = new ArrayList<>();
        for (double length = 0.04; length > 1e-3; length /= 2) {
            Tensor step = direction.times(length);
            TaylorExpansion expansion = hessian.expansion(step);
            double error = expansion.error(loss(shifted(at, step)).item());
            ratios.add(before / error);
            before = error;
        }
        // The ratio is 8 (1 + O(length)): its distance from 8 halves with the step, and what that leads to is 8.
        double last = ratios.getLast();
        double previous = ratios.get(ratios.size() - 2);
        assertThat((last - 8) / (previous - 8)).isCloseTo(0.5, Offset.offset(0.02));
        assertThat(2 * last - previous).isCloseTo(8, Offset.offset(0.01));
    }

    @Test
    void theTermsOfAnExpansionAreWhatTheySay() {
        // f = x^3 at 2: 8 + 12 d + 6 d^2 + d^3
        Tensor x = Tensor.of(new double[]{2}).tracked();
        TaylorExpansion expansion = Hessian.of(x.square().times(x).sum(), List.of(x))
                .expansion(Tensor.of(new double[]{0.5}));
        assertThat(expansion).isEqualTo(new TaylorExpansion(8, 6, 1.5));
        assertThat(expansion.firstOrder()).isEqualTo(14);
        assertThat(expansion.secondOrder()).isEqualTo(15.5);
        assertThat(expansion.error(2.5 * 2.5 * 2.5)).isEqualTo(0.125);
    }

    @Test
    void eigenvaluesAreThoseOfADenseSolver() {
        Hessian hessian = hessian(variables());
        double[][] rows = new double[20][20];
        Tensor matrix = hessian.matrix();
        for (int i = 0; i < 20; i++) {
            for (int j = 0; j < 20; j++) {
                rows[i][j] = 0.5 * (matrix.at(i, j) + matrix.at(j, i));
            }
        }
        double[] descending = new EigenDecompositionSymmetric(new Array2DRowRealMatrix(rows)).getEigenvalues();
        double[] ours = hessian.eigenvalues();
        double scale = Math.max(Math.abs(descending[0]), Math.abs(descending[19]));
        for (int k = 0; k < 20; k++) {
            assertThat(ours[k]).isCloseTo(descending[19 - k], Offset.offset(1e-13 * scale));
        }
        List<Lanczos.Eigenpair> highest = hessian.eigenpairs(3, Lanczos.End.HIGHEST, RandomStream.seeded(2));
        List<Lanczos.Eigenpair> lowest = hessian.eigenpairs(2, Lanczos.End.LOWEST, RandomStream.seeded(2));
        for (int k = 0; k < 3; k++) {
            assertThat(highest.get(k).value()).isCloseTo(descending[k], Offset.offset(1e-9 * scale));
        }
        assertThat(lowest.getFirst().value()).isNegative().isCloseTo(descending[19], Offset.offset(1e-9 * scale));
        assertThat(lowest.get(1).value()).isCloseTo(descending[18], Offset.offset(1e-9 * scale));
    }

    /// y = sum of c_i x_i² / 2 has the eigenvalues c.
    @Test
    void float32VariablesHaveAToleranceThatTheirProductsMeet() {
        double[] curvatures = new double[500];
        for (int i = 0; i < 500; i++) {
            curvatures[i] = 1 + Math.sin(i);
        }
        curvatures[17] = 4;
        Tensor x = RandomStream.seeded(4).gaussian(ElementType.FLOAT32, 0, 1, 500).tracked();
        Hessian hessian = Hessian.of(x.square().times(Tensor.of(curvatures).to(ElementType.FLOAT32)).sum().times(0.5),
                List.of(x));
        Lanczos.Eigenpair pair = hessian.eigenpairs(1, Lanczos.End.HIGHEST, RandomStream.seeded(1)).getFirst();
        assertThat(pair.residual()).isBetween(1e-9, 4 * Lanczos.FLOAT32_TOLERANCE);
        assertThat(pair.value()).isCloseTo(4, Offset.offset(1e-6));
    }

    @Test
    void theInverseTimesTheMatrixIsTheIdentity() {
        Hessian hessian = hessian(variables());
        double lowest = hessian.eigenvalues()[0];
        double damping = 0.1 - lowest;
        double[] product = hessian.inverse(damping).matmul(hessian.matrix()).toDoubles();
        double[] inverse = hessian.inverse(damping).toDoubles();
        for (int i = 0; i < product.length; i++) {
            assertThat(product[i] + damping * inverse[i]).isCloseTo(i % 21 == 0 ? 1 : 0, Offset.offset(1e-11));
        }
        assertThatThrownBy(() -> hessian.inverse(-lowest / 2)).isInstanceOf(ArithmeticException.class)
                .hasMessageContaining("lowest eigenvalue " + lowest);
        assertThatThrownBy(() -> hessian.inverse(-1)).hasMessageContaining("-1.0");
    }

    @Test
    void thePositionsAreThoseOfTheVariables() {
        Flattening layout = hessian(variables()).layout();
        assertThat(layout.position(0)).isEqualTo(new Flattening.Position(0, List.of(0, 0)));
        assertThat(layout.position(7)).isEqualTo(new Flattening.Position(0, List.of(2, 1)));
        assertThat(layout.position(14)).isEqualTo(new Flattening.Position(1, List.of(2)));
        assertThat(layout.position(19)).isEqualTo(new Flattening.Position(2, List.of(0, 3)));
        for (int i = 0; i < layout.size(); i++) {
            Flattening.Position p = layout.position(i);
            assertThat(layout.index(p.variable(), p.indices().stream().mapToInt(Integer::intValue).toArray()))
                    .isEqualTo(i);
        }
        assertThat(layout.join(layout.split(random("r", 20))).toDoubles()).containsExactly(random("r", 20).toDoubles());
        assertThatThrownBy(() -> layout.position(20)).hasMessageContaining("20");
        assertThatThrownBy(() -> layout.index(3, 0)).hasMessageContaining("variable 3");
        assertThatThrownBy(() -> layout.index(0, 4, 0)).hasMessageContaining("axis 0");
        assertThatThrownBy(() -> layout.split(random("r", 19))).hasMessageContaining("20").hasMessageContaining("(19)");
        assertThatThrownBy(() -> layout.join(List.of(random("r", 20)))).hasMessageContaining("3 variables");
        assertThatThrownBy(() -> Flattening.of(List.of())).hasMessageContaining("no variable");
        assertThatThrownBy(() -> Flattening.of(List.of(Tensor.zeros(ElementType.FLOAT64, 0))))
                .hasMessageContaining("no elements");
    }

    @Test
    void aScalarAmongTheVariables() {
        Tensor scale = Tensor.of(new double[]{3}).reshape().tracked();
        Tensor x = random("x", 2).tracked();
        Hessian hessian = Hessian.of(x.square().sum().times(scale), List.of(scale, x));
        assertThat(hessian.layout().position(0)).isEqualTo(new Flattening.Position(0, List.of()));
        assertThat(hessian.matrix().toDoubles()).containsExactly(0, 2 * x.at(0), 2 * x.at(1), 2 * x.at(0), 6, 0,
                2 * x.at(1), 0, 6);
    }

    @Test
    void aVariableThatWasWrittenIsRefused() {
        Tensor x = random("x", 3).tracked();
        Hessian hessian = Hessian.of(x.square().times(x).sum(), List.of(x));
        InPlace.assign(x, random("new", 3));
        assertThatThrownBy(hessian::matrix).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("written in place");
        assertThatThrownBy(() -> Hessian.of(x.square(), List.of(x))).hasMessageContaining("(3)");
    }
}

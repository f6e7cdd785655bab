package org.surprisal.network.curvature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.surprisal.data.Batch;
import org.surprisal.network.Network;
import org.surprisal.network.Parameter;
import org.surprisal.network.architecture.MultilayerPerceptron;
import org.surprisal.network.initialisation.Initialisation;
import org.surprisal.network.layer.Activation;
import org.surprisal.network.loss.CrossEntropy;
import org.surprisal.network.loss.HalfSquaredError;
import org.surprisal.network.loss.Loss;
import org.surprisal.network.optimiser.Sgd;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.InPlace;
import org.surprisal.tensor.Lanczos;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.TaylorExpansion;
import org.surprisal.tensor.Tensor;

class LossHessianTest {
    private static final Tensor INPUTS = RandomStream.seeded(61).gaussian(ElementType.FLOAT64, 0, 1, 7, 3);
    private static final Batch CLASSES = new Batch(INPUTS, Tensor.of(new float[]{0, 2, 1, 1, 0, 2, 3}));

    private static Network network(Integer... widths) {
        return new MultilayerPerceptron(3, List.of(widths), Activation.TANH, Activation.IDENTITY)
                .build(ElementType.FLOAT64, new Initialisation.Gaussian(1.5, 0.05), RandomStream.seeded(62));
    }

    @Test
    void ofSoftmaxRegressionIsTheClosedFormAndPositiveSemidefinite() {
        Network network = network(4);
        LossHessian hessian = new LossHessian(network, new CrossEntropy(), CLASSES);
        Tensor matrix = hessian.hessian().matrix();
        Tensor p = network.evaluate(INPUTS).softmax();
        // d2L / dW_ai dW_bj = 1/n sum (delta_ab p_a - p_a p_b) x_i x_j
        for (int a = 0; a < 4; a++) {
            for (int i = 0; i < 3; i++) {
                for (int b = 0; b < 4; b++) {
                    for (int j = 0; j < 3; j++) {
                        double sum = 0;
                        for (int s = 0; s < 7; s++) {
                            sum += ((a == b ? p.at(s, a) : 0) - p.at(s, a) * p.at(s, b)) * INPUTS.at(s, i)
                                    * INPUTS.at(s, j);
                        }
                        assertThat(matrix.at(hessian.index("linear0.weight", a, i),
                                hessian.index("linear0.weight", b, j))).isCloseTo(sum / 7, Offset.offset(1e-14));
                    }
                }
            }
        }
        double[] eigenvalues = hessian.hessian().eigenvalues();
        double highest = eigenvalues[eigenvalues.length - 1];
        assertThat(eigenvalues[0]).isGreaterThan(-1e-14 * highest);
        // Logits may be shifted together: as many flat directions as a class has parameters.
        assertThat(eigenvalues[3]).isLessThan(1e-13 * highest);
        assertThat(eigenvalues[4]).isGreaterThan(1e-6 * highest);
        assertThat(hessian.hessian().eigenpairs(1, Lanczos.End.HIGHEST, RandomStream.seeded(1)).getFirst().value())
                .isCloseTo(highest, Offset.offset(1e-9 * highest));
    }

    @Test
    void elementsHaveNames() {
        LossHessian hessian = new LossHessian(network(2, 4), new CrossEntropy(), CLASSES);
        assertThat(hessian.hessian().size()).isEqualTo(3 * 2 + 2 + 2 * 4 + 4);
        assertThat(hessian.name(0)).isEqualTo("linear0.weight[0, 0]");
        assertThat(hessian.name(7)).isEqualTo("linear0.bias[1]");
        assertThat(hessian.name(11)).isEqualTo("linear1.weight[1, 1]");
        assertThat(hessian.index("linear1.weight", 1, 1)).isEqualTo(11);
        assertThatThrownBy(() -> hessian.index("linear2.weight", 0, 0)).hasMessageContaining("linear2.weight")
                .hasMessageContaining("linear0.bias");
    }

    @Test
    void halvingTheStepDividesTheErrorByEight() {
        Network network = network(4, 4);
        LossHessian loss = new LossHessian(network, new CrossEntropy(), CLASSES);
        Tensor direction = RandomStream.seeded(63).gaussian(ElementType.FLOAT64, 0, 1, loss.hessian().size());
        double[] before = loss.parameters().toDoubles();
        double[] errors = new double[4];
        for (int k = 0; k < errors.length; k++) {
            Tensor step = direction.times(0.01 * Math.pow(0.5, k));
            TaylorExpansion expansion = loss.hessian().expansion(step);
            assertThat(expansion.constant()).isEqualTo(loss.lossAt(step.times(0)));
            errors[k] = expansion.error(loss.lossAt(step));
        }
        double last = errors[2] / errors[3];
        double previous = errors[1] / errors[2];
        // The ratio approaches 8 linearly in the step, so this combination does so faster.
        assertThat(2 * last - previous).isCloseTo(8, Offset.offset(0.02));
        assertThat(Math.abs(last - 8)).isLessThan(0.5);
        assertThat(loss.parameters().toDoubles()).containsExactly(before);
    }

    @Test
    void aTrainingStepMakesItOutOfDate() {
        Network network = network(2, 4);
        LossHessian loss = new LossHessian(network, new CrossEntropy(), CLASSES);
        List<Parameter> parameters = network.parameters();
        new Sgd(0.1, 0).step(parameters, parameters.stream().map(p -> Tensor.full(ElementType.FLOAT64, 1,
                p.value().shape().lengths())).toList(), 0.1);
        assertThatThrownBy(() -> loss.hessian().matrix()).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("written in place");
    }

    /// A linear regression is quadratic, so everything to second order is exact.
    private static final Batch LINE = new Batch(INPUTS,
            RandomStream.seeded(64).gaussian(ElementType.FLOAT64, 0, 1, 7, 1));

    /// Newton's step, which leads to the minimum of a quadratic loss.
    private static Tensor newton(LossHessian loss, double damping) {
        Tensor gradient = loss.hessian().gradient();
        int n = gradient.size();
        return loss.hessian().inverse(damping).matmul(gradient.reshape(n, 1)).reshape(n).negate();
    }

    private static void take(Tensor step, LossHessian loss, Network network) {
        List<Tensor> steps = loss.hessian().layout().split(step);
        for (int i = 0; i < steps.size(); i++) {
            InPlace.blend(network.parameters().get(i).value(), 1, steps.get(i), 1);
        }
    }

    private static LossHessian fittedLine(Network network) {
        LossHessian start = new LossHessian(network, new HalfSquaredError(), LINE);
        take(newton(start, 0), start, network);
        return new LossHessian(network, new HalfSquaredError(), LINE);
    }

    @Test
    void saliencyIsTheExactCostForAQuadraticLoss() {
        LossHessian loss = fittedLine(network(1));
        double best = loss.lossAt(Tensor.zeros(ElementType.FLOAT64, 4));
        Tensor damage = PruningSaliency.brainDamage(loss);
        Tensor surgeon = PruningSaliency.brainSurgeon(loss, 0);
        for (int k = 0; k < 4; k++) {
            double[] removal = new double[4];
            removal[k] = -loss.parameters().at(k);
            assertThat(loss.lossAt(Tensor.of(removal)) - best).isCloseTo(damage.at(k), Offset.offset(1e-13));
            Tensor step = PruningSaliency.surgeonStep(loss, k, 0);
            assertThat(loss.parameters().at(k) + step.at(k)).isCloseTo(0, Offset.offset(1e-15));
            assertThat(loss.lossAt(step) - best).isCloseTo(surgeon.at(k), Offset.offset(1e-13));
            assertThat(surgeon.at(k)).isLessThanOrEqualTo(damage.at(k) + 1e-15);
        }
    }

    @Test
    void theLeastSalientWeightOfATrainedNetworkCostsLeast() {
        Network network = network(2, 1);
        Tensor inputs = RandomStream.seeded(65).gaussian(ElementType.FLOAT64, 0, 1, 40, 3);
        Tensor noise = RandomStream.seeded(66).gaussian(ElementType.FLOAT64, 0, 0.1, 40, 1);
        // The third input says nothing.
        Tensor targets = inputs.linear(Tensor.of(new double[]{1.2, -0.4, 0}, 1, 3), Tensor.of(new double[]{0.3}))
                .tanh().plus(noise);
        Batch batch = new Batch(inputs, targets);
        double damping = 1;
        for (int i = 0; i < 200; i++) {
            LossHessian loss = new LossHessian(network, new HalfSquaredError(), batch);
            Tensor step = newton(loss, damping + Math.max(0, -loss.hessian().eigenvalues()[0]));
            if (loss.lossAt(step) < loss.hessian().expansion(step).constant()) {
                take(step, loss, network);
                damping = Math.max(1e-6, damping / 3);
            } else {
                damping *= 3;
            }
        }
        LossHessian loss = new LossHessian(network, new HalfSquaredError(), batch);
        assertThat(loss.hessian().gradient().euclideanNorm()).isLessThan(1e-6);
        double best = loss.lossAt(Tensor.zeros(ElementType.FLOAT64, loss.hessian().size()));
        double[] saliency = PruningSaliency.brainDamage(loss).toDoubles();
        double[] costs = new double[saliency.length];
        int least = 0;
        for (int k = 0; k < costs.length; k++) {
            double[] removal = new double[costs.length];
            removal[k] = -loss.parameters().at(k);
            costs[k] = loss.lossAt(Tensor.of(removal)) - best;
            least = saliency[k] < saliency[least] ? k : least;
        }
        assertThat(costs[least]).isEqualTo(Arrays.stream(costs).min().orElseThrow());
        assertThat(costs[least]).isCloseTo(saliency[least], Offset.offset(0.2 * saliency[least]));
    }

    @Test
    void errorBarsOfALineAreThoseOfBayesianRegression() {
        double noise = 0.25;
        double precision = 0.7;
        Network network = network(1);
        fittedLine(network);
        Loss likelihood = (outputs, targets) -> new HalfSquaredError().of(outputs, targets).times(1 / noise);
        LaplaceErrorBars bars = new LaplaceErrorBars(network, likelihood, LINE, precision);
        // C = (X'X / noise + precision)^-1 with a column of ones for the bias
        double[][] information = new double[4][4];
        for (int s = 0; s < 7; s++) {
            double[] x = {INPUTS.at(s, 0), INPUTS.at(s, 1), INPUTS.at(s, 2), 1};
            for (int i = 0; i < 4; i++) {
                for (int j = 0; j < 4; j++) {
                    information[i][j] += x[i] * x[j] / noise;
                }
            }
        }
        for (int i = 0; i < 4; i++) {
            information[i][i] += precision;
        }
        Tensor whole = Tensor.of(Arrays.stream(information).flatMapToDouble(Arrays::stream).toArray(), 4, 4)
                .matmul(bars.covariance());
        assertThat(whole.toDoubles()).containsExactly(new double[]{1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1},
                Offset.offset(1e-12));
        Tensor x = Tensor.of(new double[]{0.5, -1, 2}, 1, 3);
        Tensor g = Tensor.of(new double[]{0.5, -1, 2, 1}, 1, 4);
        double variance = g.matmul(bars.covariance()).matmulTransposed(g).item();
        assertThat(bars.standardDeviations(x).item()).isCloseTo(Math.sqrt(variance), Offset.offset(1e-14));
        // wider and wider away from the data
        double before = 0;
        for (double distance : new double[]{1, 3, 9}) {
            double here = bars.standardDeviations(x.times(distance)).item();
            assertThat(here).isGreaterThan(before);
            before = here;
        }
        assertThatThrownBy(() -> new LaplaceErrorBars(network, likelihood, LINE, -1))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("precision (=-1.0)");
    }
}

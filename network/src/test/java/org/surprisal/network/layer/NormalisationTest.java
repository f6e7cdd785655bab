package org.surprisal.network.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.surprisal.network.Buffer;
import org.surprisal.network.Layer;
import org.surprisal.network.Network;
import org.surprisal.network.Observation;
import org.surprisal.network.Parameter;
import org.surprisal.network.Pass;
import org.surprisal.network.PyTorchFixture;
import org.surprisal.network.probe.Probe;
import org.surprisal.network.training.TrainingListener;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.GradientCheck;
import org.surprisal.tensor.Gradients;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

/// Batch normalisation and dropout: what they do in training, and that they do nothing of it in evaluation.
class NormalisationTest {
    private static Tensor formula(ElementType type, int a, int b, int m, double scale, int... shape) {
        return PyTorchFixture.tensor(type, i -> ((a * i + b) % m - m / 2) / scale, shape);
    }

    private static Tensor upstream(Tensor y) {
        return formula(y.type(), 11, 5, 23, 8, y.shape().lengths());
    }

    private static BatchNormalisation layer(ElementType type, int features) {
        return new BatchNormalisation(Parameter.of("gamma", formula(type, 3, 1, 7, 8, features).plus(1)),
                Parameter.of("beta", formula(type, 2, 1, 5, 4, features)),
                new Buffer("running-mean", Tensor.zeros(type, features)),
                new Buffer("running-variance", Tensor.full(type, 1, features)), 0.1, 1e-5);
    }

    private static Pass training() {
        return Pass.training(RandomStream.seeded(1));
    }

    /// A batch of 1 and 3 has mean 2 and unbiased variance 2, of which a quarter goes into the running averages.
    @Test
    void momentumIsTheShareOfTheBatchAndEpsilonIsAddedToTheVariance() {
        BatchNormalisation layer = BatchNormalisation.start(ElementType.FLOAT64, 1, 0.25, 0.75);
        layer.forward(Tensor.of(new double[]{1, 3}, 2, 1), training());
        assertThat(layer.runningMean().value().toDoubles()).containsExactly(0.25 * 2);
        assertThat(layer.runningVariance().value().toDoubles()).containsExactly(0.75 + 0.25 * 2);
        double output = new Network(layer).evaluate(Tensor.of(new double[]{5}, 1, 1)).item();
        assertThat(output).isCloseTo((5 - 0.5) / Math.sqrt(1.25 + 0.75), Offset.offset(1e-15));
    }

    /// Recorded by a script that gives torch.nn.BatchNorm1d or 2d the same gamma and beta, runs two batches through it
    /// in training and a third in evaluation, and takes the gradients of the output weighted by [#upstream].
    @ParameterizedTest
    @EnumSource(ElementType.class)
    void trainingAndEvaluationArePyTorchs(ElementType type) throws Exception {
        PyTorchFixture fixture = new PyTorchFixture("layers.txt");
        Map<String, int[]> shapes = Map.of("batch-norm-1d", new int[]{5, 3}, "batch-norm-2d",
                new int[]{2, 3, 4, 2});
        for (Map.Entry<String, int[]> shape : shapes.entrySet()) {
            BatchNormalisation layer = layer(type, 3);
            for (int step = 1; step <= 2; step++) {
                String name = shape.getKey() + "-" + step;
                compare(fixture, name, layer, formula(type, 7, 3 + step, 25, 8, shape.getValue()), training());
                fixture.compare(name, "running-mean", layer.runningMean().value());
                fixture.compare(name, "running-variance", layer.runningVariance().value());
            }
            compare(fixture, shape.getKey() + "-evaluated", layer, formula(type, 7, 3, 25, 8, shape.getValue()),
                    Pass.evaluation());
            fixture.compare(shape.getKey() + "-2", "running-mean", layer.runningMean().value());
        }
    }

    private static void compare(PyTorchFixture fixture, String name, BatchNormalisation layer, Tensor input,
            Pass pass) {
        Tensor x = input.tracked();
        Tensor y = layer.forward(x, pass);
        List<Tensor> gradients = Gradients.of(y.times(upstream(y)).sum(), x, layer.gamma().value(),
                layer.beta().value());
        fixture.compare(name, "value", y);
        fixture.compare(name, "input", gradients.get(0));
        fixture.compare(name, "gamma", gradients.get(1));
        fixture.compare(name, "beta", gradients.get(2));
    }

    @ParameterizedTest
    @CsvSource({"5 3, true", "2 3 4 2, true", "5 3, false", "2 3 4 2, false"})
    void gradientsAgreeWithDifferences(String lengths, boolean trains) {
        int[] shape = Arrays.stream(lengths.split(" ", -1)).mapToInt(Integer::parseInt).toArray();
        BatchNormalisation layer = layer(ElementType.FLOAT64, 3);
        // A third power, so that second derivatives do not vanish.
        Function<List<Tensor>, Tensor> f = v -> {
            Tensor y = new BatchNormalisation(variable(v.get(1)), variable(v.get(2)), fresh(0), fresh(1), 0.1, 1e-5)
                    .forward(v.getFirst(), trains ? training() : Pass.evaluation());
            return y.square().times(y).times(upstream(y)).sum();
        };
        Tensor x = RandomStream.seeded(4).gaussian(ElementType.FLOAT64, 0.5, 2, shape);
        List<Tensor> inputs = List.of(x, layer.gamma().value().detached(), layer.beta().value().detached());
        assertThat(GradientCheck.firstOrder(f, inputs)).isLessThan(1e-8);
        assertThat(GradientCheck.secondOrder(f, inputs)).isLessThan(1e-8);
    }

    private static Parameter variable(Tensor value) {
        return value.isTracked() ? new Parameter("p", value) : Parameter.of("p", value);
    }

    private static Buffer fresh(double value) {
        return new Buffer("running", Tensor.full(ElementType.FLOAT64, value, 3));
    }

    /// Lecture notes, annex 8.1, Eqs 14 and 15: dL/da = gamma / sqrt(sigma^2 + eps) (dL/da~ - dL/dbeta / m - a^
    /// dL/dgamma / m), with sums for dL/dgamma and dL/dbeta where the notes have means.
    @Test
    void theBackwardPassIsTheNotes() {
        BatchNormalisation layer = layer(ElementType.FLOAT64, 3);
        Tensor x = RandomStream.seeded(4).gaussian(ElementType.FLOAT64, 0.5, 2, 7, 3).tracked();
        Tensor y = layer.forward(x, training());
        Tensor out = upstream(y);
        List<Tensor> gradients = Gradients.of(y.times(out).sum(), x, layer.gamma().value(), layer.beta().value());
        for (int k = 0; k < 3; k++) {
            double mean = 0;
            for (int i = 0; i < 7; i++) {
                mean += x.at(i, k) / 7;
            }
            double variance = 0;
            for (int i = 0; i < 7; i++) {
                variance += (x.at(i, k) - mean) * (x.at(i, k) - mean) / 7;
            }
            double toGamma = 0;
            double toBeta = 0;
            for (int i = 0; i < 7; i++) {
                toGamma += out.at(i, k) * (x.at(i, k) - mean) / Math.sqrt(variance + 1e-5) / 7;
                toBeta += out.at(i, k) / 7;
            }
            assertThat(gradients.get(1).at(k)).isCloseTo(7 * toGamma, Offset.offset(1e-12));
            assertThat(gradients.get(2).at(k)).isCloseTo(7 * toBeta, Offset.offset(1e-12));
            for (int i = 0; i < 7; i++) {
                double normalised = (x.at(i, k) - mean) / Math.sqrt(variance + 1e-5);
                assertThat(gradients.getFirst().at(i, k))
                        .isCloseTo(layer.gamma().value().at(k) / Math.sqrt(variance + 1e-5)
                                * (out.at(i, k) - toBeta - normalised * toGamma), Offset.offset(1e-12));
            }
        }
    }

    /// Lecture notes, 5.25 to 5.27: mean 0 and variance 1 come out, gamma = sigma and beta = mu give the input back,
    /// and the bias of the layer before makes no difference.
    @Test
    void whatNormalisationDoesToABatch() {
        Tensor x = RandomStream.seeded(4).gaussian(ElementType.FLOAT64, 3, 2, 1000, 2);
        BatchNormalisation plain = BatchNormalisation.start(ElementType.FLOAT64, 2);
        Tensor y = plain.forward(x, training());
        for (int k = 0; k < 2; k++) {
            Tensor column = y.slice(1, k, k + 1);
            assertThat(column.mean().item()).isCloseTo(0, Offset.offset(1e-12));
            assertThat(column.square().mean().item()).isCloseTo(1, Offset.offset(1e-5));
        }
        Tensor shifted = plain.forward(x.plus(Tensor.of(new double[]{100, -7})), training());
        assertThat(shifted.minus(y).euclideanNorm()).isLessThan(1e-9);
        Tensor mean = x.sum(0).times(1e-3);
        Tensor deviation = x.minus(mean).square().sum(0).times(1e-3).plus(1e-5).sqrt();
        BatchNormalisation inverse = new BatchNormalisation(Parameter.of("gamma", deviation),
                Parameter.of("beta", mean), plain.runningMean(), plain.runningVariance(), 0.1, 1e-5);
        assertThat(inverse.forward(x, training()).minus(x).euclideanNorm()).isLessThan(1e-10);
    }

    @Test
    void inEvaluationNothingIsDrawnAndNothingMoves() {
        Map<String, Layer> parts = new LinkedHashMap<>();
        parts.put("norm", BatchNormalisation.start(ElementType.FLOAT64, 4));
        parts.put("dropout", new Dropout(0.5));
        Network network = new Network(new Sequential(parts));
        Tensor x = RandomStream.seeded(4).gaussian(ElementType.FLOAT64, 3, 2, 10, 4);
        Tensor trained = network.forwardInTraining(x, RandomStream.seeded(1));
        assertThat(trained.toDoubles()).contains(0.0);
        List<double[]> before = network.state().values().stream().map(Tensor::toDoubles).toList();
        Tensor first = network.forward(x);
        Tensor second = network.evaluate(x);
        assertThat(second.toDoubles()).isEqualTo(first.toDoubles()).doesNotContain(0.0);
        // Frozen: what comes out for a sample does not depend on the others.
        assertThat(network.evaluate(x.rows(3)).toDoubles()).isEqualTo(first.rows(3).toDoubles());
        List<double[]> after = network.state().values().stream().map(Tensor::toDoubles).toList();
        for (int i = 0; i < before.size(); i++) {
            assertThat(after.get(i)).isEqualTo(before.get(i));
        }
        assertThat(network.state().keySet()).containsExactly("norm.gamma", "norm.beta", "norm.running-mean",
                "norm.running-variance");
        assertThatThrownBy(() -> Pass.evaluation().draw()).isInstanceOf(IllegalStateException.class);
    }

    /// Srivastava et al. 2014: a share p is dropped, and the mean is kept; the gradient passes where the number did.
    @Test
    void dropoutKeepsTheMeanAndTheSameSeedDropsTheSame() {
        Dropout dropout = new Dropout(0.2);
        Tensor x = Tensor.full(ElementType.FLOAT32, 2, 100, 1000).tracked();
        Tensor y = dropout.forward(x, Pass.training(RandomStream.seeded(5)));
        double dropped = Arrays.stream(y.toDoubles()).filter(v -> v == 0).count() / 1e5;
        // Four standard errors of a share of 0.2 in 100,000.
        assertThat(dropped).isCloseTo(0.2, Offset.offset(4 * Math.sqrt(0.16 / 1e5)));
        assertThat(y.mean().item()).isCloseTo(2, Offset.offset(4 * 2.5 * Math.sqrt(0.16 / 1e5)));
        assertThat(Gradients.of(y.sum(), x).getFirst().times(2).minus(y).euclideanNorm()).isLessThan(1e-3);
        assertThat(dropout.forward(x, Pass.training(RandomStream.seeded(5))).toDoubles()).isEqualTo(y.toDoubles());
        Pass pass = Pass.training(RandomStream.seeded(5));
        Tensor one = dropout.forward(x, pass);
        assertThat(dropout.forward(x, pass).toDoubles()).isNotEqualTo(one.toDoubles());
        assertThatThrownBy(() -> new Dropout(1)).hasMessage("probability (=1.0) must be at least 0 and below 1");
    }

    /// A listener must not change what is drawn.
    @Test
    void probesDoNotShiftDropout() {
        Map<String, Layer> parts = new LinkedHashMap<>();
        parts.put("first", new Dropout(0.5));
        parts.put("second", new Dropout(0.5));
        Network network = new Network(new Sequential(parts));
        Tensor x = Tensor.full(ElementType.FLOAT32, 1, 8, 8);
        Tensor unheard = network.forwardInTraining(x, RandomStream.seeded(3));
        Probe.of(network, List.of("second")).observe(x);
        List<Map<String, Observation>> heard = new ArrayList<>();
        TrainingListener listener = Probe.of(network, List.of("first", "second")).eachStep(1,
                (epoch, step, seen) -> heard.add(seen));
        listener.beforeStep(1);
        assertThat(network.forwardInTraining(x, RandomStream.seeded(3)).toDoubles()).isEqualTo(unheard.toDoubles());
        listener.onGradients(1, 1, List.of());
        assertThat(heard).singleElement().satisfies(seen -> assertThat(
                Objects.requireNonNull(seen.get("second")).output().toDoubles()).isEqualTo(unheard.toDoubles()));
    }

    @Test
    void whatDoesNotFitIsNamed() {
        BatchNormalisation layer = BatchNormalisation.start(ElementType.FLOAT32, 3);
        assertThatThrownBy(() -> layer.forward(Tensor.zeros(ElementType.FLOAT32, 1, 3), training()))
                .hasMessage(
                        "batch normalisation in training needs 2 numbers or more of each feature, and shape (1, 3)"
                                + " has 1:"
                                + " choose a batch size that leaves no last batch of 1");
        assertThatThrownBy(() -> layer.forward(Tensor.zeros(ElementType.FLOAT32, 5, 4), training()))
                .hasMessage(
                        "batch normalisation of 3 features needs shape (n, 3) or (n, 3, height, width), not (5, 4)");
    }
}

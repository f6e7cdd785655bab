package org.surprisal.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A whole pass against the same network of recorded operations, against its error bound, and against differences.
class NarrowPerceptronTest {
    private static Tensor softStep(Tensor x) {
        return x.times(x.normalCdf());
    }

    private static Tensor random(String label, double deviation, int... lengths) {
        return RandomStream.seeded(3).child(label).gaussian(ElementType.FLOAT32, 0, deviation, lengths);
    }

    private static List<NarrowPerceptron.Level> levels(int inputs, List<Integer> widths,
            UnaryOperator<Tensor> activation, boolean biases) {
        List<NarrowPerceptron.Level> levels = new ArrayList<>();
        int in = inputs;
        for (int l = 0; l < widths.size(); l++) {
            int units = widths.get(l);
            Optional<Tensor> bias = Optional.of(random("bias" + l, 0.3, units).tracked());
            levels.add(new NarrowPerceptron.Level(random("weight" + l, Math.sqrt(1.5 / in), units, in).tracked(),
                    bias.filter(some -> biases),
                    Optional.of(activation).filter(some -> levels.size() + 1 < widths.size())));
            in = units;
        }
        return levels;
    }

    private static List<Tensor> parameters(List<NarrowPerceptron.Level> levels) {
        return levels.stream().flatMap(level -> Stream.concat(Stream.of(level.weight()), level.bias().stream()))
                .toList();
    }

    /// The same of recorded operations, in float64.
    private static Tensor outputs(List<NarrowPerceptron.Level> levels, Tensor samples, List<Tensor> parameters) {
        Tensor x = samples.to(ElementType.FLOAT64);
        int at = 0;
        for (NarrowPerceptron.Level level : levels) {
            x = x.matmulTransposed(parameters.get(at++));
            x = level.bias().isPresent() ? x.plus(parameters.get(at++)) : x;
            x = level.activation().isPresent() ? level.activation().get().apply(x) : x;
        }
        return x;
    }

    private static int[] classes(int samples, int units) {
        RandomStream stream = RandomStream.seeded(5);
        int[] classes = new int[samples];
        for (int s = 0; s < samples; s++) {
            classes[s] = stream.nextInt(units);
        }
        return classes;
    }

    record Case(int inputs, List<Integer> widths, UnaryOperator<Tensor> activation, boolean biases, int samples) {}

    static Stream<Case> cases() {
        return Stream.of(new Case(12, List.of(10, 7, 5, 4, 3, 2), ActivationKernel.TANH, true, 256),
                new Case(12, List.of(10, 7, 5, 4, 3, 2), ActivationKernel.TANH, true, 33),
                new Case(1, List.of(1), ActivationKernel.TANH, true, 1),
                new Case(64, List.of(64, 64, 10), ActivationKernel.SIGMOID, true, 100),
                new Case(3, List.of(61, 5), ActivationKernel.RELU, false, 31),
                new Case(784, List.of(30, 10), ActivationKernel.SIGMOID, true, 10),
                new Case(200, List.of(1), ActivationKernel.TANH, true, 150),
                new Case(65, List.of(6, 2), ActivationKernel.RELU, false, 70),
                new Case(784, List.of(1), ActivationKernel.TANH, true, 1500),
                new Case(70, List.of(3, 2), NarrowPerceptronTest::softStep, true, 200),
                new Case(5, List.of(6, 3), NarrowPerceptronTest::softStep, true, 40),
                new Case(2, List.of(3, 3), NarrowPerceptronTest::softStep, false, 32));
    }

    /// Each number is a sum of paths, each rounded at most as often as a path has operations; a first-order bound
    /// takes every path by its size. It leaves out what a rounded pre-activation changes in the derivative: up to once
    /// more, since no derivative here changes faster than its argument.
    @ParameterizedTest
    @MethodSource("cases")
    void crossEntropyAgreesWithRecordedOperationsWithinRounding(Case c) {
        List<NarrowPerceptron.Level> levels = levels(c.inputs, c.widths, c.activation, c.biases);
        Tensor samples = random("samples", 1, c.samples, c.inputs);
        int[] classes = classes(c.samples, c.widths.getLast());
        NarrowPerceptron perceptron = new NarrowPerceptron(levels);
        NarrowPerceptron.Pass pass = perceptron.crossEntropy(samples, classes);
        List<Tensor> parameters = parameters(levels).stream().map(p -> p.to(ElementType.FLOAT64).tracked()).toList();
        Tensor outputs = outputs(levels, samples, parameters);
        Tensor loss = outputs.logSoftmax().pick(classes).mean().negate();
        List<Tensor> gradients = Gradients.of(loss, parameters);
        int terms = c.inputs + 2 * c.widths.stream().mapToInt(Integer::intValue).sum() + c.samples / 16;
        double rounding = 2 * (terms + 20 * c.widths.size()) * 0x1p-24;
        double largest = gradients.stream().mapToDouble(Tensor::euclideanNorm).max().orElseThrow();
        assertThat(pass.loss()).isCloseTo(loss.item(), within(rounding * Math.max(1, loss.item())));
        assertThat(perceptron.outputs().toDoubles()).usingComparatorWithPrecision(rounding * outputs.euclideanNorm())
                .containsExactly(outputs.toDoubles());
        assertThat(pass.gradients()).hasSameSizeAs(gradients);
        for (int i = 0; i < gradients.size(); i++) {
            assertThat(pass.gradients().get(i).shape()).isEqualTo(parameters.get(i).shape());
            assertThat(pass.gradients().get(i).toDoubles()).usingComparatorWithPrecision(rounding * largest)
                    .containsExactly(gradients.get(i).toDoubles());
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void binaryCrossEntropyAgreesWithRecordedOperationsWithinRounding(Case c) {
        List<NarrowPerceptron.Level> levels = levels(c.inputs, c.widths, c.activation, c.biases);
        Tensor samples = random("samples", 1, c.samples, c.inputs);
        Tensor probabilities = random("targets", 1, c.samples, c.widths.getLast()).sigmoid();
        NarrowPerceptron perceptron = new NarrowPerceptron(levels);
        NarrowPerceptron.Pass pass = perceptron.binaryCrossEntropy(samples, probabilities);
        List<Tensor> parameters = parameters(levels).stream().map(p -> p.to(ElementType.FLOAT64).tracked()).toList();
        Tensor outputs = outputs(levels, samples, parameters);
        Tensor yes = probabilities.to(ElementType.FLOAT64);
        Tensor loss = yes.times(outputs.negate().softplus()).plus(yes.affine(-1, 1).times(outputs.softplus())).mean();
        List<Tensor> gradients = Gradients.of(loss, parameters);
        assertThat(pass.loss()).isCloseTo(loss.item(), within(2e-6 * loss.item()));
        assertThat(perceptron.outputs().toDoubles())
                .usingComparatorWithPrecision(1e-5 * Math.max(1, outputs.euclideanNorm()))
                .containsExactly(outputs.toDoubles());
        for (int i = 0; i < gradients.size(); i++) {
            assertThat(pass.gradients().get(i).toDoubles())
                    .usingComparatorWithPrecision(1e-5 * gradients.get(i).euclideanNorm())
                    .containsExactly(gradients.get(i).toDoubles());
        }
    }

    /// Groups of blocks are shared out, and their sums are added in one order.
    @Test
    void threadsChangeNoBitOfManySamples() {
        List<NarrowPerceptron.Level> levels = levels(784, List.of(1), ActivationKernel.TANH, true);
        Tensor samples = random("samples", 1, 3001, 784);
        Tensor probabilities = random("targets", 1, 3001, 1).sigmoid();
        List<List<Object>> runs = Stream.of(1, 2, 4).map(threads -> Processors.within(threads, () -> {
            NarrowPerceptron perceptron = new NarrowPerceptron(levels);
            NarrowPerceptron.Pass pass = perceptron.binaryCrossEntropy(samples, probabilities);
            return List.<Object>of(pass.loss(), pass.gradients().get(0).toFloats(), pass.gradients().get(1).toFloats(),
                    perceptron.outputs().toFloats());
        })).toList();
        for (int i = 0; i < 4; i++) {
            assertThat(runs.get(1).get(i)).isEqualTo(runs.get(0).get(i));
            assertThat(runs.get(2).get(i)).isEqualTo(runs.get(0).get(i));
        }
    }

    /// Gradients of a mean over all samples are the weighted means of those over parts.
    @Test
    void manySamplesGiveTheMeanOfTheirParts() {
        List<NarrowPerceptron.Level> levels = levels(100, List.of(3, 2), ActivationKernel.TANH, true);
        Tensor samples = random("samples", 1, 130, 100);
        int[] classes = classes(130, 2);
        NarrowPerceptron perceptron = new NarrowPerceptron(levels);
        List<double[]> whole = perceptron.crossEntropy(samples, classes).gradients().stream().map(Tensor::toDoubles)
                .toList();
        assertThat(perceptron.right(perceptron.outputs().argmaxRows())).isEqualTo(130);
        List<double[]> parts = whole.stream().map(each -> new double[each.length]).toList();
        for (int first = 0; first < 130; first += 50) {
            int end = Math.min(first + 50, 130);
            NarrowPerceptron.Pass pass = perceptron.crossEntropy(samples.slice(0, first, end),
                    Arrays.copyOfRange(classes, first, end));
            for (int i = 0; i < parts.size(); i++) {
                double[] gradient = pass.gradients().get(i).toDoubles();
                for (int j = 0; j < gradient.length; j++) {
                    parts.get(i)[j] += gradient[j] * (end - first) / 130;
                }
            }
        }
        for (int i = 0; i < parts.size(); i++) {
            assertThat(whole.get(i)).usingComparatorWithPrecision(1e-6).containsExactly(parts.get(i));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void anyLossAgreesWithRecordedOperationsWithinRounding(Case c) {
        List<NarrowPerceptron.Level> levels = levels(c.inputs, c.widths, c.activation, c.biases);
        Tensor samples = random("samples", 1, c.samples, c.inputs);
        Tensor targets = random("targets", 1, c.samples, c.widths.getLast());
        NarrowPerceptron.Pass pass = new NarrowPerceptron(levels)
                .loss(samples, outputs -> outputs.minus(targets).square().mean()).orElseThrow();
        List<Tensor> parameters = parameters(levels).stream().map(p -> p.to(ElementType.FLOAT64).tracked()).toList();
        Tensor loss = outputs(levels, samples, parameters).minus(targets.to(ElementType.FLOAT64)).square().mean();
        List<Tensor> gradients = Gradients.of(loss, parameters);
        assertThat(pass.loss()).isCloseTo(loss.item(), within(2e-6 * loss.item()));
        for (int i = 0; i < gradients.size(); i++) {
            assertThat(pass.gradients().get(i).toDoubles())
                    .usingComparatorWithPrecision(1e-5 * gradients.get(i).euclideanNorm())
                    .containsExactly(gradients.get(i).toDoubles());
        }
    }

    /// Along the gradient the loss rises by the gradient's squared norm; a step of 0.01 leaves an error of its square.
    @Test
    void lossRisesAlongTheGradientAsTheGradientSays() {
        List<NarrowPerceptron.Level> levels = levels(12, List.of(10, 7, 5, 4, 3, 2), ActivationKernel.TANH, true);
        Tensor samples = random("samples", 1, 200, 12);
        int[] classes = classes(200, 2);
        NarrowPerceptron perceptron = new NarrowPerceptron(levels);
        List<Tensor> gradients = perceptron.crossEntropy(samples, classes).gradients().stream()
                .map(g -> g.tracked().detached()).toList();
        double squared = gradients.stream().mapToDouble(g -> g.euclideanNorm() * g.euclideanNorm()).sum();
        double step = 0.01 / Math.sqrt(squared);
        List<Double> losses = new ArrayList<>();
        for (double move : new double[]{step, -2 * step}) {
            List<Tensor> parameters = parameters(levels);
            for (int i = 0; i < parameters.size(); i++) {
                InPlace.blend(parameters.get(i), move, gradients.get(i), 1);
            }
            losses.add(perceptron.crossEntropy(samples, classes).loss());
        }
        assertThat((losses.get(0) - losses.get(1)) / (2 * step)).isCloseTo(squared, within(1e-3 * squared));
    }

    /// Rows of samples and columns of the weight are shared out, and no sum is.
    @Test
    void threadsChangeNoBitOfAWideFirstLevel() {
        List<NarrowPerceptron.Level> levels = levels(784, List.of(9, 2), ActivationKernel.TANH, true);
        Tensor samples = random("samples", 1, 700, 784);
        int[] classes = classes(700, 2);
        List<List<float[]>> runs = Stream.of(1, 2, 4).map(threads -> Processors.within(threads,
                () -> new NarrowPerceptron(levels).crossEntropy(samples, classes).gradients().stream()
                        .map(Tensor::toFloats).toList()))
                .toList();
        for (int i = 0; i < 4; i++) {
            assertThat(runs.get(1).get(i)).isEqualTo(runs.get(0).get(i));
            assertThat(runs.get(2).get(i)).isEqualTo(runs.get(0).get(i));
        }
    }

    @Test
    void aPassAfterALargerOneIsItsOwn() {
        List<NarrowPerceptron.Level> levels = levels(5, List.of(4, 3), ActivationKernel.SIGMOID, true);
        NarrowPerceptron used = new NarrowPerceptron(levels);
        used.crossEntropy(random("many", 1, 300, 5), classes(300, 3));
        Tensor samples = random("few", 1, 7, 5);
        NarrowPerceptron.Pass pass = used.crossEntropy(samples, classes(7, 3));
        NarrowPerceptron unused = new NarrowPerceptron(levels);
        NarrowPerceptron.Pass fresh = unused.crossEntropy(samples, classes(7, 3));
        assertThat(pass.loss()).isEqualTo(fresh.loss());
        assertThat(used.outputs().toFloats()).isEqualTo(unused.outputs().toFloats());
        for (int i = 0; i < 4; i++) {
            assertThat(pass.gradients().get(i).toFloats()).isEqualTo(fresh.gradients().get(i).toFloats());
        }
    }

    @Test
    void aClassIsRightWhereItsOutputIsTheFirstOfTheLargest() {
        Tensor unit = Tensor.of(new float[]{1, 0, 0, 0, 1, 0, 0, 0, 1}, 3, 3);
        NarrowPerceptron perceptron = new NarrowPerceptron(
                List.of(new NarrowPerceptron.Level(unit, Optional.empty(), Optional.empty())));
        Tensor samples = Tensor.of(new float[]{1, 2, 3, 5, 5, 1, 1, 4, 4, 0, 0, 0}, 4, 3);
        int[] largest = samples.argmaxRows();
        perceptron.crossEntropy(samples, largest);
        assertThat(largest).containsExactly(2, 0, 1, 0);
        assertThat(perceptron.right(largest)).isEqualTo(4);
        assertThat(perceptron.right(1, 1, 2, 0)).isEqualTo(1);
    }

    /// Behind seven samples lie 25 that are none; their activations overflow.
    @Test
    void whatIsNoSampleDoesNotReachTheGradients() {
        Tensor weight = Tensor.full(ElementType.FLOAT32, -1e38, 1, 1).tracked();
        Tensor bias = Tensor.full(ElementType.FLOAT32, 2e38, 1).tracked();
        NarrowPerceptron perceptron = new NarrowPerceptron(
                List.of(new NarrowPerceptron.Level(weight, Optional.of(bias), Optional.of(x -> x.times(1e30)))));
        NarrowPerceptron.Pass pass = perceptron
                .loss(Tensor.full(ElementType.FLOAT32, 2, 7, 1), outputs -> outputs.sum().times(1e-30)).orElseThrow();
        assertThat(pass.gradients().getFirst().item()).isCloseTo(14, within(1e-5));
        assertThat(pass.gradients().getLast().item()).isCloseTo(7, within(1e-5));
    }

    @Test
    void lossOfOtherVariablesIsLeftToRecordedOperations() {
        List<NarrowPerceptron.Level> levels = levels(2, List.of(2), ActivationKernel.TANH, true);
        NarrowPerceptron perceptron = new NarrowPerceptron(levels);
        Tensor samples = random("samples", 1, 3, 2);
        Tensor weight = levels.getFirst().weight();
        assertThat(perceptron.loss(samples, outputs -> outputs.sum().plus(weight.square().sum()))).isEmpty();
        assertThat(perceptron.loss(samples, outputs -> outputs.detached().sum())).isEmpty();
        assertThat(perceptron.loss(samples, Tensor::sum)).isPresent();
    }

    @Test
    void onlyDenseFloat32RowsAreTaken() {
        NarrowPerceptron perceptron = new NarrowPerceptron(levels(2, List.of(2), ActivationKernel.TANH, true));
        Tensor samples = random("samples", 1, 3, 2);
        assertThat(perceptron.takes(samples)).isTrue();
        assertThat(perceptron.takes(samples.to(ElementType.FLOAT64))).isFalse();
        assertThat(perceptron.takes(samples.reshape(2, 3))).isFalse();
        assertThat(perceptron.takes(samples.reshape(3, 2, 1))).isFalse();
        assertThat(perceptron.takes(samples.slice(0, 0, 0))).isFalse();
        assertThat(perceptron.takes(samples.skippingZeros())).isFalse();
        assertThat(Tracking.off(() -> perceptron.takes(samples))).isFalse();
        assertThatThrownBy(() -> perceptron.crossEntropy(samples.reshape(2, 3), new int[2]))
                .hasMessage("dense samples, FLOAT32 (n, 2), are needed, not FLOAT32 (2, 3)");
    }

    @Test
    void wrongClassesAreRefused() {
        NarrowPerceptron perceptron = new NarrowPerceptron(levels(2, List.of(3), ActivationKernel.TANH, true));
        Tensor samples = random("samples", 1, 2, 2);
        assertThatThrownBy(() -> perceptron.crossEntropy(samples, new int[3]))
                .hasMessage("3 classes for 2 samples");
        assertThatThrownBy(() -> perceptron.crossEntropy(samples, 0, 3))
                .hasMessage("class 3 of sample 1 is not from 0 to 2");
    }

    @Test
    void wrongProbabilitiesAreRefused() {
        NarrowPerceptron perceptron = new NarrowPerceptron(levels(2, List.of(3), ActivationKernel.TANH, true));
        Tensor samples = random("samples", 1, 2, 2);
        assertThatThrownBy(() -> perceptron.binaryCrossEntropy(samples, Tensor.zeros(ElementType.FLOAT32, 2, 2)))
                .hasMessage("probabilities, FLOAT32 (2, 3), are needed, not FLOAT32 (2, 2)");
        assertThatThrownBy(() -> perceptron.binaryCrossEntropy(samples, Tensor.zeros(ElementType.FLOAT64, 2, 3)))
                .hasMessage("probabilities, FLOAT32 (2, 3), are needed, not FLOAT64 (2, 3)");
    }

    @Test
    void levelsThatDoNotFitAreRefused() {
        Tensor weight = Tensor.zeros(ElementType.FLOAT32, 3, 2);
        assertThatThrownBy(() -> new NarrowPerceptron.Level(Tensor.zeros(ElementType.FLOAT32, 65, 2),
                Optional.empty(), Optional.empty()))
                .hasMessage("weight FLOAT32 (65, 2) must be FLOAT32 (units, inputs), up to (64, 1024)");
        assertThatThrownBy(() -> new NarrowPerceptron.Level(Tensor.zeros(ElementType.FLOAT32, 3, 1025),
                Optional.empty(), Optional.empty()))
                .hasMessage("weight FLOAT32 (3, 1025) must be FLOAT32 (units, inputs), up to (64, 1024)");
        assertThatThrownBy(() -> new NarrowPerceptron.Level(weight.to(ElementType.FLOAT64), Optional.empty(),
                Optional.empty()))
                .hasMessage("weight FLOAT64 (3, 2) must be FLOAT32 (units, inputs), up to (64, 1024)");
        assertThatThrownBy(() -> new NarrowPerceptron.Level(weight,
                Optional.of(Tensor.zeros(ElementType.FLOAT32, 2)), Optional.empty()))
                .hasMessage("bias FLOAT32 (2) must be FLOAT32 (3), because the weight is (3, 2)");
        NarrowPerceptron.Level level = new NarrowPerceptron.Level(weight, Optional.empty(), Optional.empty());
        assertThatThrownBy(() -> new NarrowPerceptron(List.of(level, level))).hasMessage("a perceptron's levels, one"
                + " at least, have as many inputs as the level before has units; not so [(3, 2), (3, 2)]");
        assertThatThrownBy(() -> new NarrowPerceptron(List.of())).hasMessageEndingWith("not so []");
    }
}

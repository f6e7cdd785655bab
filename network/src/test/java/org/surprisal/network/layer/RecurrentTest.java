package org.surprisal.network.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.surprisal.network.Layer;
import org.surprisal.network.Network;
import org.surprisal.network.Parameter;
import org.surprisal.network.Pass;
import org.surprisal.network.PyTorchFixture;
import org.surprisal.network.initialisation.Initialisation;
import org.surprisal.network.initialisation.Orthogonal;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.Gradients;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Shape;
import org.surprisal.tensor.Tensor;

/// Recurrent levels against PyTorch and differences, and what happens at the ends of sequences.
class RecurrentTest {
    private static final int SAMPLES = 3;
    private static final int TIME = 4;
    private static final int FEATURES = 3;
    private static final int HIDDEN = 2;
    private static final int[] PADDED = {2, 4, 1};

    private static int gates(String kind) {
        return switch (kind) {
            case "lstm" -> 4;
            case "gru" -> 3;
            default -> 1;
        };
    }

    private static RecurrentCell cell(String kind, RecurrentWeights weights) {
        return switch (kind) {
            case "lstm" -> new LstmCell(weights);
            case "gru" -> new GruCell(weights);
            case "rnn-relu" -> new ElmanCell(weights, Activation.RELU);
            default -> new ElmanCell(weights, Activation.TANH);
        };
    }

    private static Tensor formula(ElementType type, int a, int b, int m, int shift, double scale, int... shape) {
        return PyTorchFixture.tensor(type, i -> ((a * i + b) % m - m / 2 + shift) / scale, shape);
    }

    private static RecurrentCell level(String kind, ElementType type, int level) {
        int rows = gates(kind) * HIDDEN;
        return cell(kind, RecurrentWeights.of(
                formula(type, 5, 2 + level, 19, 0, 16, rows, level == 0 ? FEATURES : HIDDEN),
                formula(type, 7, 4 + level, 17, 0, 16, rows, HIDDEN), formula(type, 3, 5 + level, 7, 2, 8, rows),
                formula(type, 4, 3 + level, 9, 2, 8, rows)));
    }

    /// 1 at each number of the first steps, else 0.
    private static Tensor within(ElementType type, int features, int... lengths) {
        return PyTorchFixture.tensor(type, i -> i / features % TIME < lengths[i / features / TIME] ? 1 : 0,
                lengths.length, TIME, features);
    }

    /// The second sample's second step is zeros, and no padding.
    private static Tensor sequences(ElementType type, int... lengths) {
        Tensor hole = PyTorchFixture.tensor(type, i -> i / FEATURES == TIME + 1 ? 0 : 1, SAMPLES, TIME, FEATURES);
        return formula(type, 7, 3, 25, 0, 8, SAMPLES, TIME, FEATURES).times(hole)
                .times(within(type, FEATURES, lengths));
    }

    private static Network network(String kind, ElementType type, int levels, boolean manyToOne) {
        Map<String, Layer> parts = new LinkedHashMap<>();
        for (int level = 0; level < levels; level++) {
            parts.put("level" + level, new Recurrent(level(kind, type, level)));
        }
        if (manyToOne) {
            parts.put("last", new LastStep());
        }
        return new Network(new Sequential(parts));
    }

    /// Recorded by a script that gives torch.nn.RNN (tanh and relu), LSTM and GRU of one and two levels, batch first,
    /// the numbers of the formulas here, and takes the output, for sequences of lengths 2, 4, 1 through
    /// pack_padded_sequence and pad_packed_sequence, and the last level's h_n; then the gradients of each, weighted by
    /// [DifferentiableLayers#upstream], by input and all parameters. It asserts that h_n is the output at the true end.
    @ParameterizedTest
    @CsvSource({"rnn-tanh, 1", "rnn-relu, 1", "lstm, 1", "gru, 1", "rnn-tanh, 2", "rnn-relu, 2", "lstm, 2", "gru, 2"})
    void outputsAndGradientsArePyTorchs(String kind, int levels) throws Exception {
        PyTorchFixture fixture = new PyTorchFixture("layer/recurrent.txt");
        for (ElementType type : ElementType.values()) {
            for (boolean padded : new boolean[]{false, true}) {
                for (boolean manyToOne : new boolean[]{false, true}) {
                    String name = kind + (levels > 1 ? "-stacked" : "") + (padded ? "-padded" : "")
                            + (manyToOne ? "-last" : "");
                    Network network = network(kind, type, levels, manyToOne);
                    Tensor x = (padded ? sequences(type, PADDED) : sequences(type, TIME, TIME, TIME)).tracked();
                    Tensor y = network.forward(x);
                    fixture.compare(name, "value", y);
                    List<Tensor> variables = new ArrayList<>(List.of(x));
                    network.parameters().forEach(parameter -> variables.add(parameter.value()));
                    List<Tensor> gradients = Gradients.of(y.times(DifferentiableLayers.upstream(y)).sum(), variables);
                    fixture.compare(name, "input", gradients.getFirst());
                    for (int i = 1; i < gradients.size(); i++) {
                        fixture.compare(name, network.parameters().get(i - 1).name(), gradients.get(i));
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"rnn-tanh, false", "rnn-relu, false", "lstm, false", "gru, false", "rnn-tanh, true", "rnn-relu, true",
            "lstm, true", "gru, true"})
    void gradientsAgreeWithDifferences(String kind, boolean padded) {
        // Padding stays padding when its variables move: they are multiplied by 0.
        ElementType type = ElementType.FLOAT64;
        Tensor mask = within(type, FEATURES, padded ? PADDED : new int[]{TIME, TIME, TIME});
        List<Tensor> variables = new ArrayList<>();
        variables.add(RandomStream.seeded(8).gaussian(type, 0, 1, SAMPLES, TIME, FEATURES));
        for (int level = 0; level < 2; level++) {
            level(kind, type, level).weights().parameters().forEach(p -> variables.add(p.value().detached()));
        }
        DifferentiableLayers.agreeWithDifferences(kind, v -> {
            Recurrent first = new Recurrent(cell(kind, weights(v.subList(1, 5))));
            Recurrent second = new Recurrent(cell(kind, weights(v.subList(5, 9))));
            Tensor below = first.forward(v.getFirst().times(mask), Pass.evaluation());
            Tensor all = second.forward(below, Pass.evaluation());
            Tensor last = new LastStep().forward(all, Pass.evaluation());
            return Tensor.concatenate(0, List.of(all.reshape(SAMPLES * TIME, HIDDEN), last));
        }, variables);
    }

    private static RecurrentWeights weights(List<Tensor> v) {
        return new RecurrentWeights(DifferentiableLayers.parameter("weight-input", v.get(0)),
                DifferentiableLayers.parameter("weight-hidden", v.get(1)),
                DifferentiableLayers.parameter("bias-input", v.get(2)),
                DifferentiableLayers.parameter("bias-hidden", v.get(3)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rnn-tanh", "rnn-relu", "lstm", "gru"})
    void everySequenceIsRunAsIfItWereAlone(String kind) {
        RecurrentCell cell = level(kind, ElementType.FLOAT64, 0);
        Tensor x = sequences(ElementType.FLOAT64, PADDED);
        Tensor y = new Recurrent(cell).forward(x, Pass.evaluation());
        assertThat(y.shape()).isEqualTo(Shape.of(SAMPLES, TIME, HIDDEN));
        for (int i = 0; i < SAMPLES; i++) {
            RecurrentCell.State state = cell.start(ElementType.FLOAT64, 1);
            for (int t = 0; t < TIME; t++) {
                if (t < PADDED[i]) {
                    Tensor step = x.rows(i).slice(1, t, t + 1).reshape(1, FEATURES);
                    state = cell.step(cell.project(step), state);
                }
                double[] expected = t < PADDED[i] ? state.output().toDoubles() : new double[HIDDEN];
                assertThat(y.rows(i).slice(1, t, t + 1).toDoubles()).containsExactly(expected, Offset.offset(1e-15));
            }
            assertThat(new LastStep().forward(y, Pass.evaluation()).rows(i).toDoubles())
                    .containsExactly(state.output().toDoubles(), Offset.offset(1e-15));
        }
    }

    /// Activations that have one operation for all steps, and one that has not.
    @ParameterizedTest
    @EnumSource(value = Activation.class, names = {"TANH", "RELU", "SIGMOID", "ERF"})
    void manySequencesAreRunAsIfTheyWereAlone(Activation activation) {
        int samples = 100; // three groups
        RecurrentCell cell = new ElmanCell(level("rnn-tanh", ElementType.FLOAT64, 0).weights(), activation);
        int[] lengths = IntStream.range(0, samples).map(i -> 1 + i * 7 % TIME).toArray();
        Tensor x = formula(ElementType.FLOAT64, 7, 3, 25, 0, 8, samples, TIME, FEATURES);
        Recurrent layer = new Recurrent(cell);
        Tensor y = layer.forward(x, SequenceLengths.of(lengths));
        List<Tensor> weights = cell.weights().parameters().stream().map(Parameter::value).toList();
        List<Tensor> gradients = Gradients.of(y.square().sum(), weights);
        List<Tensor> sums = new ArrayList<>(weights.stream().map(w -> w.times(0.0).detached()).toList());
        for (int i = 0; i < samples; i++) {
            RecurrentCell.State state = cell.start(ElementType.FLOAT64, 1);
            List<Tensor> alone = new ArrayList<>();
            for (int t = 0; t < lengths[i]; t++) {
                state = cell.step(cell.project(x.rows(i).slice(1, t, t + 1).reshape(1, FEATURES)), state);
                alone.add(state.output());
                assertThat(y.rows(i).slice(1, t, t + 1).toDoubles())
                        .containsExactly(state.output().toDoubles(), Offset.offset(1e-14));
            }
            List<Tensor> own = Gradients.of(Tensor.concatenate(0, alone).square().sum(), weights);
            for (int k = 0; k < sums.size(); k++) {
                sums.set(k, sums.get(k).plus(own.get(k)));
            }
        }
        for (int k = 0; k < sums.size(); k++) {
            assertThat(gradients.get(k).toDoubles()).containsExactly(sums.get(k).toDoubles(), Offset.offset(1e-10));
        }
    }

    @Test
    void statesTooWideForOneOperationComeOutTheSame() {
        Initialisation small = new Initialisation.Gaussian(0.5, 0.1);
        int units = 513;
        ElmanCell cell = ElmanCell.start(small, ElementType.FLOAT64, FEATURES, units, Activation.TANH,
                RandomStream.seeded(9));
        Tensor x = sequences(ElementType.FLOAT64, PADDED);
        // With a last unit that nobody hears, and without it.
        RecurrentWeights w = cell.weights();
        Tensor deaf = w.hidden().value().times(Tensor.concatenate(1,
                List.of(Tensor.full(ElementType.FLOAT64, 1, 1, units - 1), Tensor.zeros(ElementType.FLOAT64, 1, 1))));
        Tensor wide = new Recurrent(new ElmanCell(RecurrentWeights.of(w.input().value(), deaf, w.inputBias().value(),
                w.hiddenBias().value()), Activation.TANH)).forward(x, Pass.evaluation());
        Tensor narrow = new Recurrent(new ElmanCell(RecurrentWeights.of(w.input().value().slice(0, 0, units - 1),
                w.hidden().value().slice(0, 0, units - 1).slice(1, 0, units - 1),
                w.inputBias().value().slice(0, 0, units - 1), w.hiddenBias().value().slice(0, 0, units - 1)),
                Activation.TANH)).forward(x, Pass.evaluation());
        assertThat(wide.shape()).isEqualTo(Shape.of(SAMPLES, TIME, units));
        assertThat(narrow.toDoubles()).containsExactly(wide.slice(2, 0, units - 1).toDoubles(), Offset.offset(1e-13));
    }

    @Test
    void whatLiesBehindGivenLengthsDoesNotCount() {
        Recurrent layer = new Recurrent(level("gru", ElementType.FLOAT64, 0));
        Tensor full = sequences(ElementType.FLOAT64, TIME, TIME, TIME).tracked();
        SequenceLengths lengths = SequenceLengths.of(PADDED);
        Tensor y = layer.forward(full, lengths);
        assertThat(y.toDoubles())
                .isEqualTo(layer.forward(sequences(ElementType.FLOAT64, PADDED), Pass.evaluation()).toDoubles());
        assertThat(LastStep.of(y, lengths).toDoubles())
                .isEqualTo(new LastStep().forward(y, Pass.evaluation()).toDoubles());
        Tensor gradient = Gradients.of(y.sum(), full).getFirst();
        Tensor behind = within(ElementType.FLOAT64, FEATURES, PADDED).affine(-1, 1);
        assertThat(gradient.times(behind).euclideanNorm()).isZero();
        assertThat(gradient.euclideanNorm()).isPositive();
    }

    @Test
    void zerosThatAreNoPadding() {
        // One unit, h' = relu(x + h / 2): 1, then relu(-1 + 1/2) = 0 at the end.
        RecurrentCell cell = new ElmanCell(RecurrentWeights.of(Tensor.of(new double[]{1}, 1, 1),
                Tensor.of(new double[]{0.5}, 1, 1), Tensor.of(new double[]{0}), Tensor.of(new double[]{0})),
                Activation.RELU);
        Tensor states = new Recurrent(cell).forward(Tensor.of(new double[]{1, -1}, 1, 2, 1), Pass.evaluation());
        assertThat(states.toDoubles()).containsExactly(1, 0);
        assertThat(new LastStep().forward(states, Pass.evaluation()).item()).isEqualTo(1);
        assertThat(new LastStep(Padding.NONE).forward(states, Pass.evaluation()).item()).isZero();
        assertThat(LastStep.of(states, SequenceLengths.of(2)).item()).isZero();
        // The state outlives an input of zeros, if they are none: relu(0 + 1/2).
        Tensor dark = Tensor.of(new double[]{1, 0}, 1, 2, 1);
        assertThat(new Recurrent(cell).forward(dark, Pass.evaluation()).toDoubles()).containsExactly(1, 0);
        assertThat(new Recurrent(cell, Padding.NONE).forward(dark, Pass.evaluation()).toDoubles())
                .containsExactly(1, 0.5);
    }

    @Test
    void paddingOfSymbolsReachesTheEndOfTheNetwork() {
        RandomStream stream = RandomStream.seeded(3);
        Map<String, Layer> parts = new LinkedHashMap<>();
        parts.put("symbols", Embedding.start(ElementType.FLOAT64, 5, FEATURES, stream));
        parts.put("level0", new Recurrent(level("lstm", ElementType.FLOAT64, 0)));
        parts.put("level1", new Recurrent(level("gru", ElementType.FLOAT64, 1)));
        parts.put("last", new LastStep());
        Network network = new Network(new Sequential(parts));
        assertThat(network.modules()).containsExactly("symbols", "level0", "level1", "last");
        Tensor alone = network.evaluate(Tensor.of(new double[]{4, 0, 2}, 1, 3));
        Tensor padded = network.evaluate(Tensor.of(new double[]{4, 0, 2, -1, -1, 1, 1, 1, 1, 1}, 2, 5));
        assertThat(padded.rows(0).toDoubles()).containsExactly(alone.toDoubles(), Offset.offset(1e-15));
        assertThatThrownBy(() -> network.evaluate(Tensor.of(new double[]{4, 0, -1, -1}, 2, 2)))
                .hasMessageContaining("sample 1 of (2, 2, 3) has no time step");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rnn-tanh", "lstm"})
    void noSampleNoOutput(String kind) {
        Recurrent layer = new Recurrent(level(kind, ElementType.FLOAT32, 0));
        Tensor y = layer.forward(Tensor.zeros(ElementType.FLOAT32, 0, TIME, FEATURES), Pass.evaluation());
        assertThat(y.shape()).isEqualTo(Shape.of(0, TIME, HIDDEN));
        assertThat(new LastStep().forward(y, Pass.evaluation()).shape()).isEqualTo(Shape.of(0, HIDDEN));
    }

    @Test
    void wrongSequencesAreNamed() {
        Recurrent layer = new Recurrent(level("gru", ElementType.FLOAT64, 0));
        Tensor x = sequences(ElementType.FLOAT64, PADDED);
        assertThatThrownBy(() -> layer.forward(x.slice(2, 0, 2), Pass.evaluation()))
                .hasMessage("a recurrent layer of 3 features needs shape (n, time, 3), not (3, 4, 2)");
        assertThatThrownBy(() -> layer.forward(x.reshape(12, 3), Pass.evaluation())).hasMessageContaining("(12, 3)");
        assertThatThrownBy(() -> new LastStep().forward(x.reshape(12, 3), Pass.evaluation()))
                .hasMessage("sequences have shape (n, time, features), not (12, 3)");
        assertThatThrownBy(() -> layer.forward(x, SequenceLengths.of(1, 2)))
                .hasMessage("2 lengths for the 3 samples of (3, 4, 3)");
        assertThatThrownBy(() -> layer.forward(x, SequenceLengths.of(1, 5, 2)))
                .hasMessage("sample 1 is said to have 5 time steps, and (3, 4, 3) has 4");
        assertThatThrownBy(() -> SequenceLengths.of(1, 0))
                .hasMessage("sample 1 has 0 time steps; a sequence needs 1 at least");
        assertThatThrownBy(() -> new LastStep(Padding.NONE)
                .forward(Tensor.zeros(ElementType.FLOAT64, 2, 0, 3), Pass.evaluation()))
                .hasMessageContaining("sample 0 has 0 time steps");
    }

    @Test
    void wrongWeightsAreNamed() {
        RecurrentWeights four = level("lstm", ElementType.FLOAT64, 0).weights();
        assertThatThrownBy(() -> new GruCell(four))
                .hasMessage("weight (8, 2) has 4 blocks of 2 rows; a GRU cell needs 3");
        Tensor w = Tensor.zeros(ElementType.FLOAT64, 4, 2);
        Tensor b = Tensor.zeros(ElementType.FLOAT64, 4);
        assertThatThrownBy(() -> RecurrentWeights.of(w, w, b, Tensor.zeros(ElementType.FLOAT64, 2)))
                .hasMessageContaining("(4, 2) and (4, 2) and biases (4) and (2)");
        assertThatThrownBy(() -> RecurrentWeights.of(w, Tensor.zeros(ElementType.FLOAT64, 4, 3), b, b))
                .hasMessageContaining("(4, 3)");
        assertThatThrownBy(() -> LstmCell.start(Initialisation.zeros(), ElementType.FLOAT32, 0, 2,
                RandomStream.seeded(1))).hasMessageContaining("features (=0)");
        LstmCell lstm = new LstmCell(four);
        RecurrentCell.State other = level("gru", ElementType.FLOAT64, 0).start(ElementType.FLOAT64, 1);
        assertThatThrownBy(() -> lstm.step(Tensor.zeros(ElementType.FLOAT64, 1, 8), other))
                .hasMessageContaining("2 parts, output and memory, not 1");
    }

    @Test
    void eachGateStartsAsAWeightOfItsOwn() {
        GruCell cell = GruCell.start(new Orthogonal(1), ElementType.FLOAT64, 5, 3, RandomStream.seeded(4));
        for (Parameter weight : List.of(cell.weights().input(), cell.weights().hidden())) {
            List<double[]> blocks = IntStream.range(0, 3)
                    .mapToObj(gate -> weight.value().slice(0, gate * 3, gate * 3 + 3)).map(block -> {
                        assertThat(block.matmulTransposed(block).toDoubles()).containsExactly(
                                new double[]{1, 0, 0, 0, 1, 0, 0, 0, 1}, Offset.offset(1e-14));
                        return block.toDoubles();
                    }).toList();
            assertThat(blocks.get(0)).isNotEqualTo(blocks.get(1)).isNotEqualTo(blocks.get(2));
        }
        assertThat(new Recurrent(cell).parameters()).extracting(Parameter::name).containsExactly("weight-input",
                "weight-hidden", "bias-input", "bias-hidden");
        LstmCell lstm = LstmCell.start(new Initialisation.Gaussian(2, 0.5), ElementType.FLOAT64, 40, 60,
                RandomStream.seeded(4));
        assertThat(lstm.weights().gates()).isEqualTo(4);
        assertVariance(lstm.weights().input().value(), 2.0 / 40);
        assertVariance(lstm.weights().hidden().value(), 2.0 / 60);
        assertVariance(lstm.weights().inputBias().value(), 0.5);
        assertVariance(lstm.weights().hiddenBias().value(), 0.5);
    }

    /// Within four standard errors of a normal sample's variance.
    private static void assertVariance(Tensor x, double variance) {
        assertThat(x.square().mean().item()).isCloseTo(variance,
                Offset.offset(4 * variance * Math.sqrt(2.0 / x.size())));
    }
}

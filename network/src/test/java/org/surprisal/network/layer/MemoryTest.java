package org.surprisal.network.layer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.surprisal.network.Layer;
import org.surprisal.network.Network;
import org.surprisal.network.Parameter;
import org.surprisal.network.initialisation.Initialisation;
import org.surprisal.network.initialisation.VarianceScaling;
import org.surprisal.network.loss.CrossEntropy;
import org.surprisal.network.optimiser.Adam;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.Gradients;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

/// Whether the first and the last bit of a sequence differ: all 124 sequences of 2 to 6 bits, padded to 6. Who knows
/// the last bit only is right in exactly half of them, because the first is 0 in half of those that end with 0 and in
/// half of those that end with 1.
class MemoryTest {
    private static final int TIME = 6;
    private static final ElementType TYPE = ElementType.FLOAT32;
    private static final Initialisation START = VarianceScaling.xavier(VarianceScaling.Distribution.UNIFORM);

    private record Bits(Tensor inputs, Tensor labels) {}

    private static Bits all() {
        float[][] rows = IntStream.rangeClosed(2, TIME).boxed()
                .flatMap(length -> IntStream.range(0, 1 << length).mapToObj(bits -> {
                    float[] row = new float[TIME];
                    Arrays.fill(row, -1);
                    for (int t = 0; t < length; t++) {
                        row[t] = bits >> t & 1;
                    }
                    return row;
                })).toArray(float[][]::new);
        float[] inputs = new float[rows.length * TIME];
        float[] labels = new float[rows.length];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(rows[i], 0, inputs, i * TIME, TIME);
            int last = TIME - 1;
            while (rows[i][last] < 0) {
                last--;
            }
            labels[i] = rows[i][0] == rows[i][last] ? 0 : 1;
        }
        return new Bits(Tensor.of(inputs, rows.length, TIME), Tensor.of(labels));
    }

    /// The share of the sequences that the network has right after training on all of them.
    private static double learnt(Map<String, Layer> middle, int hidden, int steps) {
        Map<String, Layer> parts = new LinkedHashMap<>();
        parts.put("bits", Embedding.start(TYPE, 2, 4, RandomStream.seeded(1)));
        parts.putAll(middle);
        parts.put("answer", START.linear(TYPE, hidden, 2, RandomStream.seeded(2)));
        Network network = new Network(new Sequential(parts));
        Bits bits = all();
        List<Tensor> variables = network.parameters().stream().map(Parameter::value).toList();
        Adam adam = new Adam(0.01);
        for (int step = 0; step < steps; step++) {
            Tensor loss = new CrossEntropy().of(network.forward(bits.inputs()), bits.labels());
            adam.step(network.parameters(), Gradients.of(loss, variables));
        }
        int[] answers = network.evaluate(bits.inputs()).argmaxRows();
        return IntStream.range(0, answers.length).filter(i -> answers[i] == bits.labels().at(i)).count()
                / (double) answers.length;
    }

    private static Map<String, Layer> manyToOne(RecurrentCell cell) {
        Map<String, Layer> parts = new LinkedHashMap<>();
        parts.put("level0", new Recurrent(cell));
        parts.put("last", new LastStep());
        return parts;
    }

    @Test
    void gatedCellsRememberTheFirstBit() {
        RandomStream stream = RandomStream.seeded(3);
        assertThat(learnt(manyToOne(LstmCell.start(START, TYPE, 4, 16, stream)), 16, 150)).isEqualTo(1);
        assertThat(learnt(manyToOne(GruCell.start(START, TYPE, 4, 16, stream)), 16, 150)).isEqualTo(1);
    }

    @Test
    void aNetworkThatSeesTheLastBitAloneKnowsNothing() {
        Map<String, Layer> memoryless = new LinkedHashMap<>();
        memoryless.put("last", new LastStep());
        memoryless.put("hidden", START.linear(TYPE, 4, 16, RandomStream.seeded(3)));
        memoryless.put("tanh", Activation.TANH);
        assertThat(learnt(memoryless, 16, 150)).isEqualTo(0.5);
    }
}

package org.surprisal.examples;

import static org.surprisal.tensor.ElementType.FLOAT32;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.surprisal.data.Dataset;
import org.surprisal.data.InMemory;
import org.surprisal.network.Layer;
import org.surprisal.network.Network;
import org.surprisal.network.initialisation.Initialisation;
import org.surprisal.network.initialisation.VarianceScaling;
import org.surprisal.network.layer.Embedding;
import org.surprisal.network.layer.LastStep;
import org.surprisal.network.layer.LstmCell;
import org.surprisal.network.layer.Recurrent;
import org.surprisal.network.layer.Sequential;
import org.surprisal.network.loss.CrossEntropy;
import org.surprisal.network.optimiser.Adam;
import org.surprisal.network.training.Evaluation;
import org.surprisal.network.training.Trainer;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

/// A recurrent network with LSTM cells reads eight random symbols, then names the first. It must carry that one past
/// all the others.
///
/// Expect a test accuracy of nearly 1, on sequences it has not seen; chance is 0.25.
public final class SequenceMemory {
    private static final int SYMBOLS = 4;
    private static final int STEPS = 8;

    public static void main(String[] args) {
        RandomStream start = RandomStream.seeded(1);
        Initialisation uniform = VarianceScaling.fanInUniform();
        Map<String, Layer> layers = new LinkedHashMap<>();
        layers.put("symbols", Embedding.start(FLOAT32, SYMBOLS, 8, start.child("symbols")));
        layers.put("memory", new Recurrent(LstmCell.start(uniform, FLOAT32, 8, 32, start.child("memory"))));
        layers.put("last", new LastStep());
        layers.put("answer", uniform.linear(FLOAT32, 32, SYMBOLS, start.child("answer")));
        Network network = new Network(new Sequential(layers));

        new Trainer(network, new CrossEntropy(), new Adam(0.02)).epochs(12).batchSize(50)
                .fit(sequences(2000, RandomStream.seeded(2)), RandomStream.seeded(3));
        Evaluation test = Evaluation.of(network, new CrossEntropy(), sequences(500, RandomStream.seeded(4)));
        System.out.printf(Locale.ROOT, "test accuracy %.3f, loss %.4f nat of %.4f nat by chance%n",
                test.accuracy().orElseThrow(), test.loss(), Math.log(SYMBOLS));
    }

    private static Dataset sequences(int count, RandomStream stream) {
        float[] symbols = new float[count * STEPS];
        for (int i = 0; i < symbols.length; i++) {
            symbols[i] = stream.nextInt(SYMBOLS);
        }
        Tensor inputs = Tensor.of(symbols, count, STEPS);
        return InMemory.classification("sequences", inputs, inputs.slice(1, 0, 1).reshape(count), SYMBOLS);
    }
}

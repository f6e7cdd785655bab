package org.surprisal.information.mutual;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.surprisal.information.Moments;
import org.surprisal.network.Activation;
import org.surprisal.network.MultilayerPerceptron;
import org.surprisal.network.Network;
import org.surprisal.network.Parameter;
import org.surprisal.network.VarianceScaling;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;
import org.surprisal.tensor.Tracking;

/// A function T(x, y) of pairs: a perceptron of two hidden layers of ReLU on both side by side, in float32.
final class Critic {

    /// Scores computed at once when nothing is recorded.
    private static final int MOST_SCORES = 1 << 16;

    private final Network network;

    private Critic(Network network) {
        this.network = network;
    }

    static Critic of(int dimensionX, int dimensionY, int hidden, RandomStream stream) {
        var layers = new MultilayerPerceptron(dimensionX + dimensionY, List.of(hidden, hidden, 1), Activation.RELU,
                Activation.IDENTITY);
        return new Critic(layers.build(ElementType.FLOAT32, VarianceScaling.fanInUniform(), stream));
    }

    /// What a critic is given of a variable: coordinates with mean 0 and variance 1, constant ones left out; symbols as one
    /// coordinate each, 1 for the sample's own and 0 for others.
    static Tensor inputs(Variable variable, List<String> warnings) {
        int n = variable.count();
        List<double[]> columns = new ArrayList<>();
        switch (variable) {
            case Discrete discrete -> {
                for (int c = 0; c < discrete.symbols(); c++) {
                    int symbol = c;
                    columns.add(IntStream.range(0, n).mapToDouble(i -> discrete.code(i) == symbol ? 1 : 0).toArray());
                }
            }
            case Continuous continuous -> {
                for (double[] column : continuous.columns()) {
                    Moments moments = Moments.of(column);
                    if (moments.variance() > 0) {
                        for (int i = 0; i < n; i++) {
                            column[i] = (column[i] - moments.mean()) / moments.standardDeviation();
                        }
                        columns.add(column);
                    }
                }
            }
        }
        if (columns.isEmpty()) {
            warnings.add("%s is constant: it carries no information".formatted(variable.name()));
            columns.add(new double[n]);
        }
        float[] inputs = new float[n * columns.size()];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = (float) columns.get(i % columns.size())[i / columns.size()];
        }
        return Tensor.of(inputs, n, columns.size());
    }

    List<Parameter> parameters() {
        return network.parameters();
    }

    /// T of every x with every y, recorded: shapes (m, d_x) and (n, d_y) give (m, n).
    Tensor scores(Tensor x, Tensor y) {
        int m = x.length(0);
        int n = y.length(0);
        int[] ofX = IntStream.range(0, m * n).map(pair -> pair / n).toArray();
        int[] ofY = IntStream.range(0, m * n).map(pair -> pair % n).toArray();
        return network.forward(Tensor.concatenate(1, List.of(x.rows(ofX), y.rows(ofY)))).reshape(m, n);
    }

    /// The same as numbers, a few rows of x at a time.
    double[][] table(Tensor x, Tensor y) {
        int n = y.length(0);
        int rows = Math.max(1, MOST_SCORES / n);
        double[][] table = new double[x.length(0)][];
        for (int from = 0; from < table.length; from += rows) {
            int first = from;
            int to = Math.min(table.length, from + rows);
            double[] scores = Tracking.off(() -> scores(x.slice(0, first, to), y)).toDoubles();
            for (int i = from; i < to; i++) {
                table[i] = java.util.Arrays.copyOfRange(scores, (i - from) * n, (i - from + 1) * n);
            }
        }
        return table;
    }
}

package org.surprisal.estimate;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.surprisal.information.column.VaryingColumns;
import org.surprisal.information.mutual.Continuous;
import org.surprisal.information.mutual.Discrete;
import org.surprisal.information.mutual.Variable;
import org.surprisal.network.Network;
import org.surprisal.network.Parameter;
import org.surprisal.network.architecture.MultilayerPerceptron;
import org.surprisal.network.initialisation.VarianceScaling;
import org.surprisal.network.layer.Activation;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;
import org.surprisal.tensor.Tracking;

/// A function T(x, y) of pairs: a perceptron of two hidden layers of ReLU on both side by side, in float32.
final class Critic {

    /// Numbers of a tensor of indicators: a gigabyte of float32.
    private static final int MOST_INDICATORS = 1 << 28;

    /// Spreads from the centre up to which coordinates with far values are left as they are.
    private static final double STRAIGHT = 10;

    private final Network network;

    private Critic(Network network) {
        this.network = network;
    }

    static Critic of(int dimensionX, int dimensionY, int hidden, RandomStream stream) {
        var layers = new MultilayerPerceptron(dimensionX + dimensionY, List.of(hidden, hidden, 1), Activation.RELU,
                Activation.IDENTITY);
        return new Critic(layers.build(ElementType.FLOAT32, VarianceScaling.fanInUniform(), stream));
    }

    /// What a critic is given of a variable: coordinates with mean 0 and variance 1, constant ones left
    /// out, far values left out of mean and variance and drawn in (`Spread`); symbols as one
    /// coordinate each, 1 for the sample's own and 0 for others.
    ///
    /// @return shape (n, d), d at least 1
    /// @throws IllegalArgumentException if there are so many symbols that they do not fit into one tensor
    static Tensor inputs(Variable variable, List<String> warnings) {
        return switch (variable) {
            case Discrete discrete -> indicators(discrete);
            case Continuous continuous -> {
                VaryingColumns varying = VaryingColumns.of(continuous.name(), continuous.columns(), warnings);
                varying.farValues("the coordinate is divided by that standard deviation, and values beyond "
                        + (int) STRAIGHT + " of it enter by their logarithm").ifPresent(warnings::add);
                yield coordinates(varying, continuous.count());
            }
        };
    }

    private static Tensor indicators(Discrete variable) {
        int n = variable.count();
        int symbols = variable.symbols();
        if ((long) n * symbols > MOST_INDICATORS) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT,
                            "%s has %d symbols among %d samples, a critic takes one coordinate for each: %d at most"
                                    + " here",
                            variable.name(), symbols, n, MOST_INDICATORS / n));
        }
        float[] inputs = new float[n * symbols];
        for (int i = 0; i < n; i++) {
            inputs[i * symbols + variable.code(i)] = 1;
        }
        return Tensor.of(inputs, n, symbols);
    }

    private static Tensor coordinates(VaryingColumns varying, int n) {
        double[][] columns = varying.isEmpty() ? new double[1][n] : new double[varying.count()][];
        for (int l = 0; l < varying.count(); l++) {
            columns[l] = varying.scaled(l);
            if (varying.spread(l).far() > 0) {
                columns[l] = Arrays.stream(columns[l]).map(Critic::drawnIn).toArray();
            }
        }
        float[] inputs = new float[n * columns.length];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = (float) columns[i % columns.length][i / columns.length];
        }
        return Tensor.of(inputs, n, columns.length);
    }

    /// A monotone map, which changes no information: without it a few inputs of 1e6 would decide every gradient.
    private static double drawnIn(double z) {
        double size = Math.abs(z);
        return size <= STRAIGHT ? z : Math.copySign(STRAIGHT * (1 + Math.log(size / STRAIGHT)), z);
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

    /// T of every x with every y, as numbers: shape (n, n).
    double[][] table(PairSource.Pairs pairs) {
        int n = pairs.count();
        double[] scores = Tracking.off(() -> scores(pairs.x(), pairs.y())).toDoubles();
        double[][] table = new double[n][];
        for (int i = 0; i < n; i++) {
            table[i] = Arrays.copyOfRange(scores, i * n, (i + 1) * n);
        }
        return table;
    }

    /// T of each x_i with y_((i + shift) mod n), as numbers.
    double[] scoresOfShifted(PairSource.Pairs pairs, int shift) {
        int n = pairs.count();
        int[] order = IntStream.range(0, n).map(i -> (i + shift) % n).toArray();
        return Tracking.off(() -> network.forward(Tensor.concatenate(1, List.of(pairs.x(), pairs.y().rows(order)))))
                .toDoubles();
    }
}

package org.surprisal.information;

import java.util.ArrayList;
import java.util.List;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.Tensor;

/// Six layers, 20 wide on 12 inputs, whose numbers another language rebuilds from integers:
///
///     W_l(i, j) = s ((31 i + 17 j + 101 l + 7 i j + 3 i² + 5 j²) mod 97 / 97 - ½),  s = 2 for l = 0, else 1.25
///     b_l(i) = ½ ((13 i + 29 l) mod 53 / 53 - ½),    x(j) = (7 j mod 12)/12
final class SmallNetwork {

    static final int WIDTH = 20;
    static final int DEPTH = 6;

    private static final int INPUTS = 12;

    private SmallNetwork() {
    }

    static double[][] weight(int layer) {
        double scale = layer == 0 ? 2.0 : 1.25;
        double[][] weight = new double[WIDTH][layer == 0 ? INPUTS : WIDTH];
        for (int i = 0; i < WIDTH; i++) {
            for (int j = 0; j < weight[i].length; j++) {
                int hash = (i * 31 + j * 17 + layer * 101 + i * j * 7 + i * i * 3 + j * j * 5) % 97;
                weight[i][j] = (hash / 97.0 - 0.5) * scale;
            }
        }
        return weight;
    }

    static double[] bias(int layer) {
        double[] bias = new double[WIDTH];
        for (int i = 0; i < WIDTH; i++) {
            bias[i] = (((i * 13 + layer * 29) % 53) / 53.0 - 0.5) * 0.5;
        }
        return bias;
    }

    static double[] input() {
        double[] input = new double[INPUTS];
        for (int j = 0; j < INPUTS; j++) {
            input[j] = ((j * 7) % 12) / 12.0;
        }
        return input;
    }

    static List<DenseLayer> layers(ElementType type) {
        List<DenseLayer> layers = new ArrayList<>();
        for (int l = 0; l < DEPTH; l++) {
            layers.add(layer(type, weight(l), bias(l)));
        }
        return layers;
    }

    static DenseLayer layer(ElementType type, double[][] weight, double[] bias) {
        int columns = weight[0].length;
        double[] flat = new double[weight.length * columns];
        for (int i = 0; i < weight.length; i++) {
            System.arraycopy(weight[i], 0, flat, i * columns, columns);
        }
        return new DenseLayer(Tensor.of(flat, weight.length, columns).to(type), Tensor.of(bias).to(type));
    }

    /// W a + b with loops of its own.
    static double[] linear(double[][] weight, double[] bias, double[] a) {
        double[] z = bias.clone();
        for (int i = 0; i < z.length; i++) {
            for (int j = 0; j < a.length; j++) {
                z[i] += weight[i][j] * a[j];
            }
        }
        return z;
    }

    static double[] tanh(double[] z) {
        double[] a = new double[z.length];
        for (int i = 0; i < z.length; i++) {
            a[i] = Math.tanh(z[i]);
        }
        return a;
    }

    static double mean(double[] z) {
        double sum = 0;
        for (double x : z) {
            sum += x;
        }
        return sum / z.length;
    }

    static double variance(double[] z) {
        double mean = mean(z);
        double sum = 0;
        for (double x : z) {
            sum += (x - mean) * (x - mean);
        }
        return sum / z.length;
    }
}

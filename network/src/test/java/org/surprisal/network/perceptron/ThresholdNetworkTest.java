package org.surprisal.network.perceptron;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.surprisal.network.Network;
import org.surprisal.network.architecture.MultilayerPerceptron;
import org.surprisal.network.layer.Activation;
import org.surprisal.network.layer.Linear;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

/// Layers of threshold units: what one, two and three of them can separate (Zahn, sections 2.3 and 4.3.1).
class ThresholdNetworkTest {
    private static final double[][] TRIANGLE = {{0, 0}, {4, 0}, {1, 3}};
    private static final double[][] OTHER = {{2, 1}, {5, 2}, {3, 5}};

    private static Network network(Linear... layers) {
        return MultilayerPerceptron.of(List.of(layers), Activation.HEAVISIDE, Activation.HEAVISIDE);
    }

    private static Linear layer(double[] biases, double[]... weights) {
        double[] flat = Arrays.stream(weights).flatMapToDouble(Arrays::stream).toArray();
        return Linear.of(Tensor.of(flat, weights.length, weights[0].length), Tensor.of(biases));
    }

    @Test
    void aLayerIsItsUnitsSideBySide() {
        RandomStream stream = RandomStream.seeded(1);
        Tensor weights = stream.gaussian(ElementType.FLOAT64, 0, 1, 5, 3);
        Tensor biases = stream.gaussian(ElementType.FLOAT64, 0, 1, 5);
        Tensor x = stream.gaussian(ElementType.FLOAT64, 0, 1, 40, 3);
        Tensor y = network(Linear.of(weights, biases)).evaluate(x);
        for (int unit = 0; unit < 5; unit++) {
            ThresholdUnit one = new ThresholdUnit(biases.at(unit), weights.rows(unit).toDoubles());
            for (int sample = 0; sample < 40; sample++) {
                assertThat(y.at(sample, unit)).isEqualTo(one.output(x.rows(sample).toDoubles()));
            }
        }
    }

    @Test
    void oneHiddenLayerSolvesXor() {
        // the three neurons of Fig. 31, thresholds as biases
        Network xor = network(layer(new double[]{-1, 1}, new double[]{1, 1}, new double[]{-1, -1}),
                layer(new double[]{-2}, new double[]{1, 1}));
        assertThat(xor.evaluate(Tensor.of(new double[]{0, 0, 0, 1, 1, 0, 1, 1}, 4, 2)).toDoubles()).containsExactly(0,
                1, 1, 0);
    }

    /// Three units, each 1 on the inner side of one edge, corners counter-clockwise.
    private static double[][] edgeWeights(double[][] corners) {
        double[][] weights = new double[3][];
        for (int k = 0; k < 3; k++) {
            double[] p = corners[k];
            double[] q = corners[(k + 1) % 3];
            weights[k] = new double[]{p[1] - q[1], q[0] - p[0]};
        }
        return weights;
    }

    private static double[] edgeBiases(double[][] corners) {
        double[] biases = new double[3];
        for (int k = 0; k < 3; k++) {
            double[] w = edgeWeights(corners)[k];
            biases[k] = -(w[0] * corners[k][0] + w[1] * corners[k][1]);
        }
        return biases;
    }

    /// Whether the three triangles that a point makes with the edges fill the triangle; exact on quarters.
    private static boolean contains(double[][] corners, double x, double y) {
        double parts = 0;
        for (int k = 0; k < 3; k++) {
            parts += doubleArea(corners[k], corners[(k + 1) % 3], new double[]{x, y});
        }
        return parts == doubleArea(corners[0], corners[1], corners[2]);
    }

    private static double doubleArea(double[] p, double[] q, double[] r) {
        return Math.abs((q[0] - p[0]) * (r[1] - p[1]) - (r[0] - p[0]) * (q[1] - p[1]));
    }

    private interface Region {
        boolean contains(double x, double y);
    }

    /// Compares on the 41 x 41 points from -2 to 8 each way, edges and corners among them.
    private static void assertDecides(Network network, Region region) {
        double[] points = new double[2 * 41 * 41];
        for (int i = 0; i < 41 * 41; i++) {
            int row = i / 41;
            points[2 * i] = -2 + 0.25 * (i % 41);
            points[2 * i + 1] = -2 + 0.25 * row;
        }
        double[] outputs = network.evaluate(Tensor.of(points, 41 * 41, 2)).toDoubles();
        int inside = 0;
        for (int i = 0; i < outputs.length; i++) {
            boolean expected = region.contains(points[2 * i], points[2 * i + 1]);
            assertThat(outputs[i]).as("at (%s, %s)", points[2 * i], points[2 * i + 1]).isEqualTo(expected ? 1 : 0);
            inside += expected ? 1 : 0;
        }
        assertThat(inside).isBetween(50, 41 * 41 - 50);
    }

    @Test
    void threeHiddenUnitsMakeATriangle() {
        // Fig. 98: the output unit needs all three, bias -3
        Network network = network(layer(edgeBiases(TRIANGLE), edgeWeights(TRIANGLE)),
                layer(new double[]{-3}, new double[]{1, 1, 1}));
        assertDecides(network, (x, y) -> contains(TRIANGLE, x, y));
    }

    @Test
    void aSecondHiddenLayerMakesAUnion() {
        // Fig. 99: the output unit needs one of two, bias -1
        double[] biases = new double[6];
        System.arraycopy(edgeBiases(TRIANGLE), 0, biases, 0, 3);
        System.arraycopy(edgeBiases(OTHER), 0, biases, 3, 3);
        double[][] weights = new double[6][];
        System.arraycopy(edgeWeights(TRIANGLE), 0, weights, 0, 3);
        System.arraycopy(edgeWeights(OTHER), 0, weights, 3, 3);
        Network network = network(layer(biases, weights),
                layer(new double[]{-3, -3}, new double[]{1, 1, 1, 0, 0, 0}, new double[]{0, 0, 0, 1, 1, 1}),
                layer(new double[]{-1}, new double[]{1, 1}));
        assertDecides(network, (x, y) -> contains(TRIANGLE, x, y) || contains(OTHER, x, y));
    }
}

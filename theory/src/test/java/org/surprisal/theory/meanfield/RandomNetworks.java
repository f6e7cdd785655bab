package org.surprisal.theory.meanfield;

import java.util.function.UnaryOperator;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

/// Random networks as they are: weights are drawn in float32 and multiplied, nothing is taken from the theory but φ'.
///
/// For each draw and layer it measures the mean square of some inputs and the correlation of each two of them, means
/// over inputs and inputss; and of the first input the relative entropy, and (1/N) tr J Jᵀ of the Jacobian from layer 0
/// by pushing random vectors through it: the mean of ||J v||²/N over normal v.
final class RandomNetworks {

    private static final int INPUTS = 8;
    private static final int SAMPLES = 200;
    private static final int PROBES = 64;

    private final MeanField theory;
    private final UnaryOperator<Tensor> activation;
    private final int width;
    private final int layers;
    /// Of each quantity, `[layer][draw]`.
    final double[][] meanSquares;
    final double[][] correlations;
    final double[][] jacobians;
    final double[][] relativeEntropies;

    /// Inputs of unit mean square and of overlap `overlap` exactly, each with each: that share of their components is
    /// 1, the others have the signs of different Walsh functions.
    ///
    /// @param overlap such that (1 - overlap) · width is a multiple of 8
    RandomNetworks(MeanField theory, UnaryOperator<Tensor> activation, int width, int layers, double overlap, int draws,
            RandomStream random) {
        this.theory = theory;
        this.activation = activation;
        this.width = width;
        this.layers = layers;
        meanSquares = new double[layers + 1][draws];
        correlations = new double[layers + 1][draws];
        jacobians = new double[layers + 1][draws];
        relativeEntropies = new double[layers + 1][draws];
        for (int draw = 0; draw < draws; draw++) {
            draw(draw, overlap, random.child(draw));
        }
    }

    private void draw(int draw, double overlap, RandomStream random) {
        float[] signs = new float[INPUTS * width];
        for (int k = 0; k < INPUTS; k++) {
            for (int i = 0; i < width; i++) {
                boolean common = i < Math.round(overlap * width);
                signs[k * width + i] = common || Integer.bitCount(k & i) % 2 == 0 ? 1 : -1;
            }
        }
        Tensor inputs = Tensor.of(signs, INPUTS, width).linear(weights(random), biases(random));
        double[] reference = moments(inputs);
        Tensor samples = random.gaussian(ElementType.FLOAT32, reference[0], Math.sqrt(reference[1]), SAMPLES, width);
        Tensor probes = random.gaussian(ElementType.FLOAT32, 0, 1, PROBES, width);
        record(draw, 0, inputs, reference, samples, probes);
        for (int l = 1; l <= layers; l++) {
            Tensor weights = weights(random);
            Tensor biases = biases(random);
            probes = probes.times(slopes(inputs)).matmulTransposed(weights);
            inputs = activation.apply(inputs).linear(weights, biases);
            samples = activation.apply(samples).linear(weights, biases);
            record(draw, l, inputs, reference, samples, probes);
        }
    }

    private Tensor weights(RandomStream random) {
        return random.gaussian(ElementType.FLOAT32, 0, Math.sqrt(theory.sigmaW2() / width), width, width);
    }

    private Tensor biases(RandomStream random) {
        return random.gaussian(ElementType.FLOAT32, 0, Math.sqrt(theory.sigmaB2()), width);
    }

    /// φ' of the first input's pre-activations.
    private Tensor slopes(Tensor inputs) {
        double[] z = inputs.toDoubles();
        float[] slopes = new float[width];
        for (int i = 0; i < width; i++) {
            slopes[i] = (float) theory.activation().derivative(z[i]);
        }
        return Tensor.of(slopes);
    }

    /// Mean and population variance over the neurons, for the first input.
    private double[] moments(Tensor inputs) {
        double[] z = inputs.toDoubles();
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < width; i++) {
            sum += z[i];
            squares += z[i] * z[i];
        }
        double mean = sum / width;
        return new double[]{mean, squares / width - mean * mean};
    }

    private void record(int draw, int layer, Tensor inputs, double[] reference, Tensor samples, Tensor probes) {
        double[] z = inputs.toDoubles();
        double[][] products = new double[INPUTS][INPUTS];
        for (int k = 0; k < INPUTS; k++) {
            for (int j = 0; j <= k; j++) {
                for (int i = 0; i < width; i++) {
                    products[k][j] += z[k * width + i] * z[j * width + i];
                }
            }
        }
        for (int k = 0; k < INPUTS; k++) {
            meanSquares[layer][draw] += products[k][k] / width / INPUTS;
            for (int j = 0; j < k; j++) {
                correlations[layer][draw] += products[k][j] / Math.sqrt(products[k][k] * products[j][j])
                        / (INPUTS * (INPUTS - 1) / 2);
            }
        }
        jacobians[layer][draw] = meanSquareDistance(probes, 0);
        double[] moments = moments(inputs);
        relativeEntropies[layer][draw] = 0.5 * width * (Math.log(moments[1] / reference[1])
                + meanSquareDistance(samples, moments[0]) / moments[1] - 1);
    }

    private static double meanSquareDistance(Tensor values, double from) {
        double sum = 0;
        for (double x : values.toDoubles()) {
            sum += (x - from) * (x - from);
        }
        return sum / values.size();
    }
}

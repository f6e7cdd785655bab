package org.surprisal.theory.meanfield;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/// The relative entropy by depth of random networks of finite width N, for one input: its mean over networks and how
/// far one network is from it.
///
/// The measure (Erdmenger, Grosvenor, Jefferson 2021, arXiv 2107.06898) is
///
///     D_m = (N/2) [ ln(σ_m²/σ_0²) + Q_m/(N σ_m²) - 1 ],      Q_m = E||z^(m) - μ_m||²,
///
/// with μ_m, σ_m² the moments over the neurons for the input itself, and the expectation over first layers of
/// independent components N(μ_0, σ_0²) pushed through the network's own weights. To leading order in 1/N it is (N/2)
/// ln(q_m/q_0); the mean here has the next order too, the standard deviation its leading one. Both are derived in
/// docs/theory.md. The noise of a finite number of Monte Carlo samples is not in them.
///
/// @param width N
/// @param normalisation (N/2) ln(2πe σ_w²) in nats, what values are divided by to be normalised; absent where that is
/// not positive, for σ_w² up to 0.0585
/// @param layers the reference, layer 0, first
public record RelativeEntropyPrediction(int width, OptionalDouble normalisation, List<Layer> layers) {

    /// Numbers of a layer's expansion.
    private static final int TERMS = 3;

    /// One layer of the prediction.
    ///
    /// @param layer its number, 0 for the reference
    /// @param leadingOrder (N/2) ln(q_m/q_0) in nats, proportional to N
    /// @param mean over networks, in nats: the leading order and what does not grow with N
    /// @param standardDeviation of one network, in nats, proportional to √N
    public record Layer(int layer, double leadingOrder, double mean, double standardDeviation) {}

    /// A prediction with a copy of `layers`.
    public RelativeEntropyPrediction {
        layers = List.copyOf(layers);
    }

    /// The prediction for networks whose layers all have one width; the input's dimension does not matter.
    ///
    /// @param theory activation and variances of weights and biases
    /// @param inputMeanSquare mean square of the input's components
    /// @param width N, at least 2; the expansion is good while m/N is small
    /// @param lastLayer number of the last layer, at least 0
    /// @throws IllegalArgumentException if an argument is out of range, or a layer's variance is 0 or not finite
    public static RelativeEntropyPrediction of(MeanField theory, double inputMeanSquare, int width, int lastLayer) {
        if (width < 2) {
            throw new IllegalArgumentException(String.format(Locale.ROOT, "width = %d, at least 2 needed", width));
        }
        DepthProfile.requireLayers(lastLayer);
        double q0 = theory.firstVariance(inputMeanSquare);
        theory.requireVariance("q0", q0);
        List<Estimate> expansions = Refinement.ofAll(quadrature -> expansion(theory, quadrature, q0, lastLayer));
        List<Layer> layers = new ArrayList<>();
        layers.add(new Layer(0, 0, 0, 0));
        for (int m = 1; m <= lastLayer; m++) {
            int first = TERMS * (m - 1);
            double leadingOrder = 0.5 * width * expansions.get(first).value();
            double correction = 0.5 * expansions.get(first + 1).value();
            double variance = expansions.get(first + 2).value();
            layers.add(new Layer(m, leadingOrder, leadingOrder + correction, 0.5 * Math.sqrt(width * variance)));
        }
        double normalisation = 0.5 * width * Math.log(2 * Math.PI * Math.E * theory.sigmaW2());
        return new RelativeEntropyPrediction(width,
                normalisation > 0 ? OptionalDouble.of(normalisation) : OptionalDouble.empty(), layers);
    }

    /// For layers 1 to `lastLayer`, of 2 D_m/N: the leading order, N times the next order of its mean, N times its
    /// variance.
    private static double[] expansion(MeanField theory, GaussianQuadrature quadrature, double q0, int lastLayer) {
        double[] terms = new double[TERMS * lastLayer];
        WidthExpansion layer = WidthExpansion.reference(q0);
        for (int m = 1; m <= lastLayer; m++) {
            layer = layer.next(theory, quadrature, m);
            terms[TERMS * (m - 1)] = Math.log(layer.q() / q0);
            terms[TERMS * (m - 1) + 1] = layer.meanCorrection();
            terms[TERMS * (m - 1) + 2] = layer.variance();
        }
        return terms;
    }
}

package org.surprisal.information;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;
import org.surprisal.information.internal.Samples;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Shape;
import org.surprisal.tensor.Tensor;
import org.surprisal.tensor.Workspace;

/// The relative entropy of a hierarchical network, layer by layer (Erdmenger, Grosvenor, Jefferson 2021,
/// arXiv 2107.06898; Schmidt 2.117).
///
/// For one input the pre-activations z^(m) of a layer are summarised as a Gaussian: their mean μ_m and population
/// variance σ_m² over the N neurons. With the reference layer l, usually the first, z^(0) = W_0 x + b_0,
///
///     D_m = -(N/2) ln(2πe σ_l²) + (N/2) ln(2π σ_m²) + Q_m / (2σ_m²),        D_l = 0
///     Q_m = E || W_m φ(z^(m-1)) + b_m - μ_m ||²
///
/// in nats, where z^(l) has independent components N(μ_l, σ_l²) and is pushed through the network's own weights. The
/// expectation is a mean over samples, the same samples for every layer, so each value has a Monte Carlo standard
/// error.
///
/// D_m is *no* divergence between two densities of one variable and can be negative: in a wide random network it tends
/// to the difference (N/2) ln(σ_m²/σ_l²) of Gaussian entropies ([RelativeEntropyProfile#meanFieldCurve]). Nothing is
/// clamped.
///
/// With the input itself as reference ([#withInputReference]) the variable in front of layer 0 is the standardised
/// input x̃ = (x - μ_x)/σ_x, μ_x and σ_x² the moments over its components. The network as a function of x̃ has the
/// first layer (σ_x W_0) x̃ + (b_0 + μ_x W_0 1) and is the same network; the reference is N(0, 1), so that
///
///     D_m = -(N/2) ln(2πe) + (N/2) ln(2π σ_m²) + Q_m / (2σ_m²),        D_input = 0
///
/// with Q_m from components x̃ of N(0, 1), that is inputs of N(μ_x, σ_x²). Entropies have units: measured from the raw
/// input instead D_m would be larger by -(N/2) ln σ_x². In a wide random network it tends to (N/2) ln σ_m².
///
/// The `with…` methods return changed copies. Sampling uses the element type of the weights (float32 for speed,
/// float64 as oracle), sums are taken in double precision.
public final class RelativeEntropy {

    /// Samples unless asked otherwise.
    public static final int DEFAULT_SAMPLES = 1000;

    /// Elements of one block of samples: it bounds the memory whatever their number, and stays in the processor's
    /// cache.
    private static final int BLOCK_ELEMENTS = 1 << 18;

    /// Number of the input, as a reference and in the profile: one before the first layer.
    public static final int INPUT = -1;

    /// What the expectation Q_m is divided by.
    public enum Form {
        /// 2σ_m², the variance of the layer that is measured: the definition.
        CORRECT,
        /// 2σ_l², the variance of the reference: a slip in the reference code, kept so that it can be drawn beside the
        /// definition. Its mean-field limit is (N/2)(ln r + r - 1) with r = σ_m²/σ_l².
        REFERENCE_CODE
    }

    private final DenseStack network;
    private final int samples;
    private final int referenceLayer;
    private final OptionalDouble sigmaW2;
    private final Form form;

    private RelativeEntropy(DenseStack network, int samples, int referenceLayer, OptionalDouble sigmaW2, Form form) {
        this.network = network;
        this.samples = samples;
        this.referenceLayer = referenceLayer;
        this.sigmaW2 = sigmaW2;
        this.form = form;
    }

    /// The measure for a network, with 1,000 samples, layer 0 as reference, no normalisation and the correct form.
    ///
    /// @param layers the layers to be measured, layer 0 first; all of one element type and, but for the first layer's
    /// input, one width N >= 2. Leave a narrower tail (classifier, output) out. The numbers are not copied: take the
    /// profiles before weights are written in place again
    /// @param activation φ, element by element, applied between layers and neither before the first nor after the last
    /// @throws IllegalArgumentException if there are no layers, shapes do not chain, widths or element types differ, or
    /// a weight is not finite; the message names the layer
    public static RelativeEntropy of(List<DenseLayer> layers, UnaryOperator<Tensor> activation) {
        return new RelativeEntropy(new DenseStack(layers, activation), DEFAULT_SAMPLES, 0, OptionalDouble.empty(),
                Form.CORRECT);
    }

    /// The same with another number of Monte Carlo samples.
    ///
    /// @param count at least 2, since one sample has no standard error
    public RelativeEntropy withSamples(int count) {
        if (count < 2) {
            throw new IllegalArgumentException(String.format(Locale.ROOT, "samples = %d, at least 2 needed", count));
        }
        return new RelativeEntropy(network, count, referenceLayer, sigmaW2, form);
    }

    /// The same with another reference layer l; only layers from l on are then measured.
    ///
    /// @param layer 0 to the number of layers - 1
    public RelativeEntropy withReferenceLayer(int layer) {
        if (layer < 0 || layer >= network.depth()) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "reference layer = %d, 0 to %d needed", layer, network.depth() - 1));
        }
        return new RelativeEntropy(network, samples, layer, sigmaW2, form);
    }

    /// The same with the standardised input as reference; the profile then begins with it, as layer [#INPUT], of mean 0
    /// and variance 1.
    ///
    /// @throws IllegalArgumentException if the input has another number of components than the layers have neurons:
    /// their Gaussians would be of different dimensions
    public RelativeEntropy withInputReference() {
        if (network.inputs() != network.width()) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT,
                            "the input has %d components, layer 0 %d neurons: equal numbers needed to measure from"
                                    + " the input",
                            network.inputs(), network.width()));
        }
        return new RelativeEntropy(network, samples, INPUT, sigmaW2, form);
    }

    /// The same with values also divided by (N/2) ln(2πe σ_w²), σ_w² the hyper-parameter of the initial weights.
    ///
    /// @param variance σ_w² above 1/(2πe) = 0.0585: at or below it the logarithm is not positive, and a division by it
    /// would turn the curve over
    public RelativeEntropy withSigmaW2(double variance) {
        Samples.requirePositive("sigma_w2", variance);
        if (normalisation(variance) <= 0) {
            throw new IllegalArgumentException(
                    ("sigma_w2 = %s, above 1/(2 pi e) = 0.0585 needed: the normalisation (N/2) ln(2 pi e sigma_w2) ="
                            + " %s must be positive")
                            .formatted(variance, normalisation(variance)));
        }
        return new RelativeEntropy(network, samples, referenceLayer, OptionalDouble.of(variance), form);
    }

    /// The same in another form.
    public RelativeEntropy withForm(Form other) {
        return new RelativeEntropy(network, samples, referenceLayer, sigmaW2, other);
    }

    /// The profile of one input.
    ///
    /// @param input shape (in)
    /// @param random source of the samples; equal streams give equal samples, so that two states of a network can be
    /// compared on the same ones
    /// @throws IllegalArgumentException as [#profiles]
    public RelativeEntropyProfile profile(Tensor input, RandomStream random) {
        if (!input.shape().equals(Shape.of(network.inputs()))) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "input has shape %s, layer 0 takes (%d)", input.shape(),
                            network.inputs()));
        }
        DenseStack.requireFinite("input", input);
        return profilesOf(input.reshape(1, network.inputs()), random).getFirst();
    }

    /// One profile for each of several inputs. Input i draws its samples from `random.child(i)`.
    ///
    /// @param inputs shape (n, in), n at least 1; converted to the element type of the weights
    /// @param random source of the samples
    /// @throws IllegalArgumentException if the shape does not fit, an input is not finite, or for some input a layer
    /// (or the input, where it is the reference) has the same value in every neuron (no variance) or values that are
    /// not finite; the message names the layer
    public List<RelativeEntropyProfile> profiles(Tensor inputs, RandomStream random) {
        if (inputs.rank() != 2 || inputs.length(0) < 1 || inputs.length(1) != network.inputs()) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "inputs have shape %s, layer 0 takes (n, %d) with n >= 1",
                            inputs.shape(), network.inputs()));
        }
        DenseStack.requireFinite("inputs", inputs);
        return profilesOf(inputs, random);
    }

    private List<RelativeEntropyProfile> profilesOf(Tensor inputs, RandomStream random) {
        Tensor values = inputs.detached().to(network.type());
        List<List<Gaussian>> fits = layerFits(values);
        List<RelativeEntropyProfile> profiles = new ArrayList<>();
        for (int i = 0; i < fits.size(); i++) {
            Gaussian reference = referenceLayer == INPUT
                    ? inputFit(values.rows(i).toDoubles(), i)
                    : fits.get(i).get(referenceLayer);
            profiles.add(profile(fits.get(i), reference, random.child(i)));
        }
        return profiles;
    }

    private static Gaussian inputFit(double[] components, int input) {
        Moments moments = Moments.of(components);
        if (moments.variance() == 0) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "all %d components of input %d are %s: it cannot be standardised",
                            components.length,
                            input,
                            moments.mean()));
        }
        return new Gaussian(moments.mean(), moments.variance());
    }

    /// For each input, the normal fit of each layer's neurons.
    private List<List<Gaussian>> layerFits(Tensor inputs) {
        int width = network.width();
        List<List<Gaussian>> fits = new ArrayList<>();
        for (int i = 0; i < inputs.length(0); i++) {
            fits.add(new ArrayList<>());
        }
        Tensor z = network.first(inputs);
        for (int m = 0; m < network.depth(); m++) {
            if (m > 0) {
                z = network.next(m, z);
            }
            double[] values = z.toDoubles();
            double[] neurons = new double[width];
            for (int i = 0; i < fits.size(); i++) {
                System.arraycopy(values, i * width, neurons, 0, width);
                fits.get(i).add(layerFit(neurons, m, i));
            }
        }
        return fits;
    }

    private static Gaussian layerFit(double[] neurons, int layer, int input) {
        for (double z : neurons) {
            if (!Double.isFinite(z)) {
                throw new IllegalArgumentException(
                        String.format(Locale.ROOT,
                                "layer %d: a pre-activation of input %d is %s, the forward pass overflows", layer,
                                input, z));
            }
        }
        Moments moments = Moments.of(neurons);
        if (moments.variance() == 0) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT,
                            "layer %d: all %d pre-activations of input %d are %s, a variance over neurons is needed",
                            layer, neurons.length, input, moments.mean()));
        }
        return new Gaussian(moments.mean(), moments.variance());
    }

    private RelativeEntropyProfile profile(List<Gaussian> fits, Gaussian reference, RandomStream random) {
        // The input is a reference in units of its own deviation, a layer in those of its pre-activations.
        Gaussian measuredFrom = referenceLayer == INPUT ? new Gaussian(0, 1) : reference;
        double referenceVariance = measuredFrom.variance();
        RunningMoments[] squaredDistances = squaredDistances(fits, reference, random);
        double halfWidth = 0.5 * network.width();
        double divisor = sigmaW2.isPresent() ? normalisation(sigmaW2.getAsDouble()) : Double.NaN;
        List<RelativeEntropyProfile.Layer> layers = new ArrayList<>();
        for (int m = referenceLayer; m < network.depth(); m++) {
            Gaussian fit = m == referenceLayer ? measuredFrom : fits.get(m);
            double value = 0;
            double standardError = 0;
            if (m > referenceLayer) {
                RunningMoments q = squaredDistances[m];
                double twoVariance = 2 * (form == Form.CORRECT ? fit.variance() : referenceVariance);
                value = halfWidth * (Math.log(fit.variance() / referenceVariance) - 1) + q.mean() / twoVariance;
                standardError = q.standardError() / twoVariance;
            }
            layers.add(new RelativeEntropyProfile.Layer(m, value, standardError,
                    sigmaW2.isPresent() ? OptionalDouble.of(value / divisor) : OptionalDouble.empty(), fit.mean(),
                    fit.variance()));
        }
        return new RelativeEntropyProfile(network.width(), samples,
                sigmaW2.isPresent() ? OptionalDouble.of(divisor) : OptionalDouble.empty(), layers);
    }

    /// For each layer beyond the reference, mean and error of ||z^(m) - μ_m||² over the samples.
    private RunningMoments[] squaredDistances(List<Gaussian> fits, Gaussian reference, RandomStream random) {
        int width = network.width();
        RunningMoments[] distances = new RunningMoments[network.depth()];
        for (int m = referenceLayer + 1; m < distances.length; m++) {
            distances[m] = new RunningMoments();
        }
        if (referenceLayer == distances.length - 1) {
            return distances;
        }
        int block = Math.clamp(BLOCK_ELEMENTS / width, 1, samples);
        Workspace workspace = new Workspace();
        for (int done = 0; done < samples; done += block) {
            Tensor drawn = random.gaussian(network.type(), reference.mean(), reference.standardDeviation(),
                    Math.min(block, samples - done), width);
            workspace.run(() -> {
                Tensor z = drawn;
                for (int m = referenceLayer + 1; m < distances.length; m++) {
                    z = m == 0 ? network.first(z) : network.next(m, z);
                    addSquaredDistances(z, fits.get(m).mean(), m, distances[m]);
                }
                return distances;
            });
        }
        return distances;
    }

    private static void addSquaredDistances(Tensor z, double mean, int layer, RunningMoments distances) {
        for (double sum : z.squaredDistances(mean)) {
            if (!Double.isFinite(sum)) {
                throw new IllegalArgumentException(
                        String.format(Locale.ROOT, "layer %d: a sample pushed through the weights is not finite",
                                layer));
            }
            distances.add(sum);
        }
    }

    private double normalisation(double variance) {
        return 0.5 * network.width() * Math.log(2 * Math.PI * Math.E * variance);
    }
}

package org.surprisal.study.controls;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.surprisal.study.controls.Readings.Network;
import org.surprisal.study.controls.Statement.Judged;
import org.surprisal.study.controls.Statement.Rule;
import org.surprisal.study.depth.Stage;

/// What is said of the three questions, as statements that the numbers may contradict.
final class Findings {
    /// Of the unit (N/2) ln(2πe σ_w²): what is less counts as nothing.
    static final double MARGIN = 0.01;
    /// The same for ratios of divergences.
    static final double RATIO_MARGIN = 0.1;

    private final Readings readings;

    Findings(Readings readings) {
        this.readings = readings;
    }

    /// Measured from the input instead of the first forward pass.
    List<Statement> fromInput() {
        List<Statement> all = new ArrayList<>();
        all.add(of(
                "Before training, relative entropy from the input is the difference of entropies (N/2) ln σ_m², mean"
                        + " of all"
                        + " layers",
                Stage.BEFORE, Rule.NEAR, MARGIN,
                network -> mean(minus(on(Measured.FROM_INPUT, network, Stage.BEFORE),
                        on(Measured.ENTROPY_FROM_INPUT, network, Stage.BEFORE)), 1)));
        for (Stage stage : Stage.values()) {
            all.add(of("Seen from the input the curve " + (stage == Stage.BEFORE ? "before" : "after")
                    + " training is that from the first pass, moved by the one step to layer 0: what is left of the"
                    + " difference at the last layer",
                    stage, Rule.NEAR, MARGIN, network -> last(excess(network, stage))));
        }
        all.add(of("Training lowers the last layer, seen from the first pass", Stage.AFTER, Rule.BELOW, 0,
                network -> last(change(Measured.FROM_FIRST, network, Stimulus.IMAGES))));
        all.add(of("Training lowers the last layer, seen from the input", Stage.AFTER, Rule.BELOW, 0,
                network -> last(change(Measured.FROM_INPUT, network, Stimulus.IMAGES))));
        return all;
    }

    /// The network's part and the data's.
    List<Statement> parts() {
        List<Statement> all = new ArrayList<>();
        all.add(of("Before training the data have no part: images less noise, mean of layers", Stage.BEFORE, Rule.NEAR,
                MARGIN, network -> mean(dataPart(network, Stimulus.IMAGES, Stage.BEFORE), 1)));
        all.add(of("After training the data have a part: images less noise, mean of layers", Stage.AFTER, Rule.APART,
                MARGIN, network -> mean(dataPart(network, Stimulus.IMAGES, Stage.AFTER), 1)));
        all.add(of("It needs every pixel in its place: after training permuted images are as noise, mean of layers",
                Stage.AFTER, Rule.NEAR, MARGIN, network -> mean(dataPart(network, Stimulus.PERMUTED, Stage.AFTER), 1)));
        all.add(of("After training images shuffled one by one are as noise, mean of layers", Stage.AFTER, Rule.NEAR,
                MARGIN, network -> mean(dataPart(network, Stimulus.SHUFFLED, Stage.AFTER), 1)));
        all.add(of("Training changes the network's part: noise after less before, mean of layers", Stage.AFTER,
                Rule.APART, MARGIN, network -> mean(change(Measured.FROM_FIRST, network, Stimulus.NOISE), 1)));
        return all;
    }

    /// Finer than one Gaussian a layer.
    List<Statement> finer(FinerMeasure measure) {
        List<Statement> all = new ArrayList<>();
        for (Stage stage : Stage.values()) {
            all.add(of("Images and noise are told apart in the last layer " + stage.label()
                    + " training, more than noise and noise (nat)", stage, Rule.ABOVE, 0,
                    network -> last(minus(readings.fromNoise(measure, network, Stimulus.IMAGES, stage),
                            readings.fromNoise(measure, network, Stimulus.OTHER_NOISE, stage)))));
        }
        all.add(of("A random network brings images and noise closer: last layer less first (nat)", Stage.BEFORE,
                Rule.BELOW, 0, network -> {
                    double[] curve = readings.fromNoise(measure, network, Stimulus.IMAGES, Stage.BEFORE);
                    return last(curve) - curve[0];
                }));
        all.add(of("A random network cannot tell a permutation: permuted over plain images less 1, mean of layers",
                Stage.BEFORE, Rule.NEAR, RATIO_MARGIN,
                network -> ratio(readings.fromNoise(measure, network, Stimulus.PERMUTED, Stage.BEFORE),
                        readings.fromNoise(measure, network, Stimulus.IMAGES, Stage.BEFORE))));
        all.add(of("Training drives images and noise apart in the last layer: after less before (nat)", Stage.AFTER,
                Rule.ABOVE, 0,
                network -> last(readings.fromNoise(measure, network, Stimulus.IMAGES, Stage.AFTER))
                        - last(readings.fromNoise(measure, network, Stimulus.IMAGES, Stage.BEFORE))));
        all.add(of("It does so with images in place only: after training images less permuted, last layer (nat)",
                Stage.AFTER, Rule.ABOVE, 0,
                network -> last(minus(readings.fromNoise(measure, network, Stimulus.IMAGES, Stage.AFTER),
                        readings.fromNoise(measure, network, Stimulus.PERMUTED, Stage.AFTER)))));
        return all;
    }

    /// Whether the Gaussians say all.
    List<Statement> normality() {
        List<Statement> all = new ArrayList<>();
        for (Stage stage : Stage.values()) {
            all.add(of(
                    "The Gaussian model would do " + stage.label()
                            + " training: nearest neighbours on the leading components of images"
                            + " and noise, over the same on normal samples of the same moments, less 1, mean of layers",
                    stage, Rule.NEAR, RATIO_MARGIN,
                    network -> ratio(
                            readings.fromNoise(FinerMeasure.NEIGHBOURS, network, Stimulus.IMAGES, stage),
                            readings.fromNoise(FinerMeasure.NEIGHBOURS_OF_NORMALS, network, Stimulus.IMAGES, stage))));
        }
        return all;
    }

    /// A layer against the first, over rotations of its neurons.
    List<Statement> alongDepth() {
        List<Statement> all = new ArrayList<>();
        all.add(of(
                "In a random network images move away from the first layer all along: last layer less the middle one"
                        + " (nat)",
                Stage.BEFORE, Rule.ABOVE, 0, network -> {
                    double[] curve = fromFirstLayer(network, Stimulus.IMAGES, Stage.BEFORE);
                    return last(curve) - curve[curve.length / 2];
                }));
        all.add(of("Training moves the last layer farther from the first, on images (nat)", Stage.AFTER, Rule.ABOVE, 0,
                network -> last(fromFirstLayer(network, Stimulus.IMAGES, Stage.AFTER))
                        - last(fromFirstLayer(network, Stimulus.IMAGES, Stage.BEFORE))));
        all.add(of("and more so on images than on noise (nat)", Stage.AFTER, Rule.ABOVE, 0,
                network -> last(fromFirstLayer(network, Stimulus.IMAGES, Stage.AFTER))
                        - last(fromFirstLayer(network, Stimulus.IMAGES, Stage.BEFORE))
                        - last(fromFirstLayer(network, Stimulus.NOISE, Stage.AFTER))
                        + last(fromFirstLayer(network, Stimulus.NOISE, Stage.BEFORE))));
        return all;
    }

    double[] fromFirstLayer(Network network, Stimulus kind, Stage stage) {
        return readings.curve(Measured.ALIGNED, Measured.againstFirstLayer(network.which(), kind), stage);
    }

    /// Relative entropy on a kind of input less that on noise, by layer.
    double[] dataPart(Network network, Stimulus kind, Stage stage) {
        return minus(readings.on(Measured.FROM_FIRST, network, kind, stage),
                readings.on(Measured.FROM_FIRST, network, Stimulus.NOISE, stage));
    }

    private double[] on(String name, Network network, Stage stage) {
        return readings.on(name, network, Stimulus.IMAGES, stage);
    }

    private double[] change(String name, Network network, Stimulus kind) {
        return minus(readings.on(name, network, kind, Stage.AFTER), readings.on(name, network, kind, Stage.BEFORE));
    }

    /// From the input less from the first pass, less the same at layer 0; layer by layer.
    private double[] excess(Network network, Stage stage) {
        double[] fromInput = on(Measured.FROM_INPUT, network, stage);
        double[] fromLayer0 = Arrays.copyOfRange(fromInput, 1, fromInput.length);
        double[] difference = minus(fromLayer0, on(Measured.FROM_FIRST, network, stage));
        return Arrays.stream(difference).map(value -> value - difference[0]).toArray();
    }

    private Statement of(String text, Stage stage, Rule rule, double bound, ToDoubleFunction<Network> number) {
        List<Judged> judged = new ArrayList<>();
        for (double sigmaW2 : readings.variances()) {
            double[] values = readings.networks(sigmaW2, stage).stream().mapToDouble(number).toArray();
            DepthCurve.mean(values).ifPresent(mean -> judged.add(Judged.of("σ_w² = " + sigmaW2, mean, rule, bound)));
        }
        return new Statement(text, judged);
    }

    static double[] minus(double[] a, double[] b) {
        double[] difference = new double[a.length];
        Arrays.setAll(difference, k -> a[k] - b[k]);
        return difference;
    }

    private static double mean(double[] values, int from) {
        return Arrays.stream(values).skip(from).average().orElse(Double.NaN);
    }

    private static double ratio(double[] a, double[] b) {
        double[] ratios = new double[a.length];
        Arrays.setAll(ratios, k -> a[k] / b[k] - 1);
        return mean(ratios, 0);
    }

    private static double last(double[] values) {
        return values[values.length - 1];
    }
}

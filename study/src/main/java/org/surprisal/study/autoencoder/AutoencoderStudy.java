package org.surprisal.study.autoencoder;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.surprisal.data.Batch;
import org.surprisal.data.Dataset;
import org.surprisal.data.Split;
import org.surprisal.data.transform.Reconstruction;
import org.surprisal.information.AndersonDarling;
import org.surprisal.information.RelativeEntropyProfile;
import org.surprisal.network.Network;
import org.surprisal.network.architecture.MultilayerPerceptron;
import org.surprisal.network.initialisation.Initialisation;
import org.surprisal.network.layer.Activation;
import org.surprisal.network.loss.Loss;
import org.surprisal.network.loss.MeanSquaredError;
import org.surprisal.network.optimiser.Adam;
import org.surprisal.network.optimiser.Penalised;
import org.surprisal.network.optimiser.Penalty;
import org.surprisal.network.optimiser.Regularised;
import org.surprisal.network.probe.Probe;
import org.surprisal.network.training.Evaluation;
import org.surprisal.network.training.Trainer;
import org.surprisal.report.Section;
import org.surprisal.report.Wording;
import org.surprisal.settings.Setting;
import org.surprisal.settings.SettingException;
import org.surprisal.settings.Settings;
import org.surprisal.study.depth.DepthMeasure;
import org.surprisal.study.depth.DepthPlots;
import org.surprisal.study.depth.DepthQuantities;
import org.surprisal.study.depth.Stage;
import org.surprisal.study.engine.At;
import org.surprisal.study.engine.Citation;
import org.surprisal.study.engine.Claim;
import org.surprisal.study.engine.Design;
import org.surprisal.study.engine.Factor;
import org.surprisal.study.engine.Findings;
import org.surprisal.study.engine.Index;
import org.surprisal.study.engine.Inputs;
import org.surprisal.study.engine.Quantities;
import org.surprisal.study.engine.Quantity;
import org.surprisal.study.engine.Results;
import org.surprisal.study.engine.Rule;
import org.surprisal.study.engine.Sample;
import org.surprisal.study.engine.Study;
import org.surprisal.study.engine.Trial;
import org.surprisal.study.images.ImageClassifier;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.Tensor;

/// Autoencoders of equally wide layers, before and after training: relative entropy by depth, its peak,
/// reconstructions, and for Ising states what of magnetisation and energy survives (Schmidt's Figs 31-54 and 56). With
/// a bottleneck (Fig 30) there is no relative entropy, and a latent space to look at.
///
/// Networks of one seed start from the same random numbers, scaled by their σ_w, see the same images in the same order,
/// and are measured on the same images and Monte Carlo samples before and after; drawn images are drawn anew for each
/// seed.
public final class AutoencoderStudy implements Study {
    static final Setting<String> DATA = Setting.choice("data", AutoencoderImages.ISING, AutoencoderImages.NAMES,
            "what to reconstruct; ising and digits need no file, the others are read from the data folder");
    static final Setting<Integer> TRAIN_SAMPLES = Setting.integer("train-samples", 800, 1, Integer.MAX_VALUE,
            "images to train on, the first ones; ising: a fortieth of them at each temperature");
    static final Setting<Integer> TEST_SAMPLES = Setting.integer("test-samples", 400, 2, Integer.MAX_VALUE,
            "other images, the first ones, to judge and to probe with");
    static final Setting<Integer> HIDDEN_LAYERS = Setting.integer("hidden-layers", 6, 1, 10_000,
            "layers between input and output; the thesis has 6 (ising, and mnist in Fig 56) and 18 (mnist)");
    static final Setting<Integer> WIDTH = Setting.integer("width", 0, 0, 100_000,
            "neurons of each hidden layer, 8 at least; 0: as many as the image has pixels");
    static final Setting<Integer> LATENT = Setting.integer("latent", 0, 0, 100_000,
            "neurons of the middle hidden layer, a bottleneck; 0: none, all layers are equally wide");
    static final Setting<String> ACTIVATION = Setting.choice("activation", "tanh", ImageClassifier.activations(),
            "after every hidden layer");
    static final Setting<String> OUTPUT_ACTIVATION = Setting.choice("output-activation", "tanh",
            ImageClassifier.activations(), "after the last layer; the thesis has tanh");
    static final Factor<Double> SIGMA_W2 = Factor.of(Setting.decimals("sigma-w2", List.of(1.5, 1.75), 0.06, 1000,
            "weight variance times fan-in, one network each"), "σ_w²");
    static final Setting<Double> SIGMA_B2 = Setting.decimal("sigma-b2", 0.05, 0, 1000, "bias variance");
    static final Setting<Integer> EPOCHS = Setting.integer("epochs", 10, 0, 1_000_000,
            "passes over the training images; the thesis has 200 (ising) and 1000 (mnist)");
    static final Setting<Integer> BATCH = Setting.integer("batch", 6, 1, 1_000_000, "images in a step");
    static final Setting<Double> LEARNING_RATE = Setting.decimal("learning-rate", 3e-4, Double.MIN_VALUE,
            Double.POSITIVE_INFINITY, "of Adam");
    static final Setting<Double> WEIGHT_DECAY = Setting.decimal("weight-decay", 1e-8, 0, 1e6,
            "λ, added to the gradient as λw before Adam's step, biases too");
    static final Setting<Integer> MC_SAMPLES = Setting.integer("mc-samples", 200, 2, 10_000_000,
            "Monte Carlo samples behind each relative entropy");
    static final Setting<Integer> PROBED_INPUTS = Setting.integer("probed-inputs", 40, 1, 10_000,
            "test images to measure relative entropy with, for ising spread over the temperatures; values are means"
                    + " over them");
    static final Setting<List<Integer>> DISTRIBUTION_LAYERS = Setting.integers("distribution-layers",
            List.of(0, 1, 2, 3, 4, 5), 0, 10_000,
            "layers whose distribution of pre-activations is drawn, the first hidden layer being 0; those beyond the"
                    + " depth are left out");

    /// Normalised relative entropy over Ising states that are mostly down, mixed or mostly up.
    static final Quantity BY_MAGNETISATION = Quantity.of("relative-entropy-by-magnetisation", "1",
            "relative entropy, normalised", Index.STAGE, Index.LAYER, Index.KIND);
    /// A*² over the neurons of a layer, mean over the probed inputs: about 0.4 for a normal layer.
    static final Quantity ANDERSON_DARLING = Quantity.of("anderson-darling", "1", "Anderson-Darling A*²", Index.STAGE,
            Index.LAYER);

    private static final Quantity EXCESS = Quantity.of("excess-error", "1", "error / error of the plain picture − 1");

    /// Some images, what became of them, and their classes.
    static final String SHOWN_INPUT = "shown-input";
    static final String SHOWN_OUTPUT = "shown-output";
    static final String SHOWN_LABEL = "shown-label";
    /// The classes of all test images.
    static final String LABEL = "label";
    /// Codes of all test images, where they have two numbers.
    static final String CODE = "code";

    private static final String EQUAL_WIDTHS = "hidden layers of equal widths, three at least, and training";
    private static final String BY_DEPTH = "relative-entropy-by-depth";
    private static final int SHOWN = 6;
    private static final Loss LOSS = new MeanSquaredError();
    private static final Citation FIGS = new Citation("Schmidt", "Figs 31 to 54 and 56");

    @Override
    public String name() {
        return "autoencoder";
    }

    @Override
    public String summary() {
        return "autoencoders of Ising states or images: relative entropy and its peak, reconstructions (the thesis's"
                + " Figs 30-54, 56)";
    }

    @Override
    public String title() {
        return "Autoencoder";
    }

    @Override
    public String lead() {
        return "An autoencoder learns to give back its input. Its layers are summarised, for one image, by the mean and"
                + " variance of their pre-activations, and the curve shows how far layer m is from the first forward"
                + " pass (layer 0, at 0 by definition), in units of (N/2) ln(2πe σ_w²), N being the neurons of a layer;"
                + " the last forward pass, which is the image, is left out. The measure is a difference of entropies"
                + " rather than a distance: it can be negative, and its height and sign depend on the scale of the"
                + " input. The thesis expects a rise to a peak, where the encoder ends, then a fall, and a lower and"
                + " flatter curve after training; below, each of these is a number with an interval.";
    }

    @Override
    public String subtitle(Results results) {
        Settings settings = results.settings();
        return Wording.count(settings.get(HIDDEN_LAYERS), "hidden layer") + ", trained on "
                + Wording.count(settings.get(TRAIN_SAMPLES), isSpins(settings) ? "Ising state" : "image")
                + (isSpins(settings) ? "" : " of " + settings.get(DATA)) + " for "
                + Wording.count(settings.get(EPOCHS), "epoch") + ", " + Study.super.subtitle(results);
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(DATA, TRAIN_SAMPLES, TEST_SAMPLES, HIDDEN_LAYERS, WIDTH, LATENT, ACTIVATION, OUTPUT_ACTIVATION,
                SIGMA_W2.values(), SIGMA_B2, EPOCHS, BATCH, LEARNING_RATE, WEIGHT_DECAY, MC_SAMPLES, PROBED_INPUTS,
                DISTRIBUTION_LAYERS);
    }

    @Override
    public Design design(Settings settings) {
        return Design.grid(SIGMA_W2).seeds(5).memory(cell -> ImageClassifier.bytes(AutoencoderImages.PIXELS,
                allWidths(settings), settings.get(BATCH), 2));
    }

    @Override
    public void check(Inputs inputs) {
        if (inputs.get(PROBED_INPUTS) > inputs.get(TEST_SAMPLES)) {
            throw SettingException.badValue(PROBED_INPUTS.key(), PROBED_INPUTS.text(inputs.get(PROBED_INPUTS)),
                    "at most " + inputs.get(TEST_SAMPLES) + ", the " + TEST_SAMPLES.key());
        }
        if (inputs.get(WIDTH) > 0 && inputs.get(WIDTH) < AndersonDarling.MINIMUM_COUNT) {
            throw SettingException.badValue(WIDTH.key(), WIDTH.text(inputs.get(WIDTH)),
                    "0 or at least " + AndersonDarling.MINIMUM_COUNT
                            + ": the tests of normality need that many neurons");
        }
        inputs.input(images(inputs));
    }

    private static AutoencoderImages images(Inputs inputs) {
        return new AutoencoderImages(inputs.get(DATA), inputs.get(TRAIN_SAMPLES), inputs.get(TEST_SAMPLES),
                inputs.seed());
    }

    static boolean isSpins(Settings settings) {
        return settings.get(DATA).equals(AutoencoderImages.ISING);
    }

    /// The number of every hidden layer's neurons, first layer first.
    static List<Integer> widths(Settings settings) {
        int width = settings.get(WIDTH) == 0 ? AutoencoderImages.PIXELS : settings.get(WIDTH);
        List<Integer> widths = new ArrayList<>(Collections.nCopies(settings.get(HIDDEN_LAYERS), width));
        if (settings.get(LATENT) > 0) {
            widths.set(codeLayer(settings), settings.get(LATENT));
        }
        return widths;
    }

    private static List<Integer> allWidths(Settings settings) {
        List<Integer> widths = widths(settings);
        widths.add(AutoencoderImages.PIXELS);
        return widths;
    }

    /// The hidden layer whose activations are the code, the middle one; of an even number the earlier.
    static int codeLayer(Settings settings) {
        return (settings.get(HIDDEN_LAYERS) - 1) / 2;
    }

    /// Whether the hidden layers are equally wide, so that relative entropy can be measured.
    static boolean isMeasurable(Settings settings) {
        return widths(settings).stream().distinct().count() == 1;
    }

    @Override
    public void run(Trial trial) {
        AutoencoderImages kind = images(trial);
        Split images = trial.input(kind);
        Network network = new MultilayerPerceptron(AutoencoderImages.PIXELS, allWidths(trial.settings()),
                Activation.labelled(trial.get(ACTIVATION)), Activation.labelled(trial.get(OUTPUT_ACTIVATION)))
                .build(ElementType.FLOAT32, new Initialisation.Gaussian(trial.get(SIGMA_W2), trial.get(SIGMA_B2)),
                        trial.stream("weights"));
        Dataset judged = Reconstruction.of(images.test());
        trial.stage(Stage.BEFORE.label(), () -> {
            double loss = Evaluation.of(network, LOSS, judged).loss();
            if (!Double.isFinite(loss)) {
                trial.diverged("the test loss of the random network is " + loss);
            }
            trial.record(AutoencoderReport.TEST_LOSS, At.epoch(0), loss);
            for (Baseline baseline : Baseline.values()) {
                trial.record(baseline.error(), baseline.error(images.train(), images.test()));
            }
            measure(trial, Stage.BEFORE, network, kind, images.test());
        });
        if (trial.get(EPOCHS) > 0) {
            trial.train(new Trainer(network, LOSS,
                    new Penalised(new Adam(trial.get(LEARNING_RATE)),
                            new Penalty.L2(trial.get(WEIGHT_DECAY), Regularised.ALL)))
                    .epochs(trial.get(EPOCHS)).batchSize(trial.get(BATCH)).validation(judged),
                    Reconstruction.of(images.train()), "1");
            trial.stage(Stage.AFTER.label(), () -> measure(trial, Stage.AFTER, network, kind, images.test()));
        }
    }

    private static void measure(Trial trial, Stage stage, Network network, AutoencoderImages kind, Dataset test) {
        SequencedMap<String, Tensor> kept = new LinkedHashMap<>();
        if (isMeasurable(trial.settings())) {
            Tensor probed = AutoencoderImages.inputs(test, kind.rows(trial.get(PROBED_INPUTS)));
            DepthMeasure depth = depth(trial, probed);
            List<RelativeEntropyProfile> profiles = depth.record(trial, network, trial.stream("monte-carlo"));
            depth.recordReferenceForm(trial, network, trial.stream("monte-carlo"));
            if (isSpins(trial.settings())) {
                byMagnetisation(trial, profiles, probed.sum(1).times(1.0 / AutoencoderImages.PIXELS).toDoubles());
            }
            gaussianity(trial, network, probed);
            kept.putAll(depth(trial, probed.rows(probed.length(0) / 2)).distributions(network,
                    trial.get(DISTRIBUTION_LAYERS)));
        }
        int[] rows = kind.rows(Math.min(SHOWN, test.size()));
        Tensor shown = AutoencoderImages.inputs(test, rows);
        kept.put(SHOWN_INPUT, shown);
        kept.put(SHOWN_OUTPUT, network.evaluate(shown));
        kept.put(SHOWN_LABEL, test.batch(rows).targets());
        Batch all = test.all();
        Tensor inputs = all.inputs().reshape(all.size(), AutoencoderImages.PIXELS);
        Tensor codes = codes(trial.settings(), network, inputs);
        kept.put(LABEL, all.targets());
        if (codes.length(1) == 2) {
            kept.put(CODE, codes);
        }
        if (isSpins(trial.settings())) {
            SpinComparison spins = SpinComparison.of(inputs, codes, network.evaluate(inputs));
            spins.numbers().forEach(trial::record);
            spins.keep(kept);
        }
        trial.keep(stage.label(), kept);
    }

    /// The activations of the code layer, which are what the layer behind it sees.
    private static Tensor codes(Settings settings, Network network, Tensor inputs) {
        String behind = MultilayerPerceptron.preActivation(codeLayer(settings) + 1);
        return Objects.requireNonNull(Probe.of(network, List.of(behind)).observe(inputs).get(behind)).input();
    }

    private static DepthMeasure depth(Trial trial, Tensor inputs) {
        return new DepthMeasure(trial.get(HIDDEN_LAYERS), Activation.labelled(trial.get(ACTIVATION)),
                trial.get(SIGMA_W2),
                trial.get(MC_SAMPLES), inputs);
    }

    private static void byMagnetisation(Trial trial, List<RelativeEntropyProfile> profiles, double[] upShares) {
        for (Magnetisation which : Magnetisation.values()) {
            List<RelativeEntropyProfile> own = IntStream.range(0, upShares.length)
                    .filter(i -> Magnetisation.of(upShares[i]) == which).mapToObj(profiles::get).toList();
            for (int m = 0; m < trial.get(HIDDEN_LAYERS) && !own.isEmpty(); m++) {
                int layer = m;
                trial.record(BY_MAGNETISATION, At.layer(m).and(Index.KIND, which.label()), own.stream()
                        .mapToDouble(profile -> profile.layers().get(layer).normalised().orElseThrow()).average()
                        .orElseThrow());
            }
        }
    }

    private static void gaussianity(Trial trial, Network network, Tensor probed) {
        List<String> modules = IntStream.range(0, trial.get(HIDDEN_LAYERS))
                .mapToObj(MultilayerPerceptron::preActivation)
                .toList();
        Probe.of(network, modules).observe(probed).forEach((module, seen) -> trial.record(ANDERSON_DARLING,
                modules.indexOf(module), IntStream.range(0, probed.length(0)).mapToDouble(i -> AndersonDarling
                        .test(seen.output().rows(i).toDoubles()).modifiedStatistic()).average().orElseThrow()));
    }

    @Override
    public List<Claim> claims() {
        return List.of(
                Claim.of("autoencoder-beats-plain-pictures",
                        "After training, the squared error on test images is smaller than that of a picture without"
                                + " shapes, the better of the mean training image and each image's mean grey: the"
                                + " ratio less 1",
                        new Citation("Surprisal", "docs/autoencoder.md"), AutoencoderStudy::excess, new Rule.Below(0))
                        .forEach(SIGMA_W2).below("reconstruction-error").needing("networks trained to the end"),
                Claim.of("autoencoder-peak-between-the-ends",
                        "The relative entropy rises to a peak between the first and the last layer and falls again",
                        FIGS,
                        AutoencoderStudy::peak, new Rule.Above(0)).forEach(SIGMA_W2, Index.STAGE).below(BY_DEPTH)
                        .needing(EQUAL_WIDTHS),
                Claim.of("autoencoder-lower-after-training",
                        "The relative entropy is lower after training, on the average over the layers", FIGS,
                        results -> change(results, AutoencoderStudy::level), new Rule.Below(0)).forEach(SIGMA_W2)
                        .below("after-minus-before").needing(EQUAL_WIDTHS),
                Claim.of("autoencoder-flatter-after-training",
                        "The curve is flatter after training: its total variation behind the first layer is smaller",
                        FIGS,
                        results -> change(results, AutoencoderStudy::totalVariation), new Rule.Below(0))
                        .forEach(SIGMA_W2).below(BY_DEPTH).needing(EQUAL_WIDTHS),
                Claim.of("autoencoder-grows-with-variance",
                        "The relative entropy is higher for the largest weight variance than for the smallest, on the"
                                + " average over the layers",
                        FIGS, AutoencoderStudy::growth, new Rule.Above(0)).forEach(Index.STAGE).below(BY_DEPTH)
                        .needing("two weight variances, and " + EQUAL_WIDTHS),
                Claim.of("autoencoder-decoder-less-gaussian",
                        "After training the layers behind the code are further from Gaussian than those up to it, on"
                                + " the average over layers and images",
                        FIGS, AutoencoderStudy::decoderMinusEncoder, new Rule.Above(0)).forEach(SIGMA_W2)
                        .below("gaussianity-by-depth").needing(EQUAL_WIDTHS));
    }

    /// The test loss of networks that were trained to the end.
    static Sample end(Results results) {
        return results.of(AutoencoderReport.TEST_LOSS).last(Index.EPOCH)
                .combine(results.of(Quantities.TRAIN_LOSS).at(Index.EPOCH, results.settings().get(EPOCHS)),
                        (test, _) -> test);
    }

    /// The error of trained networks over that of the better plain picture, less 1.
    static Sample excess(Results results) {
        Sample better = results.of(Baseline.MEAN_IMAGE.error()).combine(results.of(Baseline.MEAN_GREY.error()),
                Math::min);
        return end(results).combine(better, (own, plain) -> own / plain - 1).as(EXCESS);
    }

    /// How far the peak lies above both ends, for each weight variance and stage.
    static Sample peak(Results results) {
        Sample curves = results.of(DepthQuantities.NORMALISED);
        Sample none = curves.where(value -> false);
        return curves.by(SIGMA_W2).keySet().stream().map(sigmaW2 -> curves.where(SIGMA_W2, sigmaW2::equals))
                .flatMap(own -> own.by(Index.STAGE).entrySet().stream().flatMap(stage -> Peak.of(stage.getValue())
                        .map(peak -> peak.height().with(Index.STAGE, stage.getKey())).stream()))
                .reduce(none, Sample::and);
    }

    private static Sample change(Results results, UnaryOperator<Sample> number) {
        Sample numbers = number.apply(results.of(DepthQuantities.NORMALISED));
        return numbers.at(Index.STAGE, Stage.AFTER.label()).minus(numbers.at(Index.STAGE, Stage.BEFORE.label()));
    }

    /// The mean height over the layers behind the reference.
    private static Sample level(Sample curves) {
        return curves.where(Index.LAYER, m -> m > 0).meanOver(Index.LAYER);
    }

    /// The way up and down over the layers behind the reference: 0 for a flat curve. The first step, from the
    /// reference, is its height rather than its shape.
    private static Sample totalVariation(Sample curves) {
        return curves.where(Index.LAYER, m -> m > 0).reduce(Index.LAYER, values -> IntStream.range(1, values.size())
                .mapToDouble(m -> Math.abs(values.get(m) - values.get(m - 1))).sum());
    }

    private static Sample growth(Results results) {
        List<Double> variances = SIGMA_W2.in(results.settings()).stream().sorted().toList();
        Sample level = level(results.of(DepthQuantities.NORMALISED));
        return variances.size() < 2
                ? level.where(value -> false)
                : level.at(SIGMA_W2, variances.getLast()).minus(level.at(SIGMA_W2, variances.getFirst()));
    }

    private static Sample decoderMinusEncoder(Results results) {
        int code = codeLayer(results.settings());
        Sample after = results.of(ANDERSON_DARLING).at(Index.STAGE, Stage.AFTER.label());
        return after.where(Index.LAYER, m -> m > code).meanOver(Index.LAYER)
                .minus(after.where(Index.LAYER, m -> m <= code).meanOver(Index.LAYER));
    }

    @Override
    public List<String> found(Results results, Findings findings) {
        return new AutoencoderReport(results, new DepthPlots(results, SIGMA_W2)).found();
    }

    @Override
    public List<Section> report(Results results) {
        return new AutoencoderReport(results, new DepthPlots(results, SIGMA_W2)).sections();
    }
}

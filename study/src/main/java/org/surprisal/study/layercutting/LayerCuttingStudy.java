package org.surprisal.study.layercutting;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.surprisal.data.Split;
import org.surprisal.network.Network;
import org.surprisal.network.Parameter;
import org.surprisal.network.architecture.MultilayerPerceptron;
import org.surprisal.network.layer.Activation;
import org.surprisal.network.layer.Linear;
import org.surprisal.report.Axis;
import org.surprisal.report.Section;
import org.surprisal.report.Verdict;
import org.surprisal.report.Wording;
import org.surprisal.settings.Setting;
import org.surprisal.settings.SettingException;
import org.surprisal.settings.Settings;
import org.surprisal.study.engine.At;
import org.surprisal.study.engine.Citation;
import org.surprisal.study.engine.Claim;
import org.surprisal.study.engine.Design;
import org.surprisal.study.engine.Factor;
import org.surprisal.study.engine.Findings;
import org.surprisal.study.engine.Index;
import org.surprisal.study.engine.Inputs;
import org.surprisal.study.engine.Plot;
import org.surprisal.study.engine.Quantity;
import org.surprisal.study.engine.Results;
import org.surprisal.study.engine.Rule;
import org.surprisal.study.engine.Sample;
import org.surprisal.study.engine.Study;
import org.surprisal.study.engine.Trial;
import org.surprisal.study.images.ImageClassifier;

/// Whether layers are superfluous in which the relative entropy has reached its asymptote: accuracy of a trained
/// perceptron, and of the same one without these layers, before and after training on (Schmidt, L1054 and L1452).
///
/// The control lacks as many layers, those next to the first one, where the relative entropy still rises.
public final class LayerCuttingStudy implements Study {
    private static final Citation SOURCE = new Citation("Schmidt", "section 2.1.4, L1054, L1452");

    private static final ImageClassifier NETWORKS = ImageClassifier.of(5000, 100, 1, 10, 1, 0.01,
            ImageClassifier.activations());
    private static final Factor<Double> SIGMA_W2 = Factor.of(Setting.decimals("sigma-w2", List.of(1.5, 1.75), 0.06,
            1000, "weight variance times fan-in, one network each"), "σ_w²");
    private static final Setting<Integer> LAYERS = Setting.integer("layers", 20, 2, 10_000,
            "hidden layers of the whole network");
    private static final Setting<Integer> KEPT = Setting.integer("kept-layers", 10, 1, 10_000,
            "hidden layers that are kept; the thesis's curves have reached their asymptote at about 10");

    /// How far an accuracy may lie below that of the whole network and still count as no worse.
    private static final double MARGIN = 0.01;

    private static final Quantity ACCURACY = Quantity.of("accuracy-of-part", "1", "test accuracy", Index.STAGE,
            Index.KIND);

    /// What is left of a network.
    private enum Part {
        /// All layers.
        WHOLE("whole network"),
        /// The first layers and the output layer.
        FIRST("first layers"),
        /// The first layer, the last hidden layers and the output layer.
        LAST("last layers");

        private final String label;

        Part(String label) {
            this.label = label;
        }
    }

    private static final String CUT = "cut";
    private static final String RETRAINED = "trained on";

    @Override
    public String name() {
        return "layer-cutting";
    }

    @Override
    public String summary() {
        return "whether layers behind the asymptote of the relative entropy are superfluous";
    }

    @Override
    public String title() {
        return "Networks without some of their layers";
    }

    @Override
    public String lead() {
        return "A deep perceptron is trained. Then hidden layers are cut out of it: those far from the input, where the"
                + " relative entropy no longer changes, or, as a control, as many next to the first layer. What is left"
                + " is tested at once, and again after as many epochs of training as the whole network had; the whole"
                + " network is trained on as long.";
    }

    @Override
    public String subtitle(Results results) {
        return results.settings().get(LAYERS) + " hidden layers, of which " + results.settings().get(KEPT)
                + " are kept, " + NETWORKS.subtitle(results);
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(NETWORKS.data(), NETWORKS.trainSamples(), LAYERS, KEPT, NETWORKS.width(), NETWORKS.activation(),
                NETWORKS.outputActivation(), SIGMA_W2.values(), NETWORKS.sigmaB2(), NETWORKS.epochs(),
                NETWORKS.batch(), NETWORKS.learningRate(), NETWORKS.momentum());
    }

    @Override
    public Design design(Settings settings) {
        return Design.grid(SIGMA_W2).seeds(5).memory(cell -> NETWORKS.bytes(settings, widths(settings)));
    }

    private static List<Integer> widths(Settings settings) {
        List<Integer> widths = new ArrayList<>(
                Collections.nCopies(settings.get(LAYERS), settings.get(NETWORKS.width())));
        widths.add(10);
        return widths;
    }

    @Override
    public void check(Inputs inputs) {
        int layers = inputs.get(LAYERS);
        if (inputs.get(KEPT) >= layers) {
            throw SettingException.badValue(KEPT.key(), KEPT.text(inputs.get(KEPT)), "below " + layers
                    + ", the hidden layers there are");
        }
    }

    @Override
    public void run(Trial trial) {
        Split images = NETWORKS.images(trial);
        Network whole = NETWORKS.network(trial, images.train(), widths(trial.settings()), trial.get(SIGMA_W2));
        trial.train(NETWORKS.trainer(trial, whole), images.train());
        for (Part part : Part.values()) {
            trial.stage(part.label, () -> {
                Network left = part(trial, whole, part);
                record(trial, CUT, part, left, images);
                NETWORKS.trainer(trial, left).fit(images.train(), trial.stream("order-of-training-on"));
                record(trial, RETRAINED, part, left, images);
            });
        }
    }

    private static void record(Trial trial, String stage, Part part, Network network, Split images) {
        trial.record(ACCURACY, At.TRIAL.and(Index.STAGE, stage).and(Index.KIND, part.label),
                NETWORKS.test(trial, network, images.test()).accuracy().orElseThrow());
    }

    /// A copy of the layers that are left.
    private static Network part(Trial trial, Network whole, Part part) {
        int hidden = trial.get(LAYERS);
        int kept = trial.get(KEPT);
        IntStream left = switch (part) {
            case WHOLE -> IntStream.range(0, hidden);
            case FIRST -> IntStream.range(0, kept);
            case LAST -> IntStream.concat(IntStream.of(0), IntStream.range(hidden - kept + 1, hidden));
        };
        List<Linear> layers = IntStream.concat(left, IntStream.of(hidden))
                .mapToObj(layer -> (Linear) whole.module(MultilayerPerceptron.preActivation(layer)))
                .map(linear -> new Linear(Parameter.of("weight", linear.weight().value()),
                        Parameter.of("bias", linear.bias().value())))
                .toList();
        return MultilayerPerceptron.of(layers, Activation.labelled(trial.get(NETWORKS.activation())),
                Activation.labelled(trial.get(NETWORKS.outputActivation())));
    }

    private static Sample accuracy(Results results, String stage, Part part) {
        return results.of(ACCURACY).at(Index.STAGE, stage).at(Index.KIND, part.label);
    }

    /// By how much a part is more accurate than another, network by network.
    private static Sample difference(Results results, String stage, Part part, Part other) {
        return accuracy(results, stage, part).minus(accuracy(results, stage, other));
    }

    @Override
    public List<Claim> claims() {
        return List.of(
                Claim.of("layer-cutting-superfluous-at-once",
                        "Without the layers behind the asymptote, and without more training, the network is no less"
                                + " accurate by more than a hundredth",
                        SOURCE, results -> difference(results, CUT, Part.FIRST, Part.WHOLE),
                        new Rule.Above(-MARGIN)).forEach(SIGMA_W2).below("accuracy"),
                Claim.of("layer-cutting-superfluous",
                        "Without the layers behind the asymptote the network, trained on, is no less accurate than the"
                                + " whole one, trained on, by more than a hundredth",
                        SOURCE, results -> difference(results, RETRAINED, Part.FIRST, Part.WHOLE),
                        new Rule.Above(-MARGIN)).forEach(SIGMA_W2).below("accuracy"),
                Claim.of("layer-cutting-place-matters",
                        "What is left is more accurate, trained on, than where as many layers were cut before the"
                                + " asymptote",
                        SOURCE, results -> difference(results, RETRAINED, Part.FIRST, Part.LAST),
                        new Rule.Above(0)).forEach(SIGMA_W2).below("accuracy"));
    }

    @Override
    public List<String> found(Results results, Findings findings) {
        List<String> found = new ArrayList<>();
        Sample cut = difference(results, CUT, Part.FIRST, Part.WHOLE);
        Sample trained = difference(results, RETRAINED, Part.FIRST, Part.WHOLE);
        if (cut.isEmpty() || trained.isEmpty()) {
            return List.of("No network has been cut yet.");
        }
        int gone = results.settings().get(LAYERS) - results.settings().get(KEPT);
        found.add("Without its last " + Wording.count(gone, "hidden layer") + " the test accuracy of a network is lower"
                + " at once by " + by(cut, -1) + ".");
        found.add("Trained on, it "
                + (findings.verdict("layer-cutting-superfluous") == Verdict.HELD
                        ? "is no worse than the whole network by more than 0.01: the difference is "
                        : "differs from that of the whole network by ")
                + by(trained, 1) + "; where as many layers were cut next to the first one, by "
                + by(difference(results, RETRAINED, Part.LAST, Part.WHOLE), 1) + ".");
        return found;
    }

    /// A difference of accuracies at each weight variance, with its standard error.
    private static String by(Sample difference, int sign) {
        return difference.map(ACCURACY, value -> sign * value).across(SIGMA_W2);
    }

    @Override
    public List<Section> report(Results results) {
        Sample all = results.of(ACCURACY).change(Index.STAGE, Index.STEP,
                stage -> stage.equals(CUT) ? 0L : 1L);
        return List.of(Section.of("Accuracy of what is left").picture(Plot.lines("accuracy",
                "Test accuracy before and after training on", all).x(Index.STEP)
                .xAxis(Axis.named("stage", List.of(CUT, RETRAINED)))
                .colour(Index.KIND).facet(SIGMA_W2)
                .caption("First layers: those behind the asymptote were cut. Last layers: the first hidden layer and"
                        + " the last ones are left.")
                .figure()));
    }
}

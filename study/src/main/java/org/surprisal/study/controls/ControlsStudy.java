package org.surprisal.study.controls;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.surprisal.data.Split;
import org.surprisal.network.Network;
import org.surprisal.report.Section;
import org.surprisal.settings.Setting;
import org.surprisal.settings.SettingException;
import org.surprisal.settings.Settings;
import org.surprisal.study.depth.PerceptronByDepth;
import org.surprisal.study.depth.Stage;
import org.surprisal.study.engine.At;
import org.surprisal.study.engine.Citation;
import org.surprisal.study.engine.Claim;
import org.surprisal.study.engine.Coordinate;
import org.surprisal.study.engine.Design;
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

/// The same weights on images, on permuted and shuffled images and on noise, before and after training: what of the
/// relative entropy by depth is the network's and what the data's.
///
/// Networks of one seed start from the same random numbers, scaled by their σ_w, see the training images in the same
/// order, and are shown the same inputs; inputs are drawn anew for each seed, so that what is said over seeds holds for
/// other inputs too.
public final class ControlsStudy implements Study {
    static final PerceptronByDepth NETWORKS = PerceptronByDepth.of(
            ImageClassifier.of(6_000, 784, 8, 3, 0, 0.02, ImageClassifier.activations()), 12, List.of(200, 10),
            List.of(1.5, 2.5), 100, List.of(1)).withProbedInputs(16,
                    "inputs of each kind for the relative entropy from the first pass and from the input; values are"
                            + " means over them");
    static final Setting<Integer> SHOWN_INPUTS = Setting.integer("shown-inputs", 500, 10, 100_000,
            "inputs of each kind for the divergences over inputs");
    static final Setting<Integer> NEURONS = Setting.integer("neurons", 100, 2, 100_000,
            "of each layer in the divergences over inputs, the first ones; none is like another, none is special");
    static final Setting<Integer> COMPONENTS = Setting.integer("components", 3, 1, 100,
            "leading principal components for nearest neighbours; beyond three the estimate is off by more than a"
                    + " fifth");
    static final Setting<Integer> NEIGHBOURS = Setting.integer("neighbours", 4, 1, 100,
            "which neighbour the nearest-neighbour divergence takes");
    static final Setting<List<String>> STIMULI = Setting.choices("stimuli", Stimulus.labels(), Stimulus.labels(),
            "what networks are measured on; figures and claims that need another kind are left out");

    /// Of the unit (N/2) ln(2πe σ_w²): what is less counts as nothing, in every claim. 'As noise' and 'more than noise'
    /// are so the two sides of one threshold.
    static final double MARGIN = 0.01;
    /// The same for divergences, in nats, and for ratios of them, less 1.
    private static final double DIVERGENCE_MARGIN = 0.1;
    private static final Citation CONCLUSIONS = new Citation("Schmidt", "Chapter 2.3");
    private static final Citation FIGS = new Citation("Schmidt", "Figs 21 to 29");
    private static final Quantity DIVERGENCE = Quantity.of("divergence", "nat", "divergence", Index.STAGE, Index.LAYER);

    @Override
    public String name() {
        return "relative-entropy-controls";
    }

    @Override
    public String summary() {
        return "the network's part of the relative entropy and the data's: images against noise, from the input, per"
                + " neuron";
    }

    @Override
    public String title() {
        return "Relative entropy: the network's part and the data's";
    }

    @Override
    public String lead() {
        return "Relative entropy by depth is measured on images, from the first forward pass. Here"
                + " the same networks are also measured from the input, and shown images with permuted pixels, images"
                + " with shuffled pixels and noise, all of the same mean and variance image by image: what is the same"
                + " on noise is the network's part, what is not is the data's. Relative entropies are in units of (N/2)"
                + " ln(2πe σ_w²), N being the neurons of a layer, and divergences in nats. What is less than a"
                + " hundredth of that unit counts as nothing in every claim, be it that there is a difference or that"
                + " there is none; of divergences a tenth of a nat counts as nothing, and of a ratio of two"
                + " divergences a tenth."
                + " Networks of one seed have the same random numbers, scaled by σ_w.";
    }

    @Override
    public String subtitle(Results results) {
        return NETWORKS.subtitle(results);
    }

    @Override
    public List<Setting<?>> settings() {
        List<Setting<?>> all = new ArrayList<>(NETWORKS.settings());
        all.remove(NETWORKS.distributionLayers());
        all.addAll(List.of(SHOWN_INPUTS, NEURONS, COMPONENTS, NEIGHBOURS, STIMULI));
        return all;
    }

    @Override
    public Design design(Settings settings) {
        return NETWORKS.design(settings, 5);
    }

    @Override
    public void check(Inputs inputs) {
        NETWORKS.check(inputs);
        Split data = NETWORKS.network().images(inputs);
        int pixels = data.train().inputShape().size();
        int shown = inputs.get(SHOWN_INPUTS);
        require(inputs, NETWORKS.network().width(), inputs.get(NETWORKS.network().width()) == pixels,
                pixels + ", the pixels of " + data.train().name() + ": layers are measured from the input");
        require(inputs, SHOWN_INPUTS, 2 * shown <= data.test().size(),
                "at most " + data.test().size() / 2 + ", half the test images of " + data.test().name());
        require(inputs, NETWORKS.probedInputs(), inputs.get(NETWORKS.probedInputs()) <= shown,
                "at most " + shown + ", the shown inputs");
        require(inputs, NEURONS, inputs.get(NEURONS) <= pixels, "at most " + pixels + ", the neurons of a layer");
        require(inputs, COMPONENTS,
                inputs.get(COMPONENTS) <= inputs.get(NEURONS) && inputs.get(COMPONENTS) + 3 <= shown,
                "at most the neurons (" + inputs.get(NEURONS) + ") and 3 less than the shown inputs (" + shown + ")");
        require(inputs, NEIGHBOURS, inputs.get(NEIGHBOURS) < shown, "less than " + shown + ", the shown inputs");
    }

    private static <T> void require(Inputs inputs, Setting<T> setting, boolean met, String allowed) {
        if (!met) {
            throw SettingException.badValue(setting.key(), setting.text(inputs.get(setting)), allowed);
        }
    }

    @Override
    public void run(Trial trial) {
        Split images = NETWORKS.network().images(trial);
        Network network = NETWORKS.network(trial, images.train());
        NetworkMeasures measures = new NetworkMeasures(trial, network,
                Stimuli.of(images.test(), trial.get(SHOWN_INPUTS), trial.stream("stimuli")));
        trial.stage(Stage.BEFORE.label(), measures::beforeTraining);
        int epochs = trial.get(NETWORKS.network().epochs());
        if (epochs > 0) {
            trial.train(NETWORKS.network().trainer(trial, network), images.train());
        }
        trial.record(Quantities.TEST_ACCURACY, At.epoch(epochs),
                NETWORKS.network().test(trial, network, images.test()).accuracy().orElseThrow());
        if (epochs > 0) {
            trial.stage(Stage.AFTER.label(), measures::afterTraining);
        }
    }

    /// The numbers on one kind of input, or of one comparison.
    static Sample on(Results results, Quantity quantity, Stimulus kind) {
        return results.of(quantity).at(Index.KIND, kind.label());
    }

    /// Relative entropy on a kind of input less that on noise, by stage and layer.
    static Sample dataPart(Results results, Stimulus kind) {
        return fromFirst(results, kind).minus(fromFirst(results, Stimulus.NOISE));
    }

    private static Sample fromFirst(Results results, Stimulus kind) {
        return on(results, NetworkMeasures.FROM_FIRST, kind);
    }

    static Sample before(Sample sample) {
        return sample.at(Index.STAGE, Stage.BEFORE.label());
    }

    static Sample after(Sample sample) {
        return sample.at(Index.STAGE, Stage.AFTER.label());
    }

    static Sample change(Sample sample) {
        return after(sample).minus(before(sample));
    }

    private static Sample last(Results results, Sample sample) {
        return sample.at(Index.LAYER, NETWORKS.layers(results.settings()) - 1);
    }

    /// The mean of the layers behind the reference.
    static Sample mean(Sample sample) {
        return sample.where(Index.LAYER, m -> m > 0).meanOver(Index.LAYER);
    }

    /// The mean over layers of a ratio less 1, of networks that have it in all layers.
    private static Sample ratio(Results results, Sample of, Sample to) {
        return of.combine(to, (a, b) -> a / b - 1).whole(Index.LAYER, NETWORKS.layers(results.settings()))
                .meanOver(Index.LAYER);
    }

    /// From the input less from the first pass, less the same at layer 0, at the last layer.
    private static Sample excess(Results results) {
        Sample difference = on(results, NetworkMeasures.FROM_INPUT, Stimulus.IMAGES)
                .minus(fromFirst(results, Stimulus.IMAGES));
        return last(results, difference).minus(difference.at(Index.LAYER, 0));
    }

    /// The divergence of a kind of input from noise by one finer measure, by stage and layer.
    @FunctionalInterface
    private interface Divergence {
        Sample of(Stimulus kind);
    }

    /// A number of each finer measure, with the measure as kind.
    private static Function<Results, Sample> finer(BiFunction<Results, Divergence, Sample> number) {
        return results -> Arrays.stream(FinerMeasure.values())
                .filter(measure -> measure != FinerMeasure.NEIGHBOURS_OF_NORMALS)
                .map(measure -> number.apply(results, kind -> on(results, measure.quantity(), kind)).as(DIVERGENCE)
                        .with(Index.KIND, measure.label()))
                .reduce(Sample::and).orElseThrow();
    }

    private static Sample neighboursOverNormals(Results results) {
        return ratio(results, on(results, FinerMeasure.NEIGHBOURS.quantity(), Stimulus.IMAGES),
                on(results, FinerMeasure.NEIGHBOURS_OF_NORMALS.quantity(), Stimulus.IMAGES));
    }

    private static Sample aligned(Results results, Stimulus kind) {
        return on(results, NetworkMeasures.ALIGNED, kind);
    }

    @Override
    public List<Claim> claims() {
        Rule nothing = new Rule.Within(0, MARGIN);
        Rule sameRatio = new Rule.Within(0, DIVERGENCE_MARGIN);
        Rule above = new Rule.Above(MARGIN);
        Rule below = new Rule.Below(-MARGIN);
        Rule farther = new Rule.Above(DIVERGENCE_MARGIN);
        Rule closer = new Rule.Below(-DIVERGENCE_MARGIN);
        return List.of(
                claim("input-is-difference-of-entropies", "Before training, the relative entropy from the input is the"
                        + " difference of entropies, on the average over the layers",
                        r -> before(on(r, NetworkMeasures.FROM_INPUT, Stimulus.IMAGES)
                                .minus(on(r, NetworkMeasures.ENTROPY_FROM_INPUT, Stimulus.IMAGES)))
                                .where(Index.LAYER, m -> m >= 0).meanOver(Index.LAYER),
                        nothing),
                claim("input-only-shifts", "Seen from the input the curve is that from the first pass, moved by the one"
                        + " step to layer 0: nothing else is left of the difference at the last layer",
                        ControlsStudy::excess, nothing, Index.STAGE),
                claim(FIGS, "training-lowers-last-layer",
                        "Training lowers the relative entropy of the last layer from the first pass",
                        r -> change(last(r, fromFirst(r, Stimulus.IMAGES))), below),
                claim("training-lowers-last-layer-from-input",
                        "Training lowers the relative entropy of the last layer from the input",
                        r -> change(last(r, on(r, NetworkMeasures.FROM_INPUT, Stimulus.IMAGES))), below),
                claim("no-data-part-before",
                        "Before training the data have no part: images are as noise, on the average over the layers",
                        r -> mean(before(dataPart(r, Stimulus.IMAGES))), nothing),
                claim("data-part-after",
                        "After training the data have a part: images lie above noise, on the average over the layers",
                        r -> mean(after(dataPart(r, Stimulus.IMAGES))), above),
                claim("permuted-as-noise",
                        "After training images with permuted pixels are as noise, on the average over the layers",
                        r -> mean(after(dataPart(r, Stimulus.PERMUTED))), nothing),
                claim("shuffled-as-noise",
                        "After training images shuffled one by one are as noise, on the average over the layers",
                        r -> mean(after(dataPart(r, Stimulus.SHUFFLED))), nothing),
                claim("training-changes-network-part", "Training changes the network's part: it raises the curve on"
                        + " noise, on the average over the layers",
                        r -> mean(change(fromFirst(r, Stimulus.NOISE))), above),
                claim("images-told-from-noise", "The last layer tells images from noise better than noise from noise",
                        finer((r, d) -> last(r, d.of(Stimulus.IMAGES).minus(d.of(Stimulus.OTHER_NOISE)))), farther,
                        Index.STAGE, Index.KIND),
                claim("random-network-mixes",
                        "A random network brings images and noise closer from the first layer to the last",
                        finer((r, d) -> before(last(r, d.of(Stimulus.IMAGES))
                                .minus(d.of(Stimulus.IMAGES).at(Index.LAYER, 0)))),
                        closer, Index.KIND),
                claim("random-network-blind-to-permutation", "A random network cannot tell images from images with"
                        + " permuted pixels: the ratio of their divergences from noise is 1, on the average over the"
                        + " layers",
                        finer((r, d) -> ratio(r, before(d.of(Stimulus.PERMUTED)), before(d.of(Stimulus.IMAGES)))),
                        sameRatio, Index.KIND),
                claim("training-keeps-apart", "Training drives images and noise apart in the last layer",
                        finer((r, d) -> change(last(r, d.of(Stimulus.IMAGES)))), farther, Index.KIND),
                claim("in-place-only", "After training the last layer tells images from noise better than images with"
                        + " permuted pixels",
                        finer((r, d) -> after(last(r, d.of(Stimulus.IMAGES).minus(d.of(Stimulus.PERMUTED))))), farther,
                        Index.KIND),
                claim("gaussian-before", "Before training a Gaussian model of the leading components is enough: nearest"
                        + " neighbours find what they find of normal samples", r -> before(neighboursOverNormals(r)),
                        sameRatio),
                claim("gaussian-after", "After training a Gaussian model of the leading components is enough: nearest"
                        + " neighbours find what they find of normal samples", r -> after(neighboursOverNormals(r)),
                        sameRatio),
                claim("images-move-from-first-layer", "In a random network images move away from the first layer to the"
                        + " end: the last layer is farther than the middle one",
                        r -> before(last(r, aligned(r, Stimulus.IMAGES)).minus(aligned(r, Stimulus.IMAGES)
                                .at(Index.LAYER, NETWORKS.layers(r.settings()) / 2))),
                        farther),
                claim("training-moves-from-first-layer",
                        "Training moves the last layer farther from the first, on images",
                        r -> change(last(r, aligned(r, Stimulus.IMAGES))), farther),
                claim("training-moves-images-more",
                        "Training moves the last layer farther from the first on images than on noise",
                        r -> change(last(r, aligned(r, Stimulus.IMAGES).minus(aligned(r, Stimulus.NOISE)))), farther));
    }

    /// The figure below which a claim stands.
    private static String figure(String id) {
        return switch (id) {
            case "input-is-difference-of-entropies", "input-only-shifts", "training-lowers-last-layer",
                    "training-lowers-last-layer-from-input" ->
                "from-the-input";
            case "no-data-part-before", "data-part-after", "permuted-as-noise", "shuffled-as-noise",
                    "training-changes-network-part" ->
                "network-and-data";
            case "images-move-from-first-layer", "training-moves-from-first-layer", "training-moves-images-more" ->
                "from-the-first-layer";
            default -> "images-from-noise";
        };
    }

    private static Claim claim(String id, String text, Function<Results, Sample> number, Rule rule,
            Coordinate... others) {
        return claim(CONCLUSIONS, id, text, number, rule, others);
    }

    private static Claim claim(Citation source, String id, String text, Function<Results, Sample> number, Rule rule,
            Coordinate... others) {
        List<Coordinate> each = new ArrayList<>(List.of(NETWORKS.sigmaW2()));
        each.addAll(List.of(others));
        return Claim.of("controls-" + id, text, source, number, rule).forEach(each.toArray(Coordinate[]::new))
                .below(figure(id))
                .needing("the kinds of input that it compares, which `stimuli` names, and for some training");
    }

    @Override
    public List<String> found(Results results, Findings findings) {
        return new ControlsReport(results).found(findings);
    }

    @Override
    public List<Section> report(Results results) {
        return new ControlsReport(results).sections();
    }
}

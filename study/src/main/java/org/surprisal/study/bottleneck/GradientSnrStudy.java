package org.surprisal.study.bottleneck;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import org.surprisal.information.Quartiles;
import org.surprisal.information.statistics.RankCorrelation;
import org.surprisal.network.Parameter;
import org.surprisal.network.training.TrainingListener;
import org.surprisal.report.Axis;
import org.surprisal.report.Section;
import org.surprisal.report.Table;
import org.surprisal.report.TableCell;
import org.surprisal.report.Wording;
import org.surprisal.settings.Setting;
import org.surprisal.settings.SettingException;
import org.surprisal.settings.Settings;
import org.surprisal.study.engine.At;
import org.surprisal.study.engine.Citation;
import org.surprisal.study.engine.Claim;
import org.surprisal.study.engine.Coordinate;
import org.surprisal.study.engine.Design;
import org.surprisal.study.engine.Factor;
import org.surprisal.study.engine.Findings;
import org.surprisal.study.engine.Index;
import org.surprisal.study.engine.Inputs;
import org.surprisal.study.engine.Plot;
import org.surprisal.study.engine.Quantities;
import org.surprisal.study.engine.Quantity;
import org.surprisal.study.engine.Results;
import org.surprisal.study.engine.Rule;
import org.surprisal.study.engine.Sample;
import org.surprisal.study.engine.Study;
import org.surprisal.study.engine.Trial;
import org.surprisal.study.measure.GradientMoments;
import org.surprisal.study.measure.LogSpaced;

/// Mean and spread of the gradients over the batches of an epoch, layer by layer, and the epoch at which the spread
/// takes over (Landsverk's Figs 3.3 and 4.5, equation 3.9; Shwartz-Ziv & Tishby 2017).
public final class GradientSnrStudy implements Study {
    /// ||mean|| / ||standard deviation|| of all weights' gradients together.
    static final Quantity SNR = Quantity.of("gradient-signal-to-noise", "1",
            "norm of the mean gradient / norm of its standard deviation", Index.EPOCH);
    private static final Quantity TRANSITION = Quantity.of("transition", "epochs", "epoch of the transition");
    private static final Quantity CHANGE = Quantity.of("logarithm-of-the-change", "1", "ln(last / first)");

    private static final BottleneckNetworks NETWORKS = BottleneckNetworks.of("tanh");
    private static final Setting<Integer> RECORDED = Setting.integer("recorded-epochs", 150, 2, 100_000,
            "epochs of equal ratios at which the gradients are kept, the first and the last among them; the"
                    + " transition is found"
                    + " among these");
    private static final Quantity RATIO = Quantity.of("logarithm-of-the-epochs", "1", "log2(transition / settling)");
    private static final Quantity CORRELATION = Quantity.correlation("spearman", "Spearman's rank correlation", 0.007);
    /// How far the test accuracy may still move once it has settled.
    private static final double SETTLED = 0.01;
    private static final int LEAST_CONFIGURATIONS = 12;
    private static final String ALL = "all weights";
    private static final String DEAD = "no gradient reaches some weights any more";
    /// The epoch of a transition that does not come.
    private static final double NEVER = 1e12;

    @Override
    public String name() {
        return "gradient-snr";
    }

    @Override
    public String summary() {
        return "mean and spread of the gradients by epoch and where the spread takes over (the thesis's Figs 3.3, 4.5)";
    }

    @Override
    public String title() {
        return "Signal and noise of the gradients";
    }

    @Override
    public String lead() {
        return "For each weight matrix, the gradients of an epoch's batches have a mean and a"
                + " standard deviation,"
                + " element by element; their Frobenius norms, over the norm of the weight at the epoch's end, say"
                + " how far the"
                + " batches pull together and how far apart. Where the mean is larger, training drifts; where the"
                + " deviation is"
                + " larger, it diffuses. The transition of a network is the first recorded epoch from which on, to"
                + " the end, the"
                + " norm of the mean stays below that of the deviation.";
    }

    @Override
    public String subtitle(Results results) {
        return NETWORKS.subtitle(results);
    }

    @Override
    public List<Setting<?>> settings() {
        return NETWORKS.settings(RECORDED);
    }

    @Override
    public Design design(Settings settings) {
        return NETWORKS.design(8);
    }

    @Override
    public void check(Inputs inputs) {
        int fewest = NETWORKS.tasks(inputs).stream().mapToInt(task -> task.train().size()).min().orElseThrow();
        int batch = inputs.get(BottleneckNetworks.BATCH);
        if (2L * batch > fewest) {
            throw SettingException.badValue(BottleneckNetworks.BATCH.key(), Integer.toString(batch),
                    "at most half of the "
                            + fewest + " training samples: a spread over batches needs two");
        }
    }

    @Override
    public void run(Trial trial) {
        BottleneckNetwork network = NETWORKS.network(trial);
        GradientMoments moments = new GradientMoments(BottleneckNetworks.adam(trial));
        Set<Integer> recorded = LogSpaced.epochs(trial.get(BottleneckNetworks.EPOCHS), trial.get(RECORDED));
        trial.train(BottleneckNetworks.trainer(trial, network, moments).listener(new TrainingListener() {
            @Override
            public void onEpoch(Epoch epoch) {
                List<GradientMoments.Norms> norms = moments.take();
                if (recorded.contains(epoch.epoch())) {
                    NETWORKS.recordTest(trial, network.network(), epoch.epoch());
                    record(trial, epoch.epoch(), norms, network.network().parameters().stream()
                            .filter(GradientMoments::isWeight).toList());
                }
            }
        }), NETWORKS.task(trial).train());
    }

    private static void record(Trial trial, int epoch, List<GradientMoments.Norms> norms, List<Parameter> weights) {
        for (int m = 0; m < norms.size(); m++) {
            double weight = norm(weights.get(m));
            At at = At.epoch(epoch).and(Index.LAYER, m + 1);
            trial.record(GradientMoments.MEAN, at, norms.get(m).mean() / weight);
            trial.record(GradientMoments.DEVIATION, at, norms.get(m).deviation() / weight);
        }
        double signal = norms.stream().mapToDouble(norm -> norm.mean() * norm.mean()).sum();
        double noise = norms.stream().mapToDouble(norm -> norm.deviation() * norm.deviation()).sum();
        // A network of dead units has no gradient at all.
        if (noise > 0) {
            trial.record(SNR, At.epoch(epoch), Math.sqrt(signal / noise));
        }
    }

    private static double norm(Parameter weight) {
        double sum = 0;
        for (double element : weight.value().toDoubles()) {
            sum += element * element;
        }
        return Math.sqrt(sum);
    }

    @Override
    public List<Claim> claims() {
        return List.of(
                claim("ratio-falls", "The ratio of mean to deviation of all gradients together falls from the first"
                        + " epoch to the"
                        + " last", "Fig 4.5", SNR, new Rule.Below(0)),
                Claim.of("gradient-snr-ends-in-diffusion", "In the last epoch, the deviation of all gradients"
                        + " together exceeds"
                        + " their mean: the logarithm of the ratio is negative", new Citation("Landsverk", "Fig 4.5"),
                        results -> together(results)
                                .at(Index.EPOCH, results.settings().get(BottleneckNetworks.EPOCHS))
                                .map(CHANGE, Math::log),
                        new Rule.Below(0))
                        .forEach(NETWORKS.activation(), BottleneckNetworks.FRACTION).below("signal-to-noise"),
                claim("means-fall", "The mean gradient of each layer, over the norm of its weight, falls from the"
                        + " first epoch to"
                        + " the last", "Fig 3.3", GradientMoments.MEAN, new Rule.Below(0)),
                claim("deviations-rise", "The deviation of the gradients of each layer, over the norm of its weight,"
                        + " rises from"
                        + " the first epoch to the last", "Fig 3.3", GradientMoments.DEVIATION, new Rule.Above(0)),
                Claim.of("gradient-snr-marks-settling", "The transition comes when test accuracy settles: the logarithm"
                        + " to base 2 of the epoch of the one over that of the other is between -1 and 1",
                        new Citation("Landsverk", "L953"), GradientSnrStudy::transitionOverSettling,
                        new Rule.Within(0, 1)).needing("test samples, which there are with train-fractions below 1")
                        .forEach(NETWORKS.activation(), BottleneckNetworks.FRACTION).below("signal-to-noise"),
                Claim.of("gradient-snr-settling-follows-transition", "Of at least " + LEAST_CONFIGURATIONS
                        + " combinations of activation and fraction of the data, those whose transition comes later"
                        + " settle later: Spearman's rank correlation is above 0.3",
                        new Citation("Landsverk", "L953"), GradientSnrStudy::settlingByTransition,
                        new Rule.Above(0.3)).needing(
                                "at least " + LEAST_CONFIGURATIONS + " combinations with test"
                                        + " samples")
                        .below("signal-to-noise"));
    }

    /// The epoch from which on, to the end, a network's test accuracy stays within [#SETTLED] of its last value.
    ///
    /// @param epochs     ascending
    /// @param accuracies at these epochs
    static double settling(double[] epochs, double[] accuracies) {
        int settled = accuracies.length - 1;
        double last = accuracies[settled];
        while (settled > 0 && Math.abs(accuracies[settled - 1] - last) <= SETTLED) {
            settled--;
        }
        return Math.max(1, epochs[settled]);
    }

    /// The epochs at which test accuracies settle, of networks that learn.
    private static Sample settlings(Results results) {
        return results.of(Quantities.TEST_ACCURACY).except(leftOut(results)).reduce(Index.EPOCH,
                GradientSnrStudy::settling, TRANSITION);
    }

    /// log2 of the epoch of the transition over that of settling. A transition that does not come within the training
    /// counts as if it came at twice its last epoch, so that a network without one is not left out.
    private static Sample transitionOverSettling(Results results) {
        double never = 2.0 * results.settings().get(BottleneckNetworks.EPOCHS);
        return transitions(together(results)).combine(settlings(results),
                (transition, settled) -> Math.log(Math.min(transition, never) / settled) / Math.log(2)).as(RATIO);
    }

    /// Spearman's correlation of both epochs over the combinations, one number a seed.
    private static Sample settlingByTransition(Results results) {
        Sample transitions = transitions(together(results));
        Sample settlings = settlings(results);
        Sample first = transitions.combine(settlings, (transition, _) -> Math.min(transition, NEVER));
        SequencedMap<Object, Sample> second = transitions.combine(settlings, (_, settled) -> settled).by(Index.SEED);
        List<Sample.Point> correlations = new ArrayList<>();
        first.by(Index.SEED).forEach((seed, own) -> {
            if (own.points().size() >= LEAST_CONFIGURATIONS) {
                SequencedMap<Coordinate, Object> at = new LinkedHashMap<>(Map.of(Index.SEED, seed));
                RankCorrelation.of(values(own), values(Objects.requireNonNull(second.get(seed))))
                        .ifPresent(found -> correlations.add(new Sample.Point(at, found.coefficient())));
            }
        });
        return new Sample(CORRELATION, correlations);
    }

    private static double[] values(Sample sample) {
        return sample.points().stream().mapToDouble(Sample.Point::value).toArray();
    }

    /// A claim about the logarithm of last over first value of a quantity, for each layer if it has any.
    private static Claim claim(String id, String text, String place, Quantity quantity, Rule rule) {
        Claim claim = Claim.of("gradient-snr-" + id, text, new Citation("Landsverk", place), results -> {
            Sample all = learning(results, quantity);
            Sample positive = quantity.by().contains(Index.LAYER)
                    ? BottleneckNetworks.layersNamed(results.settings(), all)
                    : all;
            return positive.at(Index.EPOCH, results.settings().get(BottleneckNetworks.EPOCHS))
                    .combine(positive.at(Index.EPOCH, 1), (last, first) -> Math.log(last / first)).as(CHANGE);
        }, rule);
        return quantity.by().contains(Index.LAYER)
                ? claim.forEach(NETWORKS.activation(), BottleneckNetworks.FRACTION, Index.LAYER)
                        .below("means-and-deviations")
                : claim.forEach(NETWORKS.activation(), BottleneckNetworks.FRACTION).below("signal-to-noise");
    }

    /// The numbers of networks that neither died nor diverged, where they have a logarithm.
    private static Sample learning(Results results, Quantity quantity) {
        return results.of(quantity).except(leftOut(results)).where(value -> value > 0);
    }

    /// The networks that died or diverged, one number each.
    private static Sample leftOut(Results results) {
        return dead(results).and(results.diverged().where(diverged -> diverged == 1));
    }

    /// The networks that died: in their last recorded epoch one of their weights has no gradient in any batch, so
    /// nothing of the input passes it. A network that dies in its first epoch has gradients in that one alone, and
    /// would make curves jump between the first two epochs.
    private static Sample dead(Results results) {
        return results.of(GradientMoments.MEAN).combine(results.of(GradientMoments.DEVIATION), Double::sum)
                .last(Index.EPOCH).reduce(Index.LAYER, Collections::min).where(gradient -> gradient == 0);
    }

    /// The ratio of mean to deviation of all weights together, by epoch.
    private static Sample together(Results results) {
        return learning(results, SNR);
    }

    /// The ratio of mean to deviation of each layer's weights, by epoch and layer.
    private static Sample ofLayers(Results results) {
        return learning(results, GradientMoments.MEAN)
                .combine(learning(results, GradientMoments.DEVIATION), (mean, deviation) -> mean / deviation).as(SNR);
    }

    /// The first epoch from which on, to the end, the ratio stays below 1; infinite where the last one does not.
    ///
    /// Nothing is fitted or smoothed: with B batches an epoch the ratio of pure noise is at most about 1/√B, so chance
    /// does not lift it above 1 again.
    ///
    /// @param epochs ascending
    /// @param ratios of mean to deviation
    static double transition(double[] epochs, double[] ratios) {
        double transition = Double.POSITIVE_INFINITY;
        for (int e = epochs.length - 1; e >= 0 && ratios[e] < 1; e--) {
            transition = epochs[e];
        }
        return transition;
    }

    @Override
    public List<Section> report(Results results) {
        List<Factor<?>> groups = List.of(NETWORKS.activation(), BottleneckNetworks.FRACTION);
        Sample layers = ofLayers(results);
        List<List<TableCell>> rows = new ArrayList<>();
        transitions(together(results).with(Index.LAYER, ALL)
                .and(BottleneckNetworks.layersNamed(results.settings(), layers))).parts(groups)
                .forEach((group, transitions) -> transitions.by(Index.LAYER)
                        .forEach((weights, found) -> rows.add(row(group, weights.toString(), found))));
        Sample norms = learning(results, GradientMoments.MEAN).with(Index.KIND, "mean over the batches")
                .and(learning(results, GradientMoments.DEVIATION).with(Index.KIND,
                        "standard deviation over the batches"));
        Plot signalToNoise = Plot.lines("signal-to-noise", "Signal to noise of the gradients by epoch", layers)
                .x(Index.EPOCH).colour(Index.LAYER, BottleneckNetworks.layers(results)).theory(ALL, together(results))
                .facet(groups.toArray(Coordinate[]::new))
                .xAxis(BottleneckNetworks.trainedEpochAxis(results.settings()))
                .valueAxis(Axis.log(SNR.label(), "")).geometric().horizontal("mean = deviation", 1)
                .caption("Above the grey line the batches of an epoch agree more than they differ. Dashed, black: all"
                        + " weights together.");
        List<Coordinate> panels = new ArrayList<>(groups);
        panels.add(Index.KIND);
        Plot meansAndDeviations = Plot
                .lines("means-and-deviations", "Mean and deviation of the gradients by epoch", norms)
                .x(Index.EPOCH).colour(Index.LAYER, BottleneckNetworks.layers(results))
                .facet(panels.toArray(Coordinate[]::new))
                .xAxis(BottleneckNetworks.trainedEpochAxis(results.settings()))
                .valueAxis(Axis.log("norm of the gradient / norm of the weight", "")).geometric()
                .caption("Each layer's weights have a mean gradient over the batches of an epoch, and a standard"
                        + " deviation of it; all panels have one scale.");
        Section transition = Section.of("The transition");
        for (String leftOut : NETWORKS.leftOut(results, dead(results), DEAD)) {
            transition = transition.prose(leftOut);
        }
        if (!results.divergedCells().isEmpty()) {
            transition = transition.prose(results.divergedWords());
        }
        return List.of(transition.picture(signalToNoise.figure())
                .picture(meansAndDeviations.figure())
                .table(new Table("transitions", "Epoch of the transition",
                        "Networks with a transition, of all that learn, and the quartiles of its epoch over these; a"
                                + " network without one counts as later than the last epoch. All weights: of the"
                                + " norms of all"
                                + " gradients together, in which the layers with the largest gradients count most.",
                        List.of("networks", "weights of", "with transition", "median", "middle half", "range"), rows)),
                NETWORKS.training(results, false, leftOut(results)));
    }

    private static Sample transitions(Sample ratios) {
        return ratios.reduce(Index.EPOCH, GradientSnrStudy::transition, TRANSITION);
    }

    @Override
    public List<String> found(Results results, Findings findings) {
        Sample together = together(results);
        int last = results.settings().get(BottleneckNetworks.EPOCHS);
        Sample transitions = transitions(together).combine(together.at(Index.EPOCH, last), (epoch, _) -> epoch);
        List<String> found = new ArrayList<>();
        if (transitions.isEmpty()) {
            found.add(results.isComplete()
                    ? "No network is left to be judged."
                    : "No network has been trained to its end yet.");
        } else {
            found.add(overtaking(transitions, last));
            SequencedMap<String, Sample> groups = transitions
                    .parts(List.of(NETWORKS.activation(), BottleneckNetworks.FRACTION));
            if (groups.size() > 1 && groups.values().stream().allMatch(GradientSnrStudy::mostHaveOne)) {
                found.add("The median is epoch " + Wording.list(groups.entrySet().stream()
                        .map(group -> number(median(group.getValue())) + " for " + group.getKey()).toList()) + ".");
            }
        }
        found.addAll(BottleneckNetworks.deaths(results, dead(results), DEAD));
        return found;
    }

    /// Whether and when the spread of the gradients overtakes their mean, in a sentence.
    private static String overtaking(Sample transitions, int last) {
        int all = transitions.points().size();
        int with = transitions.where(Double::isFinite).points().size();
        if (with == 0) {
            return "The gradients of the batches still agree more than they differ when training ends: in none of "
                    + Wording.count(all, "network") + " their spread overtakes their mean for good within "
                    + Wording.count(last, "epoch") + ".";
        }
        return "In " + (with == all ? "all " : with + " of ") + Wording.count(all, "network") + " the gradients of the"
                + " batches end up differing more than they agree: their spread overtakes their mean for good"
                + (mostHaveOne(transitions) ? ", at a median epoch of " + number(median(transitions)) : "") + ".";
    }

    private static boolean mostHaveOne(Sample transitions) {
        return 2 * transitions.where(Double::isFinite).points().size() > transitions.points().size();
    }

    /// The median epoch, a network without a transition counting as later than the last.
    private static double median(Sample transitions) {
        return Quartiles.of(epochs(transitions)).median();
    }

    private static double[] epochs(Sample transitions) {
        return transitions.points().stream().mapToDouble(point -> Math.min(point.value(), NEVER)).sorted().toArray();
    }

    private static List<TableCell> row(String group, String weights, Sample transitions) {
        double[] epochs = epochs(transitions);
        Quartiles quartiles = Quartiles.of(epochs);
        return List.of(TableCell.text(group.isEmpty() ? "all" : group), TableCell.text(weights),
                TableCell.text(transitions.where(Double::isFinite).points().size() + " of " + epochs.length),
                TableCell.text(number(quartiles.median())),
                TableCell.text(number(quartiles.lower()) + " to " + number(quartiles.upper())),
                TableCell.text(number(epochs[0]) + " to " + number(epochs[epochs.length - 1])));
    }

    private static String number(double epoch) {
        return epoch >= NEVER / 4
                ? "none"
                : epoch == Math.rint(epoch) ? Long.toString((long) epoch) : Wording.fixed(epoch, 1);
    }
}

package org.surprisal.study.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.LongToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.surprisal.report.Judged;
import org.surprisal.report.Report;
import org.surprisal.report.Verdict;
import org.surprisal.report.Wording;
import org.surprisal.study.RunFolder;

/// What each study says it found, word for word; the numbers are worked out here from metrics.csv. The sentences of
/// `bias-variance` and of experiments are in their own tests.
class FoundTest {
    private static final long[] SEEDS = {7, 8};
    /// The 97.5 % quantile of Student's t with one degree of freedom, tan(0.475 π).
    private static final double T = 12.706204736;
    /// The 95 % quantile, tan(0.45 π).
    private static final double T_90 = 6.313751515;

    @TempDir
    private Path folder;

    private List<Map<String, String>> rows = List.of();
    private List<Judged> verdicts = List.of();
    private List<String> paragraphs = List.of();
    private Map<String, String> settings = Map.of();

    /// Runs a study with its smallest settings and two seeds.
    private List<String> found(String study) throws IOException {
        StudyContract.Subject subject = StudyContract.subjects().filter(each -> each.toString().equals(study))
                .findFirst().orElseThrow();
        try (RunFolder run = StudyContract.run(StudyContract.small(subject), subject.tiny(), folder.resolve("run"), 2,
                () -> false)) {
            List<String> lines = Files.readAllLines(run.path().resolve("metrics.csv"));
            String[] head = lines.getFirst().split(",", -1);
            rows = lines.stream().skip(1).map(line -> line.split(",", -1)).map(cells -> IntStream
                    .range(0, head.length).boxed().collect(Collectors.toMap(i -> head[i], i -> cells[i]))).toList();
            Report report = StudyRunner.report(subject.study(), run);
            verdicts = report.verdicts();
            settings = report.settings();
            paragraphs = report.sections().stream().flatMap(section -> section.paragraphs().stream()).toList();
            return report.found();
        }
    }

    /// The numbers of a quantity in one trial, in the order of metrics.csv.
    ///
    /// @param at columns and their values by turns
    private double[] all(long seed, String quantity, String... at) {
        Map<String, String> wanted = new HashMap<>(Map.of("seed", Long.toString(seed), "quantity", quantity));
        for (int i = 0; i < at.length; i += 2) {
            wanted.put(at[i], at[i + 1]);
        }
        return rows.stream().filter(row -> row.entrySet().containsAll(wanted.entrySet()))
                .mapToDouble(row -> Double.parseDouble(row.getOrDefault("value", ""))).toArray();
    }

    private double one(long seed, String quantity, String... at) {
        double[] values = all(seed, quantity, at);
        assertThat(values).as("%s of seed %d at %s", quantity, seed, List.of(at)).hasSize(1);
        return values[0];
    }

    private static double mean(LongToDoubleFunction ofSeed) {
        return Arrays.stream(SEEDS).mapToDouble(ofSeed).average().orElseThrow();
    }

    /// Half the distance of two numbers is the standard error of their mean.
    private static double error(LongToDoubleFunction ofSeed) {
        return Math.abs(ofSeed.applyAsDouble(SEEDS[0]) - ofSeed.applyAsDouble(SEEDS[1])) / 2;
    }

    /// Whether the 95 % interval of a mean lies above a limit or below it.
    private static Verdict above(double limit, LongToDoubleFunction ofSeed) {
        double half = T * error(ofSeed);
        return mean(ofSeed) - half > limit
                ? Verdict.HELD
                : mean(ofSeed) + half < limit ? Verdict.NOT_HELD : Verdict.UNDECIDED;
    }

    /// One of three texts, by a verdict.
    private static String by(Verdict verdict, String held, String notHeld, String undecided) {
        return switch (verdict) {
            case HELD -> held;
            case NOT_HELD -> notHeld;
            case UNDECIDED -> undecided;
        };
    }

    private static Verdict common(Verdict... verdicts) {
        return Arrays.stream(verdicts).distinct().count() == 1 ? verdicts[0] : Verdict.UNDECIDED;
    }

    private static String told(LongToDoubleFunction ofSeed) {
        return Wording.withError(mean(ofSeed), error(ofSeed));
    }

    private String counts() {
        List<String> parts = new ArrayList<>();
        for (Verdict verdict : Verdict.values()) {
            long count = verdicts.stream().filter(judged -> judged.verdict() == verdict).count();
            if (count > 0) {
                parts.add(count + (count == 1 ? " is " : " are ") + verdict.words());
            }
        }
        return "Of " + verdicts.size() + " claims " + Wording.list(parts) + ".";
    }

    @Test
    void relativeEntropyTellsTheLastLayerPairedBySeedAndWhatTrainingChanges() throws IOException {
        List<String> found = found("relative-entropy");
        LongToDoubleFunction growth = seed -> last(seed, "before", "2.5") - last(seed, "before", "1.5");
        double[] accuracies = Stream.of("1.5", "2.5").mapToDouble(sigmaW2 -> mean(seed -> one(seed, "test-accuracy",
                "sigma-w2", sigmaW2, "epoch", "2"))).sorted().toArray();
        String low = Wording.percent(accuracies[0]);
        String high = Wording.percent(accuracies[1]);
        long lower = Stream.of("1.5", "2.5").filter(sigmaW2 -> isBelowZero(seed -> change(seed, sigmaW2, 2))).count();
        long higher = Stream.of("1.5", "2.5").filter(sigmaW2 -> isBelowZero(seed -> -change(seed, sigmaW2, 2))).count();
        assertThat(found).containsExactly(
                (isBelowZero(seed -> -growth.applyAsDouble(seed))
                        ? "Random networks of a larger weight variance take an image further from its first forward"
                                + " pass"
                        : "Whether random networks of a larger weight variance take an image further from its first"
                                + " forward pass is undecided")
                        + ": from σ_w² = 1.5 to 2.5, the normalised relative entropy of the last layer measured"
                        + " changes by " + told(growth) + ".",
                "On the average over the layers, training lowers the relative entropy for " + lower
                        + " of 2 weight variances and raises it for " + higher
                        + (lower + higher == 2 ? "." : "; for the others the sign is undecided.")
                        + " In the last layer it changes it by " + told(seed -> ofLast(seed, "1.5"))
                        + " for σ_w² = 1.5 and " + told(seed -> ofLast(seed, "2.5"))
                        + " for σ_w² = 2.5. The trained networks recognise "
                        + (low.equals(high) ? low : "between " + low + " and " + high) + " of the test images.");
    }

    /// The chance of N neurons is √(2/N) of the variance, (N/2) √(2/N) in nats.
    @Test
    void relativeEntropySaysWhyItDiffersFromTheDifferenceOfEntropies() throws IOException {
        found("relative-entropy");
        double neurons = Double.parseDouble(settings.getOrDefault("width", ""));
        List<String> distances = new ArrayList<>();
        List<String> chance = new ArrayList<>();
        double monteCarlo = 0;
        for (String sigmaW2 : List.of("1.5", "2.5")) {
            double[] measured = ofRandomNetworks("relative-entropy-normalised", sigmaW2);
            double[] theory = ofRandomNetworks("entropy-difference-normalised", sigmaW2);
            double height = rootMeanSquare(theory);
            double unit = neurons / 2 * Math.log(2 * Math.PI * Math.E * Double.parseDouble(sigmaW2));
            distances.add(Wording.percent(rootMeanSquare(IntStream.range(0, theory.length)
                    .mapToDouble(i -> measured[i] - theory[i]).toArray()) / height) + " for σ_w² = " + sigmaW2);
            chance.add(Wording.percent(neurons / 2 * Math.sqrt(2 / neurons) / unit / height));
            monteCarlo = Math.max(monteCarlo, rootMeanSquare(
                    ofRandomNetworks("relative-entropy-normalised-standard-error", sigmaW2)) / height);
        }
        assertThat(paragraphs).contains("The curves of the random networks differ from (N/2) ln(σ_m²/σ_0²) by "
                + Wording.list(distances) + ": the root mean square over depth and seeds, relative to the curve's own."
                + " The width explains it: the variance over " + Wording.fixed(neurons, 0) + " neurons is uncertain by"
                + " √(2/N) = " + Wording.percent(Math.sqrt(2 / neurons)) + ", which by itself makes the curves differ"
                + " by " + Wording.list(chance) + ", while the Monte Carlo samples account for "
                + Wording.percent(monteCarlo) + " at most.");
    }

    private double[] ofRandomNetworks(String quantity, String sigmaW2) {
        return Arrays.stream(SEEDS).boxed().flatMap(seed -> Stream.of("1", "2").map(layer -> one(seed, quantity,
                "sigma-w2", sigmaW2, "stage", "before", "layer", layer))).mapToDouble(value -> value).toArray();
    }

    private static double rootMeanSquare(double... values) {
        return Math.sqrt(Arrays.stream(values).map(value -> value * value).average().orElseThrow());
    }

    /// Whether the 95 % interval of the mean lies below 0.
    private static boolean isBelowZero(LongToDoubleFunction ofSeed) {
        return mean(ofSeed) + T * error(ofSeed) < 0;
    }

    private double last(long seed, String stage, String sigmaW2) {
        return one(seed, "relative-entropy-normalised", "sigma-w2", sigmaW2, "stage", stage, "layer", "2");
    }

    /// What training changes in the last layer.
    private double ofLast(long seed, String sigmaW2) {
        return last(seed, "after", sigmaW2) - last(seed, "before", sigmaW2);
    }

    /// After less before training, mean over the layers 1 to `deepest`.
    private double change(long seed, String sigmaW2, int deepest) {
        return IntStream.rangeClosed(1, deepest).mapToDouble(m -> {
            String layer = Integer.toString(m);
            return one(seed, "relative-entropy-normalised", "sigma-w2", sigmaW2, "stage", "after", "layer", layer)
                    - one(seed, "relative-entropy-normalised", "sigma-w2", sigmaW2, "stage", "before", "layer", layer);
        }).average().orElseThrow();
    }

    /// The smallest networks fall below one half at every depth, so there is no fall within the grid.
    @Test
    void trainabilityTellsTheMostAccurateOfTheDeepestNetworks() throws IOException {
        List<String> found = found("trainability");
        String best = Stream.of("1", "1.7609546", "4")
                .max(Comparator.comparingDouble(sigmaW2 -> mean(seed -> accuracy(seed, sigmaW2)))).orElseThrow();
        List<String> alike = Stream.of("1", "1.7609546", "4").filter(sigmaW2 -> !sigmaW2.equals(best))
                .filter(sigmaW2 -> !isBelowZero(seed -> accuracy(seed, sigmaW2) - accuracy(seed, best))).toList();
        assertThat(alike).as("a tie, which must not be told as an order").isNotEmpty();
        assertThat(found).containsExactly("With 4 hidden layers, networks are most accurate at σ_w² = " + best
                + ", with an accuracy on test images of " + told(seed -> accuracy(seed, best))
                + ", which these seeds do not tell from that at " + Wording.list(alike)
                + "; in theory signals survive longest at σ_w² = 1.761.");
    }

    private double accuracy(long seed, String sigmaW2) {
        return one(seed, "test-accuracy", "depth", "4", "sigma-w2", sigmaW2, "epoch", "2");
    }

    @Test
    void informationPlaneTellsWhetherCompressionIsFoundAndWhatIsAboutTheLabels() throws IOException {
        List<String> found = found("information-plane");
        List<Verdict> verdicts = Stream.of("bhattacharyya", "kullback-leibler", "binned")
                .map(kind -> above(0.1, seed -> fall(seed, kind))).distinct().toList();
        String compression = verdicts.size() > 1
                ? "not judged alike by all estimates"
                : by(verdicts.getFirst(), "found", "not found", "undecided");
        LongToDoubleFunction gain = seed -> (excess(seed, "3") - excess(seed, "0")) / one(seed, "label-entropy");
        assertThat(found).containsExactly(
                "Compression, a fall of I(X;T) by more than 0.1 nat from its maximum to the end of training, is "
                        + compression + " for tanh: by the lower bound the fall is "
                        + told(seed -> Math.rint(1e4 * fall(seed, "bhattacharyya")) / 1e4)
                        + " nat for tanh, on the average over the hidden layers.",
                "Beyond what shuffled labels give, training adds to I(T;Y) of the last hidden layer a share of H(Y) of "
                        + told(gain) + " for tanh.");
    }

    /// From the maximum to the end, mean over the two hidden layers.
    private double fall(long seed, String kind) {
        return IntStream.of(1, 2).mapToDouble(layer -> {
            double[] curve = all(seed, "input-information", "layer", Integer.toString(layer), "kind", kind);
            return DoubleStream.of(curve).max().orElseThrow() - curve[curve.length - 1];
        }).average().orElseThrow();
    }

    private double excess(long seed, String epoch) {
        String[] at = {"layer", "2", "kind", "bhattacharyya", "epoch", epoch};
        return one(seed, "label-information", at) - one(seed, "shuffled-label-information", at);
    }

    @Test
    void gradientsTellWhetherTheirSpreadOvertakesTheirMean() throws IOException {
        List<String> found = found("gradient-snr");
        assertThat(Arrays.stream(SEEDS).boxed().flatMap(seed -> Stream.of("tanh", "relu")
                .map(activation -> one(seed, "gradient-signal-to-noise", "activation", activation, "epoch", "3"))))
                .hasSize(4).allMatch(ratio -> ratio > 1);
        assertThat(found).containsExactly("The gradients of the batches still agree more than they differ when training"
                + " ends: in none of 4 networks their spread overtakes their mean for good within 3 epochs.");
    }

    @Test
    void noisyNetworksTellWhichFallsAreMoreThanTheEstimatorsError() throws IOException {
        List<String> found = found("noisy-information");
        List<String> told = new ArrayList<>();
        List<String> doubtful = new ArrayList<>();
        List<String> moved = new ArrayList<>();
        for (String activation : List.of("tanh", "relu")) {
            LongToDoubleFunction fall = seed -> noisy(seed, activation, true);
            LongToDoubleFunction error = seed -> noisy(seed, activation, false);
            (mean(fall) > mean(error) ? told : doubtful).add(told(fall) + " nat for " + activation);
            moved.add(told(error) + " nat for " + activation);
        }
        String doubling = "doubling the passes moves " + Wording.list(moved) + ".";
        assertThat(found).hasSize(3).first().isEqualTo(told.isEmpty()
                ? "No fall of I(X;T) from its maximum to the end of training is told apart from the estimator's own"
                        + " error: on the average over the hidden layers it is " + Wording.list(doubtful) + ", while "
                        + doubling
                : "From its maximum to the end of training, I(X;T) of the noisy networks falls by "
                        + Wording.list(told) + ", on the average over the hidden layers"
                        + (doubtful.isEmpty()
                                ? ""
                                : "; a fall of " + Wording.list(doubtful)
                                        + " is not told apart from the estimator's own error")
                        + ". For comparison, " + doubling);
        assertThat(found.get(1)).isEqualTo("At the end the share of saturated units is "
                + Stream.of("tanh", "relu").map(activation -> told(seed -> rounded(DoubleStream.of(all(seed,
                        "saturated-share", "activation", activation, "epoch", "3")).average().orElseThrow())) + " for "
                        + activation).collect(Collectors.joining(" and "))
                + ".");
        assertThat(found.getLast()).startsWith("The binned estimate is wrong by ");
    }

    /// Of a noisy network's two layers the mean fall of I(X;T), or what doubling the passes moves, at the maximum or at
    /// the end.
    private double noisy(long seed, String activation, boolean fall) {
        return rounded(IntStream.of(1, 2).mapToDouble(layer -> {
            String[] at = {"activation", activation, "layer", Integer.toString(layer), "kind", "2n passes"};
            double[] twice = all(seed, "noisy-input-information", at);
            at[5] = "n passes";
            double[] once = all(seed, "noisy-input-information", at);
            int last = twice.length - 1;
            int top = IntStream.rangeClosed(0, last).boxed().max(Comparator.comparingDouble(i -> twice[i]))
                    .orElseThrow();
            return fall
                    ? twice[top] - twice[last]
                    : Math.max(Math.abs(twice[top] - once[top]), Math.abs(twice[last] - once[last]));
        }).average().orElseThrow());
    }

    /// To four digits after the point.
    private static double rounded(double value) {
        return Math.rint(1e4 * value) / 1e4;
    }

    /// A factor is a geometric mean, and its interval is one of logarithms.
    @Test
    void distancesTellAFactorAndLayersOutOfOrder() throws IOException {
        List<String> found = found("distances");
        LongToDoubleFunction growth = seed -> Math.log(one(seed, "distance-mean", "layer", "2", "epoch", "3")
                / one(seed, "distance-mean", "layer", "2", "epoch", "0"));
        double half = T * error(growth);
        assertThat(found).containsExactly(
                by(above(0, growth), "Training moves samples apart", "Training moves samples together",
                        "Whether training moves samples apart is undecided")
                        + " for tanh: their mean distance in the last hidden layer grows by a factor of "
                        + Wording.rough(Math.exp(mean(growth))) + " with a 95 % interval of "
                        + Wording.rough(Math.exp(mean(growth) - half)) + " to "
                        + Wording.rough(Math.exp(mean(growth) + half)) + " for tanh.",
                share("input-information").equals("none")
                        && share("input-information-with-noise-by-layer").equals("none")
                                ? "No layer shows more I(X;T) than the layer before, neither with the same noise for"
                                        + " every layer nor with noise that follows each layer."
                                : "With the same noise for every layer, the share of layers that show more I(X;T) than"
                                        + " the layer before is " + share("input-information")
                                        + " for tanh; with noise that follows each layer, it is "
                                        + share("input-information-with-noise-by-layer") + " for tanh.");
    }

    private String share(String quantity) {
        LongToDoubleFunction percent = seed -> 100 * outOfOrder(seed, quantity);
        return mean(percent) == 0 ? "none" : told(percent) + " %";
    }

    private double outOfOrder(long seed, String quantity) {
        return Stream.of("0", "1", "3").flatMapToDouble(epoch -> {
            double[] layers = all(seed, quantity, "epoch", epoch, "kind", "bhattacharyya");
            assertThat(layers).hasSize(3);
            return IntStream.of(1, 2).mapToDouble(layer -> layers[layer] > layers[layer - 1] + 1e-5 ? 1 : 0);
        }).average().orElseThrow();
    }

    @Test
    void controlsTellTheDatasPartAndTheNetworks() throws IOException {
        List<String> found = found("relative-entropy-controls");
        LongToDoubleFunction before = seed -> on(seed, "images", "before") - on(seed, "noise", "before");
        LongToDoubleFunction after = seed -> on(seed, "images", "after") - on(seed, "noise", "after");
        LongToDoubleFunction network = seed -> on(seed, "noise", "after") - on(seed, "noise", "before");
        assertThat(found).containsExactly(
                by(within(0.01, before), "In random networks the relative entropy is the network's alone, the same on"
                        + " images as on noise",
                        "In random networks the relative entropy is not the same on images as"
                                + " on noise",
                        "Whether the relative entropy of random networks is the same on images as on noise is"
                                + " undecided")
                        + ": the difference is " + told(before) + " for σ_w² = 1.5, on the average over the layers.",
                by(above(0.01, after), "After training the data have a part in it",
                        "After training the data still have no part in it that counts",
                        "Whether the data have a part in it after training is undecided")
                        + ": images lie above noise by " + told(after) + " for σ_w² = 1.5.",
                by(above(0.01, network), "Training also raises the network's own part",
                        "Training does not raise the network's own part",
                        "Whether training raises the network's own part is undecided")
                        + ": the curve on noise changes by " + told(network)
                        + " for σ_w² = 1.5. Less than 0.01 counts as nothing.");
    }

    /// Whether a mean is 0 within a margin: by the 90 % interval if so, by the 95 % interval if not.
    private static Verdict within(double margin, LongToDoubleFunction ofSeed) {
        double narrow = T_90 * error(ofSeed);
        return mean(ofSeed) - narrow > -margin && mean(ofSeed) + narrow < margin
                ? Verdict.HELD
                : above(margin, ofSeed) == Verdict.HELD || above(-margin, ofSeed) == Verdict.NOT_HELD
                        ? Verdict.NOT_HELD
                        : Verdict.UNDECIDED;
    }

    /// At the only layer behind the reference.
    private double on(long seed, String kind, String stage) {
        return one(seed, "relative-entropy-from-first-pass", "kind", kind, "stage", stage, "layer", "1");
    }

    @Test
    void knownTruthsTellWhichEstimatorsAreRight() throws IOException {
        List<String> found = found("known-truths");
        assertThat(found).containsExactly(
                "Of correlated Gaussians with 1 coordinate, " + right("gaussian-d1", 11) + "; with 5 coordinates, "
                        + right("gaussian-d5", 8) + ".",
                "Right means off by at most a tenth of the truth, or by 0.05 nat where that is more, on the average"
                        + " over 2 draws of 60 samples.",
                counts());
    }

    private String right(String family, int tried) {
        SequencedMap<String, String> names = new LinkedHashMap<>();
        names.put("ksg-1", "nearest neighbours (KSG 1)");
        names.put("ksg-2", "nearest neighbours (KSG 2)");
        names.put("ksg-rank", "nearest neighbours of ranks");
        names.put("gaussian", "Gaussian");
        names.put("gaussian-corrected", "Gaussian less its bias");
        names.put("binning-5", "5 bins a coordinate");
        names.put("binning-20", "20 bins a coordinate");
        names.put("kde", "bounds from pairwise distances");
        names.put("infonce", "InfoNCE");
        names.put("mine", "MINE");
        names.put("smile", "SMILE");
        List<String> right = new ArrayList<>();
        names.forEach((kind, name) -> {
            List<String> informations = Stream.of("0", "1")
                    .filter(at -> all(SEEDS[0], kind.equals("kde") ? "lower-bound" : "estimate", "family", family, "at",
                            at, "n", "60", "kind", kind).length > 0)
                    .toList();
            if (!informations.isEmpty() && informations.stream().allMatch(at -> isRight(family, at, kind))) {
                right.add(name);
            }
        });
        return right.size() + " of " + tried + " estimators are right at every information tried, namely "
                + Wording.list(right);
    }

    private boolean isRight(String family, String at, String kind) {
        double truth = Double.parseDouble(at);
        String[] place = {"family", family, "at", at, "n", "60", "kind", kind};
        if (kind.equals("kde")) {
            return mean(seed -> one(seed, "lower-bound", place)) <= truth + 1e-12
                    && mean(seed -> one(seed, "upper-bound", place)) >= truth - 1e-12;
        }
        return Math.abs(mean(seed -> one(seed, "estimate", place)) - truth) <= Math.max(0.05, truth / 10);
    }

    /// The height of the peak has tests of its own; here any number does.
    @Test
    void autoencodersTellWhetherTheyBeatAPlainPictureAndTheRelativeEntropy() throws IOException {
        List<String> found = found("autoencoder");
        LongToDoubleFunction narrow = seed -> 100 * overPlain(seed, "1.5");
        LongToDoubleFunction wide = seed -> 100 * overPlain(seed, "1.75");
        LongToDoubleFunction small = seed -> change(seed, "1.5", 3);
        LongToDoubleFunction large = seed -> change(seed, "1.75", 3);
        assertThat(found).hasSize(3).startsWith(
                by(common(above(100, narrow), above(100, wide)),
                        "Trained networks give test images back worse than a picture without shapes does",
                        "Trained networks give test images back better than a picture without shapes does",
                        "Trained networks are not shown to give test images back better than a picture without shapes"
                                + " does")
                        + ", the better of the mean training image and each image's mean grey: as a share of its"
                        + " squared error, theirs is " + percent(narrow) + " for σ_w² = 1.5 and " + percent(wide)
                        + " for σ_w² = 1.75.",
                by(common(above(0, small), above(0, large)), "Training raises the relative entropy of the layers",
                        "Training lowers the relative entropy of the layers",
                        "Whether training raises or lowers the relative entropy of the layers is not settled")
                        + ": in its unit and on the average over the layers it changes by " + told(small)
                        + " for σ_w² = 1.5 and " + told(large) + " for σ_w² = 1.75.");
        String number = "−?[0-9.]+ ± [0-9.]+";
        assertThat(found.getLast()).matches(".*its curve has (a|no) peak between the first and the last layer.*: its"
                + " height there, above the higher of the two, is " + number + " for σ_w² = 1\\.5 and " + number
                + " for σ_w² = 1\\.75\\.");
    }

    private double overPlain(long seed, String sigmaW2) {
        return one(seed, "test-loss", "sigma-w2", sigmaW2, "epoch", "2")
                / Math.min(one(seed, "error-of-mean-image", "sigma-w2", sigmaW2),
                        one(seed, "error-of-mean-grey", "sigma-w2", sigmaW2));
    }

    private static String percent(LongToDoubleFunction ofSeed) {
        double half = T * error(ofSeed);
        return Wording.fixed(mean(ofSeed), 1) + " % with a 95 % interval of "
                + Wording.range(mean(ofSeed) - half, mean(ofSeed) + half) + " %";
    }

    @Test
    void layerCuttingTellsWhatIsLostAtOnceAndAfterTrainingOn() throws IOException {
        assertThat(found("layer-cutting")).containsExactly(
                "Without its last 2 hidden layers the test accuracy of a network is lower at once by "
                        + byVariance("cut", "whole network", "first layers") + ".",
                "Trained on, it differs from that of the whole network by "
                        + byVariance("trained on", "first layers", "whole network")
                        + "; where as many layers were cut next to the first one, by "
                        + byVariance("trained on", "last layers", "whole network") + ".");
    }

    /// The accuracy of one part of the networks less that of another.
    private String byVariance(String stage, String part, String other) {
        return Stream.of("1.5", "2.5").map(variance -> told(seed -> accuracy(seed, variance, stage, part)
                - accuracy(seed, variance, stage, other)) + " for σ_w² = " + variance)
                .collect(Collectors.joining(" and "));
    }

    private double accuracy(long seed, String variance, String stage, String part) {
        return one(seed, "accuracy-of-part", "sigma-w2", variance, "stage", stage, "kind", part);
    }
}

package org.surprisal.study.autoencoder;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.surprisal.information.Moments;
import org.surprisal.report.Figure;
import org.surprisal.report.Report;
import org.surprisal.report.Section;
import org.surprisal.report.Table;
import org.surprisal.settings.Settings;
import org.surprisal.study.Metric;
import org.surprisal.study.RunFolder;
import org.surprisal.study.RunStatus;
import org.surprisal.study.Wording;
import org.surprisal.study.depth.DepthFigures;
import org.surprisal.study.depth.LayerDistributions;
import org.surprisal.study.depth.Measurements;
import org.surprisal.study.depth.Stage;
import org.surprisal.tensor.Tensor;

/// The report of a run: figures, and findings in words made from the numbers.
final class AutoencoderReport {
    private static final String REFUSAL = "relative-entropy-refused.txt";
    private static final String LEAD = "How to read this: an autoencoder learns to give back its input. Its layers"
            + " are summarised, for"
            + " one image, by the mean and variance of their pre-activations, and the curve shows how far layer m is"
            + " from the first"
            + " forward pass (layer 0, at 0 by definition), in units of (N/2) ln(2πe σ_w²); the last forward pass,"
            + " which is"
            + " the image, is left out. The measure is a difference of entropies rather than a distance: it can be"
            + " negative, and"
            + " its height and sign depend on the scale of the input. The thesis expects a rise to a peak, where the"
            + " encoder"
            + " ends, then a fall, and a lower and flatter curve after training; below, each of these is a number"
            + " with an interval.";

    private final RunFolder folder;
    private final Settings settings;
    private final Measurements measured;
    private final List<Member> members;
    private final boolean spins;

    private AutoencoderReport(RunFolder folder, Settings settings, Measurements measured, List<Member> members) {
        this.folder = folder;
        this.settings = settings;
        this.measured = measured;
        this.members = members;
        this.spins = settings.get(AutoencoderSettings.DATA).equals(AutoencoderSettings.ISING);
    }

    /// Keeps why relative entropy is not measured.
    static void keepRefusal(RunFolder folder, String reason) throws IOException {
        folder.writeText(REFUSAL, reason + "\n");
    }

    static Report of(RunFolder folder) throws IOException {
        Settings settings = Settings.of(AutoencoderSettings.all(), folder.record().settings());
        Measurements measured = Measurements.read(folder, settings.get(AutoencoderSettings.EPOCHS),
                settings.get(AutoencoderSettings.HIDDEN_LAYERS));
        List<Member> members = members(folder.metrics());
        AutoencoderReport report = new AutoencoderReport(folder, settings, measured, members);
        List<Section> sections = new ArrayList<>();
        if (members.isEmpty()) {
            sections.add(new Section("Nothing measured yet",
                    List.of("The run was stopped before its first network was finished."), List.of(), List.of()));
        } else {
            sections.addAll(report.relativeEntropy());
            sections.add(report.reconstructions());
            sections.add(report.training());
            if (!measured.variances().isEmpty()) {
                sections.add(report.layers());
                sections.add(report.checks());
            }
        }
        return new Report("Autoencoder", report.subtitle(), LEAD, sections, folder.record().settings(),
                folder.record().provenance());
    }

    /// The networks of which anything is kept, in the order in which they are kept.
    private static List<Member> members(List<Metric> metrics) {
        Set<Member> members = new LinkedHashSet<>();
        for (Metric metric : metrics) {
            members.add(Member.of(metric.in()));
        }
        return List.copyOf(members);
    }

    private String subtitle() {
        Map<String, String> texts = settings.asMap();
        long seeds = members.stream().map(Member::seed).distinct().count();
        String text = texts.get("hidden-layers") + " hidden layers, trained on " + texts.get("train-samples")
                + " images of " + texts.get("data") + " for " + texts.get("epochs") + " epochs, " + seeds
                + (seeds == 1 ? " seed" : " seeds");
        return folder.record().status() == RunStatus.INTERRUPTED
                ? text + " (interrupted: a part of the networks)"
                : text;
    }

    private List<Section> relativeEntropy() throws IOException {
        Optional<String> refusal = folder.text(REFUSAL);
        if (refusal.isPresent()) {
            return List.of(new Section("No relative entropy",
                    List.of("Relative entropy was not measured: " + refusal.get().strip() + "."), List.of(),
                    List.of()));
        }
        if (measured.variances().isEmpty()) {
            return List.of();
        }
        DepthFigures depth = new DepthFigures(measured);
        Statements statements = new Statements(measured);
        List<String> findings = new ArrayList<>();
        List<List<String>> rows = new ArrayList<>();
        for (Statements.Finding finding : statements.all()) {
            rows.add(List.of(finding.networks(), finding.statement(), finding.numbers(), finding.verdict().label()));
        }
        for (Verdict verdict : Verdict.values()) {
            List<Statements.Finding> own = statements.all().stream().filter(finding -> finding.verdict() == verdict)
                    .toList();
            if (!own.isEmpty()) {
                findings.add(capitalised(verdict.label()) + ": "
                        + own.stream().map(finding -> finding.statement() + " (" + finding.networks() + ": "
                                + finding.numbers() + ")").collect(Collectors.joining("; "))
                        + ".");
            }
        }
        measured.variances().forEach(sigmaW2 -> statements.signs(depth, sigmaW2).ifPresent(findings::add));
        List<Figure> figures = new ArrayList<>(List.of(depth.byDepth()));
        depth.afterMinusBefore().ifPresent(figures::add);
        return List.of(
                new Section("Relative entropy by depth", findings, figures,
                        List.of(new Table("statements", "What the thesis says, and these networks",
                                "Mean differences, normalised, with 95 % intervals over seeds (Student's t);"
                                        + " undecided where 0 is in"
                                        + " the interval or there is a single seed.",
                                List.of("networks", "statement", "difference", "answer"), rows))),
                new PeakReport(measured, spins).section());
    }

    private static String capitalised(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }

    /// The networks of the first seed.
    private List<Member> first() {
        return members.stream().filter(member -> member.seed() == members.getFirst().seed()).toList();
    }

    private Section reconstructions() {
        ReconstructionFigures pictures = new ReconstructionFigures(measured, spins);
        List<Figure> figures = new ArrayList<>();
        for (Member member : first()) {
            pictures.reconstructions(member).ifPresent(figures::add);
            pictures.codes(member).ifPresent(figures::add);
            pictures.magnetisationAndEnergy(member).ifPresent(figures::add);
            pictures.stateByState(member).ifPresent(figures::add);
        }
        List<String> paragraphs = new ArrayList<>();
        arrays().map(kept -> kept.get(Outcome.SHOWN_INPUT)).ifPresent(shown -> {
            int code = AutoencoderSettings.codeLayer(settings);
            paragraphs.add("The code is what hidden layer " + code + " gives out (the first is 0), "
                    + AutoencoderSettings.hiddenWidths(settings, shown.length(1)).get(code)
                    + " numbers; the encoder is what lies before, the decoder what lies behind.");
        });
        if (spins) {
            yardsticks().ifPresent(paragraphs::add);
        }
        return new Section("Reconstructions", paragraphs, figures, spins ? List.of(spinTable()) : List.of());
    }

    /// The first network's arrays before training.
    private Optional<SequencedMap<String, Tensor>> arrays() {
        return measured.arrays(Stage.BEFORE, members.getFirst().sigmaW2(), members.getFirst().seed());
    }

    /// What a picture would reach that knows nothing of a state but its magnetisation m: with the majority spin
    /// everywhere (1 + |m|) / 2 of the spins, in one grey, the mean pixel, a squared error of (1 - m²) / 4.
    private Optional<String> yardsticks() {
        return arrays().map(kept -> kept.get(SpinComparison.INPUT_MAGNETISATION)).map(Tensor::toDoubles)
                .map(magnetisations -> "A picture of nothing but the majority spin of each test state would have "
                        + Wording.percent(mean(magnetisations, m -> (1 + Math.abs(m)) / 2))
                        + " of the spins right; one of nothing but the state's mean grey would have a mean squared"
                        + " error of "
                        + Wording.fixed(mean(magnetisations, m -> (1 - m * m) / 4), 4)
                        + ". Only what is better than that knows where the spins are.");
    }

    private static double mean(double[] numbers, DoubleUnaryOperator function) {
        return Arrays.stream(numbers).map(function).average().orElseThrow();
    }

    private Table spinTable() {
        List<List<String>> rows = new ArrayList<>();
        for (double sigmaW2 : members.stream().map(Member::sigmaW2).distinct().toList()) {
            for (Stage stage : measured.lastEpoch() == 0 ? new Stage[]{Stage.BEFORE} : Stage.values()) {
                int epoch = stage == Stage.BEFORE ? 0 : measured.lastEpoch();
                List<String> row = new ArrayList<>(List.of(Measurements.number(sigmaW2), stage.label()));
                for (String name : List.of(SpinComparison.AGREEMENT, SpinComparison.MAGNETISATION,
                        SpinComparison.ENERGY, SpinComparison.ENERGY_SLOPE, SpinComparison.ENERGY_EXCESS,
                        SpinComparison.CODE)) {
                    row.add(overSeeds(name, sigmaW2, epoch));
                }
                rows.add(row);
            }
        }
        return new Table("spins", "What of the test states survives",
                "Means over networks ± one standard error. Agreement: share of spins that are the same. r:"
                        + " correlation over test states of"
                        + " the number of the input and that of the reconstruction, read as a state (up where a"
                        + " pixel is above ½)."
                        + " Slope and excess: of the reconstruction's energy per spin against the input's, and its"
                        + " mean above it. Code:"
                        + " correlation of the mean of the code with the input's magnetisation; its sign is chance.",
                List.of("σ_w²", "stage", "agreement", "r of magnetisation", "r of energy", "slope of energy",
                        "excess energy (J)", "r of code mean"),
                rows);
    }

    private String overSeeds(String name, double sigmaW2, int epoch) {
        double[] values = members.stream().filter(member -> member.sigmaW2() == sigmaW2)
                .map(member -> measured.epochs(name, sigmaW2, member.seed()).get(epoch)).filter(value -> value != null)
                .mapToDouble(Double::doubleValue).toArray();
        if (values.length == 0) {
            return "-";
        }
        Moments moments = Moments.of(values);
        return values.length == 1
                ? Wording.fixed(moments.mean(), 4)
                : Wording.withError(moments.mean(), Math.sqrt(moments.sampleVariance() / values.length));
    }

    private Section training() {
        List<List<String>> rows = new ArrayList<>();
        List<String> diverged = new ArrayList<>();
        for (Member member : members) {
            Map<Integer, Double> losses = measured.epochs(Outcome.TEST_LOSS, member.sigmaW2(), member.seed());
            Map<Integer, Double> left = measured.epochs(Outcome.DIVERGED, member.sigmaW2(), member.seed());
            left.keySet().forEach(epoch -> diverged.add(member + " (finished epochs: " + epoch + ")"));
            int last = losses.keySet().stream().max(Integer::compare).orElse(0);
            rows.add(List.of(Measurements.number(member.sigmaW2()), Long.toString(member.seed()),
                    Integer.toString(last), number(losses.get(0)), number(losses.get(last)),
                    left.isEmpty() ? "" : "diverged"));
        }
        String finding = diverged.isEmpty()
                ? "No network diverged."
                : "Diverged, and left out of everything after training: " + String.join("; ", diverged) + ".";
        return new Section("Training", List.of(finding), LossFigure.of(measured, first()).stream().toList(),
                List.of(new Table("test-loss", "Mean squared error of a pixel of the test images",
                        "Before training and after the last finished epoch.",
                        List.of("σ_w²", "seed", "epochs", "before", "after", ""), rows)));
    }

    private static String number(@Nullable Double value) {
        return value == null ? "-" : Wording.fixed(value, 5);
    }

    private Section layers() {
        LayerDistributions distributions = new LayerDistributions(measured, "middle one of the probed inputs");
        return new Section("Are the layers Gaussian?",
                List.of("The relative entropy sees a layer only through a mean and a variance. The thesis finds the"
                        + " layers of the"
                        + " encoder about Gaussian and those of the decoder a superposition of several Gaussians, by"
                        + " eye; the table says it"
                        + " in numbers."),
                distributions.figure().stream().toList(), List.of(distributions.table()));
    }

    private Section checks() {
        DepthFigures depth = new DepthFigures(measured);
        return new Section("Checks",
                List.of("The published reference code divides Q by the reference layer's variance, and the thesis's"
                        + " figures are"
                        + " probably of that form: it is drawn here for the random networks, and nowhere else used."),
                List.of(depth.meanFieldCheck(), depth.referenceCodeForm()), List.of());
    }
}

package org.surprisal.study.relativeentropy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.surprisal.information.statistics.PairedDifference;
import org.surprisal.network.architecture.MultilayerPerceptron;
import org.surprisal.report.Figure;
import org.surprisal.report.Image;
import org.surprisal.report.ImageGrid;
import org.surprisal.report.Report;
import org.surprisal.report.Section;
import org.surprisal.report.Table;
import org.surprisal.settings.Settings;
import org.surprisal.study.RunFolder;
import org.surprisal.study.RunRecord;
import org.surprisal.study.RunStatus;
import org.surprisal.study.Wording;
import org.surprisal.study.depth.Curve;
import org.surprisal.study.depth.DepthFigures;
import org.surprisal.study.depth.LayerDistributions;
import org.surprisal.study.depth.Measurements;
import org.surprisal.study.depth.Stage;
import org.surprisal.tensor.Tensor;

/// The report of a run: figures, and findings in words made from the numbers.
final class RelativeEntropyReport {
    private final RunFolder folder;
    private final Measurements measured;
    private final DepthFigures depth;
    private final LayerDistributions distributions;
    private final TrainingFigures training;

    private RelativeEntropyReport(RunFolder folder, Measurements measured) {
        this.folder = folder;
        this.measured = measured;
        this.depth = new DepthFigures(measured);
        this.distributions = new LayerDistributions(measured, "first probed image");
        this.training = new TrainingFigures(measured);
    }

    static Report of(RunFolder folder, RelativeEntropySettings settings) throws IOException {
        Settings values = Settings.of(settings.all(), folder.record().settings());
        Measurements measured = Measurements.read(folder, values.get(settings.epochs()),
                values.get(settings.depth()) - 1);
        List<Section> sections = new ArrayList<>();
        if (measured.variances().isEmpty()) {
            sections.add(new Section("Nothing measured yet",
                    List.of("The run was stopped before its first network was measured."), List.of(), List.of()));
        } else {
            RelativeEntropyReport report = new RelativeEntropyReport(folder, measured);
            sections.add(report.byDepth());
            sections.add(report.change());
            sections.add(report.layers());
            sections.add(report.training());
            sections.add(report.firstPass());
            sections.add(report.checks());
        }
        return new Report("Relative entropy by depth", subtitle(folder.record(), measured), LEAD, sections,
                folder.record().settings(),
                folder.record().provenance());
    }

    private static final String LEAD = "How to read this: each layer of a network is summarised, for one image, by"
            + " the mean"
            + " and variance of its neurons' pre-activations, as a Gaussian. The curve shows how far the layer m"
            + " deep is from"
            + " the first forward pass (layer 0, whose value is 0 by definition), in units of (N/2) ln(2πe σ_w²)."
            + " Where it"
            + " is flat, deeper layers no longer change the Gaussian. The measure is a difference of"
            + " entropies rather than a distance: it can be negative, and its height depends on the scale of the"
            + " input. Compare"
            + " shapes, the order of the curves, and the same network before and after training; do not compare heights"
            + " between data sets.";

    private static String subtitle(RunRecord record, Measurements measured) {
        Map<String, String> settings = record.settings();
        String text = "depth " + settings.get("depth") + ", width " + settings.get("width") + ", trained on "
                + settings.get("train-samples") + " images of " + settings.get("data") + " for "
                + settings.get("epochs")
                + " epochs, " + measured.seeds().size() + (measured.seeds().size() == 1 ? " seed" : " seeds");
        return record.status() == RunStatus.INTERRUPTED
                ? text + " (interrupted: a part of the networks)"
                : text;
    }

    private Section byDepth() {
        List<String> findings = new ArrayList<>();
        List<Double> asymptotes = new ArrayList<>();
        for (double sigmaW2 : measured.variances()) {
            asymptotes.add(depth.curve(Stage.BEFORE, sigmaW2).orElseThrow().last());
        }
        if (asymptotes.size() > 1) {
            findings.add("Before training the last measured layer lies at "
                    + String.join(", ", asymptotes.stream().map(value -> Wording.fixed(value, 3)).toList())
                    + " for σ_w² = "
                    + String.join(", ", measured.variances().stream().map(Measurements::number).toList())
                    + ": the curves are "
                    + (ordered(measured.variances(), asymptotes) ? "ordered" : "NOT ordered") + " by σ_w².");
        }
        findings.add("The curves before training have come within 5 % of their last value at layer "
                + String.join(", ", measured.variances().stream().map(this::layerOfArrival).toList())
                + " (in the order of σ_w²), of " + (depth.theory(measured.variances().getFirst()).mean().size() - 1)
                + ": where that is close to the end, the asymptote has not been reached.");
        return new Section("Relative entropy by depth", findings, List.of(depth.byDepth()), List.of(asymptotes()));
    }

    /// Whether larger variances have larger values.
    private static boolean ordered(List<Double> variances, List<Double> values) {
        for (int i = 0; i < variances.size(); i++) {
            for (int j = 0; j < variances.size(); j++) {
                if (variances.get(i) < variances.get(j) && values.get(i) >= values.get(j)) {
                    return false;
                }
            }
        }
        return true;
    }

    private String layerOfArrival(double sigmaW2) {
        List<Double> curve = depth.curve(Stage.BEFORE, sigmaW2).orElseThrow().mean();
        int layer = curve.size() - 1;
        while (layer > 0 && Math.abs(curve.get(layer - 1) - curve.getLast()) <= 0.05 * Math.abs(curve.getLast())) {
            layer--;
        }
        return Integer.toString(layer);
    }

    private Table asymptotes() {
        List<List<String>> rows = new ArrayList<>();
        for (double sigmaW2 : measured.variances()) {
            Curve before = depth.curve(Stage.BEFORE, sigmaW2).orElseThrow();
            Optional<Curve> after = depth.curve(Stage.AFTER, sigmaW2);
            List<PairedDifference> differences = depth.differences(sigmaW2);
            rows.add(List.of(Measurements.number(sigmaW2), Wording.withError(before.last(), before.lastError()),
                    after.map(curve -> Wording.withError(curve.last(), curve.lastError())).orElse("-"),
                    differences.isEmpty() ? "-" : signed(differences.getLast()),
                    differences.isEmpty() || differences.getLast().pValue().isEmpty()
                            ? "-"
                            : Wording.probability(differences.getLast().pValue().getAsDouble()),
                    raw(Stage.BEFORE, sigmaW2), raw(Stage.AFTER, sigmaW2)));
        }
        return new Table("last-layer", "The last measured layer, normalised and raw",
                "± one standard error: over seeds where there are several, else Monte Carlo. Change and p (Student's"
                        + " t, two-sided)"
                        + " are paired over seeds. The raw values are the normalised ones times (N/2) ln(2πe σ_w²).",
                List.of("σ_w²", "before", "after", "change", "p", "before (nat)", "after (nat)"), rows);
    }

    /// The last layer's relative entropy in nats, averaged over seeds.
    private String raw(Stage stage, double sigmaW2) {
        List<double[]> curves = measured.layers(Measurements.VALUE, stage, sigmaW2);
        if (curves.isEmpty()) {
            return "-";
        }
        Curve curve = Curve.over(curves, measured.layers(Measurements.ERROR, stage, sigmaW2).getFirst());
        return Wording.withError(curve.last(), curve.lastError());
    }

    private static String signed(PairedDifference difference) {
        return (difference.mean() >= 0 ? "+" : "")
                + Wording.withError(difference.mean(), difference.standardError().orElse(0));
    }

    private Section change() {
        List<String> findings = new ArrayList<>();
        for (double sigmaW2 : measured.variances()) {
            List<PairedDifference> layers = depth.differences(sigmaW2);
            if (layers.isEmpty()) {
                continue;
            }
            long below = layers.stream().skip(1).filter(layer -> layer.mean() < 0).count();
            long above = layers.stream().skip(1).filter(layer -> layer.mean() > 0).count();
            int pairs = layers.getFirst().count();
            long sure = layers.stream().skip(1)
                    .filter(layer -> layer.pValue().isPresent() && layer.pValue().getAsDouble() < 0.05).count();
            findings.add("σ_w² = " + Measurements.number(sigmaW2) + ": after training the relative entropy is lower in "
                    + below + " and higher in " + above + " of " + (layers.size() - 1)
                    + " layers; "
                    + (pairs > 1
                            ? "in " + sure + " of them the change is significant at 5 % (paired over "
                                    + pairs + " seeds; one layer in twenty would be without any change)."
                            : "one seed says nothing about how sure that is: run with --seeds 5."));
        }
        if (findings.isEmpty()) {
            findings.add("No network was measured after training.");
        }
        return new Section("After against before", findings, depth.afterMinusBefore().stream().toList(), List.of());
    }

    private Section layers() {
        return new Section("Are the layers Gaussian?",
                List.of("The relative entropy sees a layer only through a mean and a variance. That is the whole"
                        + " layer if its"
                        + " pre-activations are normally distributed over the neurons; skewness, excess kurtosis and"
                        + " the"
                        + " Anderson-Darling test say how far they are from it."),
                distributions.figure().stream().toList(), List.of(distributions.table()));
    }

    private Section training() {
        List<List<String>> rows = new ArrayList<>();
        for (double sigmaW2 : measured.variances()) {
            for (long seed : measured.seeds()) {
                Map<Integer, Double> accuracy = measured.epochs("test-accuracy", sigmaW2, seed);
                Map<Integer, Double> loss = measured.epochs("test-loss", sigmaW2, seed);
                if (!accuracy.isEmpty()) {
                    int last = accuracy.keySet().stream().max(Integer::compare).orElseThrow();
                    rows.add(List.of(Measurements.number(sigmaW2), Long.toString(seed), Integer.toString(last),
                            Wording.fixed(loss.getOrDefault(last, Double.NaN), 4),
                            Wording.percent(accuracy.getOrDefault(last, Double.NaN))));
                }
            }
        }
        List<String> paragraphs = "tanh".equals(folder.record().settings().get("output-activation"))
                ? List.of(
                        "With a tanh on the outputs the loss cannot fall below ln(e + 9/e) - 1 = 0.797 nat for ten"
                                + " classes.")
                : List.of();
        List<Figure> figures = new ArrayList<>(training.loss().stream().toList());
        training.accuracy().ifPresent(figures::add);
        return new Section("Training", paragraphs, figures,
                List.of(new Table("test-results", "Test images after the last finished epoch", "",
                        List.of("σ_w²", "seed", "epoch", "loss (nat)", "accuracy"), rows)));
    }

    private Section firstPass() {
        Map<String, Tensor> arrays = measured
                .arrays(Stage.BEFORE, measured.variances().getFirst(), measured.seeds().getFirst())
                .orElseGet(LinkedHashMap::new);
        List<Image> images = new ArrayList<>();
        for (Map.Entry<String, Tensor> entry : arrays.entrySet()) {
            int side = (int) Math.round(Math.sqrt(entry.getValue().size()));
            if (side * side != entry.getValue().size()) {
                continue;
            }
            if (entry.getKey().equals(Measurements.INPUT)) {
                images.add(Image.grey("input image", side, side, entry.getValue().toFloats()));
            } else if (entry.getKey().equals(MultilayerPerceptron.preActivation(0))) {
                images.add(Image.signed("first forward pass z = W x + b", side, side, entry.getValue().toFloats()));
            }
        }
        List<Figure> figures = images.size() < 2
                ? List.of()
                : List.of(new ImageGrid("first-forward-pass", "The input beside the first forward pass",
                        "The reference of the measure is the picture on the right, not the image: it is about Gaussian"
                                + " whatever the image, and carries its scale only.",
                        images));
        return new Section("What the reference is", List.of(
                "The first forward pass has already been processed: the measure says how far a layer is from it, not"
                        + " from the"
                        + " image."),
                figures, List.of());
    }

    private Section checks() {
        List<String> findings = new ArrayList<>();
        for (double sigmaW2 : measured.variances()) {
            Curve curve = depth.curve(Stage.BEFORE, sigmaW2).orElseThrow();
            Curve theory = depth.theory(sigmaW2);
            double squares = 0;
            double scale = 0;
            for (int m = 1; m < curve.mean().size(); m++) {
                squares += Math.pow(curve.mean().get(m) - theory.mean().get(m), 2);
                scale += Math.pow(theory.mean().get(m), 2);
            }
            findings.add("σ_w² = " + Measurements.number(sigmaW2) + ": the random networks lie within "
                    + Wording.percent(Math.sqrt(squares / scale))
                    + " of (N/2) ln(σ_m²/σ_0²) (root mean square over depth, relative to the curve's own).");
        }
        findings.add("The published reference code divides Q by the reference layer's variance. Its form tends to"
                + " (N/2)(r - 1 + ln r) with r = σ_m²/σ_0² instead of (N/2) ln r: it lies above the definition where"
                + " r > 1 and below it where r < 1; it is drawn"
                + " here once, and nowhere else used.");
        return new Section("Checks", findings, List.of(depth.meanFieldCheck(), depth.referenceCodeForm()), List.of());
    }
}

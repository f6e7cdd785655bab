package org.surprisal.study.controls;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.surprisal.information.statistics.PairedDifference;
import org.surprisal.report.Report;
import org.surprisal.report.Section;
import org.surprisal.report.Table;
import org.surprisal.study.RunFolder;
import org.surprisal.study.RunStatus;
import org.surprisal.study.Wording;
import org.surprisal.study.depth.Stage;

/// The report of a run: one section a question, with statements held against the numbers.
final class ControlsReport {
    private static final String LEAD = "How to read this: relative entropy by depth is measured on images, from the"
            + " first forward"
            + " pass. Here the same networks are also measured from the input, and shown images with permuted"
            + " pixels, images with"
            + " shuffled pixels and noise, all of the same mean and variance image by image: what is the same on"
            + " noise is the"
            + " network's part, what is not is the data's. A statement is held if the 95 % interval of its number"
            + " over seeds"
            + " (Student's t) lies where it says, not held if it lies on the other side, else undecided; one"
            + " interval in twenty misses."
            + " Relative entropies are in units of (N/2) ln(2πe σ_w²), of which a hundredth counts as nothing;"
            + " divergences are in nats.";

    /// Those that say something of images and noise themselves.
    private static final List<FinerMeasure> MEASURES = List.of(FinerMeasure.PER_NEURON, FinerMeasure.COVARIANCE,
            FinerMeasure.COMPONENTS, FinerMeasure.NEIGHBOURS);

    private final Readings readings;
    private final Findings findings;
    private final ControlsFigures figures;

    private ControlsReport(Readings readings) {
        this.readings = readings;
        this.findings = new Findings(readings);
        this.figures = new ControlsFigures(readings);
    }

    static Report of(RunFolder folder) throws IOException {
        Readings readings = Readings.read(folder);
        List<Section> sections = new ArrayList<>();
        if (readings.variances().isEmpty()) {
            List<String> paragraphs = new ArrayList<>(
                    List.of("There is no network that was measured and did not diverge."));
            diverged(readings).ifPresent(paragraphs::add);
            sections.add(new Section("Nothing measured", paragraphs, List.of(), List.of()));
        } else {
            ControlsReport report = new ControlsReport(readings);
            sections.add(report.fromInput());
            sections.add(report.parts());
            sections.add(report.finer());
            sections.add(report.networks());
        }
        Map<String, String> settings = folder.record().settings();
        String text = "depth " + settings.get("depth") + ", width " + settings.get("width") + ", trained on "
                + settings.get("train-samples") + " images of " + settings.get("data") + " for "
                + settings.get("epochs") + " epochs, " + readings.seeds()
                + (readings.seeds() == 1 ? " seed" : " seeds");
        return new Report("Relative entropy: the network's part and the data's",
                folder.record().status() == RunStatus.INTERRUPTED
                        ? text + " (interrupted: a part of the networks)"
                        : text,
                LEAD, sections, settings, folder.record().provenance());
    }

    private static List<String> paragraphs(List<Statement> statements) {
        return statements.stream().map(Statement::paragraph).toList();
    }

    private Section fromInput() {
        return new Section("Measured from the input", paragraphs(findings.fromInput()),
                figures.fromInput().stream().toList(),
                List.of());
    }

    private Section parts() {
        return new Section("The network's part and the data's", paragraphs(findings.parts()),
                figures.parts().stream().toList(),
                List.of(table()));
    }

    /// The data's part at some layers, with standard errors.
    private Table table() {
        List<Integer> layers = ControlsFigures.someLayers(readings.layers());
        List<String> columns = new ArrayList<>(List.of("σ_w²", "inputs", "stage"));
        layers.forEach(m -> columns.add("layer " + m));
        List<List<String>> rows = new ArrayList<>();
        for (double sigmaW2 : readings.variances()) {
            for (Stage stage : Stage.values()) {
                figures.mean(Measured.FROM_FIRST, sigmaW2, stage,
                        network -> readings.on(Measured.FROM_FIRST, network, Stimulus.NOISE, stage))
                        .ifPresent(curve -> rows.add(row(sigmaW2, "noise", stage, layers, curve)));
                for (Stimulus kind : List.of(Stimulus.IMAGES, Stimulus.PERMUTED, Stimulus.SHUFFLED)) {
                    figures.mean(Measured.FROM_FIRST, sigmaW2, stage,
                            network -> findings.dataPart(network, kind, stage))
                            .ifPresent(
                                    curve -> rows.add(row(sigmaW2, kind.label() + " - noise", stage, layers, curve)));
                }
            }
        }
        return new Table("parts-by-depth", "Relative entropy on noise, and differences from it",
                "Mean ± one standard error over seeds, normalised; differences are paired: the same weights, the"
                        + " same Monte Carlo"
                        + " samples, inputs of equal mean and variance.",
                columns, rows);
    }

    private static List<String> row(double sigmaW2, String inputs, Stage stage, List<Integer> layers,
            DepthCurve curve) {
        List<String> row = new ArrayList<>(List.of(Double.toString(sigmaW2), inputs, stage.label()));
        for (int m : layers) {
            Optional<PairedDifference> found = curve.layers().get(m - curve.firstLayer());
            row.add(found.map(at -> Wording.withError(at.mean(), at.standardError().orElse(0))).orElse("-"));
        }
        return row;
    }

    private Section finer() {
        List<String> paragraphs = new ArrayList<>();
        for (FinerMeasure measure : MEASURES) {
            for (Statement statement : findings.finer(measure)) {
                paragraphs.add("By " + measure.label() + ": " + statement.paragraph());
            }
        }
        paragraphs.addAll(paragraphs(findings.normality()));
        paragraphs.add(
                "Layers have no neurons in common: renumbering the neurons of one changes nothing that the network"
                        + " does, but"
                        + " would change any divergence between two layers that compares neuron by neuron. Between"
                        + " layers the least divergence over"
                        + " all rotations is taken.");
        paragraphs.addAll(paragraphs(findings.alongDepth()));
        if (readings.neuronsLeftOut() > 0) {
            paragraphs.add(
                    "Neurons that did not count because one kind of input leaves them constant, over all comparisons: "
                            + readings.neuronsLeftOut() + ".");
        }
        if (readings.refused() > 0) {
            paragraphs.add(readings.refused()
                    + " divergences could not be taken, because inputs had become one; such layers have no"
                    + " mean.");
        }
        return new Section("Finer than one Gaussian a layer", paragraphs,
                Stream.of(figures.imagesFromNoise(), figures.fromFirstLayer()).flatMap(Optional::stream).toList(),
                List.of(training()));
    }

    /// How far training has moved the last layer.
    private Table training() {
        List<List<String>> rows = new ArrayList<>();
        for (double sigmaW2 : readings.variances()) {
            for (FinerMeasure measure : MEASURES) {
                List<String> row = new ArrayList<>(List.of(Double.toString(sigmaW2), measure.label()));
                for (Stimulus kind : NetworkMeasures.FOLLOWED) {
                    row.add(figures.mean(measure.metric(), sigmaW2, Stage.AFTER,
                            network -> readings.curve(measure.metric(),
                                    Measured.afterAgainstBefore(network.which(), kind), Stage.AFTER))
                            .flatMap(curve -> curve.layers().getLast())
                            .map(at -> Wording.withError(at.mean(), at.standardError().orElse(0))).orElse("-"));
                }
                rows.add(row);
            }
        }
        return new Table("moved-by-training", "How far training has moved the last measured layer (nat)",
                "D(after || before) of the same neurons on the same inputs, mean ± one standard error over seeds.",
                List.of("σ_w²", "measure", "on images", "on noise"), rows);
    }

    private Section networks() {
        List<String> paragraphs = new ArrayList<>();
        for (double sigmaW2 : readings.variances()) {
            List<Double> accuracies = readings.accuracies(sigmaW2);
            if (!accuracies.isEmpty()) {
                paragraphs.add("σ_w² = " + sigmaW2 + ": test accuracy after training "
                        + String.join(", ", accuracies.stream().map(Wording::percent).toList()) + " (one a seed).");
            }
        }
        paragraphs.add(diverged(readings).orElse("No network diverged."));
        return new Section("The networks", paragraphs, List.of(), List.of());
    }

    private static Optional<String> diverged(Readings readings) {
        return readings.diverged().isEmpty()
                ? Optional.empty()
                : Optional.of("Diverged in training, and left out: " + String.join("; ",
                        readings.diverged().stream().map(network -> network.which().toString()).toList()) + ".");
    }
}

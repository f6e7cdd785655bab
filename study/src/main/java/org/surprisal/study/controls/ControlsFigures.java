package org.surprisal.study.controls;

import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.surprisal.report.Axis;
import org.surprisal.report.Chart;
import org.surprisal.report.Figure;
import org.surprisal.report.Mark;
import org.surprisal.report.Palette;
import org.surprisal.report.Panels;
import org.surprisal.report.Stroke;
import org.surprisal.study.controls.Readings.Network;
import org.surprisal.study.depth.Stage;

/// The pictures: small multiples with one column a weight variance. Bands are 95 % intervals of the mean over seeds.
final class ControlsFigures {
    private static final Axis LAYER = Axis.linear("layer m", "");
    private static final Axis LAYER_WITH_INPUT = Axis.linear("layer m (-1: the input)", "");
    private static final String NORMALISED = "relative entropy, normalised";
    private static final String BANDS = " Bands: 95 % intervals of the mean over seeds.";

    private final Readings readings;
    private final Findings findings;

    ControlsFigures(Readings readings) {
        this.readings = readings;
        this.findings = new Findings(readings);
    }

    /// A row's panels are drawn to one scale.
    private record Panel(String id, String title, Axis x, String quantity, String unit, List<Mark> marks) {}

    /// Absent if there is nothing to draw.
    private static Optional<Figure> panels(String id, String title, String caption, int columns, List<Panel> panels) {
        List<Chart> charts = new ArrayList<>();
        for (int from = 0; from < panels.size(); from += columns) {
            List<Panel> row = panels.subList(from, Math.min(from + columns, panels.size()));
            double[] heights = row.stream().flatMap(panel -> panel.marks().stream()).flatMapToDouble(
                    ControlsFigures::heights).filter(Double::isFinite).sorted().toArray();
            for (Panel panel : row) {
                Axis y = Axis.linear(panel.quantity(), panel.unit());
                if (heights.length > 0 && heights[0] < heights[heights.length - 1]) {
                    double room = 0.04 * (heights[heights.length - 1] - heights[0]);
                    y = y.withRange(heights[0] - room, heights[heights.length - 1] + room);
                }
                charts.add(new Chart(panel.id(), panel.title(), "", panel.x(), y, panel.marks()));
            }
        }
        return charts.isEmpty() ? Optional.empty() : Optional.of(new Panels(id, title, caption, columns, charts));
    }

    private static DoubleStream heights(Mark mark) {
        return switch (mark) {
            case Mark.Line line -> line.y().stream();
            case Mark.Band band -> DoubleStream.concat(band.lower().stream(), band.upper().stream());
            default -> DoubleStream.empty();
        };
    }

    /// A curve, if there are networks; a solid one with its band.
    private void add(List<Mark> marks, String name, String metric, double sigmaW2, Stage stage, Color colour,
            Stroke stroke, Function<Network, double[]> curve) {
        List<double[]> curves = readings.networks(sigmaW2, stage).stream().map(curve).toList();
        if (curves.isEmpty() || Arrays.stream(curves.getFirst()).allMatch(Double::isNaN)) {
            return;
        }
        DepthCurve mean = DepthCurve.over(Readings.firstLayer(metric), curves);
        if (stroke == Stroke.SOLID) {
            marks.add(new Mark.Band(name, mean.positions(), mean.lower(), mean.upper(), colour));
        }
        marks.add(new Mark.Line(name, mean.positions(), mean.means(), colour, stroke, false));
    }

    private void addTheory(List<Mark> marks, String name, String metric, double sigmaW2) {
        add(marks, name, metric, sigmaW2, Stage.BEFORE, Palette.INK, Stroke.DASHED,
                network -> readings.curve(metric, network.which(), Stage.BEFORE));
    }

    private static String id(String what, double sigmaW2) {
        return what + "-" + Double.toString(sigmaW2).replace('.', '-').toLowerCase(Locale.ROOT);
    }

    private static String variance(double sigmaW2) {
        return "σ_w² = " + sigmaW2;
    }

    /// From the first forward pass and from the input, before and after training.
    Optional<Figure> fromInput() {
        List<Panel> panels = new ArrayList<>();
        for (Stage stage : Stage.values()) {
            for (double sigmaW2 : readings.variances()) {
                List<Mark> marks = new ArrayList<>();
                add(marks, "from the input", Measured.FROM_INPUT, sigmaW2, stage, Palette.category(1), Stroke.SOLID,
                        network -> readings.on(Measured.FROM_INPUT, network, Stimulus.IMAGES, stage));
                add(marks, "from the first pass", Measured.FROM_FIRST, sigmaW2, stage, Palette.category(0),
                        Stroke.SOLID,
                        network -> readings.on(Measured.FROM_FIRST, network, Stimulus.IMAGES, stage));
                if (stage == Stage.BEFORE) {
                    addTheory(marks, "mean-field theory", Measured.THEORY_FROM_INPUT, sigmaW2);
                    addTheory(marks, "mean-field theory", Measured.THEORY_FROM_FIRST, sigmaW2);
                }
                addPanel(panels, id("input-" + stage.label(), sigmaW2),
                        variance(sigmaW2) + ", " + stage.label() + " training", LAYER_WITH_INPUT, NORMALISED, "",
                        marks);
            }
        }
        return panels("from-the-input", "Relative entropy on images, from the input and from the first forward pass",
                "Each curve is 0 at what it is measured from: the standardised image (layer -1), or the first"
                        + " forward pass"
                        + " (layer 0). Dashed: mean-field theory of random networks." + BANDS,
                readings.variances().size(), panels);
    }

    private static void addPanel(List<Panel> panels, String id, String title, Axis x, String quantity, String unit,
            List<Mark> marks) {
        if (!marks.isEmpty()) {
            panels.add(new Panel(id, title, x, quantity, unit, marks));
        }
    }

    /// The curve on noise, and what images add to it.
    Optional<Figure> parts() {
        List<Panel> panels = new ArrayList<>();
        for (double sigmaW2 : readings.variances()) {
            List<Mark> marks = new ArrayList<>();
            for (Stage stage : Stage.values()) {
                add(marks, "noise, " + stage.label(), Measured.FROM_FIRST, sigmaW2, stage,
                        Palette.category(stage == Stage.BEFORE ? 0 : 1), Stroke.SOLID,
                        network -> readings.on(Measured.FROM_FIRST, network, Stimulus.NOISE, stage));
            }
            addTheory(marks, "mean-field theory", Measured.THEORY_FROM_FIRST, sigmaW2);
            addPanel(panels, id("network", sigmaW2), "network's part, " + variance(sigmaW2), LAYER, NORMALISED, "",
                    marks);
        }
        for (double sigmaW2 : readings.variances()) {
            List<Mark> marks = new ArrayList<>();
            add(marks, "images - noise, before", Measured.FROM_FIRST, sigmaW2, Stage.BEFORE, Palette.category(2),
                    Stroke.SOLID, network -> findings.dataPart(network, Stimulus.IMAGES, Stage.BEFORE));
            add(marks, "shuffled - noise, after", Measured.FROM_FIRST, sigmaW2, Stage.AFTER, Palette.category(4),
                    Stroke.DASHED, network -> findings.dataPart(network, Stimulus.SHUFFLED, Stage.AFTER));
            add(marks, "permuted - noise, after", Measured.FROM_FIRST, sigmaW2, Stage.AFTER, Palette.category(5),
                    Stroke.DASHED, network -> findings.dataPart(network, Stimulus.PERMUTED, Stage.AFTER));
            add(marks, "images - noise, after", Measured.FROM_FIRST, sigmaW2, Stage.AFTER, Palette.category(3),
                    Stroke.SOLID, network -> findings.dataPart(network, Stimulus.IMAGES, Stage.AFTER));
            addPanel(panels, id("data", sigmaW2), "data's part, " + variance(sigmaW2), LAYER,
                    "difference, normalised", "", marks);
        }
        return panels("network-and-data", "The network's part and the data's",
                "Top: relative entropy from the first pass on noise; the bands are those of networks, after less"
                        + " before on one network is far"
                        + " surer. Bottom: what the same weights give more on images, permuted"
                        + " images (one permutation) and shuffled images (one each), input by input of equal mean"
                        + " and variance."
                        + BANDS,
                readings.variances().size(), panels);
    }

    /// How far apart a layer keeps images and noise.
    Optional<Figure> imagesFromNoise() {
        List<Panel> panels = new ArrayList<>();
        for (FinerMeasure measure : List.of(FinerMeasure.PER_NEURON, FinerMeasure.COVARIANCE,
                FinerMeasure.NEIGHBOURS)) {
            for (double sigmaW2 : readings.variances()) {
                List<Mark> marks = new ArrayList<>();
                addFromNoise(marks, measure, "noise from noise, before", Stimulus.OTHER_NOISE, Stage.BEFORE, sigmaW2,
                        Palette.GREY);
                addFromNoise(marks, measure, "permuted, after", Stimulus.PERMUTED, Stage.AFTER, sigmaW2,
                        Palette.category(5));
                for (Stage stage : Stage.values()) {
                    Color colour = Palette.category(stage == Stage.BEFORE ? 0 : 1);
                    addFromNoise(marks, measure, "images, " + stage.label(), Stimulus.IMAGES, stage, sigmaW2, colour);
                    if (measure == FinerMeasure.NEIGHBOURS) {
                        add(marks, "normal samples of the same moments, " + stage.label(),
                                FinerMeasure.NEIGHBOURS_OF_NORMALS.metric(), sigmaW2, stage, colour, Stroke.DASHED,
                                network -> readings.fromNoise(FinerMeasure.NEIGHBOURS_OF_NORMALS, network,
                                        Stimulus.IMAGES, stage));
                    }
                }
                addPanel(panels, id(measure.metric(), sigmaW2), measure.label() + ", " + variance(sigmaW2), LAYER,
                        "divergence", "nat", marks);
            }
        }
        return panels("images-from-noise", "How far apart a layer keeps images and noise",
                "D(images || noise) over many inputs in one layer, by three models of the neurons. Grey: noise"
                        + " against other noise,"
                        + " what samples of this size make of nothing. Dashed: what nearest neighbours make of"
                        + " Gaussian layers."
                        + BANDS,
                readings.variances().size(), panels);
    }

    private void addFromNoise(List<Mark> marks, FinerMeasure measure, String name, Stimulus kind, Stage stage,
            double sigmaW2, Color colour) {
        add(marks, name, measure.metric(), sigmaW2, stage, colour, Stroke.SOLID,
                network -> readings.fromNoise(measure, network, kind, stage));
    }

    /// How far a layer is from the first, whichever neuron is which.
    Optional<Figure> fromFirstLayer() {
        List<Panel> panels = new ArrayList<>();
        for (double sigmaW2 : readings.variances()) {
            List<Mark> marks = new ArrayList<>();
            for (Stimulus kind : NetworkMeasures.FOLLOWED) {
                for (Stage stage : Stage.values()) {
                    int colour = (kind == Stimulus.IMAGES ? 0 : 2) + (stage == Stage.BEFORE ? 0 : 1);
                    add(marks, kind.label() + ", " + stage.label(), Measured.ALIGNED, sigmaW2, stage,
                            Palette.category(colour), Stroke.SOLID,
                            network -> findings.fromFirstLayer(network, kind, stage));
                }
            }
            addPanel(panels, id("aligned", sigmaW2), variance(sigmaW2), LAYER, "least divergence from layer 0", "nat",
                    marks);
        }
        return panels("from-the-first-layer", "How far a layer is from the first, over many inputs",
                "The least divergence of two Gaussians with the layers' shrunk covariances over all rotations of the"
                        + " neurons: layers have"
                        + " no neurons in common that could be compared one by one." + BANDS,
                readings.variances().size(), panels);
    }

    /// Layers of the tables: a few, from the first to the last.
    static List<Integer> someLayers(int layers) {
        return IntStream.of(0, 1, layers / 4, layers / 2, 3 * layers / 4, layers - 1).filter(m -> m < layers).distinct()
                .sorted().boxed().toList();
    }

    /// Mean over the networks of one variance, by layer; absent if there are none.
    Optional<DepthCurve> mean(String metric, double sigmaW2, Stage stage, Function<Network, double[]> curve) {
        List<double[]> curves = readings.networks(sigmaW2, stage).stream().map(curve).toList();
        return curves.isEmpty() ? Optional.empty() : Optional.of(DepthCurve.over(Readings.firstLayer(metric), curves));
    }
}

package org.surprisal.study.bottleneck;

import java.awt.Color;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.surprisal.information.mutual.InformationPlane.Kind;
import org.surprisal.report.Axis;
import org.surprisal.report.Chart;
import org.surprisal.report.Figure;
import org.surprisal.report.Mark;
import org.surprisal.report.Palette;
import org.surprisal.report.Panels;
import org.surprisal.report.Report;
import org.surprisal.report.Section;
import org.surprisal.report.Stroke;
import org.surprisal.report.Table;
import org.surprisal.study.Case;
import org.surprisal.study.Metric;
import org.surprisal.study.RunFolder;
import org.surprisal.study.RunStatus;

/// The report of a run of `distances`.
final class DistancesReport {
    private static final String LEAD = "How to read this: the pairwise-distance estimate of a layer's information"
            + " sees nothing but"
            + " the distances of its samples, measured by the noise. A layer whose distances have grown shows more"
            + " information at the same noise, with nothing learnt. The heuristic takes a quantile of each layer's"
            + " distances, divided by a number, as the variance of that layer's noise; as a variance it follows the"
            + " scale of the layer only half: twice the distances want four times the variance and get two.";

    private final RunFolder folder;
    private final List<Metric> metrics;
    private final Planes planes;
    private final List<Case> collapsed;
    private final PlaneFigures figures;
    private final List<Case> groups;

    private DistancesReport(RunFolder folder, List<Metric> metrics, Planes planes, List<Case> collapsed) {
        this.collapsed = collapsed;
        this.folder = folder;
        this.metrics = metrics;
        this.planes = planes;
        this.figures = new PlaneFigures(planes);
        this.groups = planes.groups().stream().filter(DistancesReport::byLayer).toList();
    }

    private static boolean byLayer(Case which) {
        return which.get(DistancesStudy.NOISE).equals(DistancesStudy.BY_LAYER);
    }

    static Report of(RunFolder folder) throws IOException {
        List<Metric> metrics = folder.metrics();
        Planes all = Planes.read(metrics);
        List<Case> collapsed = all.collapsed(Integer.parseInt(folder.record().settings().getOrDefault("epochs", "0")));
        // Where none is left there is nothing else to show.
        Planes planes = all.without(collapsed).isEmpty() ? all : all.without(collapsed);
        List<Section> sections = new ArrayList<>();
        if (planes.isEmpty() || planes.groups().stream().noneMatch(DistancesReport::byLayer)) {
            sections.add(new Section("Nothing measured yet",
                    List.of("The run was stopped before its first network was measured."), List.of(), List.of()));
        } else {
            DistancesReport report = new DistancesReport(folder, metrics, planes,
                    planes == all ? List.of() : collapsed);
            sections.add(report.distances());
            sections.add(report.plane());
        }
        Map<String, String> settings = folder.record().settings();
        return new Report("Pairwise distances by layer",
                settings.get("data") + ", hidden layers of " + settings.get("widths") + ", " + settings.get("epochs")
                        + " epochs" + (folder.record().status() == RunStatus.INTERRUPTED
                                ? " (interrupted: a part of the networks)"
                                : ""),
                LEAD, sections, settings, folder.record().provenance());
    }

    /// The case under which a group's distances were kept, of its first network.
    private Case distancesOf(Case group) {
        return without(planes.networks(group).getFirst());
    }

    private static Case without(Case network) {
        Case bare = Case.WHOLE;
        for (Map.Entry<String, String> coordinate : network.values().entrySet()) {
            if (!coordinate.getKey().equals(DistancesStudy.NOISE)) {
                bare = bare.and(coordinate.getKey(), coordinate.getValue());
            }
        }
        return bare;
    }

    private int layers() {
        return planes.any().points().size();
    }

    private String name(int layer) {
        return planes.any().points().get(layer).layer();
    }

    private Section distances() {
        List<List<String>> rows = new ArrayList<>();
        List<Figure> drawn = new ArrayList<>();
        for (Case group : groups) {
            histograms(group).ifPresent(drawn::add);
            List<Integer> epochs = planes.epochs(group);
            for (int m = 0; m < layers(); m++) {
                Series mean = means(group, m);
                Series noise = noise(group, m);
                if (!mean.isEmpty()) {
                    rows.add(List.of(Ensemble.label(without(group)), figures.layer(m),
                            text(mean.means()[0]), text(mean.means()[mean.means().length - 1]),
                            text(noise.mean(epochs.getFirst())), text(noise.mean(epochs.getLast()))));
                }
            }
        }
        drawn.add(noiseByEpoch());
        List<String> paragraphs = collapsed.isEmpty()
                ? List.of()
                : List.of("Left out: " + String.join("; ",
                        collapsed.stream().map(network -> without(network).toString()).distinct().toList())
                        + ", whose output at the end is the same for every input (dead units).");
        return new Section("Distances", paragraphs, drawn,
                List.of(new Table("distances", "Distances and the noise that follows from them",
                        "Means over seeds, before training and after the last measured epoch.",
                        List.of("networks", "layer", "mean distance before", "after", "noise variance before", "after"),
                        rows)));
    }

    private static String text(double value) {
        return String.format(Locale.ROOT, "%.3g", value);
    }

    private Series means(Case group, int layer) {
        List<Case> networks = planes.networks(group).stream().map(DistancesReport::without).toList();
        Series series = new Series();
        for (Metric metric : metrics) {
            if (metric.name().equals(DistancesStudy.MEAN) && metric.layer().equals(name(layer))
                    && networks.contains(metric.in())) {
                series.add(metric.epoch().orElseThrow(), metric.value());
            }
        }
        return series;
    }

    private Series noise(Case group, int layer) {
        Series series = new Series();
        for (Case network : planes.networks(group)) {
            planes.planes(network).forEach((epoch, plane) -> Planes.noise(plane.points().get(layer))
                    .ifPresent(variance -> series.add(epoch, variance)));
        }
        return series;
    }

    private Optional<Figure> histograms(Case group) {
        Case network = distancesOf(group);
        List<Integer> epochs = planes.epochs(group);
        List<Color> colours = Palette.sequential(epochs.size());
        List<Chart> charts = new ArrayList<>();
        for (int m = 0; m < layers(); m++) {
            List<Mark> marks = new ArrayList<>();
            for (int e = 0; e < epochs.size(); e++) {
                Color colour = colours.get(e);
                String label = PlaneFigures.epoch(epochs.get(e));
                DistanceHistogram.read(folder, network, epochs.get(e), name(m)).ifPresent(kept -> marks.add(
                        new Mark.Line(label, centres(kept.getFirst()), kept.getLast(), colour, Stroke.SOLID, false)));
            }
            if (!marks.isEmpty()) {
                charts.add(new Chart("histogram-" + groups.indexOf(group) + "-" + m, figures.layer(m), "",
                        Axis.linear("distance", ""), Axis.linear("density", ""), marks));
            }
        }
        return charts.isEmpty()
                ? Optional.empty()
                : Optional.of(new Panels("distances-" + groups.indexOf(group),
                        "Distances of all pairs of samples, " + Ensemble.label(without(group)),
                        "Densities of one network (the first seed), coloured by epoch.", 3, charts));
    }

    private static double[] centres(double[] edges) {
        double[] centres = new double[edges.length - 1];
        for (int i = 0; i < centres.length; i++) {
            centres[i] = (edges[i] + edges[i + 1]) / 2;
        }
        return centres;
    }

    private Figure noiseByEpoch() {
        List<Chart> charts = new ArrayList<>();
        for (Case group : groups) {
            List<Mark> marks = new ArrayList<>();
            for (int m = 0; m < layers(); m++) {
                Series series = noise(group, m);
                marks.addAll(series.marks(figures.layer(m), series.epochsPlusOne(), Palette.category(m), Stroke.SOLID));
            }
            charts.add(new Chart("noise-" + charts.size(), Ensemble.label(without(group)), "",
                    Axis.log("epoch + 1", ""), Axis.log("variance of the layer's noise", ""), marks));
        }
        return new Panels("noise-by-epoch", "Noise by the heuristic, by epoch",
                "Means over seeds; bands: one standard error. The first point, at 1, is the network before training.",
                Math.min(2, charts.size()), charts);
    }

    private Section plane() {
        List<List<String>> rows = new ArrayList<>();
        for (Case group : planes.groups()) {
            for (Kind kind : planes.kinds()) {
                rows.add(List.of(Ensemble.label(group), PlaneFigures.label(kind),
                        figures.orderCount(group, kind, 'X'), figures.orderCount(group, kind, 'Y')));
            }
        }
        return new Section("The plane with noise by layer, beside fixed noise",
                List.of(planes.any().orderReading(),
                        "With noise that follows each layer, two layers of one plane are measured by different"
                                + " rulers: that a"
                                + " later one lies lower or higher is a statement about both."),
                List.of(figures.plane(), figures.inputByEpoch()),
                List.of(new Table("order", "Layers that show more information than the layer before",
                        "Counted over planes and pairs of neighbouring layers. Beyond the bounds: the brackets of"
                                + " the two"
                                + " layers exclude each other.",
                        List.of("networks", "kind", "about X", "about Y"), rows)));
    }
}

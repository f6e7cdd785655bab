package org.surprisal.study.bottleneck;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import org.surprisal.information.Quartiles;
import org.surprisal.information.statistics.PairedDifference;
import org.surprisal.report.Axis;
import org.surprisal.report.Chart;
import org.surprisal.report.Figure;
import org.surprisal.report.Mark;
import org.surprisal.report.Mark.Direction;
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

/// The report of a run of `gradient-snr`.
final class GradientSnrReport {
    private static final String LEAD = "How to read this: for each weight matrix, the gradients of an epoch's"
            + " batches have a mean"
            + " and a standard deviation, element by element; their Frobenius norms, over the norm of the weight at the"
            + " epoch's end, say how far the batches pull together and how far apart. Where the mean is larger,"
            + " training"
            + " drifts; where the deviation is larger, it diffuses. The transition of a network is the first"
            + " recorded epoch"
            + " from which on, to the end, the norm of the mean stays below that of the deviation.";
    private static final Axis EPOCH = Axis.log("epoch", "");

    private final GradientRatios ratios;

    private GradientSnrReport(GradientRatios ratios) {
        this.ratios = ratios;
    }

    static Report of(RunFolder folder) throws IOException {
        List<Metric> metrics = folder.metrics();
        GradientRatios ratios = GradientRatios.read(metrics);
        Map<String, String> settings = folder.record().settings();
        List<Section> sections = new ArrayList<>();
        if (ratios.isEmpty()) {
            sections.add(new Section("Nothing measured yet",
                    List.of("The run was stopped before its first epoch was over."), List.of(), List.of()));
        } else {
            GradientSnrReport report = new GradientSnrReport(ratios);
            sections.add(report.transition());
            sections.add(report.phases());
            sections.add(new Section("Training", List.of(),
                    TrainingCurves.of(metrics, ratios.groups()).stream().toList(), List.of()));
        }
        int networks = ratios.groups().stream().mapToInt(ratios::count).max().orElse(0);
        return new Report("Signal and noise of the gradients",
                settings.get("data") + ", hidden layers of " + settings.get("widths") + ", batches of "
                        + settings.get("batch") + ", " + settings.get("epochs") + " epochs, " + networks
                        + (networks == 1 ? " initialisation" : " initialisations")
                        + (folder.record().status() == RunStatus.INTERRUPTED
                                ? " (interrupted: a part of the networks)"
                                : ""),
                LEAD, sections, settings, folder.record().provenance());
    }

    private Section transition() {
        List<String> findings = new ArrayList<>();
        List<List<String>> rows = new ArrayList<>();
        for (Case group : ratios.groups()) {
            for (int layer = 0; layer <= ratios.layers(); layer++) {
                List<Integer> found = ratios.transitions(group, layer);
                String of = found.size() + " of " + ratios.count(group);
                if (layer == 0) {
                    findings.add(Ensemble.label(group) + ": " + of + " networks have a transition" + (found.isEmpty()
                            ? "."
                            : String.format(Locale.ROOT,
                                    ", at epoch %s in the median, half of them from %s to %s, all from %d to %d.",
                                    number(quartiles(found).median()), number(quartiles(found).lower()),
                                    number(quartiles(found).upper()), found.getFirst(), found.getLast())));
                }
                rows.add(found.isEmpty()
                        ? List.of(Ensemble.label(group), name(layer), of, "-", "-", "-")
                        : List.of(Ensemble.label(group), name(layer), of, number(quartiles(found).median()),
                                number(quartiles(found).lower()) + " .. " + number(quartiles(found).upper()),
                                found.getFirst() + " .. " + found.getLast()));
            }
        }
        return new Section("The transition", findings, List.of(signalToNoise(), meansAndDeviations()),
                List.of(new Table("transitions", "Epoch of the transition",
                        "Networks with a transition, and the epochs of these. All weights: of the norms of all"
                                + " gradients"
                                + " together, in which the layers with the largest gradients count most.",
                        List.of("networks", "weights", "with transition", "median", "middle half", "range"), rows)));
    }

    private static Quartiles quartiles(List<Integer> epochs) {
        return Quartiles.of(epochs.stream().mapToDouble(Integer::doubleValue).toArray());
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : String.format(Locale.ROOT, "%.1f", value);
    }

    private static String name(int layer) {
        return layer == 0 ? "all" : "layer " + layer;
    }

    private Figure signalToNoise() {
        List<Chart> charts = new ArrayList<>();
        for (Case group : ratios.groups()) {
            List<Mark> marks = new ArrayList<>();
            for (int layer = 1; layer <= ratios.layers(); layer++) {
                line(ratios.signalToNoise(group, layer), name(layer), layer - 1, Stroke.SOLID).ifPresent(marks::addAll);
            }
            Series all = series(ratios.signalToNoise(group, 0));
            if (!all.isEmpty()) {
                marks.addAll(all.marks("all weights", all.epochs(), Palette.INK, Stroke.SOLID));
            }
            marks.add(new Mark.Rule("mean = deviation", Direction.HORIZONTAL, 1, Palette.GREY));
            addTransition(group, marks);
            charts.add(new Chart("snr-" + charts.size(), Ensemble.label(group), "", EPOCH,
                    Axis.log("||mean|| / ||deviation||", ""), marks));
        }
        return new Panels("signal-to-noise", "Signal to noise of the gradients by epoch",
                "Means over initialisations; bands: one standard error. The vertical rule is the median transition"
                        + " of all weights"
                        + " together.",
                Math.min(2, charts.size()), charts);
    }

    private Figure meansAndDeviations() {
        List<Chart> charts = new ArrayList<>();
        for (Case group : ratios.groups()) {
            List<Mark> marks = new ArrayList<>();
            for (int layer = 1; layer <= ratios.layers(); layer++) {
                line(ratios.means(group, layer), name(layer) + ", mean", layer - 1, Stroke.SOLID)
                        .ifPresent(marks::addAll);
                line(ratios.deviations(group, layer), name(layer) + ", deviation", layer - 1, Stroke.DASHED)
                        .ifPresent(marks::addAll);
            }
            addTransition(group, marks);
            charts.add(new Chart("norms-" + charts.size(), Ensemble.label(group), "", EPOCH,
                    Axis.log("norm of the gradient / norm of the weight", ""), marks));
        }
        return new Panels("means-and-deviations", "Mean and deviation of the gradients by epoch",
                "Solid: mean over the epoch's batches, dashed: standard deviation; one colour a layer. Averages over"
                        + " initialisations; bands: one standard error.",
                Math.min(2, charts.size()), charts);
    }

    private void addTransition(Case group, List<Mark> marks) {
        List<Integer> found = ratios.transitions(group, 0);
        if (!found.isEmpty()) {
            double median = quartiles(found).median();
            marks.add(new Mark.Rule("epoch " + number(median), Direction.VERTICAL, median, Palette.GREY));
        }
    }

    private static Optional<List<Mark>> line(List<NavigableMap<Integer, Double>> networks, String name, int colour,
            Stroke stroke) {
        Series series = series(networks);
        return series.isEmpty()
                ? Optional.empty()
                : Optional.of(series.marks(name, series.epochs(), Palette.category(colour), stroke));
    }

    /// Without zeros: dead units have no gradient, and no place on a logarithmic axis.
    private static Series series(List<NavigableMap<Integer, Double>> networks) {
        Series series = new Series();
        networks.forEach(network -> network.forEach((epoch, value) -> {
            if (value > 0) {
                series.add(epoch, value);
            }
        }));
        return series;
    }

    private Section phases() {
        List<List<String>> rows = new ArrayList<>();
        for (Case group : ratios.groups()) {
            for (int layer = 1; layer <= ratios.layers(); layer++) {
                rows.add(List.of(Ensemble.label(group), name(layer), change(ratios.means(group, layer)),
                        change(ratios.deviations(group, layer))));
            }
        }
        return new Section("Do means fall and deviations rise?",
                List.of("The thesis reads Fig 3.3 as: means fall, deviations rise. Here is the factor by which each"
                        + " has changed"
                        + " from the first epoch to the last, over the weight's norm."),
                List.of(), List.of(new Table("changes", "From the first to the last recorded epoch",
                        "Geometric mean over initialisations of the last value over the first, with its 95 % interval"
                                + " (Student's t on the logarithms).",
                        List.of("networks", "weights", "mean", "deviation"), rows)));
    }

    private static String change(List<NavigableMap<Integer, Double>> networks) {
        double[] logs = networks.stream().filter(network -> network.size() > 1)
                .filter(network -> network.firstEntry().getValue() > 0 && network.lastEntry().getValue() > 0)
                .mapToDouble(network -> Math.log(network.lastEntry().getValue() / network.firstEntry().getValue()))
                .toArray();
        if (logs.length == 0) {
            return "-";
        }
        PairedDifference change = PairedDifference.of(new double[logs.length], logs);
        return String.format(Locale.ROOT, "%.3g", Math.exp(change.mean())) + change.interval95()
                .map(interval -> String.format(Locale.ROOT, ", %.3g .. %.3g: %s", Math.exp(interval.low()),
                        Math.exp(interval.high()),
                        interval.low() > 0 ? "rises" : interval.high() < 0 ? "falls" : "open"))
                .orElse("");
    }
}

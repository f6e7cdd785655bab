package org.surprisal.study.experiment;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.surprisal.data.Batch;
import org.surprisal.data.DataException;
import org.surprisal.information.StudentT;
import org.surprisal.network.metric.ConfusionMatrix;
import org.surprisal.report.Axis;
import org.surprisal.report.Chart;
import org.surprisal.report.Figure;
import org.surprisal.report.Image;
import org.surprisal.report.ImageGrid;
import org.surprisal.report.Mark;
import org.surprisal.report.Palette;
import org.surprisal.report.Report;
import org.surprisal.report.Section;
import org.surprisal.report.Stroke;
import org.surprisal.report.Table;
import org.surprisal.study.Case;
import org.surprisal.study.Metric;
import org.surprisal.study.RunFolder;
import org.surprisal.study.RunStatus;
import org.surprisal.tensor.Tensor;

/// What an experiment found, from its run folder alone.
final class ExperimentReport {
    /// The experiment as it was when the run began.
    static final String FILE = "experiment.yaml";
    /// The network's layers, shapes and parameter counts.
    static final String SUMMARY = "network.txt";

    private static final String SEED = "seed";

    private final RunFolder folder;
    private final List<Metric> metrics;
    private final Set<String> seeds = new LinkedHashSet<>();

    private ExperimentReport(RunFolder folder, List<Metric> metrics) {
        this.folder = folder;
        this.metrics = metrics;
        metrics.forEach(metric -> seeds.add(metric.in().get(SEED)));
    }

    static Path file(RunFolder folder) {
        return folder.path().resolve(FILE);
    }

    static void keepConfusion(RunFolder folder, ConfusionMatrix confusion, Case which) throws IOException {
        long[][] counts = confusion.counts();
        double[] flat = new double[counts.length * counts.length];
        for (int i = 0; i < flat.length; i++) {
            flat[i] = counts[i / counts.length][i % counts.length];
        }
        SequencedMap<String, Tensor> arrays = new LinkedHashMap<>();
        arrays.put("counts", Tensor.of(flat, counts.length, counts.length));
        folder.writeArrays("confusion-seed-" + which.get(SEED), arrays);
    }

    /// Keeps inputs and outputs where the outputs are as many as the inputs and fill a square: images and what an
    /// autoencoder makes of them.
    static void keepImages(RunFolder folder, Batch samples, Tensor outputs, Case which) throws IOException {
        int n = samples.size();
        int features = n == 0 ? 0 : samples.inputs().size() / n;
        int side = (int) Math.round(Math.sqrt(features));
        if (n == 0 || side < 2 || side * side != features || outputs.size() != samples.inputs().size()) {
            return;
        }
        SequencedMap<String, Tensor> arrays = new LinkedHashMap<>();
        arrays.put("input", samples.inputs().reshape(n, side, side));
        arrays.put("output", outputs.reshape(n, side, side));
        folder.writeArrays("images-seed-" + which.get(SEED), arrays);
    }

    static Report of(RunFolder folder) throws IOException {
        ExperimentReport report = new ExperimentReport(folder, folder.metrics());
        List<Section> sections = new ArrayList<>();
        if (report.seeds.isEmpty()) {
            sections.add(new Section("Nothing measured yet", List.of("The run was stopped before its first epoch."),
                    List.of(), List.of()));
        } else {
            sections.add(report.training());
            report.judged().ifPresent(sections::add);
            report.images().ifPresent(sections::add);
            report.heard().ifPresent(sections::add);
        }
        Optional<String> network = folder.text(SUMMARY);
        if (network.isPresent()) {
            sections.add(new Section("Network", List.of(), List.of(), List.of(report.network(network.get()))));
        }
        Map<String, String> settings = new LinkedHashMap<>(folder.record().settings());
        Optional<String> experiment = folder.text(FILE);
        String title = experiment.isPresent()
                ? Experiment.of(file(folder), file(folder).toString(), experiment.get()).title()
                : "";
        String subtitle = report.seeds.size() + (report.seeds.size() == 1 ? " seed" : " seeds")
                + (folder.record().status() == RunStatus.DONE ? "" : " (" + folder.record().status().word() + ")");
        return new Report(title.isEmpty() ? "Experiment" : title, subtitle, "", sections, settings,
                folder.record().provenance());
    }

    private Section training() {
        List<Figure> figures = new ArrayList<>();
        String unit = metrics.stream().filter(m -> m.name().equals("train-loss")).map(Metric::unit).findFirst()
                .filter(text -> !text.equals("1")).orElse("");
        curves("loss", unit, "Loss by epoch",
                "Dashed: the epoch's training batches, each before its step; solid: samples not trained on, after"
                        + " the epoch.")
                .ifPresent(figures::add);
        curves("accuracy", "", "Accuracy by epoch",
                "Dashed: the epoch's training batches, each before its step; solid: samples not trained on, after"
                        + " the epoch.")
                .ifPresent(figures::add);
        return new Section("Training", List.of(), figures, List.of());
    }

    private Optional<Figure> curves(String quantity, String unit, String title, String caption) {
        List<Mark> marks = new ArrayList<>();
        List<Color> colours = Palette.sequential(seeds.size());
        int s = 0;
        for (String seed : seeds) {
            line("train-" + quantity, seed, "", "seed " + seed + ", training", colours.get(s), Stroke.DASHED)
                    .ifPresent(marks::add);
            for (String samples : List.of("validation", "test")) {
                line(samples + "-" + quantity, seed, "", "seed " + seed + ", " + samples, colours.get(s), Stroke.SOLID)
                        .ifPresent(marks::add);
            }
            s++;
        }
        Axis y = Axis.linear(quantity, unit);
        return marks.isEmpty()
                ? Optional.empty()
                : Optional.of(new Chart(quantity + "-by-epoch", title, caption, Axis.linear("epoch", ""), y, marks));
    }

    private Optional<Mark> line(String name, String seed, String layer, String label, Color colour, Stroke stroke) {
        Map<Integer, Double> values = new TreeMap<>();
        metrics.stream()
                .filter(m -> m.name().equals(name) && m.epoch().isPresent() && m.layer().equals(layer)
                        && m.in().get(SEED).equals(seed))
                .forEach(m -> values.put(m.epoch().orElseThrow(), m.value()));
        return values.isEmpty()
                ? Optional.empty()
                : Optional.of(new Mark.Line(label, values.keySet().stream().mapToDouble(Integer::doubleValue).toArray(),
                        values.values().stream().mapToDouble(Double::doubleValue).toArray(), colour, stroke,
                        values.size() < 20));
    }

    /// The numbers on test samples; empty where none have been measured.
    private Optional<Section> judged() {
        Map<String, Map<String, Metric>> byName = new LinkedHashMap<>();
        metrics.stream().filter(m -> m.name().startsWith("test-") && m.epoch().isEmpty()).forEach(
                m -> byName.computeIfAbsent(m.name(), name -> new LinkedHashMap<>()).put(m.in().get(SEED), m));
        if (byName.isEmpty()) {
            return Optional.empty();
        }
        List<String> columns = new ArrayList<>(List.of("on test samples"));
        seeds.forEach(seed -> columns.add("seed " + seed));
        columns.add("mean");
        columns.add("95 % interval of the mean");
        List<List<String>> rows = new ArrayList<>();
        byName.forEach((name, bySeed) -> {
            List<String> row = new ArrayList<>();
            String unit = bySeed.values().iterator().next().unit();
            row.add(name.substring("test-".length()) + (unit.equals("1") ? "" : " (" + unit + ")"));
            seeds.forEach(
                    seed -> row.add(Optional.ofNullable(bySeed.get(seed)).map(m -> fixed(m.value())).orElse("–")));
            double[] values = bySeed.values().stream().mapToDouble(Metric::value).toArray();
            double mean = IntStream.range(0, values.length).mapToDouble(i -> values[i]).sum() / values.length;
            row.add(fixed(mean));
            row.add(values.length < 2 ? "–" : "± " + fixed(halfWidth(values, mean)));
            rows.add(row);
        });
        List<Table> tables = new ArrayList<>();
        tables.add(new Table("test-samples", "How well the network does on test samples",
                "Interval: Student's t over the seeds, which vary the start, the order and the drawn data.", columns,
                rows));
        confusion().ifPresent(tables::add);
        return Optional.of(new Section("Test samples", List.of(), List.of(), tables));
    }

    private static double halfWidth(double[] values, double mean) {
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        int n = values.length;
        return new StudentT(n - 1).twoSidedQuantile(0.05) * Math.sqrt(squares / (n - 1) / n);
    }

    /// The first seed's.
    private Optional<Table> confusion() {
        String seed = seeds.iterator().next();
        return folder.arrays("confusion-seed-" + seed).map(arrays -> {
            Tensor counts = arrays.get("counts");
            if (counts == null || counts.rank() != 2 || counts.length(0) != counts.length(1)) {
                throw damaged("confusion-seed-" + seed, "counts of shape (classes, classes)");
            }
            int classes = counts.length(0);
            List<String> columns = new ArrayList<>(List.of("actual"));
            IntStream.range(0, classes).forEach(c -> columns.add("as " + c));
            List<List<String>> rows = new ArrayList<>();
            for (int i = 0; i < classes; i++) {
                List<String> row = new ArrayList<>(List.of(Integer.toString(i)));
                for (int j = 0; j < classes; j++) {
                    row.add(Long.toString((long) counts.at(i, j)));
                }
                rows.add(row);
            }
            return new Table("confusion", "Confusion matrix",
                    "Rows: the class a test sample has; columns: the class it was given, for seed " + seed + ".",
                    columns, rows);
        });
    }

    /// The first seed's images and what its network makes of them.
    private Optional<Section> images() {
        return folder.arrays("images-seed-" + seeds.iterator().next()).map(arrays -> {
            List<Image> shown = new ArrayList<>();
            for (Map.Entry<String, Tensor> entry : arrays.entrySet()) {
                Tensor all = entry.getValue();
                if (all.rank() != 3) {
                    throw damaged("images-seed-" + seeds.iterator().next(), "images of shape (samples, height, width)");
                }
                for (int i = 0; i < all.length(0); i++) {
                    shown.add(Image.grey(entry.getKey() + " " + (i + 1), all.length(2), all.length(1),
                            all.rows(i).toFloats()));
                }
            }
            return new Section("Images", List.of(), List.of(new ImageGrid("images", "Test samples and network outputs",
                    "First the samples, then, in the same order, what the network makes of them.", shown)), List.of());
        });
    }

    /// What probes heard; empty where there are none.
    private Optional<Section> heard() {
        Set<String> layers = new LinkedHashSet<>();
        metrics.stream().filter(m -> m.name().equals("activation-mean")).forEach(m -> layers.add(m.layer()));
        if (layers.isEmpty()) {
            return Optional.empty();
        }
        String seed = seeds.iterator().next();
        List<Figure> figures = new ArrayList<>();
        for (String quantity : List.of("mean", "deviation")) {
            List<Mark> marks = new ArrayList<>();
            List<Color> colours = Palette.sequential(layers.size());
            int i = 0;
            for (String layer : layers) {
                line("activation-" + quantity, seed, layer, layer, colours.get(i++), Stroke.SOLID)
                        .ifPresent(marks::add);
            }
            figures.add(new Chart("activation-" + quantity, quantity.equals("mean")
                    ? "Mean of each layer's output"
                    : "Standard deviation of each layer's output",
                    "Over the probed samples and all units, for seed " + seed + ".", Axis.linear("epoch", ""),
                    Axis.linear(quantity.equals("mean") ? "mean" : "standard deviation", ""), marks));
        }
        return Optional.of(new Section("Layers", List.of("The outputs themselves are in `arrays/`, one file a layer and"
                + " epoch; `surprisal measure` takes them."), figures, List.of()));
    }

    /// The table of the layers, from the text of [org.surprisal.network.architecture.Architecture#toString]: names,
    /// which may have spaces, take the first column; shapes and counts have none.
    private Table network(String text) throws IOException {
        List<String> lines = text.lines().toList();
        int width = lines.isEmpty() ? -1 : lines.getFirst().indexOf(" output ");
        if (width < 0 || !lines.getFirst().startsWith("layer")) {
            throw damaged(1, "the header must be 'layer output parameters'");
        }
        List<List<String>> rows = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            String line = lines.get(i);
            int split = Math.min(width + 1, line.length());
            String rest = line.substring(split).strip();
            List<String> cells = new ArrayList<>(List.of(line.substring(0, split).strip()));
            cells.addAll(rest.isEmpty() ? List.of() : List.of(rest.split(" +", -1)));
            if (cells.size() == 2) {
                // The first row has no count, the last one no shape.
                cells.add(i == lines.size() - 1 ? 1 : 2, "");
            }
            if (cells.size() != 3) {
                throw damaged(i + 1, "a row must have a layer's name, a shape and a count");
            }
            rows.add(cells);
        }
        return new Table("network", "Layers",
                "The shape of one sample behind each layer, and the layer's trainable numbers.",
                List.of("layer", "output", "parameters"), rows);
    }

    private DataException damaged(String arrays, String right) {
        return new DataException(folder.arraysFile(arrays) + " is damaged: it must have " + right);
    }

    private IOException damaged(int line, String right) {
        return new IOException(folder.path().resolve(SUMMARY) + ", line " + line + ": " + right);
    }

    private static String fixed(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }
}

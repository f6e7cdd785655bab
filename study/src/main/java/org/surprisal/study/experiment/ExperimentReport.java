package org.surprisal.study.experiment;

import java.awt.Color;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.surprisal.data.DataException;
import org.surprisal.report.Axis;
import org.surprisal.report.Chart;
import org.surprisal.report.Figure;
import org.surprisal.report.Image;
import org.surprisal.report.ImageGrid;
import org.surprisal.report.Mark;
import org.surprisal.report.Palette;
import org.surprisal.report.Panels;
import org.surprisal.report.Section;
import org.surprisal.report.Stroke;
import org.surprisal.report.Table;
import org.surprisal.study.Wording;
import org.surprisal.study.engine.Cell;
import org.surprisal.study.engine.Coordinate;
import org.surprisal.study.engine.Estimate;
import org.surprisal.study.engine.Factor;
import org.surprisal.study.engine.Index;
import org.surprisal.study.engine.MeansTable;
import org.surprisal.study.engine.Plot;
import org.surprisal.study.engine.Quantities;
import org.surprisal.study.engine.Quantity;
import org.surprisal.study.engine.Results;
import org.surprisal.study.engine.Sample;
import org.surprisal.tensor.Tensor;

/// What an experiment found: which values do best by validation samples, how well the networks do, and what was
/// measured of their layers.
final class ExperimentReport {
    /// A ratio of largest to smallest value from which on an axis is logarithmic.
    private static final double WIDE = 9;

    private final Results results;
    private final List<Factor<?>> factors;
    private final Factor<Integer> fold;
    private final boolean oneLoss;
    private final boolean sameSamples;
    private final EarlyEnds ends;
    private final String lossUnit;
    private final String unit;

    /// @param factors  of the values that stand in the file
    /// @param fold     the part of the samples that was left out
    /// @param oneLoss  whether all networks have the same loss
    /// @param sameSamples whether all networks are judged on the same samples
    /// @param lossUnit `1` for a pure number, or where the networks' losses have different units
    /// @param unit     of information
    ExperimentReport(Results results, List<Factor<?>> factors, Factor<Integer> fold, boolean oneLoss,
            boolean sameSamples, String lossUnit, String unit) {
        this.results = results;
        this.factors = factors;
        this.fold = fold;
        this.oneLoss = oneLoss;
        this.sameSamples = sameSamples;
        this.ends = EarlyEnds.of(results, factors);
        this.lossUnit = lossUnit;
        this.unit = unit;
    }

    List<Section> sections() {
        List<Section> sections = new ArrayList<>();
        Choice choice = choice();
        sections.add(new Section("What was found", found(choice), List.of(), List.of()));
        sections.add(new Section("Training", ends.words(), curves(), List.of()));
        byValue(choice).ifPresent(sections::add);
        tables(choice).ifPresent(sections::add);
        thresholds(choice).ifPresent(sections::add);
        images(choice).ifPresent(sections::add);
        sections.addAll(new LayerReport(this::of, List.copyOf(factors), unit).sections());
        network().ifPresent(sections::add);
        return sections;
    }

    private boolean isFolded() {
        return results.cells().stream().anyMatch(cell -> cell.at().containsKey(fold));
    }

    /// The numbers of a quantity, means over folds: only those that all folds have, and by epoch as far as all
    /// trainings went.
    private Sample of(Quantity quantity) {
        Sample all = ends.cut(results.of(quantity));
        int folds = (int) results.cells().stream().map(cell -> cell.at().get(fold)).distinct().count();
        return isFolded() ? all.whole(fold, folds).meanOver(fold) : all;
    }

    private Quantity loss(Quantity quantity) {
        return quantity.in(lossUnit);
    }

    /// The values that do best on validation samples. Combinations one of whose trainings diverged are left out: a mean
    /// over the others would be of fewer seeds, and of the easier ones.
    ///
    /// @param by      what is compared; without numbers where nothing can be
    /// @param larger  whether larger is better
    /// @param ordered each combination of values with its numbers, the best first
    private record Choice(Sample by, boolean larger,
            List<Map.Entry<SequencedMap<Coordinate, Object>, Sample>> ordered) {
        boolean isMade() {
            return !ordered.isEmpty();
        }

        SequencedMap<Coordinate, Object> best() {
            return ordered.getFirst().getKey();
        }
    }

    private Choice choice() {
        Sample accuracy = of(Judgement.VALIDATION_ACCURACY);
        boolean larger = !accuracy.isEmpty();
        Sample by = larger ? accuracy : of(loss(Judgement.VALIDATION_LOSS));
        if (combinations() == 1 || !results.isComplete() || !(larger || oneLoss) || !sameSamples) {
            return new Choice(by, larger, List.of());
        }
        Map<SequencedMap<Coordinate, Object>, List<Sample.Point>> groups = new LinkedHashMap<>();
        for (Sample.Point point : by.points()) {
            SequencedMap<Coordinate, Object> at = new LinkedHashMap<>();
            factors.forEach(factor -> at.put(factor, point.at().get(factor)));
            SequencedMap<Coordinate, Object> seed = new LinkedHashMap<>();
            seed.put(Index.SEED, point.at().get(Index.SEED));
            groups.computeIfAbsent(at, key -> new ArrayList<>()).add(new Sample.Point(seed, point.value()));
        }
        List<Map.Entry<SequencedMap<Coordinate, Object>, Sample>> ordered = new ArrayList<>();
        groups.forEach((at, points) -> {
            if (points.size() == results.seeds().size()) {
                ordered.add(Map.entry(at, new Sample(by.quantity(), points)));
            }
        });
        ordered.sort((a, b) -> (larger ? -1 : 1)
                * Double.compare(a.getValue().mean().mean(), b.getValue().mean().mean()));
        return new Choice(by, larger, ordered);
    }

    private long combinations() {
        return results.cells().stream()
                .map(cell -> factors.stream().map(factor -> factor.text(cell.get(factor))).toList()).distinct().count();
    }

    private static String words(SequencedMap<Coordinate, Object> at) {
        return String.join(", ", at.entrySet().stream()
                .map(each -> each.getKey().symbol() + " = " + each.getKey().text(each.getValue())).toList());
    }

    private List<String> found(Choice choice) {
        List<String> found = new ArrayList<>();
        if (choice.isMade()) {
            Sample best = choice.ordered().getFirst().getValue();
            String result = choice.by().quantity().label() + " " + best.mean();
            if (choice.ordered().size() == 1) {
                found.add("Of all combinations, " + words(choice.best()) + " alone has no diverged training: "
                        + result + ".");
            } else {
                Map.Entry<SequencedMap<Coordinate, Object>, Sample> next = choice.ordered().get(1);
                boolean even = best.mean().mean() == next.getValue().mean().mean();
                found.add("Of " + choice.ordered().size() + " combinations"
                        + (results.divergedCells().isEmpty() ? "" : " without diverged trainings") + ", "
                        + words(choice.best()) + " does best on validation samples: " + result + "; "
                        + (even
                                ? words(next.getKey()) + " does as well. "
                                : "next is " + words(next.getKey()) + " with " + next.getValue().mean() + ". ")
                        + apart(best.minus(next.getValue()).meanIfAny())
                        + (choice.ordered().size() > 2 && results.seeds().size() > 1
                                ? " This does not allow for the best having been picked from many."
                                : ""));
            }
            Sample test = at(of(Judgement.TEST_ACCURACY).isEmpty()
                    ? of(loss(Judgement.TEST_LOSS))
                    : of(Judgement.TEST_ACCURACY), choice.best());
            test.meanIfAny().ifPresent(value -> found.add("On test samples, which had no part in the choice, it"
                    + " reaches " + test.quantity().label() + " " + value + "."));
        } else {
            Sample test = of(Judgement.TEST_ACCURACY).isEmpty()
                    ? of(loss(Judgement.TEST_LOSS))
                    : of(Judgement.TEST_ACCURACY);
            if (combinations() == 1) {
                test.meanIfAny().ifPresent(value -> found.add("On test samples the "
                        + (results.seeds().size() == 1 ? "network reaches " : "networks reach on average ")
                        + test.quantity().label() + " " + value + " over " + seeds() + "."));
            } else if (!results.isComplete()) {
                found.add("Not all networks have been trained yet, so nothing is chosen.");
            } else if (!sameSamples) {
                found.add("The values change which samples the networks are judged on, or what they have to give for"
                        + " them, so nothing is chosen: one result may be better because its samples are easier.");
            } else if (results.names().contains(Judgement.VALIDATION_LOSS.name())) {
                found.add((oneLoss
                        ? "With each combination a training diverged"
                        : "The numbers of different losses cannot be compared") + ", so nothing is chosen.");
            } else if (!test.isEmpty()) {
                found.add("There are no validation samples to choose by, so nothing is chosen: the best of several"
                        + " results on test samples is better than it would be on new ones.");
            }
        }
        List<Cell> diverged = results.divergedCells();
        if (!diverged.isEmpty()) {
            found.add(diverged.size() + " of " + results.cells().size() + " trainings diverged, which is their result: "
                    + String.join("; ", diverged.stream().limit(10).map(Cell::toString).toList())
                    + (diverged.size() > 10 ? "; …" : "") + ".");
        }
        if (found.isEmpty()) {
            found.add("The networks were trained and judged on no samples but their own.");
        }
        return found;
    }

    private String seeds() {
        return results.seeds().size() + (results.seeds().size() == 1 ? " seed" : " seeds");
    }

    /// Whether two combinations differ, paired by seed.
    private static String apart(Optional<Estimate> difference) {
        Optional<Estimate.Interval> interval = difference.flatMap(value -> value.interval(0.95));
        if (interval.isEmpty()) {
            return "One seed cannot tell whether they differ: --seeds 3 or more can.";
        }
        String range = Wording.shortest(interval.get().low()) + " to " + Wording.shortest(interval.get().high());
        boolean differ = interval.get().low() > 0 || interval.get().high() < 0;
        return differ
                ? "Paired by seed they differ by " + range + ", at 95 %."
                : "Paired by seed the difference is " + range + ", at 95 %: these seeds do not tell them apart.";
    }

    /// Whether a place has these values among its own.
    private static boolean isAt(Map<? extends Coordinate, Object> place, Map<? extends Coordinate, Object> at) {
        return at.entrySet().stream().allMatch(each -> {
            Object own = place.get(each.getKey());
            return own != null && each.getKey().text(own).equals(each.getKey().text(each.getValue()));
        });
    }

    /// The numbers at one combination of values.
    private Sample at(Sample sample, SequencedMap<Coordinate, Object> at) {
        List<Sample.Point> points = new ArrayList<>();
        for (Sample.Point point : sample.points()) {
            if (isAt(point.at(), at)) {
                SequencedMap<Coordinate, Object> rest = new LinkedHashMap<>(point.at());
                at.keySet().forEach(rest::remove);
                points.add(new Sample.Point(rest, point.value()));
            }
        }
        return new Sample(sample.quantity(), points);
    }

    private List<Figure> curves() {
        List<Figure> figures = new ArrayList<>();
        curve("loss", loss(Quantities.TRAIN_LOSS), loss(Quantities.VALIDATION_LOSS), loss(Quantities.TEST_LOSS))
                .ifPresent(figures::add);
        curve("accuracy", Quantities.TRAIN_ACCURACY, Quantities.VALIDATION_ACCURACY, Quantities.TEST_ACCURACY)
                .ifPresent(figures::add);
        return figures;
    }

    private Optional<Figure> curve(String name, Quantity training, Quantity validation, Quantity test) {
        Sample watched = of(validation).with(Index.STAGE, "validation").and(of(test).with(Index.STAGE, "test"));
        Sample all = of(training).with(Index.STAGE, "training").and(watched);
        Plot plot = Plot.lines(name + "-by-epoch", name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1)
                + " by epoch", all).x(Index.EPOCH)
                .valueAxis(Axis.linear(name, lossUnit.equals("1") || name.equals("accuracy") ? "" : lossUnit))
                .caption((watched.isEmpty() ? "" : "Dashed: ") + "the epoch's training batches, each before its step"
                        + (watched.isEmpty() ? "." : "; solid: samples not trained on, after the epoch."));
        return (watched.isEmpty() ? coloured(plot) : coloured(plot).dash(Index.STAGE)).figure();
    }

    private Plot coloured(Plot plot) {
        return factors.isEmpty()
                ? plot
                : plot.colour(factors.getFirst())
                        .facet(factors.subList(1, factors.size()).toArray(Coordinate[]::new));
    }

    /// Results against values that are numbers.
    private Optional<Section> byValue(Choice choice) {
        Sample result = choice.by().isEmpty()
                ? of(Judgement.TEST_ACCURACY).isEmpty()
                        ? of(loss(Judgement.TEST_LOSS))
                        : of(Judgement.TEST_ACCURACY)
                : choice.by();
        List<Figure> figures = new ArrayList<>();
        for (Factor<?> factor : factors) {
            List<Object> values = result.isEmpty() ? List.of() : result.values(factor);
            if (values.size() < 2 || !values.stream().allMatch(Double.class::isInstance)) {
                continue;
            }
            List<Factor<?>> others = factors.stream().filter(other -> other != factor).toList();
            Plot plot = Plot.lines("result-by-" + factor.column(), "Result by " + factor.symbol(), result).x(factor)
                    .xAxis(axis(factor.symbol(), values)).caption("After training.");
            (others.isEmpty()
                    ? plot
                    : plot.colour(others.getFirst())
                            .facet(others.subList(1, others.size()).toArray(Coordinate[]::new)))
                    .figure().ifPresent(figures::add);
        }
        return figures.isEmpty()
                ? Optional.empty()
                : Optional.of(new Section("Result by value", List.of(), figures, List.of()));
    }

    private static Axis axis(String label, List<Object> values) {
        double[] numbers = values.stream().mapToDouble(value -> (Double) value).sorted().toArray();
        return numbers[0] > 0 && numbers[numbers.length - 1] > WIDE * numbers[0]
                ? Axis.log(label, "")
                : Axis.linear(label, "");
    }

    private Optional<Section> tables(Choice choice) {
        List<Table> tables = new ArrayList<>();
        SequencedMap<String, Sample> validation = new LinkedHashMap<>();
        put(validation, "loss", of(loss(Judgement.VALIDATION_LOSS)));
        put(validation, "accuracy", of(Judgement.VALIDATION_ACCURACY));
        SequencedMap<String, Sample> test = new LinkedHashMap<>();
        put(test, "loss", of(loss(Judgement.TEST_LOSS)));
        put(test, "accuracy", of(Judgement.TEST_ACCURACY));
        results.names().stream().filter(name -> name.startsWith("test-")).map(name -> name.substring(5))
                .filter(name -> !name.equals("loss") && !name.equals("accuracy"))
                .forEach(name -> put(test, name, of(Judgement.test(name))));
        if (choice.isMade()) {
            test.replaceAll((name, sample) -> at(sample, choice.best()));
        }
        table("validation-samples", "After training, on validation samples", validation, false).ifPresent(tables::add);
        table("test-samples", choice.isMade()
                ? "After training, on test samples: " + words(choice.best())
                : "After training, on test samples", test, choice.isMade()).ifPresent(tables::add);
        confusion(choice).ifPresent(tables::add);
        return tables.isEmpty()
                ? Optional.empty()
                : Optional.of(new Section("How well the networks do", List.of(), List.of(), tables));
    }

    private static void put(SequencedMap<String, Sample> columns, String name, Sample sample) {
        if (!sample.isEmpty()) {
            String unit = sample.quantity().unit();
            columns.put(name + (unit.equals("1") ? "" : " (" + unit + ")"), sample);
        }
    }

    /// Rows of measures with a column a seed where there is one combination; a row a combination otherwise.
    private Optional<Table> table(String id, String title, SequencedMap<String, Sample> columns, boolean chosen) {
        if (columns.isEmpty()) {
            return Optional.empty();
        }
        String folds = isFolded() ? " Numbers are means over the folds." : "";
        List<Long> seeds = results.seeds();
        if (!chosen && !factors.isEmpty()) {
            MeansTable table = MeansTable.by(factors.toArray(Coordinate[]::new));
            columns.forEach(table::column);
            String over = seeds.size() > 1 ? "Means over " + seeds() + ", ± one standard error." : "Of one seed.";
            String others = results.divergedCells().isEmpty()
                    ? ""
                    : " Where trainings diverged, the means are over the other seeds.";
            return Optional.of(table.table(id, title, over + others
                    + folds));
        }
        List<String> header = new ArrayList<>(List.of("measure"));
        seeds.forEach(seed -> header.add("seed " + seed));
        header.addAll(List.of("mean", "95 % interval of the mean"));
        List<List<String>> rows = new ArrayList<>();
        columns.forEach((name, sample) -> {
            List<String> row = new ArrayList<>(List.of(name));
            seeds.forEach(seed -> row.add(sample.at(Index.SEED, seed).points().stream()
                    .map(point -> Wording.fixed(point.value(), 4)).findFirst().orElse("–")));
            Optional<Estimate> mean = sample.meanIfAny();
            row.add(mean.map(value -> Wording.fixed(value.mean(), 4)).orElse("–"));
            row.add(mean.flatMap(value -> value.interval(0.95)).map(interval -> "± "
                    + Wording.fixed((interval.high() - interval.low()) / 2, 4)).orElse("–"));
            rows.add(row);
        });
        return Optional.of(new Table(id, title,
                "Interval: Student's t over the seeds, which vary the start, the order of the samples, and what is"
                        + " drawn of the data." + folds,
                header, rows));
    }

    /// The first trial of the combination that was chosen, or of all.
    private Optional<Cell> shown(Choice choice) {
        return results.cells().stream().filter(cell -> !choice.isMade() || isAt(cell.at(), choice.best())).findFirst();
    }

    private Optional<Table> confusion(Choice choice) {
        return shown(choice).flatMap(cell -> results.arrays(cell, Judgement.CONFUSION).map(arrays -> {
            Tensor counts = arrays.get(Judgement.COUNTS);
            if (counts == null || counts.rank() != 2 || counts.length(0) != counts.length(1)) {
                throw damaged(cell, Judgement.CONFUSION, "counts of shape (classes, classes)");
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
                    "Rows: the class a test sample has; columns: the class it was given, for " + cell + ".", columns,
                    rows);
        }));
    }

    /// How a classifier of two classes does at every threshold: a line for each trial of the combination that was
    /// chosen, or of the first.
    private Optional<Section> thresholds(Choice choice) {
        List<Mark> operating = new ArrayList<>();
        List<Mark> precision = new ArrayList<>();
        Optional<Cell> first = shown(choice);
        if (first.isEmpty()) {
            return Optional.empty();
        }
        List<Cell> cells = results.cells().stream().filter(cell -> isAt(cell.at(), first.get().at())).toList();
        List<Color> colours = Palette.sequential(cells.size());
        for (Cell cell : cells) {
            Color colour = colours.get(cells.indexOf(cell));
            curve(cell, Judgement.ROC, "false-positive-rate", "true-positive-rate", colour).ifPresent(operating::add);
            curve(cell, Judgement.PRECISION_RECALL, "recall", "precision", colour).ifPresent(precision::add);
        }
        if (operating.isEmpty()) {
            return Optional.empty();
        }
        operating.add(new Mark.Line("chance", new double[]{0, 1}, new double[]{0, 1}, Palette.GREY, Stroke.DASHED,
                false));
        List<Chart> charts = List.of(
                new Chart("roc", "Receiver operating characteristic", "",
                        Axis.linear("false positive rate", "").withRange(0, 1),
                        Axis.linear("true positive rate", "").withRange(0, 1), operating),
                new Chart("precision-recall", "Precision and recall", "", Axis.linear("recall", "").withRange(0, 1),
                        Axis.linear("precision", "").withRange(0, 1), precision));
        return Optional.of(new Section("Thresholds", List.of(), List.of(Panels.inRowsOf(2, "thresholds",
                "The two classes at every threshold", "On test samples; the second class is the positive one. A line a"
                        + " seed" + (choice.isMade() ? ", for " + words(choice.best()) : "") + ".",
                charts)), List.of()));
    }

    private Optional<Mark> curve(Cell cell, String name, String x, String y, Color colour) {
        return results.arrays(cell, name).map(arrays -> {
            Tensor across = arrays.get(x);
            Tensor up = arrays.get(y);
            if (across == null || up == null || across.rank() != 1 || !across.shape().equals(up.shape())) {
                throw damaged(cell, name, x + " and " + y + " of one length");
            }
            return new Mark.Line("seed " + cell.seed(), across.toDoubles(), up.toDoubles(), colour, Stroke.SOLID,
                    false);
        });
    }

    /// Images and what a network makes of them.
    private Optional<Section> images(Choice choice) {
        return shown(choice).flatMap(cell -> results.arrays(cell, Judgement.IMAGES).map(arrays -> {
            List<Image> shown = new ArrayList<>();
            for (Map.Entry<String, Tensor> entry : arrays.entrySet()) {
                Tensor all = entry.getValue();
                if (all.rank() != 3) {
                    throw damaged(cell, Judgement.IMAGES, "images of shape (samples, height, width)");
                }
                for (int i = 0; i < all.length(0); i++) {
                    shown.add(Image.grey(entry.getKey() + " " + (i + 1), all.length(2), all.length(1),
                            all.rows(i).toFloats()));
                }
            }
            return new Section("Images", List.of(), List.of(new ImageGrid("images", "Test samples and network outputs",
                    "First the samples, then, in the same order, what the network makes of them.", shown)), List.of());
        }));
    }

    private DataException damaged(Cell cell, String arrays, String right) {
        return results.damaged("trials/" + cell.folder() + "/arrays/" + arrays + ".npz", right);
    }

    /// The layers of each network.
    private Optional<Section> network() {
        return results.text(ExperimentStudy.LAYERS).map(text -> {
            SequencedMap<String, List<List<String>>> tables = new LinkedHashMap<>();
            List<String> lines = text.lines().skip(1).toList();
            for (int i = 0; i < lines.size(); i++) {
                List<String> cells = List.of(lines.get(i).split("\t", -1));
                if (cells.size() != 4) {
                    throw results.damaged(ExperimentStudy.LAYERS,
                            "a network, a layer, a shape and a count in line " + (i + 2));
                }
                tables.computeIfAbsent(cells.getFirst(), name -> new ArrayList<>()).add(cells.subList(1, 4));
            }
            List<Table> drawn = new ArrayList<>();
            tables.forEach((name, rows) -> drawn.add(new Table("layers-" + drawn.size(),
                    name.isEmpty() ? "Layers" : "Layers, " + name,
                    "The shape of one sample behind each layer, and the layer's trainable numbers.",
                    List.of("layer", "output", "parameters"), rows)));
            return new Section(drawn.size() > 1 ? "Networks" : "Network", List.of(), List.of(), drawn);
        });
    }
}

package org.surprisal.study.experiment;

import java.awt.Color;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.surprisal.report.Axis;
import org.surprisal.report.Cells;
import org.surprisal.report.Chart;
import org.surprisal.report.ColourMap;
import org.surprisal.report.Figure;
import org.surprisal.report.Image;
import org.surprisal.report.ImageGrid;
import org.surprisal.report.Line;
import org.surprisal.report.Mark;
import org.surprisal.report.Palette;
import org.surprisal.report.Panels;
import org.surprisal.report.Section;
import org.surprisal.report.Stroke;
import org.surprisal.report.Table;
import org.surprisal.report.TableCell;
import org.surprisal.study.engine.Cell;
import org.surprisal.study.engine.Coordinate;
import org.surprisal.study.engine.Estimate;
import org.surprisal.study.engine.Index;
import org.surprisal.study.engine.MeansTable;
import org.surprisal.study.engine.Sample;
import org.surprisal.tensor.Tensor;

/// How well trained networks do on samples that they were not trained on: numbers, confusions, thresholds, images.
record JudgementReport(ExperimentNumbers numbers, Choice choice) {

    Section tables() {
        Section section = Section.of("How well the networks do");
        SequencedMap<String, Sample> validation = new LinkedHashMap<>();
        put(validation, "loss", numbers.of(numbers.loss(Judgement.VALIDATION_LOSS)));
        put(validation, "accuracy", numbers.of(Judgement.VALIDATION_ACCURACY));
        SequencedMap<String, Sample> test = new LinkedHashMap<>();
        put(test, "loss", numbers.of(numbers.loss(Judgement.TEST_LOSS)));
        put(test, "accuracy", numbers.of(Judgement.TEST_ACCURACY));
        numbers.results().names().stream().filter(name -> name.startsWith("test-")).map(name -> name.substring(5))
                .filter(name -> !name.equals("loss") && !name.equals("accuracy"))
                .forEach(name -> put(test, name, numbers.of(Judgement.test(name))));
        if (choice.isMade()) {
            test.replaceAll((name, sample) -> ExperimentNumbers.at(sample, choice.best()));
        }
        Stream<Optional<Table>> tables = Stream.of(
                table("validation-samples", "After training, on validation samples", validation, false),
                table("test-samples", choice.isMade()
                        ? "After training, on test samples: " + ExperimentNumbers.words(choice.best())
                        : "After training, on test samples", test, choice.isMade()));
        for (Table table : tables.flatMap(Optional::stream).toList()) {
            section = section.table(table);
        }
        return section.picture(confusion());
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
        String folds = numbers.isFolded() ? " Numbers are means over the folds." : "";
        List<Long> seeds = numbers.results().seeds();
        if (!chosen && !numbers.factors().isEmpty()) {
            MeansTable table = MeansTable.by(numbers.factors().toArray(Coordinate[]::new));
            columns.forEach(table::column);
            String over = seeds.size() > 1
                    ? "Means over " + numbers.seeds() + ", ± one standard error."
                    : "Of one seed.";
            String others = numbers.results().divergedCells().isEmpty()
                    ? ""
                    : " Where trainings diverged, the means are over the other seeds.";
            return Optional.of(table.table(id, title, over + others
                    + folds));
        }
        List<String> header = new ArrayList<>(List.of("measure"));
        seeds.forEach(seed -> header.add("seed " + seed));
        header.addAll(List.of("mean", "95 % interval of the mean"));
        List<List<TableCell>> rows = new ArrayList<>();
        columns.forEach((name, sample) -> {
            List<TableCell> row = new ArrayList<>(List.of(TableCell.text(name)));
            seeds.forEach(seed -> row.add(TableCell.number(sample.at(Index.SEED, seed).points().stream()
                    .mapToDouble(Sample.Point::value).findFirst().orElse(Double.NaN), 0)));
            Optional<Estimate> mean = sample.meanIfAny();
            row.add(mean.map(Estimate::cell).orElse(TableCell.missing()));
            row.add(mean.flatMap(value -> value.interval(0.95))
                    .map(interval -> (TableCell) new TableCell.Interval(interval.low(), interval.high()))
                    .orElse(TableCell.missing()));
            rows.add(row);
        });
        return Optional.of(new Table(id, title,
                "Interval: Student's t over the seeds, which vary the start, the order of the samples, and what is"
                        + " drawn of the data." + folds,
                header, rows));
    }

    /// The first trial of the combination that was chosen, or of all.
    private Optional<Cell> shown() {
        return numbers.results().cells().stream()
                .filter(cell -> !choice.isMade() || ExperimentNumbers.isAt(cell.at(), choice.best())).findFirst();
    }

    /// The first class is on top, so that right answers run down from the left.
    private Optional<Figure> confusion() {
        return shown().flatMap(cell -> numbers.results().arrays(cell, Judgement.CONFUSION).map(arrays -> {
            Tensor counts = arrays.get(Judgement.COUNTS);
            if (counts == null || counts.rank() != 2 || counts.length(0) != counts.length(1)) {
                throw numbers.damaged(cell, Judgement.CONFUSION, "counts of shape (classes, classes)");
            }
            int classes = counts.length(0);
            List<String> names = numbers.classes().size() == classes
                    ? numbers.classes()
                    : IntStream.range(0, classes).mapToObj(Integer::toString).toList();
            double[] values = new double[classes * classes];
            for (int i = 0; i < classes; i++) {
                for (int j = 0; j < classes; j++) {
                    values[(classes - 1 - i) * classes + j] = counts.at(i, j);
                }
            }
            return new Chart("confusion", "Confusion matrix",
                    "Rows: the class a test sample has; columns: the class it was given, for " + cell + ".",
                    Axis.named("class given", names), Axis.named("class", names.reversed()),
                    List.of(Cells.grid("", classes, classes, values, Axis.whole("test samples"),
                            ColourMap.VIRIDIS)));
        }));
    }

    /// How a classifier of two classes does at every threshold: a line for each trial of the combination that was
    /// chosen, or of the first.
    Section thresholds() {
        List<Mark> operating = new ArrayList<>();
        List<Mark> precision = new ArrayList<>();
        Optional<Cell> first = shown();
        Section section = Section.of("Thresholds");
        if (first.isEmpty()) {
            return section;
        }
        List<Cell> cells = numbers.results().cells().stream()
                .filter(cell -> ExperimentNumbers.isAt(cell.at(), first.get().at())).toList();
        List<Color> colours = Palette.sequential(cells.size());
        for (Cell cell : cells) {
            Color colour = colours.get(cells.indexOf(cell));
            curve(cell, Judgement.ROC, "false-positive-rate", "true-positive-rate", colour).ifPresent(operating::add);
            curve(cell, Judgement.PRECISION_RECALL, "recall", "precision", colour).ifPresent(precision::add);
        }
        if (operating.isEmpty()) {
            return section;
        }
        operating.add(new Line("chance", new double[]{0, 1}, new double[]{0, 1}, Palette.GREY, Stroke.DASHED,
                false));
        List<Chart> charts = List.of(
                new Chart("roc", "Receiver operating characteristic", "",
                        Axis.linear("false positive rate", "").withRange(0, 1),
                        Axis.linear("true positive rate", "").withRange(0, 1), operating),
                new Chart("precision-recall", "Precision and recall", "", Axis.linear("recall", "").withRange(0, 1),
                        Axis.linear("precision", "").withRange(0, 1), precision));
        return section.picture(Panels.inRowsOf(2, "thresholds", "The two classes at every threshold",
                "On test samples; the second class is the positive one. A line a seed"
                        + (choice.isMade() ? ", for " + ExperimentNumbers.words(choice.best()) : "") + ".",
                charts));
    }

    private Optional<Mark> curve(Cell cell, String name, String x, String y, Color colour) {
        return numbers.results().arrays(cell, name).map(arrays -> {
            Tensor across = arrays.get(x);
            Tensor up = arrays.get(y);
            if (across == null || up == null || across.rank() != 1 || !across.shape().equals(up.shape())) {
                throw numbers.damaged(cell, name, x + " and " + y + " of one length");
            }
            return new Line("seed " + cell.seed(), across.toDoubles(), up.toDoubles(), colour, Stroke.SOLID,
                    false);
        });
    }

    /// Images and what a network makes of them.
    Section images() {
        return Section.of("Images").picture(shown().flatMap(cell -> numbers.results().arrays(cell, Judgement.IMAGES)
                .map(arrays -> {
                    List<Image> shown = new ArrayList<>();
                    for (Map.Entry<String, Tensor> entry : arrays.entrySet()) {
                        Tensor all = entry.getValue();
                        if (all.rank() != 3) {
                            throw numbers.damaged(cell, Judgement.IMAGES, "images of shape (samples, height, width)");
                        }
                        for (int i = 0; i < all.length(0); i++) {
                            shown.add(Image.grey(entry.getKey() + " " + (i + 1), all.length(2), all.length(1),
                                    all.rows(i).toFloats()));
                        }
                    }
                    return new ImageGrid("images", "Test samples and network outputs",
                            "First the samples, then, in the same order, what the network makes of them. " + cell + ".",
                            shown);
                })));
    }
}

package org.surprisal.study.estimatorbenchmark;

import static org.surprisal.report.TableCell.Rounding.THREE_DIGITS;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.surprisal.information.task.Task;
import org.surprisal.information.task.Tasks;
import org.surprisal.report.Axis;
import org.surprisal.report.Cells;
import org.surprisal.report.Chart;
import org.surprisal.report.ColourMap;
import org.surprisal.report.Figure;
import org.surprisal.report.Panels;
import org.surprisal.report.Section;
import org.surprisal.report.Table;
import org.surprisal.report.TableCell;
import org.surprisal.report.Wording;
import org.surprisal.study.engine.Estimate;
import org.surprisal.study.engine.Findings;
import org.surprisal.study.engine.Index;
import org.surprisal.study.engine.Results;

/// Figures and tables of a run of `estimator-benchmark`.
final class BenchmarkReport {
    /// Of an error that has the darkest colour, in nats.
    private static final double DARKEST = 0.5;
    private static final String RIGHT = "Right: the mean over seeds is off by at most 0.03 nat or a tenth of the"
            + " truth, whichever is more.";

    private final Results results;
    /// The mean error of each kind of each task, by the number of samples.
    private final SequencedMap<Integer, SequencedMap<String, Map<String, Estimate>>> errors = new TreeMap<>();
    private final SequencedMap<String, Double> truths = new LinkedHashMap<>();

    BenchmarkReport(Results results) {
        this.results = results;
        EstimatorBenchmarkStudy.errors(results).by(EstimatorBenchmarkStudy.N).forEach((n, atSize) -> {
            SequencedMap<String, Map<String, Estimate>> ofKinds = new LinkedHashMap<>();
            atSize.by(Index.KIND).forEach((kind, own) -> {
                Map<String, Estimate> ofTasks = new LinkedHashMap<>();
                own.by(EstimatorBenchmarkStudy.TASK).forEach((task, numbers) -> ofTasks.put(task, numbers.mean()));
                ofKinds.put(kind.toString(), ofTasks);
            });
            errors.put(n, ofKinds);
        });
        EstimatorBenchmarkStudy.TASK.in(results.settings())
                .forEach(task -> truths.put(task, EstimatorBenchmarkStudy.truth(task)));
    }

    List<String> found(Findings findings) {
        List<String> found = new ArrayList<>();
        if (!errors.isEmpty()) {
            int n = errors.lastEntry().getKey();
            List<String> counts = new ArrayList<>();
            errors.lastEntry().getValue().forEach((kind, ofTasks) -> counts.add(
                    kind + " of " + right(ofTasks) + (counts.isEmpty() ? " tasks out of " + ofTasks.size() : "")));
            found.add("From " + n + " samples, these estimators are right: " + Wording.list(counts) + ".");
            found.add(RIGHT);
        }
        found.add(findings.counts());
        return found;
    }

    private long right(Map<String, Estimate> ofTasks) {
        return ofTasks.entrySet().stream().filter(each -> Math.abs(each.getValue().mean()) <= EstimatorBenchmarkStudy
                .allowed(Objects.requireNonNull(truths.get(each.getKey())))).count();
    }

    List<Section> sections() {
        if (errors.isEmpty()) {
            return List.of();
        }
        List<Section> sections = new ArrayList<>();
        sections.add(Section.of("Of how many tasks each estimator is right").table(counts()));
        errors.reversed().forEach((n, ofKinds) -> sections.add(Section.of("Errors, from " + n + " samples")
                .picture(figure(n, ofKinds)).table(table(n, ofKinds))));
        return sections;
    }

    private Figure figure(int n, SequencedMap<String, Map<String, Estimate>> ofKinds) {
        List<Chart> charts = new ArrayList<>();
        for (String group : Stream.concat(Tasks.GROUPS.stream(), Stream.of(Tasks.HELD_OUT)).toList()) {
            List<String> tasks = truths.keySet().stream()
                    .filter(task -> Tasks.in(group).stream().map(Task::id).anyMatch(task::equals)
                            && ofKinds.values().stream().anyMatch(each -> each.containsKey(task)))
                    .toList();
            if (!tasks.isEmpty()) {
                charts.add(chart(n, group, tasks.reversed(), ofKinds));
            }
        }
        return new Panels("errors-at-" + n, "Estimate less truth (nat) by task and estimator, " + n + " samples",
                "The truth is behind the name of the task. Blue is too small, red too large; errors of more than "
                        + DARKEST + " nat have the darkest colour.",
                1, charts);
    }

    /// @param tasks from the lowest row up
    private Chart chart(int n, String group, List<String> tasks, SequencedMap<String, Map<String, Estimate>> ofKinds) {
        List<String> kinds = List.copyOf(ofKinds.keySet());
        double[] values = new double[tasks.size() * kinds.size()];
        for (int j = 0; j < tasks.size(); j++) {
            for (int i = 0; i < kinds.size(); i++) {
                Estimate error = Objects.requireNonNull(ofKinds.get(kinds.get(i))).get(tasks.get(j));
                values[j * kinds.size() + i] = error == null ? Double.NaN : error.mean();
            }
        }
        return new Chart("errors-at-" + n + "-" + group, group, "", Axis.named("estimator", kinds),
                Axis.named("task", tasks.stream()
                        .map(task -> task + ", " + Wording.fixed(Objects.requireNonNull(truths.get(task)), 2))
                        .toList()),
                List.of(Cells.grid("not tried", kinds.size(), tasks.size(), values,
                        Axis.linear("estimate − truth", "nat").withRange(-DARKEST, DARKEST), ColourMap.DIVERGING)));
    }

    private Table counts() {
        List<String> kinds = errors.values().stream().flatMap(each -> each.keySet().stream()).distinct().toList();
        List<String> head = new ArrayList<>(List.of("estimator"));
        errors.keySet()
                .forEach(n -> head.addAll(List.of("right, " + n + " samples", "mean |error| (nat), " + n + " samples",
                        "mean deviation (nat), " + n + " samples")));
        List<List<TableCell>> rows = new ArrayList<>();
        for (String kind : kinds) {
            List<TableCell> row = new ArrayList<>(List.of(TableCell.text(kind)));
            errors.forEach((n, ofKinds) -> {
                Map<String, Estimate> own = ofKinds.getOrDefault(kind, Collections.emptyMap());
                row.add(own.isEmpty()
                        ? TableCell.missing()
                        : TableCell.text(right(own) + " of " + own.size()));
                row.add(TableCell.number(own.values().stream().mapToDouble(each -> Math.abs(each.mean())).average()
                        .orElse(Double.NaN), THREE_DIGITS));
                row.add(TableCell.number(own.values().stream().filter(each -> each.standardError().isPresent())
                        .mapToDouble(each -> each.standardError().getAsDouble() * Math.sqrt(each.count())).average()
                        .orElse(Double.NaN), THREE_DIGITS));
            });
            rows.add(row);
        }
        return new Table("tasks-right", "Tasks of which each estimator is right",
                RIGHT + " Errors of the means, and standard deviations of single estimates, are averages over tasks.",
                head, rows);
    }

    private Table table(int n, SequencedMap<String, Map<String, Estimate>> ofKinds) {
        List<String> head = new ArrayList<>(List.of("task", "truth (nat)"));
        ofKinds.keySet().forEach(kind -> head.add(kind + " (nat)"));
        List<List<TableCell>> rows = new ArrayList<>();
        truths.forEach((task, truth) -> {
            List<TableCell> row = new ArrayList<>(
                    List.of(TableCell.text(task), TableCell.number(truth, THREE_DIGITS)));
            ofKinds.values().forEach(ofTasks -> {
                Estimate error = ofTasks.get(task);
                row.add(error == null
                        ? TableCell.missing()
                        : TableCell.number(truth + error.mean(), error.standardError().orElse(0)));
            });
            rows.add(row);
        });
        return new Table("estimates-at-" + n, "Estimates, " + n + " samples",
                "Means over " + Wording.count(results.seeds().size(), "seed") + " at most, with standard errors.",
                head, rows);
    }
}

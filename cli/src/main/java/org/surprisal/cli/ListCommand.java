package org.surprisal.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.surprisal.cli.measure.Estimator;
import org.surprisal.information.mutual.EstimatorDescription;
import org.surprisal.information.task.Task;
import org.surprisal.information.task.Tasks;
import org.surprisal.settings.NearestName;
import org.surprisal.settings.Setting;
import org.surprisal.study.Studies;
import org.surprisal.study.dataset.Datasets;
import org.surprisal.study.engine.Study;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `surprisal list`.
@Command(name = "list", description = {"Lists what there is.", ""}, footer = {"", "Examples:",
        "  surprisal list            everything, a line each",
        "  surprisal list studies    the studies and what each can be told with --set",
        "  surprisal list datasets --json"})
final class ListCommand implements Callable<Integer> {
    private static final List<String> KINDS = List.of("studies", "datasets", "tasks", "estimators");
    private static final int NAME_WIDTH = 22;

    private final Console console;
    private final Studies studies;

    @Parameters(index = "0", arity = "0..1", paramLabel = "KIND", completionCandidates = Kinds.class,
            description = "studies, datasets, tasks (of known mutual information) or estimators (default: all of them)")
    private String kind = "";

    @Option(names = "--json", description = "print one JSON object")
    private boolean json;

    ListCommand(Console console, Studies studies) {
        this.console = console;
        this.studies = studies;
    }

    @Override
    public Integer call() {
        if (!kind.isEmpty() && !KINDS.contains(kind)) {
            throw new UsageException("unknown list '" + kind + "'" + NearestName.advice(kind, KINDS, "lists"));
        }
        List<String> shown = kind.isEmpty() ? KINDS : List.of(kind);
        if (json) {
            Map<String, Object> answer = new LinkedHashMap<>();
            shown.forEach(each -> answer.put(each, entries(each)));
            JsonAnswer.print(console, answer);
        } else {
            shown.forEach(this::print);
        }
        return ExitCode.DONE;
    }

    private List<Map<String, Object>> entries(String which) {
        return switch (which) {
            case "studies" -> studies.all().stream().map(ListCommand::entry).toList();
            case "datasets" -> Datasets.all().stream().map(ListCommand::entry).toList();
            case "tasks" -> Tasks.all().stream().map(ListCommand::entry).toList();
            default -> Estimator.all().stream().map(ListCommand::entry).toList();
        };
    }

    private static Map<String, Object> entry(Study study) {
        return ordered("name", study.name(), "summary", study.summary(), "settings", entries(study.settings()));
    }

    private static List<Map<String, Object>> entries(List<Setting<?>> settings) {
        List<Map<String, Object>> entries = new ArrayList<>();
        for (Setting<?> setting : settings) {
            entries.add(ordered("key", setting.key(), "default", setting.defaultText(), "allowed", setting.allowed(),
                    "description", setting.description()));
        }
        return entries;
    }

    private static Map<String, Object> entry(Datasets.Entry dataset) {
        return ordered("name", dataset.name(), "summary", dataset.description(), "embedded", dataset.embedded());
    }

    private static Map<String, Object> entry(Task task) {
        return ordered("name", task.id(), "group", task.group(), "dimensionX", task.dimensionX(), "dimensionY",
                task.dimensionY(), "information", task.information());
    }

    private static Map<String, Object> entry(Estimator estimator) {
        EstimatorDescription known = estimator.description();
        Map<String, Object> entry = ordered("name", known.name(), "measure", estimator.measure(), "summary",
                known.title(), "kind", Estimator.word(known.kind()), "assumes", known.assumes(), "cost", known.cost(),
                "avoid", known.avoid());
        if (!estimator.settings().isEmpty()) {
            entry.put("settings", entries(estimator.settings()));
        }
        return entry;
    }

    private static Map<String, Object> ordered(Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put(keysAndValues[i].toString(), keysAndValues[i + 1]);
        }
        return map;
    }

    private void print(String which) {
        console.out().println(which + ":");
        switch (which) {
            case "studies" -> studies.all().forEach(this::print);
            case "datasets" -> {
                Datasets.all().forEach(dataset -> line("  ", dataset.name(),
                        dataset.description() + (dataset.embedded() ? " (needs no file)" : "")));
                if (!kind.isEmpty()) {
                    print("tasks");
                }
            }
            case "tasks" -> printTasks();
            default -> {
                Estimator.all().forEach(this::print);
                if (!kind.isEmpty()) {
                    console.out()
                            .println("All assume rows that are independent of each other. For time series, 'measure mi"
                                    + " --surrogates rotate' gives p-values; standard errors and intervals are too"
                                    + " small.");
                }
            }
        }
    }

    /// A line for each group, or for each task where tasks alone are asked for.
    private void printTasks() {
        if (kind.equals("tasks")) {
            Tasks.all().forEach(task -> line("  ", task.id(), String.format(Locale.ROOT, "%.4f nat, %s",
                    task.information(), task.group())));
            return;
        }
        Tasks.all().stream().collect(Collectors.groupingBy(Task::group, LinkedHashMap::new, Collectors.toList()))
                .forEach((group, tasks) -> line("  ", group, String.join(", ", dimensionsByName(tasks))));
        console.out()
                .println("These are pairs whose mutual information is known, for 'measure mi --task NAME-DIMENSIONS'.");
    }

    /// `dense-2x2 3x3 5x5` for tasks that differ in their dimensions only.
    private static List<String> dimensionsByName(List<Task> tasks) {
        Map<String, String> byName = new LinkedHashMap<>();
        tasks.forEach(task -> byName.merge(task.name(), task.id(),
                (before, id) -> before + id.substring(task.name().length()).replace('-', ' ')));
        return List.copyOf(byName.values());
    }

    private void print(Estimator estimator) {
        EstimatorDescription known = estimator.description();
        line("  ", known.name(), "%s (measure %s): %s".formatted(Estimator.word(known.kind()), estimator.measure(),
                known.title()));
        if (kind.isEmpty()) {
            return;
        }
        line("      ", "assumes", known.assumes());
        line("      ", "cost", known.cost());
        line("      ", "not to be used", known.avoid());
        print(estimator.settings());
    }

    private void print(Study study) {
        line("  ", study.name(), study.summary());
        if (kind.isEmpty()) {
            return;
        }
        print(study.settings());
    }

    private void print(List<Setting<?>> settings) {
        for (Setting<?> setting : settings) {
            line("      ", setting.key() + "=" + setting.defaultText(),
                    setting.description() + " [" + setting.allowed() + "]");
        }
    }

    private void line(String indent, String name, String text) {
        console.out().println(indent + name + " ".repeat(Math.max(2, NAME_WIDTH - name.length())) + text);
    }

    /// What the shell completes.
    static final class Kinds extends ArrayList<String> {
        private static final long serialVersionUID = 1;

        Kinds() {
            super(KINDS);
        }
    }
}

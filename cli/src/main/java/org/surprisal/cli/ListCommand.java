package org.surprisal.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.surprisal.cli.measure.Estimator;
import org.surprisal.gallery.Exhibit;
import org.surprisal.gallery.Exhibits;
import org.surprisal.gallery.SourceDocument;
import org.surprisal.information.mutual.EstimatorDescription;
import org.surprisal.information.task.Task;
import org.surprisal.information.task.Tasks;
import org.surprisal.settings.NearestName;
import org.surprisal.settings.Setting;
import org.surprisal.study.Studies;
import org.surprisal.study.dataset.Datasets;
import org.surprisal.study.engine.Claim;
import org.surprisal.study.engine.Study;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `surprisal list`.
@Command(name = "list", description = {"Lists what there is.", ""}, footer = {"", "Examples:",
        "  surprisal list            everything, a line each",
        "  surprisal list studies    the studies and what each can be told with --set",
        "  surprisal list exhibits --document schmidt",
        "  surprisal list datasets --json"})
final class ListCommand implements Callable<Integer> {
    private static final String EXHIBITS = "exhibits";
    private static final List<String> KINDS = List.of("studies", "datasets", "tasks", "estimators", EXHIBITS);

    private final Console console;
    private final Studies studies;

    @Parameters(index = "0", arity = "0..1", paramLabel = "KIND", completionCandidates = Kinds.class,
            description = "studies, datasets, tasks (of known mutual information), estimators or exhibits (default: all"
                    + " but the exhibits)")
    private String kind = "";

    @Option(names = "--document", paramLabel = "NAME",
            description = "exhibits of this document only: schmidt, landsverk, notes, klambauer or schweizer")
    private @Nullable String document;

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
        if (document != null && !kind.equals(EXHIBITS)) {
            throw new UsageException("--document chooses among exhibits: surprisal list exhibits --document "
                    + document);
        }
        List<String> shown = kind.isEmpty() ? KINDS.subList(0, KINDS.indexOf(EXHIBITS)) : List.of(kind);
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
            case EXHIBITS -> exhibits().stream().map(this::entry).toList();
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

    private List<Exhibit> exhibits() {
        Exhibits all = Exhibits.builtIn();
        return document == null ? all.all() : all.of(List.of(SourceDocument.of(document)));
    }

    private Map<String, Object> entry(Exhibit exhibit) {
        Map<String, String> texts = studies.find(exhibit.study()).map(Study::claims).orElse(List.of()).stream()
                .collect(Collectors.toMap(Claim::id, Claim::text));
        List<Map<String, Object>> claims = exhibit.claims().stream()
                .map(id -> ordered("id", id, "text", texts.getOrDefault(id, ""))).toList();
        return ordered("id", exhibit.id(), "document", exhibit.document().word(), "place", exhibit.place(), "title",
                exhibit.title(), "kind", exhibit.kind().word(), "claims", claims, "data",
                exhibit.dataset().isEmpty() ? List.of() : List.of(exhibit.dataset()), "quickSeconds",
                exhibit.quick().seconds(), "documentSeconds", exhibit.full().seconds());
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
        TextTable names = TextTable.plain("  ");
        switch (which) {
            case "studies" -> studies.all().forEach(study -> print(names, study.name(), study.summary(),
                    settings(TextTable.plain("      "), study.settings())));
            case "datasets" -> Datasets.all().forEach(dataset -> names.row(dataset.name(),
                    dataset.description() + (dataset.embedded() ? " (needs no file)" : "")));
            case "tasks" -> tasks(names);
            case EXHIBITS -> exhibits().forEach(exhibit -> names.row(exhibit.id(), exhibit.title() + " ("
                    + exhibit.place() + ")"));
            default -> Estimator.all().forEach(estimator -> print(names, estimator.description().name(),
                    "%s (measure %s): %s".formatted(Estimator.word(estimator.description().kind()),
                            estimator.measure(), estimator.description().title()),
                    details(estimator)));
        }
        names.print(console);
        if (which.equals("tasks") && !kind.equals("tasks")) {
            console.out().println("These are pairs whose mutual information is known, for 'measure mi --task"
                    + " NAME-DIMENSIONS'.");
        }
        if (which.equals(kind) && which.equals("datasets")) {
            print("tasks");
        }
        if (which.equals(kind) && which.equals("estimators")) {
            console.out().println("All assume rows that are independent of each other. For time series,\n'measure mi"
                    + " --surrogates rotate' gives p-values; standard errors and intervals are too small.");
        }
    }

    /// A row for each group, or for each task where tasks alone are asked for.
    private void tasks(TextTable names) {
        if (kind.equals("tasks")) {
            Tasks.all().forEach(task -> names.row(task.id(), String.format(Locale.ROOT, "%.4f nat, %s",
                    task.information(), task.group())));
            return;
        }
        Tasks.all().stream().collect(Collectors.groupingBy(Task::group, LinkedHashMap::new, Collectors.toList()))
                .forEach((group, tasks) -> names.row(group, String.join(", ", dimensionsByName(tasks))));
    }

    /// `dense-2x2 3x3 5x5` for tasks that differ in their dimensions only.
    private static List<String> dimensionsByName(List<Task> tasks) {
        Map<String, String> byName = new LinkedHashMap<>();
        tasks.forEach(task -> byName.merge(task.name(), task.id(),
                (before, id) -> before + id.substring(task.name().length()).replace('-', ' ')));
        return List.copyOf(byName.values());
    }

    /// A line of everything that there is; one thing with all about it where one kind is asked for.
    private void print(TextTable names, String name, String summary, TextTable details) {
        if (kind.isEmpty()) {
            names.row(name, summary);
        } else {
            TextTable.plain("  ").row(name, summary).print(console);
            details.print(console);
        }
    }

    private static TextTable details(Estimator estimator) {
        EstimatorDescription known = estimator.description();
        TextTable details = TextTable.plain("      ").row("assumes", known.assumes()).row("cost", known.cost())
                .row("not to be used", known.avoid());
        return settings(details, estimator.settings());
    }

    private static TextTable settings(TextTable table, List<Setting<?>> settings) {
        settings.forEach(setting -> table.row(setting.key() + "=" + setting.defaultText(),
                setting.description() + " [" + setting.allowed() + "]"));
        return table;
    }

    /// What the shell completes.
    static final class Kinds extends ArrayList<String> {
        private static final long serialVersionUID = 1;

        Kinds() {
            super(KINDS);
        }
    }
}

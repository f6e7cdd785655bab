package org.surprisal.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.surprisal.cli.measure.Estimator;
import org.surprisal.information.mutual.EstimatorDescription;
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
    private static final List<String> KINDS = List.of("studies", "datasets", "estimators");

    private final Console console;
    private final Studies studies;

    @Parameters(index = "0", arity = "0..1", paramLabel = "KIND", completionCandidates = Kinds.class,
            description = "studies, datasets or estimators (default: all of them)")
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
        TextTable names = TextTable.plain("  ");
        switch (which) {
            case "studies" -> studies.all().forEach(study -> print(names, study.name(), study.summary(),
                    settings(TextTable.plain("      "), study.settings())));
            case "datasets" -> Datasets.all().forEach(dataset -> print(names, dataset.name(),
                    dataset.description() + (dataset.embedded() ? " (needs no file)" : ""), TextTable.plain("")));
            default -> Estimator.all().forEach(estimator -> print(names, estimator.description().name(),
                    "%s (measure %s): %s".formatted(Estimator.word(estimator.description().kind()),
                            estimator.measure(), estimator.description().title()),
                    details(estimator)));
        }
        names.print(console);
        if (which.equals(kind) && which.equals("estimators")) {
            console.out().println("All assume rows that are independent of each other. For time series,\n'measure mi"
                    + " --surrogates rotate' gives p-values; standard errors and intervals are too small.");
        }
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

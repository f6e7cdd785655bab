package org.surprisal.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.surprisal.data.fetch.DataFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `surprisal doctor`.
@Command(name = "doctor", description = {"Tells whether everything is in place, and what to do where it is not.",
        ""}, footer = {"", "Example:", "  surprisal doctor --json"})
final class DoctorCommand implements Callable<Integer> {
    private final Console console;

    @Option(names = "--data", paramLabel = "DIR",
            description = "data folder (default: $SURPRISAL_DATA, else in the user's cache)")
    private @Nullable String data;

    @Option(names = "--json", description = "print one JSON object")
    private boolean json;

    DoctorCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        List<Check> checks = Checkup.of(DataFolder.resolve(data));
        boolean ok = checks.stream().allMatch(Check::ok);
        if (json) {
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("status", word(ok));
            answer.put("checks", checks.stream().map(DoctorCommand::entry).toList());
            JsonAnswer.print(console, answer);
        } else {
            TextTable table = TextTable.plain("");
            for (Check check : checks) {
                table.row(word(check.ok()), check.name(), check.found());
                if (!check.ok()) {
                    table.row("", "", check.advice());
                }
            }
            table.print(console);
        }
        return ExitCode.DONE;
    }

    private static Map<String, Object> entry(Check check) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("name", check.name());
        entry.put("status", word(check.ok()));
        entry.put("found", check.found());
        entry.putAll(check.numbers());
        if (!check.ok()) {
            entry.put("advice", check.advice());
        }
        return entry;
    }

    private static String word(boolean ok) {
        return ok ? "ok" : "warn";
    }
}

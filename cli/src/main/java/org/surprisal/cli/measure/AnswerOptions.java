package org.surprisal.cli.measure;

import java.util.List;
import java.util.Map;
import org.surprisal.cli.Choice;
import org.surprisal.cli.Console;
import org.surprisal.cli.JsonAnswer;
import org.surprisal.cli.Unit;
import picocli.CommandLine.Option;

/// How a measure answers: in which unit, for a person or a script.
final class AnswerOptions {
    @Option(names = "--unit", paramLabel = "UNIT", description = "nat or bit (default: nat)")
    private String unit = "nat";

    @Option(names = "--json", description = "print one JSON object")
    private boolean json;

    Unit unit() {
        return Choice.of("--unit", unit, Unit.values(), Unit::toString);
    }

    /// Prints the answer as JSON, or its warnings and then the lines for a person.
    ///
    /// @param answer with an entry `warnings`
    void print(Console console, Map<String, ?> answer, List<String> warnings, Runnable lines) {
        if (json) {
            JsonAnswer.print(console, answer);
        } else {
            warnings.forEach(warning -> console.err().println("surprisal: warning: " + warning));
            lines.run();
        }
    }
}

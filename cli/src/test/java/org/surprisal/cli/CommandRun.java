package org.surprisal.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.surprisal.study.Studies;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a command line, run in this process through its entry point, ended with and wrote.
public record CommandRun(int code, String out, String err) {
    /// With the studies of the tests.
    public static CommandRun of(String... arguments) {
        return of(new Studies(List.of(new WalkStudy())), arguments);
    }

    static CommandRun of(Studies studies, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Main.run(new Console(new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8), false, 80), studies, arguments);
        return new CommandRun(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    public List<String> errorLines() {
        return err.lines().toList();
    }

    /// Standard output as the one JSON object that it must be.
    @SuppressWarnings("exports") // the tests' own package
    public JsonNode json() {
        return JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build()
                .readTree(out);
    }
}

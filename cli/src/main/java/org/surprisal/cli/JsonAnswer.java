package org.surprisal.cli;

import java.util.Map;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// The answer of a command to `--json`: one object, and nothing else on standard output.
public final class JsonAnswer {
    private JsonAnswer() {
    }

    /// Prints the answer.
    ///
    /// @param answer maps, lists, texts, numbers and truth values, in the order to be written
    public static void print(Console console, Map<String, ?> answer) {
        JsonMapper json = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        console.out().println(json.writeValueAsString(answer));
    }
}

package org.surprisal.study;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.surprisal.data.file.AtomicFile;
import org.surprisal.tensor.Machine;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// `run.json`: a [RunRecord] as a file. It is read key by key, so that damage is answered with the key and what belongs
/// there.
final class RunRecordFile {
    private static final JsonMapper JSON = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    private final Path file;

    private RunRecordFile(Path file) {
        this.file = file;
    }

    /// Writes the record, in place of the one that is there.
    static void write(Path file, RunRecord record) throws IOException {
        AtomicFile.writeText(file, JSON.writeValueAsString(record) + "\n");
    }

    /// Reads the record of a run folder.
    ///
    /// @throws IOException with one line, if the folder is not a run folder, or run.json is damaged or of another
    /// format
    static RunRecord read(Path folder) throws IOException {
        Path file = folder.resolve(RunContents.RECORD);
        if (!Files.isRegularFile(file)) {
            throw new IOException(folder + " is not a run folder: it has no run.json");
        }
        return new RunRecordFile(file).record(TextFile.read(file));
    }

    private RunRecord record(String text) throws IOException {
        Keys all = new Keys("", tree(text));
        int format = all.integer("format");
        if (format >= 0 && format < RunRecord.FORMAT) {
            throw new IOException(file + " has format " + format + ", that of an older version of Surprisal, which this"
                    + " version neither draws nor goes on with: the folder's report.html still shows its numbers; for a"
                    + " report of this version, start a new run");
        }
        if (format != RunRecord.FORMAT) {
            throw new IOException(file + " has format " + format + "; this version reads format " + RunRecord.FORMAT);
        }
        return new RunRecord(format, all.text("study"), all.map("settings", "texts", JsonNode::isString,
                JsonNode::stringValue), all.wide("seed"), seeds(all), path(all),
                all.anyText("version"), all.has("commit") ? Optional.of(all.text("commit")) : Optional.empty(),
                all.anyText("java"), host(all.keys("machine")), time(all, "started"),
                all.has("finished") ? Optional.of(time(all, "finished")) : Optional.empty(),
                all.map("timings", "seconds", node -> node.isNumber() && node.doubleValue() >= 0,
                        JsonNode::doubleValue),
                status(all), all.anyText("reason"), trials(all), all.map("inputs", "SHA-256 digests",
                        RunRecordFile::isDigest, JsonNode::stringValue),
                all.has("identity") ? all.anyText("identity") : "");
    }

    private JsonNode tree(String text) throws IOException {
        try {
            return JSON.readTree(text);
        } catch (JacksonException e) {
            TokenStreamLocation at = e.getLocation();
            throw new IOException(file + " is damaged: "
                    + (at == null ? "" : "line " + at.getLineNr() + ", column " + at.getColumnNr() + ": ")
                    + "this is not the JSON that a run writes", e);
        }
    }

    private Host host(Keys machine) throws IOException {
        Keys arithmetic = machine.keys("arithmetic");
        return new Host(machine.anyText("processor"), machine.integer("cores"), machine.wide("memoryBytes"),
                machine.wide("heapBytes"), machine.anyText("system"), new Machine(arithmetic.text("products"),
                        arithmetic.anyText("elementwise"), arithmetic.integer("threads")));
    }

    private Optional<RunRecord.Trials> trials(Keys all) throws IOException {
        if (!all.has("trials")) {
            return Optional.empty();
        }
        Keys trials = all.keys("trials");
        return Optional.of(new RunRecord.Trials(trials.integer("atATime"), trials.integer("threadsEach")));
    }

    private static boolean isDigest(JsonNode node) {
        return node.isString() && node.stringValue().matches("[0-9a-f]{64}");
    }

    private OptionalInt seeds(Keys all) throws IOException {
        if (!all.has("seeds")) {
            return OptionalInt.empty();
        }
        int seeds = all.integer("seeds");
        if (seeds < 1) {
            throw all.damaged("seeds", "must be at least 1");
        }
        return OptionalInt.of(seeds);
    }

    private String path(Keys all) throws IOException {
        String text = all.text("data");
        try {
            return Path.of(text).toString();
        } catch (InvalidPathException e) {
            throw all.damaged("data", "must be the path of a folder");
        }
    }

    private Instant time(Keys all, String key) throws IOException {
        try {
            return Instant.parse(all.text(key));
        } catch (DateTimeException e) {
            throw all.damaged(key, "must be a time such as 2026-01-31T12:00:00Z");
        }
    }

    private RunStatus status(Keys all) throws IOException {
        String word = all.text("status");
        for (RunStatus status : RunStatus.values()) {
            if (status.word().equals(word)) {
                return status;
            }
        }
        throw all.damaged("status", "must be one of "
                + Arrays.stream(RunStatus.values()).map(RunStatus::word).collect(Collectors.joining(", ")));
    }

    /// The values of one object.
    private final class Keys {
        private final String path;
        private final JsonNode node;

        Keys(String path, JsonNode node) throws IOException {
            this.path = path;
            this.node = node;
            if (!node.isObject()) {
                throw new IOException(file + " is damaged: " + (path.isEmpty() ? "it" : "'" + path + "'")
                        + " must be an object, {\"key\": value}");
            }
        }

        private String name(String key) {
            return path.isEmpty() ? key : path + "." + key;
        }

        IOException damaged(String key, String right) {
            return new IOException(file + " is damaged: '" + name(key) + "' "
                    + (has(key) ? "" : "is missing: it ") + right);
        }

        /// Whether there is a value other than null.
        boolean has(String key) {
            return !node.path(key).isMissingNode() && !node.path(key).isNull();
        }

        Keys keys(String key) throws IOException {
            if (!has(key)) {
                throw damaged(key, "must be an object");
            }
            return new Keys(name(key), node.path(key));
        }

        String anyText(String key) throws IOException {
            if (!node.path(key).isString()) {
                throw damaged(key, "must be a text");
            }
            return node.path(key).stringValue();
        }

        String text(String key) throws IOException {
            String text = anyText(key);
            if (text.isBlank()) {
                throw damaged(key, "must be a text that is not empty");
            }
            return text;
        }

        long wide(String key) throws IOException {
            if (!node.path(key).isIntegralNumber() || !node.path(key).canConvertToLong()) {
                throw damaged(key, "must be a whole number");
            }
            return node.path(key).longValue();
        }

        int integer(String key) throws IOException {
            long value = wide(key);
            if (value != (int) value) {
                throw damaged(key, "must be a whole number of at most " + Integer.MAX_VALUE);
            }
            return (int) value;
        }

        <T> Map<String, T> map(String key, String what, Predicate<JsonNode> right,
                Function<JsonNode, T> value) throws IOException {
            Map<String, T> values = new LinkedHashMap<>();
            for (Map.Entry<String, JsonNode> each : keys(key).node.properties()) {
                if (!right.test(each.getValue())) {
                    throw keys(key).damaged(each.getKey(), "must be one of the " + what + " of '" + name(key) + "'");
                }
                values.put(each.getKey(), value.apply(each.getValue()));
            }
            return values;
        }
    }
}

package org.surprisal.study.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.surprisal.data.file.AtomicFile;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// How far a trial has come: the contents of its trial.json.
///
/// @param status   how the trial is
/// @param reason   one line, for a trial that diverged; else empty
/// @param sections the finished stages and trainings in their order, such as `stage before` and `training 1`
/// @param bytes    of rows.csv when the last of them was finished
/// @param sha256   of these bytes
record TrialRecord(Status status, String reason, List<String> sections, long bytes, String sha256) {
    static final String FILE = "trial.json";
    static final TrialRecord BEGUN = new TrialRecord(Status.RUNNING, "", List.of(), 0, "");
    private static final String TRAINING = "training ";
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    /// How a trial is.
    enum Status {
        /// Has begun, or was cut off.
        RUNNING,
        /// All its numbers are there.
        DONE,
        /// Its numbers became NaN or infinite, which is its result.
        DIVERGED;

        private String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    TrialRecord {
        sections = List.copyOf(sections);
    }

    static String stage(String name) {
        return "stage " + name;
    }

    static String training(int number) {
        return TRAINING + number;
    }

    /// How many trainings are finished.
    int trainings() {
        return (int) sections.stream().filter(section -> section.startsWith(TRAINING)).count();
    }

    boolean hasEnded() {
        return status != Status.RUNNING;
    }

    TrialRecord with(String section, long rowsBytes, String rowsSha256) {
        List<String> more = new ArrayList<>(sections);
        more.add(section);
        return new TrialRecord(status, reason, more, rowsBytes, rowsSha256);
    }

    TrialRecord ended(Status how, String why, long rowsBytes, String rowsSha256) {
        return new TrialRecord(how, why, sections, rowsBytes, rowsSha256);
    }

    void write(Path file) throws IOException {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("status", status.word());
        values.put("reason", reason);
        values.put("sections", sections);
        values.put("bytes", bytes);
        values.put("sha256", sha256);
        AtomicFile.writeText(file, JSON.writeValueAsString(values) + "\n");
    }

    /// Reads what [#write] wrote; absent if there is no file.
    ///
    /// @throws IOException with one line naming the file, if it is damaged
    static Optional<TrialRecord> read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        JsonNode all;
        try {
            all = JSON.readTree(Files.readAllBytes(file));
        } catch (JacksonException e) {
            throw damaged(file, "this is not the JSON that a trial writes");
        }
        List<String> sections = new ArrayList<>();
        for (JsonNode section : all.path("sections")) {
            if (!section.isString()) {
                throw damaged(file, "'sections' must be texts");
            }
            sections.add(section.stringValue());
        }
        if (!all.path("sections").isArray() || !all.path("reason").isString() || !all.path("sha256").isString()
                || !all.path("bytes").isIntegralNumber() || all.path("bytes").longValue() < 0) {
            throw damaged(file, "'reason' and 'sha256' must be texts, 'sections' a list of texts, and 'bytes' a whole"
                    + " number of at least 0");
        }
        for (Status status : Status.values()) {
            if (all.path("status").isString() && status.word().equals(all.path("status").stringValue())) {
                return Optional.of(new TrialRecord(status, all.path("reason").stringValue(), sections,
                        all.path("bytes").longValue(), all.path("sha256").stringValue()));
            }
        }
        throw damaged(file, "'status' must be one of running, done, diverged");
    }

    private static IOException damaged(Path file, String right) {
        return new IOException(file + " is damaged: " + right);
    }
}

package org.surprisal.study;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/// Where a run comes from and how it went: the contents of run.json.
///
/// @param format   of the run folder: [#FORMAT]
/// @param study    name of the study
/// @param settings text of every setting by key, as `--set` takes it
/// @param seed     of every random choice
/// @param seeds    how many seeds were asked for; empty if the study's default was taken
/// @param data     folder of the data sets
/// @param version  of Surprisal
/// @param commit   of its source; empty if not known
/// @param java     version of the Java runtime
/// @param machine  the computer
/// @param started  when
/// @param finished when, however it ended; empty while it runs
/// @param timings  seconds by phase
/// @param status   how far it has come
/// @param reason   one line, for a run that failed; else empty
/// @param trials   how the trials ran, in the last process that had any to run; empty before the first
/// @param inputs   SHA-256 of each file that the run reads, by its path (`DATASET/FILE` in the data folder), and of
///                 each text that it keeps
/// @param identity SHA-256 of study, settings and seeds as they were when the run began
public record RunRecord(int format, String study, Map<String, String> settings, long seed, OptionalInt seeds,
        String data, String version, Optional<String> commit, String java, Host machine, Instant started,
        Optional<Instant> finished, Map<String, Double> timings, RunStatus status, String reason,
        Optional<Trials> trials, Map<String, String> inputs, String identity) {
    /// The format in which each trial has a folder in `trials`, and metrics.csv a column for each factor.
    static final int FORMAT = 2;

    /// How trials ran. Their numbers do not depend on it; their time does.
    ///
    /// @param atATime      trials side by side, at most
    /// @param threadsEach  threads of one trial
    public record Trials(int atATime, int threadsEach) {}

    public RunRecord {
        Objects.requireNonNull(study, "study is missing");
        Objects.requireNonNull(machine, "machine is missing");
        Objects.requireNonNull(started, "started is missing");
        Objects.requireNonNull(status, "status is missing");
        settings = ordered(Objects.requireNonNull(settings, "settings are missing"));
        timings = ordered(Objects.requireNonNull(timings, "timings are missing"));
        inputs = ordered(inputs);
    }

    /// The record of a run that starts now, on this machine.
    static RunRecord starting(String study, RunRequest request) {
        Version version = Version.current();
        Map<String, String> settings = request.settings().asMap();
        return new RunRecord(FORMAT, study, settings, request.seed(), request.seeds(),
                request.data().toAbsolutePath().normalize().toString(), version.number(), version.commit(),
                Runtime.version().toString(), Host.current(), Instant.now(), Optional.empty(), Map.of(),
                RunStatus.RUNNING, "", Optional.empty(), Map.of(),
                identity(study, settings, request.seed(), request.seeds()));
    }

    /// The same run, one of whose phases took longer by so many seconds.
    public RunRecord timed(String phase, double seconds) {
        Map<String, Double> more = new LinkedHashMap<>(timings);
        more.merge(phase, seconds, Double::sum);
        return new RunRecord(format, study, settings, seed, seeds, data, version, commit, java, machine, started,
                finished, more, status, reason, trials, inputs, identity);
    }

    /// The same run, which ended now.
    ///
    /// @param why one line, for a run that failed; else empty
    public RunRecord ended(RunStatus how, String why) {
        return new RunRecord(format, study, settings, seed, seeds, data, version, commit, java, machine, started,
                Optional.of(Instant.now()), timings, how, why, trials, inputs, identity);
    }

    /// The same run, whose trials run so.
    RunRecord running(Trials how) {
        return new RunRecord(format, study, settings, seed, seeds, data, version, commit, java, machine, started,
                finished, timings, status, reason, Optional.of(how), inputs, identity);
    }

    /// The same run, going on.
    RunRecord resumed() {
        return new RunRecord(format, study, settings, seed, seeds, data, version, commit, java, machine, started,
                Optional.empty(), timings, RunStatus.RUNNING, "", trials, inputs, identity);
    }

    /// The same run, which also reads or keeps files of these names and digests.
    RunRecord using(Map<String, String> files) {
        Map<String, String> more = new LinkedHashMap<>(inputs);
        more.putAll(files);
        return new RunRecord(format, study, settings, seed, seeds, data, version, commit, java, machine, started,
                finished, timings, status, reason, trials, more, identity);
    }

    /// Whether study, settings and seeds are those with which the run began: what its trials have kept is of no use to
    /// others.
    boolean isAsItBegan() {
        return identity.equals(identity(study, settings, seed, seeds));
    }

    private static String identity(String study, Map<String, String> settings, long seed, OptionalInt seeds) {
        return Sha256.of(study + " " + settings + " seed " + seed + " seeds " + seeds);
    }

    /// What a report shows under 'where this comes from', in reading order.
    public Map<String, String> provenance() {
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put("study", study);
        lines.put("status", reason.isEmpty() ? status.word() : status.word() + ": " + reason);
        lines.put("seed", Long.toString(seed));
        seeds.ifPresent(count -> lines.put("seeds", Integer.toString(count)));
        lines.put("data folder", data);
        lines.put("Surprisal", version + commit.map(id -> ", commit " + id).orElse(""));
        lines.put("Java", java);
        lines.put("processor", machine.processor() + ", " + machine.cores() + " cores");
        lines.put("memory", gibibytes(machine.memoryBytes()) + ", heap " + gibibytes(machine.heapBytes()));
        lines.put("system", machine.system());
        lines.put("products", machine.arithmetic().products());
        lines.put("element-wise work", machine.arithmetic().elementwise());
        lines.put("threads", Integer.toString(machine.arithmetic().threads()));
        trials.ifPresent(how -> lines.put("trials",
                how.atATime() + " at a time, threads of each: " + how.threadsEach()));
        lines.put("started", started.truncatedTo(ChronoUnit.SECONDS).toString());
        finished.ifPresent(time -> lines.put("finished", time.truncatedTo(ChronoUnit.SECONDS).toString()));
        timings.forEach((phase, seconds) -> lines.put("time for " + phase,
                String.format(Locale.ROOT, "%.1f s", seconds)));
        return lines;
    }

    private static String gibibytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f GiB", bytes / (double) (1 << 30));
    }

    private static <V> Map<String, V> ordered(Map<String, V> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
}

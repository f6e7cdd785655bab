package org.surprisal.bench.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.StreamSupport;
import org.surprisal.bench.harness.Timing;
import org.surprisal.study.Failures;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a comparison has measured, as its file has it.
///
/// @param computer on which it was measured
/// @param peer     the other library and its version
/// @param rounds   blocks of each side
/// @param rows     workload by workload
/// @param commands start-up times
public record SpeedRecord(Computer computer, String peer, int rounds, List<Row> rows, List<CommandTime> commands) {
    public SpeedRecord {
        rows = List.copyOf(rows);
        commands = List.copyOf(commands);
    }

    /// Where and when it was measured.
    ///
    /// @param vectorInstructions flags of the processor
    /// @param threads that Surprisal's loops are divided among
    /// @param began  date and time, UTC
    public record Computer(String processor, List<String> vectorInstructions, int cores, String system, String java,
            String products, String elementwise, int threads, String commit, String began, double loadBefore,
            double loadAfter) {
        public Computer {
            vectorInstructions = List.copyOf(vectorInstructions);
        }
    }

    /// The record of one workload: its rates, ratio and targets.
    ///
    /// @param unit        of work: `samples`
    /// @param ours        work a second, here; empty where it was not timed
    /// @param peer        the same of the other library; empty where that one did not run
    /// @param peerThreads on how many threads it ran, where it had a choice
    /// @param timesAsFast as the peer
    /// @param ofLimit     the share of what the machine could do at best
    /// @param disturbed   what disturbed the rounds that stand, in words
    /// @param failure     why it was not timed
    public record Row(String name, String summary, String unit, Optional<Double> ours, Optional<Double> peer,
            OptionalInt peerThreads, Optional<Interval> timesAsFast, Optional<Interval> ofLimit, List<Goal> goals,
            Optional<String> disturbed, Optional<String> failure) {
        public Row {
            goals = List.copyOf(goals);
        }
    }

    /// A median with the interval that holds it.
    public record Interval(double median, double low, double high) {}

    /// The record of one target: its words, and whether the median reached it.
    ///
    /// @param ofPeer   whether it is in times as fast as the peer
    /// @param measured the number that was reached; empty where it was not measured
    public record Goal(String words, boolean ofPeer, double least, Optional<Double> measured, boolean reached) {}

    /// The time of a command from its start to its end, in seconds.
    public record CommandTime(String command, double median, double lower, double upper, int runs, double most) {}

    /// Reads the file that `surprisal bench --against pytorch --json FILE` writes.
    ///
    /// @throws IOException with one line, when the file cannot be read or is another one
    public static SpeedRecord read(Path file) throws IOException {
        if (Files.notExists(file)) {
            throw new IOException("there is no record " + file
                    + ": surprisal bench --against pytorch --markdown measures one");
        }
        try {
            return of(JsonMapper.builder().build().readTree(Files.readString(file)));
        } catch (IOException e) {
            throw new IOException("cannot read " + file + ": " + Failures.reason(e), e);
        } catch (JacksonException e) {
            throw new IOException(file + " is no record of a comparison, such as surprisal bench --against pytorch"
                    + " --json writes: " + e.getOriginalMessage(), e);
        }
    }

    /// The same from the content of such a file.
    ///
    /// @param content maps, lists, texts, numbers and truth values
    public static SpeedRecord of(Map<String, ?> content) {
        return of(JsonMapper.builder().build().<JsonNode>valueToTree(content));
    }

    private static SpeedRecord of(JsonNode json) {
        JsonNode machine = json.required("machine");
        Computer computer = new Computer(text(machine, "processor"),
                each(machine.required("vectorInstructions")).stream().map(JsonNode::asString).toList(),
                machine.required("cores").asInt(), text(machine, "system"), text(machine, "java"),
                text(machine, "products"), text(machine, "elementwise"), machine.required("threads").asInt(),
                text(machine, "commit"), text(machine, "began"), machine.required("loadBefore").asDouble(),
                machine.required("loadAfter").asDouble());
        JsonNode peer = json.required("peer");
        return new SpeedRecord(computer, text(peer, "name") + " " + text(peer, "version"),
                json.required("rounds").asInt(),
                each(json.required("outcomes")).stream().map(SpeedRecord::row).toList(),
                each(json.required("commands")).stream().map(SpeedRecord::command).toList());
    }

    private static Row row(JsonNode json) {
        JsonNode seconds = json.required("secondsPerStep");
        double work = json.required("workPerStep").asDouble();
        return new Row(text(json, "workload"), text(json, "summary"), text(json, "unit"),
                present(seconds.path(Timing.OURS)).map(each -> work / each.required("median").asDouble()),
                present(seconds.path(Timing.PEER)).map(each -> work / each.required("median").asDouble()),
                present(json.required("peerThreads")).map(each -> OptionalInt.of(each.asInt()))
                        .orElse(OptionalInt.empty()),
                present(json.required("timesAsFastAsPeer")).map(SpeedRecord::interval),
                present(json.required("shareOfLimit")).map(SpeedRecord::interval),
                each(json.required("targets")).stream().map(SpeedRecord::goal).toList(),
                present(json.required("disturbed")).map(JsonNode::asString),
                present(json.required("failure")).map(JsonNode::asString));
    }

    private static Interval interval(JsonNode json) {
        return new Interval(json.required("median").asDouble(), json.required("low").asDouble(),
                json.required("high").asDouble());
    }

    private static Goal goal(JsonNode json) {
        return new Goal(text(json, "target"), json.required("ofPeer").asBoolean(), json.required("least").asDouble(),
                present(json.required("measured")).map(JsonNode::asDouble), json.required("reached").asBoolean());
    }

    private static CommandTime command(JsonNode json) {
        return new CommandTime(text(json, "command"), json.required("medianSeconds").asDouble(),
                json.required("lowerQuartile").asDouble(), json.required("upperQuartile").asDouble(),
                json.required("runs").asInt(), json.required("targetSeconds").asDouble());
    }

    private static String text(JsonNode json, String name) {
        return json.required(name).asString();
    }

    private static Optional<JsonNode> present(JsonNode json) {
        return json.isMissingNode() || json.isNull() ? Optional.empty() : Optional.of(json);
    }

    private static List<JsonNode> each(JsonNode json) {
        return StreamSupport.stream(json.spliterator(), false).toList();
    }
}

package org.surprisal.bench.harness;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.surprisal.study.Host;
import org.surprisal.study.Version;

/// The computer and what else kept it busy.
///
/// @param host   this machine
/// @param before load average of the last minute when measuring began; negative where the system does not tell
/// @param after  the same at the end
/// @param began  when measuring began
public record MachineLoad(Host host, double before, double after, Instant began) {
    /// Above this other programs take enough of the processors to be seen in the numbers.
    private static final double QUIET = 0.5;
    private static final Pattern VECTOR = Pattern.compile("(avx|fma|amx|asimd|sve).*");

    /// The load average of the last minute; negative where the system does not tell.
    public static double now() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    /// A warning, where this load disturbs.
    public static Optional<String> warning(double load) {
        return load <= QUIET
                ? Optional.empty()
                : Optional.of(String.format(Locale.ROOT,
                        "the load average is %.1f: other programs keep this machine busy, and numbers mean little"
                                + " (PyTorch's threads wait for each other most of all)",
                        load));
    }

    /// The processor's flags that name vector instructions, in the order of `/proc/cpuinfo`; none where the system does
    /// not tell.
    private static List<String> vectorInstructions() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("flags") || line.startsWith("Features")).limit(1)
                    .flatMap(line -> Stream.of(line.substring(line.indexOf(':') + 1).strip().split(" ", -1)))
                    .filter(flag -> VECTOR.matcher(flag).matches()).toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /// For results.
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("processor", host.processor());
        json.put("vectorInstructions", vectorInstructions());
        json.put("cores", host.cores());
        json.put("memoryBytes", host.memoryBytes());
        json.put("heapBytes", host.heapBytes());
        json.put("system", host.system());
        json.put("java", Runtime.version().toString());
        json.put("products", host.arithmetic().products());
        json.put("elementwise", host.arithmetic().elementwise());
        json.put("threads", host.arithmetic().threads());
        json.put("commit", Version.current().commit().orElse("unknown"));
        json.put("began", began.truncatedTo(ChronoUnit.SECONDS).toString());
        json.put("loadBefore", before);
        json.put("loadAfter", after);
        return json;
    }
}

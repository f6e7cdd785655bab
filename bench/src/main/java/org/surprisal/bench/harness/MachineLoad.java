package org.surprisal.bench.harness;

import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.surprisal.study.Host;

/// The computer and what else kept it busy.
///
/// @param host   this machine
/// @param before load average of the last minute when measuring began; negative where the system does not tell
/// @param after  the same at the end
public record MachineLoad(Host host, double before, double after) {
    /// Above this other programs take enough of the processors to be seen in the numbers.
    private static final double QUIET = 0.5;

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

    /// For results.
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("processor", host.processor());
        json.put("cores", host.cores());
        json.put("memoryBytes", host.memoryBytes());
        json.put("heapBytes", host.heapBytes());
        json.put("system", host.system());
        json.put("java", Runtime.version().toString());
        json.put("products", host.arithmetic().products());
        json.put("elementwise", host.arithmetic().elementwise());
        json.put("threads", host.arithmetic().threads());
        json.put("loadBefore", before);
        json.put("loadAfter", after);
        return json;
    }
}

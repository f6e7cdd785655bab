package org.surprisal.study;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import org.surprisal.tensor.Machine;

/// The computer a run was made on, as far as it bears on its numbers and its time.
///
/// @param processor   model, or the architecture if the system does not tell
/// @param cores       processors this process may use
/// @param memoryBytes main memory, or the container's share of it
/// @param heapBytes   the most this process may use of it for tensors
/// @param system      operating system, its version and architecture
/// @param arithmetic  what computes products and element-wise work, on how many threads
public record Host(String processor, int cores, long memoryBytes, long heapBytes, String system, Machine arithmetic) {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

    /// This process.
    public static Host current() {
        Runtime runtime = Runtime.getRuntime();
        String architecture = System.getProperty("os.arch");
        return new Host(processorModel().orElse(architecture), runtime.availableProcessors(), memory(),
                runtime.maxMemory(),
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " " + architecture,
                Machine.current());
    }

    private static long memory() {
        // The JDK's bean, because it knows a container's limit.
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean bean
                ? bean.getTotalMemorySize()
                : Runtime.getRuntime().maxMemory();
    }

    private static Optional<String> processorModel() {
        try {
            if (Files.isReadable(CPU_INFO)) {
                try (var lines = Files.lines(CPU_INFO)) {
                    return lines.filter(line -> line.startsWith("model name")).findFirst()
                            .map(line -> line.substring(line.indexOf(':') + 1).strip());
                }
            }
            if (System.getProperty("os.name").startsWith("Mac")) {
                Process process = new ProcessBuilder("/usr/sbin/sysctl", "-n", "machdep.cpu.brand_string").start();
                try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
                    return Optional.ofNullable(reader.readLine());
                }
            }
        } catch (IOException e) {
            // The model is a courtesy to the reader; the architecture stands in for it.
            return Optional.empty();
        }
        return Optional.empty();
    }
}

package org.surprisal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A command line in a process of its own, with plain matrix products.
record CommandProcess(Process process, Path out, Path err) {
    /// Starts one in a folder, into which `NAME.out` and `NAME.err` are written.
    static CommandProcess start(Path folder, String name, String... arguments) throws IOException {
        return start(folder, name, Map.of(), arguments);
    }

    /// As above, with more variables in its environment.
    static CommandProcess start(Path folder, String name, Map<String, String> environment, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC", "-Xmx512m",
                "-Djava.awt.headless=true", "-Dsurprisal.native=off", "-cp",
                System.getProperty("jdk.module.path", "") + File.pathSeparator + System.getProperty("java.class.path"),
                "org.surprisal.cli.Main"));
        command.addAll(List.of(arguments));
        Path out = folder.resolve(name + ".out");
        Path err = folder.resolve(name + ".err");
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile())
                .redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().putAll(environment);
        return new CommandProcess(builder.start(), out, err);
    }

    /// Its exit code; it is killed if it does not end.
    int await() throws InterruptedException {
        try {
            assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("ends within two minutes").isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    /// Ends it with SIGKILL.
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /// Sends a signal by its name.
    void signal(String name) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("/bin/kill", "-" + name, Long.toString(process.pid())).start().waitFor())
                .isZero();
    }

    /// What must come true while a process works.
    interface Condition {
        boolean holds() throws IOException;
    }

    /// Waits until something holds, for a minute at most.
    ///
    /// @return false if the process has ended before
    boolean until(Condition condition) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        while (!condition.holds()) {
            if (!process.isAlive()) {
                return condition.holds();
            }
            assertThat(System.nanoTime()).as("two minutes have not passed").isLessThan(end);
            Thread.sleep(1);
        }
        return true;
    }

    /// What it has written on standard error.
    String errors() throws IOException {
        return Files.readString(err);
    }
}

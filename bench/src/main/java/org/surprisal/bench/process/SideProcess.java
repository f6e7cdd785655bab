package org.surprisal.bench.process;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.surprisal.bench.harness.Side;

/// A side in a process of its own, started with this one's Java, options and class path. A byte asks it for a step, and
/// the step's number comes back: some 20 microseconds more than a step takes.
public final class SideProcess implements AutoCloseable {
    private final Process process;
    private final DataOutputStream requests;
    private final DataInputStream numbers;

    private SideProcess(Process process) {
        this.process = process;
        this.requests = new DataOutputStream(process.getOutputStream());
        this.numbers = new DataInputStream(process.getInputStream());
    }

    /// Starts a process.
    ///
    /// @param main a class whose `main` calls [#serve]
    /// @throws IOException when it cannot be started
    public static SideProcess start(Class<?> main, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            // Names a descriptor that a new process does not have.
            if (!option.startsWith("-Dsurprisal.stderr=")) {
                command.add(option);
            }
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        return new SideProcess(new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start());
    }

    /// Serves a side in the process that [#start] started, until the other one is done with it.
    ///
    /// @param requests where steps are asked for
    /// @param numbers where their numbers go
    public static void serve(Side side, InputStream requests, OutputStream numbers) throws IOException {
        DataOutputStream out = new DataOutputStream(numbers);
        while (requests.read() >= 0) {
            out.writeDouble(side.step());
            out.flush();
        }
    }

    /// Asks for a step and does not wait for it.
    public void ask() {
        try {
            requests.writeByte(1);
            requests.flush();
        } catch (IOException e) {
            throw ended(e);
        }
    }

    /// Waits for the step that was asked for.
    ///
    /// @return its number
    public double number() {
        try {
            return numbers.readDouble();
        } catch (IOException e) {
            throw ended(e);
        }
    }

    private IllegalStateException ended(IOException cause) {
        String how = process.isAlive() ? "does not answer" : "ended with exit code " + process.exitValue();
        return new IllegalStateException("process " + process.pid() + ", which runs a side, " + how, cause);
    }

    @Override
    public void close() {
        process.destroy();
    }
}

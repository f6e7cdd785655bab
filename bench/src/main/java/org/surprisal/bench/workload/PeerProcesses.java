package org.surprisal.bench.workload;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.surprisal.bench.harness.Scene;
import org.surprisal.bench.harness.Side;
import org.surprisal.bench.harness.Tuning;
import org.surprisal.bench.process.SideProcess;
import org.surprisal.bench.pytorch.PyTorch;

/// PyTorch's side of several networks that are trained at once: as many processes as there are processors, each on one
/// thread and with networks of its own, so that none waits for another. A step is one of each network; the number is
/// their mean.
final class PeerProcesses implements Side {
    private final List<SideProcess> processes;
    private final int networks;

    private PeerProcesses(List<SideProcess> processes, int networks) {
        this.processes = processes;
        this.networks = networks;
    }

    static PeerProcesses start(Scene scene, int networks) throws IOException {
        int count = Runtime.getRuntime().availableProcessors();
        List<SideProcess> processes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<String> arguments = List.of(scene.dataFolder().toString(), Long.toString(scene.seed()),
                    Integer.toString(networks), Integer.toString(i), Integer.toString(count));
            processes.add(SideProcess.start(PeerProcesses.class, arguments));
        }
        return new PeerProcesses(processes, networks);
    }

    /// Runs one of the processes.
    ///
    /// @param arguments data folder, seed, networks, the number of the process, how many processes there are
    public static void main(String[] arguments) throws IOException {
        PrintStream numbers = System.out;
        // Whatever else is printed must not be taken for a number.
        System.setOut(System.err);
        Scene scene = new Scene(Path.of(arguments[0]), Long.parseLong(arguments[1]), true);
        List<Side> own = new ArrayList<>();
        int processes = Integer.parseInt(arguments[4]);
        for (int i = Integer.parseInt(arguments[3]); i < Integer.parseInt(arguments[2]); i += processes) {
            own.add(InformationPlanePerceptron.peer(scene, i));
        }
        PyTorch.useOneThread();
        SideProcess.serve(() -> own.stream().mapToDouble(Side::step).sum(), System.in, numbers);
        own.forEach(Side::close);
    }

    @Override
    public double step() {
        processes.forEach(SideProcess::ask);
        return processes.stream().mapToDouble(SideProcess::number).sum() / networks;
    }

    @Override
    public Optional<Tuning> tune() {
        return Optional.of(new Tuning(processes.size(),
                "PyTorch in a process for each processor, on one thread each and with networks of its own"));
    }

    @Override
    public void close() {
        processes.forEach(SideProcess::close);
    }
}

package org.surprisal.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// `surprisal bench`, as far as the product knows it: a line of help and a word to complete. The launcher starts the
/// command itself from a class path of its own, which holds this product and the libraries it is compared with.
@Command(name = "bench", description = {"Measures speed on this machine, beside PyTorch.", ""}, footer = {"",
        "Example:",
        "  surprisal bench --against pytorch"})
final class BenchCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        throw new IllegalStateException(
                "bench is no part of this program: run ./surprisal bench in a copy of the sources");
    }
}

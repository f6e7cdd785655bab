package org.surprisal.bench;

import org.surprisal.cli.Console;
import org.surprisal.study.Studies;

/// The command line with `surprisal bench` in it.
public final class Main {
    private Main() {
    }

    /// Runs a command and ends the process.
    public static void main(String[] arguments) {
        Console console = Console.ofProcess();
        System.exit(org.surprisal.cli.Main.runWith(new BenchCommand(console), console, Studies.builtIn(), arguments));
    }
}

package org.surprisal.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `surprisal measure`.
@Command(name = "measure", synopsisSubcommandLabel = "MEASURE", description = {
        "Measures information in weights and activations that were brought along.",
        ""}, commandListHeading = "%nMeasures:%n", footer = {"", "Example:",
                "  surprisal measure relative-entropy --weights w.npz --input x.npy --seed 1 --json"})
final class MeasureCommand extends CommandGroup {
    private MeasureCommand() {
    }

    /// The command with those it holds.
    static CommandLine commandLine(Console console) {
        return new CommandLine(new MeasureCommand()).addSubcommand(new RelativeEntropyCommand(console));
    }
}

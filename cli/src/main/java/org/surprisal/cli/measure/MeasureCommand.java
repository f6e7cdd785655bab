package org.surprisal.cli.measure;

import org.surprisal.cli.CommandGroup;
import org.surprisal.cli.Console;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `surprisal measure`.
@Command(name = "measure", synopsisSubcommandLabel = "MEASURE", description = {
        "Measures information in weights and activations that were brought along.",
        ""}, commandListHeading = "%nMeasures:%n",
        footer = {"",
                "FILE is x.npy, x.csv or its columns x.csv#a,b or x.csv#2-9, or x.npz#name, x.safetensors#name,"
                        + " x.mat#name; rows are "
                        + "samples.",
                "",
                "Examples:",
                "  surprisal measure mi --estimator ksg --x x.npy --y y.npy --permutations 99",
                "  surprisal measure te --source x.npy --target y.npy --permutations 99",
                "  surprisal measure relative-entropy --weights w.npz --input x.npy --seed 1 --json"})
public final class MeasureCommand extends CommandGroup {
    private MeasureCommand() {
    }

    /// The command with those it holds.
    public static CommandLine commandLine(Console console) {
        return new CommandLine(new MeasureCommand()).addSubcommand(new MutualInformationCommand(console))
                .addSubcommand(new ConditionalCommand(console)).addSubcommand(new TransferEntropyCommand(console))
                .addSubcommand(new PlaneCommand(console))
                .addSubcommand(new EntropyCommand(console)).addSubcommand(new GaussianityCommand(console))
                .addSubcommand(new DistancesCommand(console)).addSubcommand(new RelativeEntropyCommand(console));
    }
}

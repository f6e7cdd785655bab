package org.surprisal.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `surprisal data`.
@Command(name = "data", synopsisSubcommandLabel = "COMMAND", description = {
        "Data sets: what they are, and getting them.",
        ""}, commandListHeading = "%nCommands:%n",
        footer = {"", "Examples:", "  surprisal data info mnist",
                "  surprisal data fetch mnist --data ~/data"})
final class DataCommand extends CommandGroup {
    private DataCommand() {
    }

    /// The command with those it holds.
    static CommandLine commandLine(Console console) {
        return new CommandLine(new DataCommand()).addSubcommand(new DataFetchCommand(console))
                .addSubcommand(new DataInfoCommand(console));
    }
}

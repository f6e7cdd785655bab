package org.surprisal.cli.theory;

import org.surprisal.cli.CommandGroup;
import org.surprisal.cli.Console;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `surprisal theory`.
@Command(name = "theory", synopsisSubcommandLabel = "QUESTION", description = {
        "What theory says, without a network being run.",
        ""}, commandListHeading = "%nQuestions:%n",
        footer = {"", "Examples:",
                "  surprisal theory fixed-point --activation tanh --sigma-w2 1.5 --sigma-b2 0.05",
                "  surprisal theory ib-curve --joint p.npy --unit bit --json"})
public final class TheoryCommand extends CommandGroup {
    private TheoryCommand() {
    }

    /// The command with those it holds.
    public static CommandLine commandLine(Console console) {
        CommandLine line = new CommandLine(new TheoryCommand());
        for (MeanFieldCommand.Question question : MeanFieldCommand.Question.values()) {
            line.addSubcommand(MeanFieldCommand.commandLine(console, question));
        }
        return line.addSubcommand(new PhaseDiagramCommand(console)).addSubcommand(new BottleneckCommand(console));
    }
}

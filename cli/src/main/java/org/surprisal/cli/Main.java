package org.surprisal.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.surprisal.cli.ising.IsingCommand;
import org.surprisal.cli.measure.MeasureCommand;
import org.surprisal.cli.theory.TheoryCommand;
import org.surprisal.settings.MessageText;
import org.surprisal.settings.NearestName;
import org.surprisal.settings.SettingException;
import org.surprisal.study.Failures;
import org.surprisal.study.Studies;
import org.surprisal.study.Version;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/// The entry point, and the manners that all commands share: answers on standard output, everything else on standard
/// error, an error in one line, and the exit codes 0 (done), 1 (failed), 2 (wrong usage), 130 (interrupted).
@Command(name = "surprisal", versionProvider = Main.Versions.class, synopsisSubcommandLabel = "COMMAND", description = {
        "A laboratory for information flow in deep networks.", ""}, commandListHeading = "%nCommands:%n",
        footer = {"",
                "Examples:", "  surprisal list studies          what can be run, and what each study can be told",
                "  surprisal run STUDY --seed 1    run one; the report's path is printed",
                "  surprisal doctor                whether everything is in place",
                "  surprisal run --help            how to use a command", "",
                "Exit codes: 0 done, 1 failed, 2 wrong usage, 130 interrupted."})
public final class Main extends CommandGroup {
    @Option(names = {"-h", "--help"}, usageHelp = true, scope = ScopeType.INHERIT, description = "show this help")
    boolean help;

    @Option(names = {"-V", "--version"}, versionHelp = true, description = "show the version")
    boolean version;

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "show where an error came from")
    private boolean debug;

    /// Runs a command and ends the process.
    public static void main(String[] arguments) {
        int code = run(Console.ofProcess(), Studies.builtIn(), arguments);
        System.exit(code);
    }

    /// Runs a command.
    ///
    /// @param studies those that can be run
    /// @return the exit code
    public static int run(Console console, Studies studies, String... arguments) {
        return run(console, commandLine(console, studies), arguments);
    }

    /// Runs a command where there is one more, which is no part of the product.
    ///
    /// @param command by picocli's annotations; it stands in for the product's own of that name
    /// @return the exit code
    public static int runWith(Object command, Console console, Studies studies, String... arguments) {
        CommandLine line = commandLine(console, studies);
        CommandLine added = new CommandLine(command);
        line.getCommandSpec().removeSubcommand(added.getCommandName());
        line.addSubcommand(added);
        return run(console, manners(line, console), arguments);
    }

    private static int run(Console console, CommandLine line, String... arguments) {
        int code = execute(console, line, arguments);
        console.out().flush();
        if (console.out().checkError() && code == ExitCode.DONE) {
            console.err().println("surprisal: standard output takes no more: the answer is not complete");
            return ExitCode.FAILED;
        }
        return code;
    }

    private static int execute(Console console, CommandLine line, String... arguments) {
        try {
            return line.execute(arguments);
        } catch (OutOfMemoryError | StackOverflowError e) {
            if (((Main) line.getCommand()).debug) {
                e.printStackTrace(console.err());
            }
            console.err().println("surprisal: " + Failures.reason(e));
            return ExitCode.FAILED;
        }
    }

    static CommandLine commandLine(Console console, Studies studies) {
        CommandLine line = new CommandLine(new Main());
        line.addSubcommand(RunCommand.commandLine(console, studies));
        line.addSubcommand(new ReproduceCommand(console, studies));
        line.addSubcommand(new ReportCommand(console, studies));
        line.addSubcommand(new ListCommand(console, studies));
        line.addSubcommand(MeasureCommand.commandLine(console));
        line.addSubcommand(TheoryCommand.commandLine(console));
        line.addSubcommand(new IsingCommand(console));
        line.addSubcommand(DataCommand.commandLine(console));
        line.addSubcommand(new DoctorCommand(console));
        line.addSubcommand(new CompletionCommand(console));
        line.addSubcommand(new BenchCommand());
        return manners(line, console);
    }

    /// What all commands share; to be set again when one was added.
    private static CommandLine manners(CommandLine line, Console console) {
        line.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
        line.setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF));
        line.setUsageHelpWidth(100);
        // Else '@file' stands for what is in the file, and no value can begin with '@'.
        line.setExpandAtFiles(false);
        line.registerConverter(Path.class, Main::path);
        line.setParameterExceptionHandler((e, given) -> wrongUsage(console, e));
        line.setExecutionExceptionHandler(
                (e, command, parsed) -> ((Main) line.getCommand()).failed(console, e, command));
        return line;
    }

    private static int wrongUsage(Console console, ParameterException e) {
        CommandLine command = e.getCommandLine();
        String message = e instanceof UnmatchedArgumentException unmatched
                ? unmatched(unmatched, command)
                : inUsersWords(MessageText.joined(String.valueOf(e.getMessage())));
        return wrongUsage(console, message, command);
    }

    private static int wrongUsage(Console console, String message, CommandLine command) {
        String stop = message.endsWith("?") ? " " : "; ";
        console.err().println("surprisal: " + message + stop + "try '"
                + command.getCommandSpec().qualifiedName() + " --help'");
        return ExitCode.WRONG_USAGE;
    }

    /// The parser speaks of Java's types, and in sentences.
    private static String inUsersWords(String message) {
        String words = message
                .replaceFirst("('[+-]?[0-9]+') is not an int$", "$1 is not a whole number from " + Integer.MIN_VALUE
                        + " to " + Integer.MAX_VALUE)
                .replaceFirst("('[+-]?[0-9]+') is not a long$", "$1 is not a whole number from " + Long.MIN_VALUE
                        + " to " + Long.MAX_VALUE)
                .replaceFirst(" is not an? (int|long)$", " is not a whole number")
                .replaceFirst(" is not a double$", " is not a number");
        return Character.toLowerCase(words.charAt(0)) + words.substring(1);
    }

    private static String unmatched(UnmatchedArgumentException e, CommandLine command) {
        String argument = e.getUnmatched().getFirst();
        if (argument.startsWith("-")) {
            List<String> options = new ArrayList<>();
            command.getCommandSpec().options().forEach(option -> options.addAll(List.of(option.names())));
            options.removeIf(option -> !option.startsWith("--"));
            String name = argument.contains("=") ? argument.substring(0, argument.indexOf('=')) : argument;
            return "unknown option " + MessageText.quoted(name) + NearestName.advice(name, options, "options");
        }
        if (!command.getSubcommands().isEmpty()) {
            return "unknown command " + MessageText.quoted(argument)
                    + NearestName.advice(argument, command.getSubcommands().keySet(), "commands");
        }
        return MessageText.quoted(argument) + " is one argument too many";
    }

    private int failed(Console console, Exception e, CommandLine command) {
        if (debug) {
            e.printStackTrace(console.err());
        }
        if (e instanceof UsageException || e instanceof SettingException) {
            return wrongUsage(console, MessageText.joined(String.valueOf(e.getMessage())), command);
        }
        console.err().println("surprisal: " + Failures.reason(e));
        return ExitCode.FAILED;
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new TypeConversionException(MessageText.noPath(text));
        }
    }

    /// What `--version` prints.
    static final class Versions implements IVersionProvider {
        @Override
        public String[] getVersion() {
            Version version = Version.current();
            return new String[]{
                    "surprisal " + version.number() + version.commit().map(id -> " (commit " + id + ")").orElse("")
                            + ", Java " + Runtime.version()};
        }
    }
}

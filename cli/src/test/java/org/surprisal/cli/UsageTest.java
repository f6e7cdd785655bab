package org.surprisal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.surprisal.study.Studies;
import picocli.CommandLine;

/// The manners that all commands share.
class UsageTest {
    /// What is asked wrongly, and what the one line must say.
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
            "\"\"                                      | a command is needed: run, reproduce, report, list, measure,"
                    + " theory, ising, data, doctor, completion",
            "rnu random-walk                           | unknown command 'rnu'; did you mean 'run'?",
            "dashboard                                  | unknown command 'dashboard'; the commands are run,",
            "--verzion                                 | unknown option '--verzion'; did you mean '--version'?",
            "run                                       | a study, a FILE.yaml or --resume DIR is needed",
            "run random-wlak                           | unknown study 'random-wlak'; did you mean 'random-walk'?",
            "run xyz                                   | unknown study 'xyz'; the studies are random-walk",
            "run random-walk more                      | 'more' is one argument too many",
            "run random-walk --sead 3                  | unknown option '--sead'; did you mean '--seed'?",
            "run random-walk --sead=3                  | unknown option '--sead'; did you mean '--seed'?",
            "run random-walk --seed three              | invalid value for option '--seed': 'three' is not a whole"
                    + " number",
            "run random-walk --seed                    | missing required parameter for option '--seed'",
            "run random-walk --seed 1 --seed 2         | option '--seed' (N) should be specified only once",
            "run random-walk --seeds 0                 | --seeds 0: must be at least 1",
            "run random-walk --threads 0               | --threads 0: must be at least 1",
            "run random-walk --set steps               | --set steps: must be KEY=VALUE",
            "run random-walk --set setps=3             | unknown setting 'setps'; did you mean 'steps'?",
            "run random-walk --set colour=3            | unknown setting 'colour'; the settings are steps, lengths,"
                    + " stumble",
            "run random-walk --set steps=0             | setting steps=0: must be an integer from 1 to 1000",
            "run random-walk --set lengths=1,x         | setting lengths=1,x: must be numbers from 0 to 10,"
                    + " separated by commas",
            "run random-walk --seeds 2147483648        | invalid value for option '--seeds': '2147483648' is not a"
                    + " whole number from -2147483648 to 2147483647",
            "run random-walk --seed 9223372036854775808 | '9223372036854775808' is not a whole number from"
                    + " -9223372036854775808 to 9223372036854775807",
            "run @file                                 | unknown study '@file'; the studies are random-walk",
            "ru\u001b[31mn                             | unknown command 'ru?[31mn'",
            "list --\u001b]0;title\u0007x              | unknown option '--?]0;title?x'",
            "run random-walk --set st\u001b[2J=1       | unknown setting 'st?[2J'",
            "run random-walk --set steps=\u001b[2J     | setting steps=?[2J: must be an integer from 1 to 1000",
            "report                                    | missing required parameter: 'DIR'",
            "list estimaters                           | unknown list 'estimaters'; did you mean 'estimators'?",
            "list studies --jsom                       | unknown option '--jsom'; did you mean '--json'?",
            "data                                      | a command is needed: fetch, info",
            "data fecth mnist                          | unknown command 'fecth'; did you mean 'fetch'?",
            "data fetch                                | missing required parameter: 'NAME'",
            "data fetch mnits                          | unknown data set 'mnits'; did you mean 'mnist'?",
            "data info xyz                             | unknown data set 'xyz'; the data sets are ",
            "doctor now                                | 'now' is one argument too many",
            "completion bash                           | 'bash' is one argument too many",
            "ising                                     | missing required options: '--size=L', '--temperature=T'",
            "ising --size 1 --temperature 2            | --size 1: must be from 2 to 32767",
            "ising --size 40000 --temperature 2        | --size 40000: must be from 2 to 32767",
            "ising --size 8.5 --temperature 2          | invalid value for option '--size': '8.5' is not a whole"
                    + " number",
            "ising --size 8 --temperature 0            | --temperature 0.0: must be above 0",
            "ising --size 8 --temperature -1           | --temperature -1.0: must be above 0",
            "ising --size 8 --temperature NaN          | --temperature NaN: must be above 0",
            "ising --size 8 --temperature warm         | invalid value for option '--temperature': 'warm' is not a"
                    + " number",
            "ising --size 5 --temperature 2 --algorithm checkerboard | --size 5: must be even for a checkerboard",
            "ising --size 8 --temperature 2 --algorithm wolf         | --algorithm wolf: must be one of metropolis,"
                    + " checkerboard, multispin, wolff; did you mean 'wolff'?",
            "ising --size 8 --temperature 2 --start cold             | --start cold: must be one of ordered, random",
            "ising --size 8 --temperature 2 --sweeps 63              | --sweeps 63: must be at least 64, for a"
                    + " standard error",
            "ising --size 8 --temperature 2 --warm-up -1             | --warm-up -1: must be at least 0",
            "ising --size 8 --temperature 2 --coupling Infinity      | --coupling Infinity: must be 0 or of a"
                    + " magnitude from 1.0E-130 to 1.0E130",
            "ising --size 513 --temperature 2 --figure f             | --figure with --size 513: lattices of at most"
                    + " 512 spins a side are drawn",
            "ising --size 8 --temperature 2 --field NaN              | --field NaN: must be 0 or of a magnitude from"
                    + " 1.0E-130 to 1.0E130",
            "measure                                   | a command is needed: mi, cmi, te, plane, entropy, gaussianity,"
                    + " distances, relative-entropy",
            "measure relative-entrpy                   | unknown command 'relative-entrpy'; did you mean"
                    + " 'relative-entropy'?",
            "measure relative-entropy                  | missing required options: '--weights=FILE', '--input=FILE'",
            "measure relative-entropy --weights w.npz --input x.npy --activation tanj | must be one of heaviside,"
                    + " sign, tanh, sigmoid, erf, relu, leaky-relu, elu, selu, gelu, gelu-tanh, softplus, identity;"
                    + " did you mean 'tanh'?",
            "measure relative-entropy --weights w.npz --input x.npy --unit byte       | --unit byte: must be one of"
                    + " nat, bit",
            "measure relative-entropy --weights w.npz --input x.npy --samples 1       | --samples 1: must be at"
                    + " least 2",
            "measure relative-entropy --weights w.npz --input x.npy --sigma-w2 0.05   | --sigma-w2 0.05: must be"
                    + " above"})
    void wrongUsageIsOneLineAndExitCodeTwo(String arguments, String told) {
        CommandRun run = CommandRun.of(arguments.isBlank() ? new String[0] : arguments.strip().split(" +"));

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.errorLines()).singleElement().asString().startsWith("surprisal: ").contains(told.strip())
                .matches(".*try 'surprisal.* --help'");
    }

    static Stream<CommandLine> commands() {
        Console nowhere = new Console(System.out, System.err, false, 80);
        return withSubcommands(Main.commandLine(nowhere, Studies.builtIn()));
    }

    private static Stream<CommandLine> withSubcommands(CommandLine command) {
        return Stream.concat(Stream.of(command),
                command.getSubcommands().values().stream().flatMap(UsageTest::withSubcommands));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandHasHelpWithAnExample(CommandLine command) {
        List<String> words = List.of(command.getCommandSpec().qualifiedName(" ").split(" "));
        List<String> arguments = new ArrayList<>(words.subList(1, words.size()));
        arguments.add("--help");

        CommandRun run = CommandRun.of(arguments.toArray(String[]::new));

        assertThat(run.code()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).startsWith("Usage: surprisal").containsPattern("Examples?:").contains("--help");
        assertThat(run.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    }

    @Test
    void theHelpOfRunTellsTheSettingsOfAStudy() {
        CommandRun run = CommandRun.of("run", "random-walk", "--help");

        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("Settings of random-walk", "steps=3", "how many [an integer from 1 to 1000]",
                "lengths=1,2.5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--version", "-V"})
    void theVersionIsOneLine(String option) {
        CommandRun run = CommandRun.of(option);

        assertThat(run.code()).isZero();
        assertThat(run.out().lines()).singleElement().asString().matches("surprisal [0-9]+\\.[0-9]+.*, Java 25.*");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void aStackTraceIsShownOnlyWhenAskedFor() {
        assertThat(CommandRun.of("report", "nowhere").errorLines()).hasSize(1);
        CommandRun run = CommandRun.of("report", "nowhere", "--debug");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("\tat ", "RunFolder.open(")
                .endsWith("surprisal: nowhere is not a run folder: it has no run.json" + System.lineSeparator());
        assertThat(CommandRun.of("--debug", "report", "nowhere").err()).contains("RunFolder.open(");
    }

    @Test
    void benchIsNamedAndStartedByTheLauncherOnly() {
        assertThat(CommandRun.of("--help").out()).contains("bench");
        assertThat(CommandRun.of("completion").out()).contains("bench");
        CommandRun run = CommandRun.of("bench");
        assertThat(run.code()).isEqualTo(ExitCode.FAILED);
        assertThat(run.errorLines()).singleElement().asString().contains("./surprisal bench");
    }

    /// A command that is no part of the product takes the place of the one of its name.
    @Test
    void aCommandCanBeAdded() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8), false, 80);
        assertThat(Main.runWith(new Added(), console, new Studies(List.of()), "bench")).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualToIgnoringNewLines(
                "surprisal: added; try 'surprisal bench --help'");
    }

    @CommandLine.Command(name = "bench", description = "Stands in for another.")
    private static final class Added implements Runnable {
        @Override
        public void run() {
            throw new UsageException("added");
        }
    }

    @Test
    void endlessRecursionIsOneLineAndATraceWhenAskedFor() {
        String line = "surprisal: internal error: StackOverflowError; please report it with what --debug shows"
                + System.lineSeparator();

        assertThat(errorOf("bench")).isEqualTo(line);
        assertThat(errorOf("--debug", "bench")).contains("\tat ", "Endless.run(").endsWith(line);
    }

    private static String errorOf(String... arguments) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8), false, 80);
        assertThat(Main.runWith(new Endless(), console, new Studies(List.of()), arguments)).isEqualTo(ExitCode.FAILED);
        return err.toString(StandardCharsets.UTF_8);
    }

    @CommandLine.Command(name = "bench", description = "Throws what the JVM throws when a method calls itself forever.")
    private static final class Endless implements Runnable {
        @Override
        public void run() {
            throw new StackOverflowError();
        }
    }
}

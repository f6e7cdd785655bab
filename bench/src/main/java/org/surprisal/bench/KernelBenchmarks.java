package org.surprisal.bench;

import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.surprisal.cli.ExitCode;
import org.surprisal.cli.UsageException;

/// `--kernels`: JMH on the classes of `org.surprisal.bench.kernel`.
final class KernelBenchmarks {
    private KernelBenchmarks() {
    }

    /// Runs those whose class or method matches, in processes of their own.
    ///
    /// @param pattern a regular expression that is looked for in `ClassName.method`
    /// @param quick   one short measurement instead of five
    /// @param json    the file for JMH's results; null for none
    /// @return the exit code
    /// @throws UsageException where nothing matches
    static int run(String pattern, boolean quick, @Nullable Path json) {
        try {
            Pattern.compile(pattern);
            ChainedOptionsBuilder options = new OptionsBuilder()
                    .include("org\\.surprisal\\.bench\\.kernel\\..*" + pattern)
                    .forks(1).warmupIterations(quick ? 1 : 3).warmupTime(TimeValue.milliseconds(quick ? 200 : 1000))
                    .measurementIterations(quick ? 1 : 5).measurementTime(TimeValue.milliseconds(quick ? 200 : 1000))
                    .shouldFailOnError(true);
            if (json != null) {
                options.resultFormat(ResultFormatType.JSON).result(json.toString());
            }
            new Runner(options.build()).run();
            return ExitCode.DONE;
        } catch (PatternSyntaxException e) {
            throw new UsageException("--kernels " + pattern + ": no regular expression (" + e.getDescription() + ")");
        } catch (NoBenchmarksException e) {
            throw new UsageException(
                    "--kernels " + pattern + ": matches none of Elementwise, Product, Optimiser, Pairwise, Ising");
        } catch (RunnerException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }
}

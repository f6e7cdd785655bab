package org.surprisal.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.surprisal.data.fetch.DataFolder;
import org.surprisal.settings.NearestName;
import org.surprisal.settings.Setting;
import org.surprisal.settings.Settings;
import org.surprisal.study.Progress;
import org.surprisal.study.RunFolder;
import org.surprisal.study.RunRequest;
import org.surprisal.study.RunStatus;
import org.surprisal.study.Studies;
import org.surprisal.study.engine.Study;
import org.surprisal.study.engine.StudyRunner;
import org.surprisal.study.experiment.ExperimentStudy;
import org.surprisal.tensor.Machine;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `surprisal run STUDY`, `surprisal run FILE.yaml`, `surprisal run --resume DIR`.
@Command(name = "run", description = {
        "Runs a study, or the experiment that a YAML file describes, and draws its report; prints where the report is.",
        ""},
        footer = {
                "",
                "Examples:", "  surprisal run relative-entropy --seed 1",
                "  surprisal run relative-entropy --set sigma-w2=1.5,2.0 --set epochs=15 --seeds 5 --out runs/first",
                "  surprisal run --template > my.yaml", "  surprisal run my.yaml --seeds 3",
                "  surprisal run --resume runs/first", "",
                "'surprisal run STUDY --help' shows what that study can be told with --set.",
                "Ctrl-C stops it at the next step or figure and keeps what is finished; a second one ends it at"
                        + " once. --resume",
                "goes on to the same bits, with the same data and the same matrix products (native library or plain)."})
final class RunCommand implements Callable<Integer> {
    private static final String SETTINGS_SECTION = "studySettings";
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

    private final Console console;
    private final Studies studies;

    @Parameters(index = "0", arity = "0..1", paramLabel = "STUDY|FILE.yaml", completionCandidates = StudyNames.class,
            description = "name of the study, or an experiment's file")
    private String name = "";

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "a setting of the study; a list takes commas")
    private List<String> given = List.of();

    @Option(names = "--out", paramLabel = "DIR",
            description = "run folder, new or without files of the names that a"
                    + " run writes (default: runs/STUDY-YYYYMMDD-HHMMSS, numbered)")
    private @Nullable Path out;

    @Option(names = "--seed", paramLabel = "N",
            description = "seed of every random choice (default: the experiment's, else 1)")
    private @Nullable Long seed;

    @Option(names = "--seeds", paramLabel = "COUNT",
            description = "how many seeds, N and those after it (default: the study's)")
    private @Nullable Integer seeds;

    @Option(names = "--data", paramLabel = "DIR",
            description = "data folder (default: $SURPRISAL_DATA, else in the user's cache)")
    private @Nullable String data;

    @Option(names = "--threads", paramLabel = "N", description = "threads for arithmetic (default: one a processor)")
    private @Nullable Integer threads;

    @Option(names = "--jobs", paramLabel = "N",
            description = "trials that run at a time (default: as many as threads); a trial alone uses all threads")
    private @Nullable Integer jobs;

    @Option(names = "--resume", paramLabel = "DIR",
            description = "goes on with the interrupted, killed or failed run in DIR")
    private @Nullable Path resume;

    @Option(names = "--checkpoint", paramLabel = "SECONDS",
            description = "at least so long between two checkpoints (default: 30)")
    private double checkpoint = RunRequest.CHECKPOINT.toSeconds();

    @Option(names = "--template", description = "prints a commented experiment that runs as it is")
    private boolean template;

    @Option(names = "--summary",
            description = "prints the layers, shapes and parameter counts of FILE.yaml's network, and runs nothing")
    private boolean summary;

    @Option(names = "--quiet", description = "no progress")
    private boolean quiet;

    private RunCommand(Console console, Studies studies) {
        this.console = console;
        this.studies = studies;
    }

    /// The command. Its help also tells the settings of the study that is named.
    static CommandLine commandLine(Console console, Studies studies) {
        RunCommand run = new RunCommand(console, studies);
        CommandLine line = new CommandLine(run);
        line.getHelpSectionMap().put(SETTINGS_SECTION, help -> run.settingsHelp());
        List<String> sections = new ArrayList<>(line.getHelpSectionKeys());
        sections.add(sections.indexOf(CommandLine.Model.UsageMessageSpec.SECTION_KEY_FOOTER_HEADING), SETTINGS_SECTION);
        line.setHelpSectionKeys(sections);
        return line;
    }

    @Override
    public Integer call() throws IOException {
        if (template) {
            console.out().print(ExperimentStudy.template());
            return ExitCode.DONE;
        }
        if (!(checkpoint >= 0 && checkpoint < 1e9)) {
            throw new UsageException("--checkpoint " + checkpoint + ": must be seconds, 0 or more");
        }
        if (resume != null) {
            return goOn(resume);
        }
        if (name.isEmpty()) {
            throw new UsageException(
                    "a study, a FILE.yaml or --resume DIR is needed; 'surprisal list studies' shows the"
                            + " studies");
        }
        if (summary) {
            if (!isFile(name)) {
                throw new UsageException("--summary shows the network of an experiment's file: surprisal run FILE.yaml"
                        + " --summary");
            }
            console.out().println(ExperimentStudy.summary(Path.of(name), Assignments.parse(given),
                    DataFolder.resolve(data),
                    note -> console.err().println("surprisal: warning: " + note)));
            return ExitCode.DONE;
        }
        Map<String, String> values = Assignments.parse(given);
        String file = isFile(name) ? name : name.equals(ExperimentStudy.NAME) ? values.remove("file") : null;
        if (file != null) {
            name = ExperimentStudy.NAME;
            seed = seed == null ? Long.valueOf(ExperimentStudy.seed(Path.of(file), values).orElse(1)) : seed;
            values = ExperimentStudy.settings(Path.of(file), values);
        }
        Study study = find(studies, name);
        Settings settings = Settings.of(study.settings(), values);
        if (seeds != null && seeds < 1) {
            throw new UsageException("--seeds " + seeds + ": must be at least 1");
        }
        useThreads();
        RunRequest request = new RunRequest(settings, seed == null ? 1 : seed,
                seeds == null ? OptionalInt.empty() : OptionalInt.of(seeds), DataFolder.resolve(data),
                out == null ? stamped() : out, out == null, between(), jobCount());
        return run((progress, interruption) -> StudyRunner.execute(study, request, progress, interruption));
    }

    private void useThreads() {
        if (threads != null) {
            if (threads < 1) {
                throw new UsageException("--threads " + threads + ": must be at least 1");
            }
            Machine.setThreads(threads);
        }
    }

    private OptionalInt jobCount() {
        if (jobs == null) {
            return OptionalInt.empty();
        }
        if (jobs < 1) {
            throw new UsageException("--jobs " + jobs + ": must be at least 1");
        }
        return OptionalInt.of(jobs);
    }

    private Duration between() {
        return Duration.ofNanos((long) (checkpoint * 1e9));
    }

    /// Whether a name is that of a file rather than a study: as it ends, or because there is one.
    private boolean isFile(String what) {
        return what.endsWith(".yaml") || what.endsWith(".yml")
                || (studies.find(what).isEmpty() && Files.isRegularFile(Path.of(what)));
    }

    private int goOn(Path folder) throws IOException {
        if (!name.isEmpty() || !given.isEmpty() || seed != null || seeds != null || out != null) {
            throw new UsageException("--resume " + folder + " goes on with that run as it was: STUDY, --set, --seed,"
                    + " --seeds and --out cannot be given");
        }
        useThreads();
        try (RunFolder begun = RunFolder.open(folder)) {
            Study study = find(studies, begun.record().study());
            Path dataFolder = data == null ? Path.of(begun.record().data()) : DataFolder.resolve(data);
            return run((progress, interruption) -> StudyRunner.resume(study, folder, dataFolder, jobCount(), between(),
                    progress,
                    interruption));
        }
    }

    private interface Work {
        RunFolder run(Progress progress, Interruption interruption) throws IOException;
    }

    /// The study of a name.
    ///
    /// @throws UsageException with the nearest name, if there is none
    static Study find(Studies studies, String name) {
        return studies.find(name).orElseThrow(() -> new UsageException(
                "unknown study '" + name + "'" + NearestName.advice(name, studies.names(), "studies")));
    }

    private int run(Work work) throws IOException {
        ProgressLine line = new ProgressLine(console);
        Interruption interruption = Interruption.install(() -> {
            line.close();
            console.err().println("surprisal: stopping at the next step or figure; press ctrl-C again to end at once");
        });
        try (line;
                RunFolder folder = work.run(quiet ? line.warningsOnly() : line, interruption)) {
            line.close();
            if (folder.record().status() == RunStatus.INTERRUPTED) {
                console.err().println("surprisal: interrupted; what was finished is in " + folder.path()
                        + ", 'surprisal report " + folder.path() + "' draws it, 'surprisal run --resume "
                        + folder.path()
                        + "' goes on");
                return ExitCode.INTERRUPTED;
            }
            console.out().println(folder.report());
            return ExitCode.DONE;
        }
    }

    private String settingsHelp() {
        StringBuilder text = new StringBuilder();
        studies.find(name).ifPresent(study -> {
            text.append(String.format("%nSettings of %s (--set KEY=VALUE) and their defaults:%n", name));
            for (Setting<?> setting : study.settings()) {
                text.append(String.format("  %s=%s%n      %s [%s]%n", setting.key(), setting.defaultText(),
                        setting.description(), setting.allowed()));
            }
        });
        return text.toString();
    }

    /// The run folder unless told otherwise; runs of the same second get numbers.
    private Path stamped() {
        return Path.of("runs", name + "-" + LocalDateTime.now(ZoneId.systemDefault()).format(STAMP));
    }
}

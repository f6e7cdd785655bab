package org.surprisal.study.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import org.surprisal.data.DataException;
import org.surprisal.report.Figure;
import org.surprisal.report.FigureFiles;
import org.surprisal.report.HtmlReport;
import org.surprisal.report.Report;
import org.surprisal.report.Section;
import org.surprisal.settings.SettingException;
import org.surprisal.settings.Settings;
import org.surprisal.study.Failures;
import org.surprisal.study.Progress;
import org.surprisal.study.RunFolder;
import org.surprisal.study.RunRecord;
import org.surprisal.study.RunRequest;
import org.surprisal.study.RunStatus;
import org.surprisal.tensor.Machine;

/// Runs a study from the run folder to the report.
public final class StudyRunner {
    private StudyRunner() {
    }

    /// Makes the run folder, runs the study, draws its report, and keeps in run.json how it went. A run that is
    /// interrupted, while it computes or while its report is drawn, has no report; [#draw] makes one from its folder.
    /// An interruption that comes when the study asks no more, because all its numbers are there, ends nothing.
    ///
    /// @return the folder, whose record says whether the run was done or interrupted
    /// @throws SettingException or DataException if the study refuses its settings or data; then no folder is left,
    ///                          unless there are numbers in it
    /// @throws IOException or the study's unchecked exception; if the folder was made, run.json says so too
    public static RunFolder execute(Study study, RunRequest request, Progress progress, BooleanSupplier interruption)
            throws IOException {
        return execute(study, request, progress, interruption, () -> {
        });
    }

    /// As [#execute(Study, RunRequest, Progress, BooleanSupplier)], for tests that end the run after a number.
    ///
    /// @param afterRecord called after each recorded number
    static RunFolder execute(Study study, RunRequest request, Progress progress, BooleanSupplier interruption,
            Runnable afterRecord) throws IOException {
        return run(study, RunFolder.begin(study.name(), request), request.data(), request.jobs(), request.checkpoint(),
                progress, interruption, afterRecord);
    }

    /// As [#resume(Study, Path, Path, OptionalInt, Duration, Progress, BooleanSupplier)], with as many trials at a time
    /// as there are threads.
    public static RunFolder resume(Study study, Path path, Path data, Duration checkpoint, Progress progress,
            BooleanSupplier interruption) throws IOException {
        return resume(study, path, data, OptionalInt.empty(), checkpoint, progress, interruption);
    }

    /// Goes on with a run that was interrupted, killed or failed, from its last checkpoint, to the numbers it would
    /// have had.
    ///
    /// @param data       folder of the data sets
    /// @param jobs       trials that may run at a time; empty for as many as there are threads
    /// @param checkpoint at least this time between two checkpoints of one training
    /// @throws IOException with one line, if the folder holds no run of this study that can go on; else as [#execute]
    public static RunFolder resume(Study study, Path path, Path data, OptionalInt jobs, Duration checkpoint,
            Progress progress, BooleanSupplier interruption) throws IOException {
        String begun = RunFolder.open(path).record().study();
        if (!begun.equals(study.name())) {
            throw new IOException(path + " holds a run of the study '" + begun + "', not of '" + study.name() + "'");
        }
        try {
            return run(study, RunFolder.resume(path), data, jobs, checkpoint, progress, interruption, () -> {
            });
        } catch (SettingException e) {
            // What is wrong stands in the folder or the user's files, not in the command.
            throw new IOException(path + " cannot go on: " + e.getMessage(), e);
        }
    }

    private static RunFolder run(Study study, RunFolder folder, Path data, OptionalInt jobs, Duration checkpoint,
            Progress progress, BooleanSupplier interruption, Runnable afterRecord) throws IOException {
        RunRecord record = folder.record();
        try (folder) {
            long start = System.nanoTime();
            Told told = new Told(interruption);
            Run run = new Run(Settings.of(study.settings(), record.settings()), record.seed(), record.seeds(), data,
                    folder, progress, jobs.orElseGet(() -> Machine.current().threads()), checkpoint, told);
            new Engine(study.in(folder), run, afterRecord).run();
            double seconds = (System.nanoTime() - start) / 1e9;
            RunRecord measured = folder.record().timed("run", seconds);
            boolean whole = !told.isTold;
            RunRecord ended = measured.ended(whole ? RunStatus.DONE : RunStatus.INTERRUPTED, "");
            if (whole) {
                progress.at("drawing the report", 0, 0, "figures", "");
                // What came after the study's last question found all numbers there: nothing is left but the report.
                BooleanSupplier givenUp = interruption.getAsBoolean() ? () -> false : interruption;
                // Drawn as done, so that a later redraw gives the same bytes; but only a run with its report is done.
                whole = drawn(study, folder, folder.as(ended), givenUp);
            }
            RunRecord last = whole ? ended : measured.ended(RunStatus.INTERRUPTED, "");
            folder.update(current -> last);
            return folder;
        } catch (SettingException | DataException e) {
            // Wrong input that shows before there is any number leaves nothing half-written.
            if (folder.holdsNumbers()) {
                keepFailure(folder, e);
            } else {
                discard(folder, e);
            }
            throw e;
        } catch (IOException | RuntimeException | Error e) {
            keepFailure(folder, e);
            throw e;
        }
    }

    /// Whether a study was told to stop: one that was not has gone to its end.
    private static final class Told implements BooleanSupplier {
        private final BooleanSupplier interruption;
        private volatile boolean isTold;

        Told(BooleanSupplier interruption) {
            this.interruption = interruption;
        }

        @Override
        public boolean getAsBoolean() {
            isTold |= interruption.getAsBoolean();
            return isTold;
        }
    }

    /// Draws the figures and the report from what the folder holds, in place of those that are there.
    ///
    /// @throws IOException with one line, if what it holds makes no report
    public static void draw(Study study, RunFolder folder) throws IOException {
        try {
            drawUnless(StudyReport.of(study, folder), folder, () -> false);
        } catch (RuntimeException e) {
            throw undrawable(study, folder, e);
        }
    }

    /// The report of what a folder holds, in words and marks, without files.
    ///
    /// @throws IOException or DataException with one line, if what it holds makes no report
    public static Report report(Study study, RunFolder folder) throws IOException {
        try {
            return StudyReport.of(study, folder);
        } catch (RuntimeException e) {
            throw undrawable(study, folder, e);
        }
    }

    /// What the numbers of a folder say about the claims of a study, in the order of the claims.
    ///
    /// @throws IOException or DataException with one line, if the folder's files are missing or damaged
    public static List<Finding> findings(Study study, RunFolder folder) throws IOException {
        try {
            Study own = study.in(folder);
            return Findings.of(own, Results.read(own, folder)).all();
        } catch (RuntimeException e) {
            throw undrawable(study, folder, e);
        }
    }

    /// The numbers of a folder.
    ///
    /// @throws IOException or DataException with one line, if the folder's files are missing or damaged
    public static Results results(Study study, RunFolder folder) throws IOException {
        try {
            return Results.read(study.in(folder), folder);
        } catch (RuntimeException e) {
            throw undrawable(study, folder, e);
        }
    }

    /// The report of a run that has just ended.
    ///
    /// @param own the folder, by which the run holds its place
    /// @return whether the report is whole
    private static boolean drawn(Study study, RunFolder own, RunFolder folder, BooleanSupplier interruption)
            throws IOException {
        try {
            return drawUnless(StudyReport.of(study, folder), folder,
                    () -> interruption.getAsBoolean() || !own.isInPlace());
        } catch (RuntimeException e) {
            // The numbers of this process make a report, or it is an internal error; those of a folder may be damaged.
            if (own.isResumed()) {
                throw undrawable(study, folder, e);
            }
            throw e;
        }
    }

    /// Draws figure by figure until the report is to be given up; then there is no report, neither a new nor an old
    /// one.
    private static boolean drawUnless(Report report, RunFolder folder, BooleanSupplier givenUp) throws IOException {
        for (Section section : report.sections()) {
            for (Figure figure : section.figures()) {
                if (givenUp.getAsBoolean()) {
                    return false;
                }
                FigureFiles.write(figure, folder.figures());
            }
        }
        if (givenUp.getAsBoolean()) {
            return false;
        }
        HtmlReport.write(report, folder.report());
        if (givenUp.getAsBoolean()) {
            Files.deleteIfExists(folder.report());
            return false;
        }
        return true;
    }

    private static IOException undrawable(Study study, RunFolder folder, RuntimeException failure) {
        if (failure instanceof DataException) {
            throw failure;
        }
        if (failure instanceof UncheckedIOException unchecked && unchecked.getCause() != null) {
            return unchecked.getCause();
        }
        return new IOException(folder.path() + " cannot be drawn: its files do not make a report of the study '"
                + study.name() + "'"
                + (Failures.isForUsers(failure) ? ": " + Failures.reason(failure) : "")
                + "; rows, arrays or settings are missing or were changed, or this is an error of Surprisal's (--debug"
                + " shows where)", failure);
    }

    private static void discard(RunFolder folder, RuntimeException refusal) {
        try {
            folder.discard();
        } catch (IOException e) {
            // What could not be removed is no reason to keep from the user what was refused.
            refusal.addSuppressed(e);
        }
    }

    private static void keepFailure(RunFolder folder, Throwable failure) {
        if (!folder.isInPlace()) {
            return;
        }
        try {
            folder.update(record -> record.ended(RunStatus.FAILED, Failures.reason(failure)));
        } catch (IOException e) {
            // A full disk is a likely reason of both; the first failure is the one to tell.
            failure.addSuppressed(e);
        }
    }
}

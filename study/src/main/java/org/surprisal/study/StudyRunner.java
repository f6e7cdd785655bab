package org.surprisal.study;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;

import org.surprisal.data.DataException;
import org.surprisal.report.Figure;
import org.surprisal.report.FigureFiles;
import org.surprisal.report.HtmlReport;
import org.surprisal.report.Report;
import org.surprisal.report.Section;

/// Runs a study from the run folder to the report.
public final class StudyRunner {
    private StudyRunner() {
    }

    /// Makes the run folder, runs the study, draws its report, and keeps in run.json how it went. An interrupted run is
    /// not drawn; [#draw] does that from its folder.
    ///
    /// @return the folder, whose record says whether the run was done or interrupted
    /// @throws SettingException or DataException if the study refuses its settings or data; then no folder is left, unless
    ///                          there are numbers in it
    /// @throws IOException or the study's unchecked exception; if the folder was made, run.json says so too
    public static RunFolder execute(Study study, RunRequest request, Progress progress, BooleanSupplier interruption)
            throws IOException {
        RunFolder folder = RunFolder.create(request.out(), RunRecord.starting(study.name(), request));
        return run(study, folder, request.data(), request.checkpoint(), progress, interruption);
    }

    /// Goes on with a run that was interrupted, killed or failed, from its last checkpoint, to the numbers it would have had.
    ///
    /// @param data       folder of the data sets
    /// @param checkpoint at least this time between two checkpoints of one training
    /// @throws IOException with one line, if the folder holds no run of this study that can go on; else as [#execute]
    public static RunFolder resume(Study study, Path path, Path data, Duration checkpoint, Progress progress,
            BooleanSupplier interruption) throws IOException {
        return run(study, RunFolder.resume(path), data, checkpoint, progress, interruption);
    }

    private static RunFolder run(Study study, RunFolder folder, Path data, Duration checkpoint, Progress progress,
            BooleanSupplier interruption) throws IOException {
        RunRecord record = folder.record();
        try (folder) {
            long start = System.nanoTime();
            study.run(new Run(Settings.of(study.settings(), record.settings()), record.seed(), record.seeds(), data,
                    folder, progress, new Checkpoints(folder, checkpoint), interruption));
            double seconds = (System.nanoTime() - start) / 1e9;
            RunStatus status = interruption.getAsBoolean() ? RunStatus.INTERRUPTED : RunStatus.DONE;
            RunRecord ended = folder.record().timed("run", seconds).ended(status, "");
            if (status == RunStatus.DONE) {
                progress.at("drawing the report", 0, 0, "figures", "");
                // Drawn as done, so that a later redraw gives the same bytes; but only a run with its report is done.
                draw(study, folder.as(ended));
            }
            folder.update(current -> ended);
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

    /// Draws the figures and the report from what the folder holds, in place of those that are there.
    public static void draw(Study study, RunFolder folder) throws IOException {
        Report report = study.draw(folder);
        for (Section section : report.sections()) {
            for (Figure figure : section.figures()) {
                FigureFiles.write(figure, folder.figures());
            }
        }
        HtmlReport.write(report, folder.report());
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
        try {
            folder.update(record -> record.ended(RunStatus.FAILED, reason(failure)));
        } catch (IOException e) {
            // A full disk is a likely reason of both; the first failure is the one to tell.
            failure.addSuppressed(e);
        }
    }

    /// Why something failed, in one line for the user.
    public static String reason(Throwable failure) {
        String message = failure.getMessage();
        return switch (failure) {
            case UncheckedIOException e when e.getCause() != null -> reason(e.getCause());
            case OutOfMemoryError e -> "out of memory (" + message + "): use a smaller network or batch, or give more "
                    + "with SURPRISAL_JAVA_OPTS=-Xmx..g";
            case NoSuchFileException e when e.getReason() == null -> "no such file: " + message;
            case FileNotFoundException e -> "no such file: " + message;
            case AccessDeniedException e when e.getReason() == null -> "no permission: " + message;
            default -> message == null || message.isBlank()
                    ? "internal error: " + failure.getClass().getSimpleName() + "; --debug shows where"
                    : String.join(" ", message.lines().map(String::strip).toList());
        };
    }
}

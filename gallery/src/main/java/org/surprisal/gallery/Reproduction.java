package org.surprisal.gallery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.function.BooleanSupplier;
import org.surprisal.data.DataException;
import org.surprisal.report.Figure;
import org.surprisal.report.FigureFiles;
import org.surprisal.report.Report;
import org.surprisal.report.Section;
import org.surprisal.settings.SettingException;
import org.surprisal.study.Failures;
import org.surprisal.study.Progress;
import org.surprisal.study.RunFolder;
import org.surprisal.study.RunRequest;
import org.surprisal.study.RunStatus;
import org.surprisal.study.Studies;
import org.surprisal.study.dataset.Datasets;
import org.surprisal.study.engine.Citation;
import org.surprisal.study.engine.Finding;
import org.surprisal.study.engine.Results;
import org.surprisal.study.engine.Study;
import org.surprisal.study.engine.StudyRunner;

/// Makes exhibits: runs what they need, the cheapest run first, and keeps the gallery up to date after each.
///
/// Exhibits of the same study, settings and seeds share a run. A run that an earlier call has finished is used again,
/// and one that it has begun goes on.
public final class Reproduction {
    private final Request request;
    private final Studies studies;
    private final Progress progress;
    private final BooleanSupplier interruption;
    private final SequencedMap<String, Outcome> outcomes = new LinkedHashMap<>();
    private final Gallery before;

    /// What is asked for.
    ///
    /// @param known    all exhibits there are
    /// @param exhibits to be made
    /// @param size     of their runs
    /// @param seeds    in place of the exhibits' own numbers
    /// @param jobs     trials that may run at a time; empty for as many as there are threads
    /// @param budget   runs whose estimated time does not fit into what is left of this time are not started
    /// @param data     folder of the data sets
    /// @param out      folder of the gallery, which may hold one from before
    public record Request(Exhibits known, List<Exhibit> exhibits, Size size, OptionalInt seeds, OptionalInt jobs,
            Optional<Duration> budget, Path data, Path out) {}

    private Reproduction(Request request, Studies studies, Progress progress, BooleanSupplier interruption,
            Gallery before) {
        this.request = request;
        this.before = before;
        this.studies = studies;
        this.progress = progress;
        this.interruption = interruption;
    }

    /// Makes the exhibits of a request.
    ///
    /// @return what came of them, in the order of the request; after an interruption some are skipped
    /// @throws IOException with one line, if the gallery cannot be written, or one from before cannot be read
    /// @throws SettingException if a recipe has a setting that its study refuses
    public static Gallery run(Request request, Studies studies, Progress progress, BooleanSupplier interruption)
            throws IOException {
        Path record = request.out().resolve(Gallery.RECORD);
        Gallery before = new Gallery(Files.exists(record) ? GalleryFile.read(record, request.known()) : List.of());
        return new Reproduction(request, studies, progress, interruption, before).run();
    }

    private Gallery run() throws IOException {
        Map<SharedRun, List<Exhibit>> runs = new LinkedHashMap<>();
        Map<SharedRun, Double> seconds = new LinkedHashMap<>();
        for (Exhibit exhibit : request.exhibits()) {
            if (exhibit.isComputed()) {
                outcomes.put(exhibit.id(), computed(exhibit));
                continue;
            }
            Optional<Exhibit.Recipe> recipe = recipe(exhibit);
            if (recipe.isEmpty()) {
                outcomes.put(exhibit.id(), Outcome.skipped(exhibit, request.size(), missing(exhibit),
                        shared(exhibit, exhibit.at(request.size())).command()));
                continue;
            }
            SharedRun run = shared(exhibit, recipe.get());
            runs.computeIfAbsent(run, key -> new ArrayList<>()).add(exhibit);
            seconds.merge(run, recipe.get().seconds() * run.seeds() / recipe.get().seeds(), Math::max);
        }
        List<SharedRun> order = runs.keySet().stream()
                .sorted(Comparator.comparingDouble(run -> seconds.getOrDefault(run, 0.0))).toList();
        long start = System.nanoTime();
        int number = 0;
        for (SharedRun run : order) {
            number++;
            List<Exhibit> own = runs.getOrDefault(run, List.of());
            double left = request.budget().map(budget -> budget.toSeconds() - (System.nanoTime() - start) / 1e9)
                    .orElse(Double.POSITIVE_INFINITY);
            String why = interruption.getAsBoolean()
                    ? "interrupted before its run began"
                    : isDone(run) || seconds.getOrDefault(run, 0.0) <= left
                            ? ""
                            : "its run takes about " + about(seconds.getOrDefault(run, 0.0))
                                    + ", more than is left of the budget";
            if (why.isEmpty()) {
                if (!isDone(run)) {
                    progress.at("run " + number + " of " + order.size() + ": " + run.folder(), 0, 0, "",
                            "about " + about(seconds.getOrDefault(run, 0.0)));
                }
                make(run, own);
            } else {
                own.forEach(exhibit -> outcomes.put(exhibit.id(),
                        Outcome.skipped(exhibit, request.size(), why, run.command())));
            }
            write();
        }
        write();
        return new Gallery(made());
    }

    /// What there is so far, in the order of the request.
    private List<Outcome> made() {
        return request.exhibits().stream().flatMap(exhibit -> Optional.ofNullable(outcomes.get(exhibit.id())).stream())
                .toList();
    }

    /// Writes what there is so far beside what the folder had before. An outcome from before stays where the exhibit
    /// was skipped now.
    private void write() throws IOException {
        List<Outcome> kept = made().stream().filter(outcome -> outcome.status() != Outcome.Status.SKIPPED
                || before.outcomes().stream().noneMatch(outcome::replaces)).toList();
        before.with(kept, request.known()).write(request.out());
    }

    private Outcome computed(Exhibit exhibit) throws IOException {
        long start = System.nanoTime();
        String command = "./surprisal reproduce " + exhibit.id();
        Computed computed;
        try {
            computed = ComputedExhibits.of(exhibit.id());
        } catch (RuntimeException e) {
            return Outcome.failed(exhibit, request.size(), Failures.reason(e), "", command);
        }
        List<String> figures = new ArrayList<>();
        for (Figure figure : computed.figures()) {
            FigureFiles.write(figure, request.out().resolve("figures").resolve(exhibit.id()));
            figures.add("figures/" + exhibit.id() + "/" + figure.id());
        }
        return new Outcome(exhibit, request.size(),
                computed.claims().isEmpty() ? Outcome.Status.SHOWN : Outcome.Status.DECIDED, "",
                (System.nanoTime() - start) / 1e9, computed.claims(), "", figures, command,
                Origin.current());
    }

    /// The recipe that the data folder allows; absent if the exhibit needs files that are not there.
    private Optional<Exhibit.Recipe> recipe(Exhibit exhibit) {
        Exhibit.Recipe whole = exhibit.at(request.size());
        return hasData(exhibit)
                ? Optional.of(whole)
                : request.size() == Size.QUICK ? exhibit.instead().map(whole::with) : Optional.empty();
    }

    private boolean hasData(Exhibit exhibit) {
        if (exhibit.dataset().isEmpty()) {
            return true;
        }
        try {
            Datasets.named(exhibit.dataset()).files().ifPresent(files -> files.present(request.data()));
            return true;
        } catch (DataException missing) {
            return false;
        }
    }

    private String missing(Exhibit exhibit) {
        return "the files of " + exhibit.dataset() + " are not in " + request.data() + ": surprisal data fetch "
                + exhibit.dataset();
    }

    private SharedRun shared(Exhibit exhibit, Exhibit.Recipe recipe) {
        Study study = studies.find(exhibit.study()).orElseThrow(() -> new IllegalStateException(
                "exhibit " + exhibit.id() + " needs the study '" + exhibit.study() + "', which does not exist"));
        try {
            return SharedRun.of(study, exhibit, recipe, request.seeds().orElse(recipe.seeds()));
        } catch (SettingException e) {
            throw new IllegalStateException("exhibit " + exhibit.id() + ": " + e.getMessage(), e);
        }
    }

    private boolean isDone(SharedRun run) {
        Path folder = request.out().resolve(run.folder());
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (RunFolder open = RunFolder.open(folder)) {
            return open.record().status() == RunStatus.DONE;
        } catch (IOException e) {
            // A folder that cannot be read is not done; starting the run there says what is wrong with it.
            return false;
        }
    }

    /// Runs what is missing of a run and reads its exhibits.
    private void make(SharedRun run, List<Exhibit> exhibits) throws IOException {
        Path folder = request.out().resolve(run.folder());
        try {
            if (!isDone(run)) {
                if (Files.isDirectory(folder)) {
                    StudyRunner.resume(run.study(), folder, request.data(), request.jobs(), RunRequest.CHECKPOINT,
                            progress, interruption).close();
                } else {
                    StudyRunner.execute(run.study(), new RunRequest(run.start(request.out()), 1,
                            OptionalInt.of(run.seeds()), request.data(), folder, false, RunRequest.CHECKPOINT,
                            request.jobs()), progress, interruption).close();
                }
            }
            if (!isDone(run)) {
                exhibits.forEach(exhibit -> outcomes.put(exhibit.id(), Outcome.skipped(exhibit, request.size(),
                        "interrupted; the next call goes on with its run", run.command())));
                return;
            }
            try (RunFolder open = RunFolder.open(folder)) {
                Report report = StudyRunner.report(run.study(), open);
                List<Finding> findings = StudyRunner.findings(run.study(), open);
                Results results = StudyRunner.results(run.study(), open);
                double seconds = open.record().timings().getOrDefault("run", 0.0);
                exhibits.forEach(exhibit -> outcomes.put(exhibit.id(), outcome(exhibit, run, report, findings,
                        results, seconds)));
            }
        } catch (IOException | RuntimeException e) {
            exhibits.forEach(exhibit -> outcomes.put(exhibit.id(),
                    Outcome.failed(exhibit, request.size(), Failures.reason(e), "", run.command())));
        }
    }

    private Outcome outcome(Exhibit exhibit, SharedRun run, Report report, List<Finding> findings,
            Results results, double seconds) {
        List<String> drawn = report.sections().stream().map(Section::figures).flatMap(List::stream).map(Figure::id)
                .toList();
        List<String> figures = new ArrayList<>();
        for (String wanted : exhibit.figures()) {
            List<String> found = drawn.stream().filter(id -> id.equals(wanted) || id.startsWith(wanted + "-")).toList();
            if (found.isEmpty()) {
                return Outcome.failed(exhibit, request.size(), "its run has no figure '" + wanted + "'; it has "
                        + String.join(", ", drawn), run.folder(), run.command());
            }
            found.forEach(id -> figures.add(run.folder() + "/figures/" + id));
        }
        List<ClaimOutcome> claims = new ArrayList<>();
        for (String wanted : exhibit.claims()) {
            Optional<Finding> found = findings.stream().filter(each -> each.claim().id().equals(wanted)).findFirst();
            if (found.isEmpty()) {
                return Outcome.failed(exhibit, request.size(), "its study has no claim '" + wanted + "'; it has "
                        + String.join(", ", findings.stream().map(each -> each.claim().id()).toList()), run.folder(),
                        run.command());
            }
            claims.add(ClaimOutcome.of(found.get()));
        }
        Citation source = new Citation(exhibit.document().title(), exhibit.place());
        exhibit.judged().forEach(claim -> claims.add(ClaimOutcome.of(claim.of(results, source).judge(results))));
        String remark = hasData(exhibit)
                ? ""
                : "drawn without " + exhibit.dataset() + ", whose files are not in the data folder";
        return new Outcome(exhibit, request.size(),
                claims.isEmpty() ? Outcome.Status.SHOWN : Outcome.Status.DECIDED, remark, seconds, claims,
                run.folder(), figures, run.command(), Origin.current());
    }

    /// A time in words, in its largest unit.
    static String about(double seconds) {
        return seconds < 90
                ? Math.round(seconds) + " s"
                : seconds < 5400 ? Math.round(seconds / 60) + " min" : Math.round(seconds / 360) / 10.0 + " h";
    }
}

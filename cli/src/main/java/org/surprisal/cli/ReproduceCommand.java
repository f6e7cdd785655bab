package org.surprisal.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.surprisal.data.fetch.DataFolder;
import org.surprisal.gallery.Comparison;
import org.surprisal.gallery.Exhibit;
import org.surprisal.gallery.Exhibits;
import org.surprisal.gallery.Gallery;
import org.surprisal.gallery.Outcome;
import org.surprisal.gallery.RecordedGallery;
import org.surprisal.gallery.Reproduction;
import org.surprisal.gallery.Size;
import org.surprisal.gallery.SourceDocument;
import org.surprisal.report.Verdict;
import org.surprisal.report.Wording;
import org.surprisal.settings.NearestName;
import org.surprisal.study.Studies;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `surprisal reproduce`.
@Command(name = "reproduce", description = {
        "Makes figures, tables and claims of the five documents again, each with a verdict; prints where the gallery"
                + " is.",
        ""},
        footer = {
                "", "Examples:", "  surprisal reproduce schmidt-21",
                "  surprisal reproduce --document schmidt --document landsverk",
                "  surprisal reproduce --all --size document --budget 8h --out gallery",
                "  surprisal reproduce --all --check gallery.json", "",
                "'surprisal list exhibits' shows what there is. Exhibits share runs, and the cheapest run is first. A"
                        + " second call",
                "with the same --out does only what is missing. Ctrl-C keeps what is finished."})
final class ReproduceCommand implements Callable<Integer> {
    private static final Pattern TIME = Pattern.compile("([0-9]{1,6})(s|m|h)");

    private final Console console;
    private final Studies studies;

    @Parameters(arity = "0..*", paramLabel = "ID", description = "exhibits, such as schmidt-21")
    private List<String> ids = List.of();

    @Option(names = "--all", description = "every exhibit")
    private boolean all;

    @Option(names = "--document", paramLabel = "NAME",
            description = "every exhibit of a document: schmidt, landsverk, notes, klambauer or schweizer")
    private List<String> documents = List.of();

    @Option(names = "--size", paramLabel = "SIZE",
            description = "quick: at most a minute each (the default); document: the document's own settings")
    private String size = Size.QUICK.word();

    @Option(names = "--budget", paramLabel = "TIME",
            description = "90s, 45m or 8h: a run that would not end within it is not started")
    private @Nullable String budget;

    @Option(names = "--seeds", paramLabel = "COUNT", description = "how many seeds (default: each exhibit's own)")
    private @Nullable Integer seeds;

    @Option(names = "--jobs", paramLabel = "N",
            description = "trials that run at a time (default: as many as threads)")
    private @Nullable Integer jobs;

    @Option(names = "--data", paramLabel = "DIR",
            description = "data folder (default: $SURPRISAL_DATA, else in the user's cache)")
    private @Nullable String data;

    @Option(names = "--out", paramLabel = "DIR",
            description = "folder of the gallery, which is added to (default: runs/gallery-SIZE)")
    private @Nullable Path out;

    @Option(names = "--check", paramLabel = "FILE",
            description = "a gallery.json from before: fails if a verdict that was held is not held now, or the"
                    + " reverse")
    private @Nullable Path check;

    @Option(names = "--record", arity = "0..1", fallbackValue = ".", paramLabel = "DIR",
            description = "keep the outcomes in the checkout in DIR (default: here): gallery/record.json, and"
                    + " docs/gallery made from it; without exhibits only the pages are made again")
    private @Nullable Path record;

    @Option(names = "--json", description = "print gallery.json instead of the place of the page")
    private boolean json;

    @Option(names = "--quiet", description = "no progress")
    private boolean quiet;

    ReproduceCommand(Console console, Studies studies) {
        this.console = console;
        this.studies = studies;
    }

    @Override
    public Integer call() throws IOException {
        Size chosen = size();
        Exhibits known = Exhibits.builtIn();
        Optional<RecordedGallery> kept = record == null
                ? Optional.empty()
                : Optional.of(new RecordedGallery(record, known));
        if (kept.isPresent() && ids.isEmpty() && documents.isEmpty() && !all) {
            kept.get().writePages();
            return ExitCode.DONE;
        }
        Path folder = out == null ? Path.of("runs", "gallery-" + chosen.word()) : out;
        Reproduction.Request request = new Reproduction.Request(known, exhibits(known), chosen, count("--seeds", seeds),
                count("--jobs", jobs), budget(), DataFolder.resolve(data), folder);
        ProgressLine line = new ProgressLine(console);
        Interruption interruption = Interruption.install(() -> {
            line.close();
            console.err().println("surprisal: stopping at the next step or figure; press ctrl-C again to end at once");
        });
        Gallery gallery;
        try (line) {
            gallery = Reproduction.run(request, studies, quiet ? line.warningsOnly() : line, interruption);
        }
        if (kept.isPresent()) {
            kept.get().keep(gallery, folder);
            kept.get().writePages();
        }
        if (json) {
            console.out().print(gallery.json());
        } else {
            console.err().println("surprisal: " + summary(gallery));
            console.out().println(folder.resolve(Gallery.PAGE));
        }
        boolean reversed = check != null && isReversed(Comparison.of(gallery, check));
        gallery.outcomes().stream().filter(outcome -> outcome.status() == Outcome.Status.FAILED)
                .forEach(outcome -> console.err()
                        .println("surprisal: " + outcome.exhibit().id() + " failed: " + outcome.why()));
        if (interruption.getAsBoolean()) {
            console.err().println("surprisal: interrupted; the same command goes on");
            return ExitCode.INTERRUPTED;
        }
        return reversed || gallery.count(Outcome.Status.FAILED) > 0 ? ExitCode.FAILED : ExitCode.DONE;
    }

    private boolean isReversed(Comparison comparison) {
        comparison.moved().forEach(each -> console.err().println("surprisal: warning: " + each));
        comparison.missing().forEach(each -> console.err().println("surprisal: warning: " + each));
        comparison.reversed().forEach(each -> console.err().println("surprisal: verdict reversed: " + each));
        return !comparison.reversed().isEmpty();
    }

    private List<Exhibit> exhibits(Exhibits known) {
        if (all && (!ids.isEmpty() || !documents.isEmpty())) {
            throw new UsageException("--all is every exhibit: neither ID nor --document can be given beside it");
        }
        List<Exhibit> chosen = new ArrayList<>();
        if (all) {
            chosen.addAll(known.all());
        }
        if (!documents.isEmpty()) {
            chosen.addAll(known.of(documents.stream().map(SourceDocument::of).toList()));
        }
        ids.stream().map(known::named).filter(exhibit -> !chosen.contains(exhibit)).forEach(chosen::add);
        if (chosen.isEmpty()) {
            throw new UsageException(documents.isEmpty()
                    ? "an ID, --document NAME or --all is needed; 'surprisal list exhibits' shows the exhibits"
                    : "no exhibit of " + String.join(", ", documents) + " is there yet; 'surprisal list exhibits' shows"
                            + " the exhibits");
        }
        return chosen;
    }

    private Size size() {
        for (Size each : Size.values()) {
            if (each.word().equals(size)) {
                return each;
            }
        }
        throw new UsageException("--size " + size + NearestName.advice(size,
                List.of(Size.QUICK.word(), Size.DOCUMENT.word()), "sizes"));
    }

    private Optional<Duration> budget() {
        if (budget == null) {
            return Optional.empty();
        }
        Matcher time = TIME.matcher(budget.toLowerCase(Locale.ROOT));
        if (!time.matches()) {
            throw new UsageException("--budget " + budget + ": must be a number of seconds, minutes or hours, such as"
                    + " 90s, 45m or 8h");
        }
        long number = Long.parseLong(time.group(1));
        return Optional.of(switch (time.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        });
    }

    private static OptionalInt count(String option, @Nullable Integer value) {
        if (value == null) {
            return OptionalInt.empty();
        }
        if (value < 1) {
            throw new UsageException(option + " " + value + ": must be at least 1");
        }
        return OptionalInt.of(value);
    }

    private static String summary(Gallery gallery) {
        return Wording.count(gallery.outcomes().size(), "exhibit") + ": " + gallery.count(Outcome.Status.DECIDED)
                + " decided, " + gallery.count(Outcome.Status.SHOWN) + " shown, "
                + gallery.count(Outcome.Status.SKIPPED) + " skipped, " + gallery.count(Outcome.Status.FAILED)
                + " failed; claims: " + gallery.verdicts().getOrDefault(Verdict.HELD, 0L) + " held, "
                + gallery.verdicts().getOrDefault(Verdict.NOT_HELD, 0L) + " not held, "
                + gallery.verdicts().getOrDefault(Verdict.UNDECIDED, 0L) + " undecided";
    }
}

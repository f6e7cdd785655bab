package org.surprisal.bench.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.surprisal.report.Figure;
import org.surprisal.report.FigureFiles;

/// The page about speed: a template, whose prose holds no number that was measured, and what one run has measured.
public final class PerformancePage {
    /// The page's name in its folder.
    public static final String PAGE = "performance.md";
    /// The name of the file with what was measured.
    public static final String RECORD = "performance.json";
    private static final String PICTURE = "performance.svg";
    private static final String TEMPLATE = "performance-template.md";

    private PerformancePage() {
    }

    /// Writes `performance.md` and `images/performance.svg` into a folder, from the `performance.json` in it.
    ///
    /// @return the files that were written
    /// @throws IOException with one line, when the record cannot be read or a file cannot be written
    public static List<Path> write(Path folder) throws IOException {
        SpeedRecord record = SpeedRecord.read(folder.resolve(RECORD));
        List<Path> written = new ArrayList<>();
        Path page = folder.resolve(PAGE);
        Files.writeString(page, of(record));
        written.add(page);
        Optional<String> picture = picture(record);
        if (picture.isPresent()) {
            Path images = Files.createDirectories(folder.resolve("images"));
            written.add(Files.writeString(images.resolve(PICTURE), picture.get()));
        }
        return written;
    }

    /// The page's text.
    static String of(SpeedRecord record) {
        return template().replace("{machine}", machine(record)).replace("{rounds}", Integer.toString(record.rounds()))
                .replace("{table}", table(record)).replace("{peer}", record.peer());
    }

    /// The figure as an SVG document; empty where nothing has a peer.
    static Optional<String> picture(SpeedRecord record) throws IOException {
        Optional<Figure> figure = SpeedFigure.of(record);
        if (figure.isEmpty()) {
            return Optional.empty();
        }
        Path folder = Files.createTempDirectory("surprisal-bench");
        List<Path> files = FigureFiles.write(figure.get(), folder);
        String svg = Files.readString(folder.resolve(figure.get().id() + ".svg"));
        for (Path file : files) {
            Files.delete(file);
        }
        Files.delete(folder);
        return Optional.of(svg);
    }

    private static String machine(SpeedRecord record) {
        SpeedRecord.Computer at = record.computer();
        return String.format(Locale.ROOT,
                "%s, %d processors%s; %s; JDK %s; products by %s, element-wise loops in %s, on %d threads; %s; commit"
                        + " %s; begun %s; load average %.1f before and %.1f after.",
                at.processor(), at.cores(),
                at.vectorInstructions().isEmpty() ? "" : " (" + String.join(" ", at.vectorInstructions()) + ")",
                at.system(), at.java(), at.products(), at.elementwise(), at.threads(), record.peer(), at.commit(),
                at.began(), at.loadBefore(), at.loadAfter());
    }

    private static String table(SpeedRecord record) {
        StringBuilder text = new StringBuilder();
        line(text, "workload", "Surprisal", "PyTorch", "times as fast", "of the limit", "target");
        line(text, "---", "---", "---", "---", "---", "---");
        for (SpeedRecord.Row row : record.rows()) {
            line(text, "`" + row.name() + "`: " + row.summary(),
                    row.failure().map(reason -> "not measured: " + reason)
                            .orElseGet(() -> row.ours().map(rate -> number(rate) + " " + row.unit() + "/s").orElse("")),
                    peer(row), timesAsFast(row), row.ofLimit().map(PerformancePage::percent).orElse(""), goals(row));
        }
        for (SpeedRecord.CommandTime command : record.commands()) {
            line(text, "`" + command.command() + "`, start to end",
                    String.format(Locale.ROOT, "%.3f s [%.3f, %.3f]", command.median(), command.lower(),
                            command.upper()),
                    "", "", "", String.format(Locale.ROOT, "≤ %.2f s: %s", command.most(),
                            verdict(command.median() <= command.most())));
        }
        return text.toString().stripTrailing();
    }

    private static void line(StringBuilder text, String... cells) {
        text.append("| ")
                .append(List.of(cells).stream().map(cell -> cell.replace("|", "\\|"))
                        .collect(Collectors.joining(" | ")))
                .append(" |\n");
    }

    private static String peer(SpeedRecord.Row row) {
        if (row.peer().isEmpty()) {
            return "";
        }
        String threads = row.peerThreads().isEmpty()
                ? ""
                : row.peerThreads().getAsInt() == 1 ? ", 1 thread" : ", " + row.peerThreads().getAsInt() + " threads";
        return number(row.peer().get()) + threads;
    }

    private static String timesAsFast(SpeedRecord.Row row) {
        String ratio = row.timesAsFast().map(each -> String.format(Locale.ROOT, "**%.2f** [%.2f, %.2f]", each.median(),
                each.low(), each.high())).orElse("");
        return (ratio + row.disturbed().map(words -> " **disturbed**: " + words).orElse("")).strip();
    }

    private static String percent(SpeedRecord.Interval share) {
        return String.format(Locale.ROOT, "%.0f %% [%.0f, %.0f]", 100 * share.median(), 100 * share.low(),
                100 * share.high());
    }

    private static String goals(SpeedRecord.Row row) {
        return row.goals().stream()
                .map(goal -> goal.words().replace(">=", "≥") + ": "
                        + (goal.measured().isEmpty() ? "not measured" : verdict(goal.reached())))
                .collect(Collectors.joining("; "));
    }

    private static String verdict(boolean reached) {
        return reached ? "**reached**" : "not reached";
    }

    /// Three digits at least.
    private static String number(double value) {
        double size = Math.abs(value);
        if (size >= 1e7) {
            return String.format(Locale.ROOT, "%.3g", value).replaceAll("e\\+?0*(\\d+)", " · 10^$1");
        }
        int decimals = size == 0 ? 0 : Math.clamp(2 - (int) Math.floor(Math.log10(size)), 0, 6);
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }

    private static String template() {
        try (InputStream in = PerformancePage.class.getResourceAsStream(TEMPLATE)) {
            if (in == null) {
                throw new IllegalStateException(TEMPLATE + " is missing: build with Maven");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(TEMPLATE + " cannot be read", e);
        }
    }
}

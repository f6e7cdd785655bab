package org.surprisal.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.surprisal.data.fetch.DataFolder;
import org.surprisal.data.fetch.RemoteFiles;
import org.surprisal.study.dataset.Datasets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `surprisal data info NAME`.
@Command(name = "info", description = {"Tells what a data set is, and which of its files are there.", ""}, footer = {"",
        "Example:", "  surprisal data info mnist --json"})
final class DataInfoCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(index = "0", paramLabel = "NAME", completionCandidates = DatasetNames.class,
            description = "name of the data set")
    private String name = "";

    @Option(names = "--data", paramLabel = "DIR",
            description = "data folder (default: $SURPRISAL_DATA, else in the user's cache)")
    private @Nullable String data;

    @Option(names = "--json", description = "print one JSON object")
    private boolean json;

    DataInfoCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Datasets.Entry dataset = DatasetNames.find(name);
        Path folder = DataFolder.resolve(data);
        if (json) {
            JsonAnswer.print(console, answer(dataset, folder));
        } else {
            print(dataset, folder);
        }
        return ExitCode.DONE;
    }

    private static Map<String, Object> answer(Datasets.Entry dataset, Path folder) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("name", dataset.name());
        answer.put("summary", dataset.description());
        answer.put("embedded", dataset.embedded());
        answer.put("published", dataset.published().name().toLowerCase(Locale.ROOT));
        dataset.files().ifPresent(remote -> {
            answer.put("folder", remote.in(folder).toString());
            answer.put("mirrors", remote.mirrors().stream().map(Object::toString).toList());
            answer.put("files", remote.files().stream().map(file -> {
                Map<String, Object> entry = new LinkedHashMap<>();
                entry.put("name", file.name());
                entry.put("bytes", file.size());
                entry.put("sha256", file.sha256());
                entry.put("present", isPresent(remote, file, folder));
                return entry;
            }).toList());
        });
        return answer;
    }

    private void print(Datasets.Entry dataset, Path folder) {
        console.out().println(dataset.name() + ": " + dataset.description());
        console.out().println("parts: " + switch (dataset.published()) {
            case NONE -> "all drawn from the seed";
            case TEST -> "the test part as published, validation drawn from the seed";
            case ALL -> "training, validation and test as published";
        });
        if (dataset.files().isEmpty()) {
            console.out().println("made here, needs no file");
            return;
        }
        RemoteFiles remote = dataset.files().get();
        console.out().println("folder: " + remote.in(folder));
        TextTable table = TextTable.plain("  ");
        remote.files().forEach(file -> table.row(file.name(),
                new TextTable.Cell(String.format(Locale.ROOT, "%,d bytes", file.size()), true),
                isPresent(remote, file, folder) ? "there" : "missing"));
        table.print(console);
        if (!missing(remote, folder).isEmpty()) {
            console.out().println("'surprisal data fetch " + dataset.name() + "' downloads what is missing");
        }
    }

    /// The files that are not there, neither as they are downloaded nor unpacked.
    static List<String> missing(RemoteFiles remote, Path folder) {
        return remote.files().stream().filter(file -> !isPresent(remote, file, folder)).map(RemoteFiles.File::name)
                .toList();
    }

    private static boolean isPresent(RemoteFiles remote, RemoteFiles.File file, Path folder) {
        Path packed = remote.in(folder).resolve(file.name());
        return Files.exists(packed) || Files.exists(Path.of(packed.toString().replaceFirst("\\.gz$", "")));
    }
}

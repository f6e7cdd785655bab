package org.surprisal.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.surprisal.data.fetch.DataFolder;
import org.surprisal.data.fetch.Download;
import org.surprisal.data.fetch.RemoteFiles;
import org.surprisal.study.dataset.Datasets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `surprisal data fetch NAME`.
@Command(name = "fetch", description = {
        "Downloads what is missing of a data set, checks it, and prints the folder where it is.", ""},
        footer = {"",
                "Example:", "  surprisal data fetch mnist --data ~/data"})
final class DataFetchCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(index = "0", paramLabel = "NAME", completionCandidates = DatasetNames.class,
            description = "name of the data set")
    private String name = "";

    @Option(names = "--data", paramLabel = "DIR",
            description = "data folder (default: $SURPRISAL_DATA, else in the user's cache)")
    private @Nullable String data;

    DataFetchCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        Datasets.Entry dataset = DatasetNames.find(name);
        if (dataset.files().isEmpty()) {
            console.err().println("surprisal: the data set '" + name + "' is made here and needs no file");
            return ExitCode.DONE;
        }
        RemoteFiles files = dataset.files().get();
        Path folder = DataFolder.resolve(data);
        Thread downloading = Thread.currentThread();
        // The download, interrupted, clears its unfinished file away.
        Interruption interruption = Interruption.install(downloading::interrupt);
        List<String> fetched;
        try (ProgressLine line = new ProgressLine(console)) {
            fetched = new Download(files, folder).run(
                    (file, done, total) -> line.at("downloading " + file, done, total, "bytes", ""));
        } catch (InterruptedException e) {
            if (!interruption.getAsBoolean()) {
                throw e;
            }
            console.err().println("surprisal: interrupted; the files that were finished are in " + files.in(folder));
            return ExitCode.INTERRUPTED;
        }
        console.err().println(fetched.isEmpty() ? "everything was there" : "downloaded " + String.join(", ", fetched));
        console.out().println(files.in(folder));
        return ExitCode.DONE;
    }
}

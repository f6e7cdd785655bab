package org.surprisal.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;

import org.surprisal.study.RunFolder;
import org.surprisal.study.RunStatus;
import org.surprisal.study.Studies;
import org.surprisal.study.engine.Study;
import org.surprisal.study.engine.StudyRunner;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `surprisal report DIR`.
@Command(name = "report", description = {
        "Draws the figures and the report of a run again, without running it; prints where the report is.",
        ""}, footer = {"", "Example:", "  surprisal report runs/first"})
final class ReportCommand implements Callable<Integer> {
    private final Console console;
    private final Studies studies;

    @Parameters(index = "0", paramLabel = "DIR", description = "a run folder, of an interrupted run too")
    private Path path = Path.of("");

    ReportCommand(Console console, Studies studies) {
        this.console = console;
        this.studies = studies;
    }

    @Override
    public Integer call() throws IOException {
        try (RunFolder folder = RunFolder.open(path)) {
            Study study = studies.find(folder.record().study()).orElseThrow(() -> new IOException(
                    path + " holds a run of the study '" + folder.record().study()
                            + "', which this version does not have"));
            RunStatus status = folder.record().status();
            if (status != RunStatus.DONE) {
                console.err().println("surprisal: warning: the status of this run is '" + status.word()
                        + "': the report shows what there is");
            }
            StudyRunner.draw(study, folder);
            console.out().println(folder.report());
            return ExitCode.DONE;
        }
    }
}

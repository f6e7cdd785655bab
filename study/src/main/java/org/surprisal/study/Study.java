package org.surprisal.study;

import java.io.IOException;
import java.util.List;
import org.surprisal.report.Report;
import org.surprisal.settings.Setting;

/// An experiment: what it can be told, how it is run, and how its findings are drawn.
///
/// Running and drawing are apart so that a report can be redrawn without running again: [#draw] sees nothing but the
/// run folder. A study object has no state.
public interface Study {
    /// The name on the command line: lower-case words joined by hyphens.
    String name();

    /// What the study shows, in a line.
    String summary();

    /// Everything that can be set, in the order in which a person should read it.
    List<Setting<?>> settings();

    /// The format of the run folder's metrics.csv ([RunRecord#format()]).
    default int format() {
        return RunRecord.ROWS_WITH_CASES;
    }

    /// Does the work, and keeps numbers in the run's folder as they come.
    ///
    /// Asks [Run#interrupted()] at every step; once it is true, the study keeps what is finished and returns normally.
    /// The same settings, seed, machine and threads give the same bytes of metrics and arrays.
    ///
    /// @throws IOException or an unchecked exception whose message is one line for the user: what was wrong, and what
    ///                     would be right
    void run(Run run) throws IOException;

    /// The report of what the folder holds. The folder of an interrupted run holds a part of the numbers: draw those,
    /// and say so.
    ///
    /// @throws IOException if the folder's files are missing or damaged; one line
    Report draw(RunFolder folder) throws IOException;
}

package org.surprisal.study.engine;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.surprisal.report.Section;
import org.surprisal.report.Wording;
import org.surprisal.settings.Setting;
import org.surprisal.settings.Settings;
import org.surprisal.study.RunFolder;

/// A question put to networks (or estimators, or formulas) and answered with numbers, figures and verdicts. Has no
/// state.
public interface Study {
    /// The name on the command line: lower-case words joined by hyphens.
    String name();

    /// What the study shows, in a line.
    String summary();

    /// The title of its report.
    String title();

    /// The title of the report of a run, where it says more than that of the study: which file, which data.
    default String title(Results results) {
        return title();
    }

    /// What was done and how to read the report, in a few sentences.
    String lead();

    /// What was found, in two or three sentences without brackets, for a person who has not read anything else. The
    /// numbers recorded so far may be a part of those of the run.
    ///
    /// @param findings what the numbers say about the claims
    default List<String> found(Results results, Findings findings) {
        return findings.sentences();
    }

    /// Everything that can be set, in the order in which a person should read it: blocks that several studies share,
    /// and its own.
    List<Setting<?>> settings();

    /// Which trials there are.
    ///
    /// @throws org.surprisal.settings.SettingException if settings contradict each other
    Design design(Settings settings);

    /// The study as a run of it has it: one whose design a file describes reads the file here, or the copy that the run
    /// kept.
    ///
    /// @param folder of the run, which has begun
    /// @throws IOException with one line, if there is no such file
    /// @throws org.surprisal.settings.SettingException if the file says what cannot be
    default Study in(RunFolder folder) throws IOException {
        return this;
    }

    /// Texts that a run keeps beside its numbers, by the names of their files.
    ///
    /// @param inputs as [#check] has accepted them
    default SequencedMap<String, String> texts(Inputs inputs) {
        return new LinkedHashMap<>();
    }

    /// Refuses settings that do not fit each other or the data, before anything is kept. Trials need not repeat these
    /// checks.
    ///
    /// @param inputs with the seed of the first trials
    /// @throws org.surprisal.settings.SettingException in one line
    default void check(Inputs inputs) {
    }

    /// One trial: builds, trains, measures, records. It depends on the trial's cell, the settings and the shared inputs
    /// alone, so that trials can run side by side and in any order.
    void run(Trial trial);

    /// Figures and tables of what has been recorded so far.
    List<Section> report(Results results);

    /// What the study judges.
    default List<Claim> claims() {
        return List.of();
    }

    /// The line below the title of the report: what the networks are.
    default String subtitle(Results results) {
        return Wording.count(results.seeds().size(), "seed");
    }
}

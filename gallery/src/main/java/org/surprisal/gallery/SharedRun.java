package org.surprisal.gallery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.surprisal.data.file.AtomicFile;
import org.surprisal.settings.Settings;
import org.surprisal.study.Sha256;
import org.surprisal.study.engine.Study;
import org.surprisal.study.experiment.ExperimentStudy;

/// A run that one or several exhibits are made from: exhibits of the same study, settings and seeds share it.
///
/// @param study    to be run
/// @param file     the experiment's file among the resources; empty for a study that has none
/// @param text     of that file
/// @param given    settings that differ from the study's defaults, in the order in which they were given
/// @param settings every setting in its canonical text
/// @param seeds    how many, from 1 on
record SharedRun(Study study, String file, String text, Map<String, String> given, Map<String, String> settings,
        int seeds) {

    /// The run of a recipe.
    ///
    /// @throws org.surprisal.settings.SettingException if the study refuses a setting
    static SharedRun of(Study study, Exhibit exhibit, Exhibit.Recipe recipe, int seeds) {
        boolean isExperiment = !exhibit.file().isEmpty();
        return new SharedRun(study, exhibit.file(),
                isExperiment ? ExhibitFile.text("experiments/" + exhibit.file()) : "", recipe.settings(),
                isExperiment ? Map.of() : Settings.of(study.settings(), recipe.settings()).asMap(), seeds);
    }

    /// The folder of the run below that of the gallery: the same for the same study, settings and seeds.
    String folder() {
        // A setting that is written in another way is the same setting, but 'given' of an experiment is kept as it is.
        String identity = text + (settings.isEmpty() ? given : settings) + " seeds " + seeds;
        String name = file.isEmpty() ? study.name() : file.replace(".yaml", "");
        return "runs/" + name + "-" + Sha256.of(study.name() + identity).substring(0, 8);
    }

    /// The settings with which the run is started. The file of an experiment is copied into the gallery.
    Settings start(Path gallery) throws IOException {
        if (file.isEmpty()) {
            return Settings.of(study.settings(), given);
        }
        Path copy = gallery.resolve("experiments").resolve(file);
        Files.createDirectories(copy.getParent());
        AtomicFile.writeText(copy, text);
        return Settings.of(study.settings(), ExperimentStudy.settings(copy, given));
    }

    /// The command that makes the run by itself.
    String command() {
        StringBuilder command = new StringBuilder("./surprisal run ");
        command.append(file.isEmpty() ? study.name() : "docs/results/" + file);
        given.forEach((key, value) -> command.append(" --set ").append(word(key + "=" + value)));
        return command.append(" --seeds ").append(seeds).toString();
    }

    /// A word of a shell's command.
    private static String word(String text) {
        return text.matches("[A-Za-z0-9_.,=:/+-]*") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}

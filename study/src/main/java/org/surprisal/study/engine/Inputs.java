package org.surprisal.study.engine;

import org.surprisal.settings.Setting;
import org.surprisal.settings.Settings;

/// What a trial has before it begins: the settings, a seed, and the inputs that trials share.
public interface Inputs {
    /// All settings of the run.
    Settings settings();

    /// The value of a setting.
    default <T> T get(Setting<T> setting) {
        return settings().get(setting);
    }

    /// The seed of every random choice.
    long seed();

    /// An immutable input that trials share, such as a data set, loaded once however many trials ask.
    ///
    /// @param input equal for equal inputs, the seed among its components if the input is drawn by it
    <T> T input(Input<T> input);

    /// Tells the person who watches something that matters about the work, in one line.
    void warning(String line);
}

package org.surprisal.settings;

import java.util.Collection;

/// A setting that a study does not have, or a value that it does not take. The message is one line for the user.
public final class SettingException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private SettingException(String message) {
        super(MessageText.line(message));
    }

    /// A value that does not do.
    ///
    /// @param allowed what would be right, such as `an integer from 1 to 9`
    public static SettingException badValue(String key, String value, String allowed) {
        return new SettingException("setting " + key + "=" + value + ": must be " + allowed);
    }

    /// Something wrong in a file that describes an experiment.
    ///
    /// @param place   file and, where known, line
    /// @param problem what is wrong, and what would be right
    public static SettingException at(String place, String problem) {
        return new SettingException(place + ": " + problem);
    }

    static SettingException unknownKey(String key, Collection<String> keys) {
        return new SettingException(
                "unknown setting " + MessageText.quoted(key) + NearestName.advice(key, keys, "settings"));
    }
}

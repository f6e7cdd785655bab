package org.surprisal.study;

/// Where a study tells how far it is. Whoever listens decides what to show and how often, so a study may tell at every
/// step.
@FunctionalInterface
public interface Progress {
    /// Nobody listens.
    Progress SILENT = (phase, done, total, unit, message) -> {
    };

    /// A part of the work has been done.
    ///
    /// @param phase   what is being done, such as `training`; a new phase starts its own count and clock
    /// @param done    units done in this phase
    /// @param total   units in this phase, or 0 if that is not known
    /// @param unit    of the count, in plural: `samples`
    /// @param message something worth seeing now, such as `loss 0.31 nat`; may be empty
    void at(String phase, long done, long total, String unit, String message);

    /// Something that a person should know about what the work is done with: a column that was left out of the data,
    /// for example.
    ///
    /// @param message one line
    default void warning(String message) {
        at(message, 0, 0, "", "");
    }

    /// The warnings alone of this listener.
    default Progress warningsOnly() {
        Progress all = this;
        return new Progress() {
            @Override
            public void at(String phase, long done, long total, String unit, String message) {
                // Not shown.
            }

            @Override
            public void warning(String message) {
                all.warning(message);
            }
        };
    }
}

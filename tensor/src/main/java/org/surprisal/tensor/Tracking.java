package org.surprisal.tensor;

import java.util.function.Supplier;

/// Switches the recording of operations off for a piece of code, on this thread: measurements and evaluation need no
/// gradients, and unrecorded operations keep no inputs alive.
public final class Tracking {
    private static final ScopedValue<Boolean> RECORDING = ScopedValue.newInstance();

    private Tracking() {
    }

    /// Runs `body` without recording; its results are constants.
    public static <T> T off(Supplier<T> body) {
        return ScopedValue.where(RECORDING, false).call(body::get);
    }

    /// Runs `body` with recording, wherever it was called: second derivatives need a record of the first ones.
    static <T> T on(Supplier<T> body) {
        return ScopedValue.where(RECORDING, true).call(body::get);
    }

    static boolean isOn() {
        return RECORDING.orElse(true);
    }
}

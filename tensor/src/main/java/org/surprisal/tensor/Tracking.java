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

    /// @param what needs a record
    /// @throws IllegalStateException where nothing is recorded
    static void requireOn(String what) {
        if (!isOn()) {
            throw new IllegalStateException(what + " records the gradients, and tracking is off here: call it outside"
                    + " Tracking.off, or take constants by Gradients.of or Jacobian.vectorJacobian");
        }
    }

    static boolean isOn() {
        return RECORDING.orElse(true);
    }
}

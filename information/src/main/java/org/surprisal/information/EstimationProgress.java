package org.surprisal.information;

import java.util.Optional;
import java.util.function.Supplier;

/// Tells how far an estimate is that compares all pairs of samples. A number of walks over the pairs may follow each
/// other, each counted from 0; how many there will be is not known.
public final class EstimationProgress {

    private static final ScopedValue<Listener> LISTENER = ScopedValue.newInstance();

    private EstimationProgress() {
    }

    /// Hears from several threads.
    @FunctionalInterface
    public interface Listener {
        /// A part of a walk is done.
        ///
        /// @param done parts of this walk that are done
        /// @param total parts of this walk, more than one
        void at(long done, long total);
    }

    /// Runs an estimate in this thread with a listener; estimates in other threads are not heard.
    public static <T> T during(Supplier<T> estimate, Listener listener) {
        return ScopedValue.where(LISTENER, listener).call(estimate::get);
    }

    /// Returns the listener of this thread; empty without one.
    public static Optional<Listener> listener() {
        return LISTENER.isBound() ? Optional.of(LISTENER.get()) : Optional.empty();
    }

    /// A part of a walk of this thread is done.
    ///
    /// @param done parts that are done
    /// @param total parts of the walk
    public static void tell(long done, long total) {
        listener().ifPresent(listening -> listening.at(done, total));
    }
}

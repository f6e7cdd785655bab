package org.surprisal.cli;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/// Ctrl-C: the first asks the work to stop at its next step, a second ends the process at once.
final class Interruption implements BooleanSupplier {
    private final AtomicBoolean asked = new AtomicBoolean();
    private final Runnable onFirst;

    private Interruption(Runnable onFirst) {
        this.onFirst = onFirst;
    }

    /// Takes over SIGINT and SIGTERM for the rest of the process.
    ///
    /// @param onFirst run at the first signal, on a thread of the JVM's
    static Interruption install(Runnable onFirst) {
        Interruption interruption = new Interruption(onFirst);
        interruption.handle("INT");
        interruption.handle("TERM");
        return interruption;
    }

    @Override
    public boolean getAsBoolean() {
        return asked.get();
    }

    /// A signal has come.
    void signalled() {
        if (asked.compareAndSet(false, true)) {
            onFirst.run();
        } else {
            Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
        }
    }

    /// By reflection: the compiler warns of `sun.misc.Signal` in a way that cannot be answered, and a shutdown hook,
    /// the other way to hear of a signal, can tell neither a second one nor choose the exit code.
    private void handle(String signal) {
        try {
            Class<?> signals = Class.forName("sun.misc.Signal");
            Class<?> handlers = Class.forName("sun.misc.SignalHandler");
            MethodHandle signalled = MethodHandles.lookup().bind(this, "signalled",
                    MethodType.methodType(void.class));
            Object handler = MethodHandleProxies.asInterfaceInstance(handlers,
                    MethodHandles.dropArguments(signalled, 0, signals));
            signals.getMethod("handle", signals, handlers).invoke(null,
                    signals.getConstructor(String.class).newInstance(signal), handler);
        } catch (ReflectiveOperationException e) {
            // Signals are then the JVM's: ctrl-C ends the process at once, and rows kept so far are on disk.
            return;
        }
    }
}

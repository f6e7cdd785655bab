package org.surprisal.study.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// The inputs that trials of a run share, each loaded once while it is in use: those used last stay in memory.
final class SharedInputs {
    private final Run run;
    private final int most;
    private final Map<Input<?>, CompletableFuture<Object>> loaded = new LinkedHashMap<>(16, 0.75f, true);

    /// @param most inputs that stay in memory
    SharedInputs(Run run, int most) {
        this.run = run;
        this.most = most;
    }

    /// The input, loaded here and now unless it is there or another thread loads it.
    @SuppressWarnings("unchecked")
    <T> T get(Input<T> input) {
        CompletableFuture<Object> mine = new CompletableFuture<>();
        CompletableFuture<Object> known;
        synchronized (loaded) {
            known = loaded.putIfAbsent(input, mine);
            if (loaded.size() > most) {
                loaded.remove(loaded.keySet().iterator().next());
            }
        }
        if (known == null) {
            try {
                mine.complete(load(input));
            } catch (RuntimeException | Error e) {
                mine.completeExceptionally(e);
            }
            known = mine;
        }
        try {
            return (T) known.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException exception) {
                throw exception;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e;
        }
    }

    /// Loads an input, and notes its files, so that a resumed run is refused when they have changed. Loads first,
    /// because what is wrong with a file is told best by who reads it.
    private <T> Object load(Input<T> input) {
        T loaded = input.load(run.data());
        synchronized (run) {
            try {
                if (input.dataset().isPresent()) {
                    run.folder().uses(input.dataset().get(), run.data(), run.progress()::warning);
                }
                if (!input.files().isEmpty()) {
                    run.folder().uses(input.files(), run.progress()::warning);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return loaded;
    }
}

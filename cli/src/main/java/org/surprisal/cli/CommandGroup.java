package org.surprisal.cli;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// A command that only holds others: by itself it is wrong usage.
public abstract class CommandGroup implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw new UsageException("a command is needed: "
                + String.join(", ", Objects.requireNonNull(spec).commandLine().getSubcommands().keySet()));
    }
}

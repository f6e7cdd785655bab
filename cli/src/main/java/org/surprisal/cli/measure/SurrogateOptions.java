package org.surprisal.cli.measure;

import org.jspecify.annotations.Nullable;
import org.surprisal.cli.Choice;
import org.surprisal.cli.UsageException;
import org.surprisal.information.mutual.Surrogates;
import org.surprisal.study.Failures;
import picocli.CommandLine.Option;

/// How pairs are broken up for a null distribution.
final class SurrogateOptions {
    @Option(names = "--surrogates", paramLabel = "NAME",
            description = "how --permutations breaks pairs up: shuffle, for rows that are independent of each other, or"
                    + " rotate or blocks, for time series (default: shuffle)")
    private @Nullable String surrogates;

    @Option(names = "--block-length", paramLabel = "L", description = "rows of a block of --surrogates blocks")
    private @Nullable Integer blockLength;

    /// The surrogates that were asked for.
    ///
    /// @throws UsageException if there are none of this name, or nothing is broken up
    Surrogates chosen(@Nullable Integer permutations) {
        if (surrogates == null) {
            requireNoBlocks(blockLength, "shuffle");
            return Surrogates.SHUFFLE;
        }
        if (permutations == null) {
            throw new UsageException("--surrogates needs --permutations B: it says how pairs are broken up for them");
        }
        String name = Choice.of("--surrogates", surrogates, new String[]{"shuffle", "rotate", "blocks"}, each -> each);
        return named(name, blockLength);
    }

    /// Surrogates by their name.
    ///
    /// @param name one of 'shuffle', 'rotate' and 'blocks'
    /// @throws UsageException if blocks have no length, or others have one
    static Surrogates named(String name, @Nullable Integer blockLength) {
        if (!name.equals("blocks")) {
            requireNoBlocks(blockLength, name);
            return name.equals("rotate") ? Surrogates.ROTATE : Surrogates.SHUFFLE;
        }
        if (blockLength == null) {
            throw new UsageException("--surrogates blocks needs --block-length L: many times the number of rows over"
                    + " which a row resembles another");
        }
        try {
            return new Surrogates.Blocks(blockLength);
        } catch (IllegalArgumentException e) {
            throw new UsageException(Failures.words(e));
        }
    }

    static void requireNoBlocks(@Nullable Integer blockLength, String name) {
        if (blockLength != null) {
            throw new UsageException("--block-length is an option of --surrogates blocks, not of " + name);
        }
    }
}

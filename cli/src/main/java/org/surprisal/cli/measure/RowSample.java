package org.surprisal.cli.measure;

import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.surprisal.cli.UsageException;
import org.surprisal.information.mutual.Variable;
import org.surprisal.tensor.RandomStream;
import picocli.CommandLine.Option;

/// Rows drawn at random without replacement, of a file with more rows than an estimator can compare. They keep their
/// order.
final class RowSample {
    private static final int FEWEST = 2;

    @Option(names = {"--sample", "--samples"}, paramLabel = "N",
            description = "estimate from N rows, drawn without replacement by --seed")
    private @Nullable Integer count;

    /// How many rows are asked for; null for all.
    @Nullable
    Integer count() {
        return count;
    }

    /// @throws UsageException if fewer than two rows are asked for
    void check() {
        if (count != null && count < FEWEST) {
            throw new UsageException("--sample " + count + ": must be at least " + FEWEST);
        }
    }

    /// The rows to be taken of `total`; all where no fewer were asked for.
    int[] rows(int total, RandomStream stream) {
        if (count == null || count >= total) {
            return everyRow(total);
        }
        int[] rows = Arrays.copyOf(stream.child("sample").permutation(total), count);
        Arrays.sort(rows);
        return rows;
    }

    private static int[] everyRow(int total) {
        int[] rows = new int[total];
        Arrays.setAll(rows, i -> i);
        return rows;
    }

    /// These rows of a variable; the variable itself where they are all.
    @SuppressWarnings("unchecked")
    static <V extends Variable> V take(V variable, int... rows) {
        return rows.length == variable.count() ? variable : (V) variable.take(rows);
    }

    /// How many rows there were, for the settings of an answer.
    void describe(Map<String, ? super Integer> settings, int total) {
        if (count != null) {
            settings.put("sample", Math.min(count, total));
            settings.put("rows", total);
        }
    }

    /// ' of 2000000' behind a number of pairs, or nothing.
    String of(int total) {
        return count == null || count >= total ? "" : " of " + total;
    }
}

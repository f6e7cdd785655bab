package org.surprisal.information.mutual;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.surprisal.information.column.Spread;
import org.surprisal.tensor.Tensor;

/// Samples of a continuous variable, one in a row.
public final class Continuous implements Variable {

    private final String name;
    private final Tensor values;
    /// Found when first asked for: a permutation test asks for each permutation.
    private volatile @Nullable List<Optional<Spread>> nearSpreads;

    private Continuous(String name, Tensor values) {
        this.name = name;
        this.values = values;
    }

    /// A continuous variable.
    ///
    /// @param name what messages call it
    /// @param values shape (n), n numbers; (n, d), n points of d coordinates; or (n, …), flattened to (n, d) in
    /// row-major order, as maps of a convolution are
    /// @throws IllegalArgumentException if there is no sample, no coordinate, or a value is NaN or infinite
    public static Continuous of(String name, Tensor values) {
        if (values.rank() == 0 || values.size() == 0) {
            throw new IllegalArgumentException(
                    "%s of shape %s has no samples, shape (n, d) needed".formatted(name, values.shape()));
        }
        int n = values.length(0);
        Tensor matrix = values.detached().reshape(n, values.size() / n);
        if (!matrix.isFinite()) {
            throw new IllegalArgumentException(name + firstNotFinite(matrix) + ", a finite value needed");
        }
        return new Continuous(name, matrix);
    }

    private static String firstNotFinite(Tensor matrix) {
        for (int i = 0; i < matrix.length(0); i++) {
            for (int j = 0; j < matrix.length(1); j++) {
                if (!Double.isFinite(matrix.at(i, j))) {
                    return String.format(Locale.ROOT, "[%d][%d] = %s", i, j, matrix.at(i, j));
                }
            }
        }
        throw new IllegalStateException("all elements of " + matrix + " are finite");
    }

    @Override
    public String name() {
        return name;
    }

    /// The samples, shape (n, d), finite.
    public Tensor values() {
        return values;
    }

    @Override
    public int count() {
        return values.length(0);
    }

    /// Number of coordinates d, at least 1.
    public int dimension() {
        return values.length(1);
    }

    @Override
    public Continuous take(int... samples) {
        return new Continuous(name, values.rows(samples));
    }

    /// Returns a copy column by column, float64: element `[j][i]` is coordinate j of sample i.
    public double[][] columns() {
        double[] flat = values.toDoubles();
        int n = count();
        int d = dimension();
        double[][] columns = new double[d][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < d; j++) {
                columns[j][i] = flat[i * d + j];
            }
        }
        return columns;
    }

    /// The spread of each coordinate without far values, in the order of the coordinates; empty for a coordinate that
    /// has none.
    List<Optional<Spread>> nearSpreads() {
        List<Optional<Spread>> known = nearSpreads;
        if (known == null) {
            known = Arrays.stream(columns()).map(Spread::ofNear).toList();
            nearSpreads = known;
        }
        return known;
    }

    /// Whether the other variable has the same numbers in the same shape.
    boolean sameValues(Continuous other) {
        return values == other.values || (values.shape().equals(other.values.shape())
                && Arrays.equals(values.toDoubles(), other.values.toDoubles()));
    }
}

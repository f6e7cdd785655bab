package org.surprisal.information.automatic;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;
import org.surprisal.information.mutual.Continuous;
import org.surprisal.information.mutual.Discrete;
import org.surprisal.information.mutual.Variable;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

/// What two variables are, by their types and by how many of their values are equal.
///
/// Equal values of a coordinate that is not discrete are put into a random order (the distributional transform,
/// Rüschendorf 2009): the coordinate is replaced by its ranks, equal values getting theirs by chance. That is the value
/// and a random number that depends on nothing else, which together share with the other variable what the value alone
/// does.
///
/// @param kind of the pair
/// @param tied whether equal values were put into a random order
/// @param x symbols instead of a variable of few different values, ranks instead of coordinates with equal ones
/// @param y likewise
record Kinds(Kind kind, boolean tied, Variable x, Variable y) {

    /// Of a pair.
    enum Kind {
        /// Both have symbols.
        COUNTS,
        /// One has symbols, the other a density.
        LABELS,
        /// Both have a density.
        DENSITIES
    }

    /// The share of different values from which on a coordinate counts as free of ties.
    private static final double FREE_OF_TIES = 0.95;

    /// @param stream of the order of equal values
    static Kinds of(Variable x, Variable y, RandomStream stream) {
        Variable first = withoutTies(symbols(x).orElse(x), stream.child("x"));
        Variable second = withoutTies(symbols(y).orElse(y), stream.child("y"));
        boolean symbolsX = first instanceof Discrete;
        boolean symbolsY = second instanceof Discrete;
        Kind kind = symbolsX && symbolsY ? Kind.COUNTS : symbolsX || symbolsY ? Kind.LABELS : Kind.DENSITIES;
        boolean tied = (!symbolsX && first != x) || (!symbolsY && second != y);
        return new Kinds(kind, tied, first, second);
    }

    /// The symbols of a continuous variable that has at most √n different rows.
    private static Optional<Variable> symbols(Variable variable) {
        return variable instanceof Continuous continuous
                ? Optional.of(Discrete.rows(continuous.name(), continuous.values()))
                        .filter(rows -> rows.symbols() <= Math.sqrt(rows.count())).map(Variable.class::cast)
                : Optional.empty();
    }

    private static Variable withoutTies(Variable variable, RandomStream stream) {
        if (!(variable instanceof Continuous continuous)) {
            return variable;
        }
        double[][] columns = continuous.columns();
        int n = continuous.count();
        double[] values = new double[n * columns.length];
        boolean changed = false;
        for (int j = 0; j < columns.length; j++) {
            long different = Arrays.stream(columns[j]).distinct().count();
            boolean tied = different > 1 && different < FREE_OF_TIES * n;
            double[] column = tied ? ranks(columns[j], stream.child(j)) : columns[j];
            changed |= tied;
            for (int i = 0; i < n; i++) {
                values[i * columns.length + j] = column[i];
            }
        }
        return changed ? Continuous.of(variable.name(), Tensor.of(values, n, columns.length)) : variable;
    }

    private static double[] ranks(double[] column, RandomStream stream) {
        int[] chance = stream.permutation(column.length);
        int[] order = IntStream.range(0, column.length).boxed().sorted(
                Comparator.<Integer>comparingDouble(i -> column[i] + 0.0).thenComparingInt(i -> chance[i]))
                .mapToInt(Integer::intValue).toArray();
        double[] ranks = new double[column.length];
        for (int r = 0; r < order.length; r++) {
            ranks[order[r]] = r;
        }
        return ranks;
    }
}

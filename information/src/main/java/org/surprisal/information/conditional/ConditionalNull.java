package org.surprisal.information.conditional;

import java.util.ArrayList;
import java.util.List;
import org.surprisal.information.mutual.MutualInformation;
import org.surprisal.information.mutual.PermutationNull;
import org.surprisal.information.mutual.SerialDependence;
import org.surprisal.information.mutual.Surrogates;
import org.surprisal.information.mutual.Variable;
import org.surprisal.tensor.RandomStream;

/// Null distributions of conditional informations and transfer entropies: X is replaced by surrogates.
///
/// [Surrogates] take X, rows in other order, out of all relation to Y and Z: the hypothesis is that X is independent of
/// both. That is right for a transfer entropy of independent series, by rotation or in blocks; where X depends on Z a
/// small p-value need not mean a conditional information. [LocalPermutations] keep the relation to Z: their hypothesis
/// is that X and Y are independent given Z, and that rows are independent of each other.
public final class ConditionalNull {

    private ConditionalNull() {
    }

    /// The null distribution of surrogates that know nothing of Z. The observed answer has a warning where rows are
    /// shuffled although those of X and of Y depend on the row before.
    ///
    /// @param permutations at least 2; the smallest p-value is 1/(permutations + 1)
    /// @throws IllegalArgumentException if `permutations` is below 2, there are not so many surrogates, or the
    /// estimator refuses the samples
    public static PermutationNull of(ConditionalEstimator estimator, Variable x, Variable y, Variable z,
            int permutations, Surrogates surrogates, RandomStream stream) {
        MutualInformation observed = estimator.estimate(x, y, z);
        if (surrogates instanceof Surrogates.Shuffle) {
            observed = SerialDependence.warning(x, y).map(observed::withWarning).orElse(observed);
        }
        return of(estimator, observed, x, y, z, surrogates.orders(x.count(), Math.max(0, permutations), stream));
    }

    /// The null distribution of surrogates that keep what X has in common with Z. The observed answer has a warning
    /// where rows of X and of Y depend on the row before.
    ///
    /// @param permutations at least 2; the smallest p-value is 1/(permutations + 1)
    /// @throws IllegalArgumentException if `permutations` is below 2, or the estimator refuses the samples
    public static PermutationNull of(ConditionalEstimator estimator, Variable x, Variable y, Variable z,
            int permutations, LocalPermutations local, RandomStream stream) {
        MutualInformation observed = estimator.estimate(x, y, z);
        observed = SerialDependence.warning(x, y).map(observed::withWarning).orElse(observed);
        return of(estimator, observed, x, y, z, local.orders(z, Math.max(0, permutations), stream));
    }

    private static PermutationNull of(ConditionalEstimator estimator, MutualInformation observed, Variable x,
            Variable y, Variable z, int[][] orders) {
        List<Double> values = new ArrayList<>();
        for (int[] order : orders) {
            values.add(estimator.estimate(x.take(order), y, z).value());
        }
        return new PermutationNull(observed, values);
    }
}

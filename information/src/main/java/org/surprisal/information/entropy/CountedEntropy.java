package org.surprisal.information.entropy;

import java.util.Arrays;
import java.util.Locale;

/// The Shannon entropy of a discrete variable from how often its values were counted.
///
/// @param samples n, the sum of the counts
/// @param symbols K, the number of values that occurred
/// @param plugIn entropy of the empirical distribution, -Σ (n_i/n) ln(n_i/n); on average too small, by (K - 1)/(2n) to
/// first order where every possible value occurs
/// @param millerMadow `plugIn` + (K - 1)/(2n) (Miller 1955); still too small where many possible values did not occur
/// @param standardError of either, √(Var ln(n_i/n) / n): the first order in 1/n, which is 0 for values that occurred
/// equally often, where the second order of about √(K/2)/n is left
public record CountedEntropy(long samples, int symbols, double plugIn, double millerMadow, double standardError) {

    /// Beyond this a double no longer holds every count.
    private static final double LARGEST_SUM = 0x1p53;

    /// The entropy of counted values.
    ///
    /// @param counts n_i >= 0, not all 0, their sum below 2^53
    /// @throws IllegalArgumentException if there are none, one is negative, all are 0, or the sum is too large
    public static CountedEntropy of(long... counts) {
        double total = 0;
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] < 0) {
                throw new IllegalArgumentException(
                        String.format(Locale.ROOT, "counts[%d] = %d, a count >= 0 needed", i, counts[i]));
            }
            total += counts[i];
        }
        if (!(total > 0 && total < LARGEST_SUM)) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "%d counts sum to %s, a sum above 0 and below 2^53 needed",
                            counts.length, total));
        }
        double n = total;
        int symbols = (int) Arrays.stream(counts).filter(count -> count > 0).count();
        double entropy = 0;
        for (long count : counts) {
            entropy += count > 0 ? count / n * Math.log(n / count) : 0;
        }
        double variance = 0;
        for (long count : counts) {
            double deviation = count > 0 ? Math.log(n / count) - entropy : 0;
            variance += count / n * deviation * deviation;
        }
        return new CountedEntropy((long) n, symbols, entropy, entropy + (symbols - 1) / (2 * n),
                Math.sqrt(variance / n));
    }
}

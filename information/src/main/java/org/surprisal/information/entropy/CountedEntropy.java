package org.surprisal.information.entropy;

import java.util.Arrays;
import org.surprisal.information.counts.CountEntropy;

/// The Shannon entropy of a discrete variable from how often its values were counted.
///
/// @param samples n, the sum of the counts
/// @param symbols K, the number of values that occurred
/// @param plugIn entropy of the empirical distribution, -Σ (n_i/n) ln(n_i/n); on average too small, by (K - 1)/(2n) to
/// first order where every possible value occurs
/// @param millerMadow `plugIn` + (K - 1)/(2n) (Miller 1955); still too small where many possible values did not occur
/// @param grassberger the estimate of Grassberger (2003): see [CountEntropy#grassberger]
/// @param chaoShen the estimate of Chao & Shen (2003), which allows for values that did not occur: see
/// [CountEntropy#chaoShen]
/// @param standardError of the plug-in estimate, √(Var ln(n_i/n) / n): the first order in 1/n, which is 0 for values
/// that occurred equally often, where the second order of about √(K/2)/n is left
public record CountedEntropy(long samples, int symbols, double plugIn, double millerMadow, double grassberger,
        double chaoShen, double standardError) {

    /// The entropy of counted values.
    ///
    /// @param counts n_i >= 0, not all 0, their sum below 2^53
    /// @throws IllegalArgumentException if there are none, one is negative, all are 0, or the sum is too large
    public static CountedEntropy of(long... counts) {
        double entropy = CountEntropy.plugIn(counts);
        double n = Arrays.stream(counts).sum();
        int symbols = (int) Arrays.stream(counts).filter(count -> count > 0).count();
        double variance = 0;
        for (long count : counts) {
            double deviation = count > 0 ? Math.log(n / count) - entropy : 0;
            variance += count / n * deviation * deviation;
        }
        return new CountedEntropy((long) n, symbols, entropy, CountEntropy.millerMadow(counts),
                CountEntropy.grassberger(counts), CountEntropy.chaoShen(counts), Math.sqrt(variance / n));
    }
}

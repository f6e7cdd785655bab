package org.surprisal.information.counts;

import java.util.Arrays;
import java.util.Locale;
import org.surprisal.information.internal.Polygamma;

/// Estimates of the Shannon entropy of a discrete variable from counts n_i of its values, their sum n, in nats. The
/// plug-in estimate is too small on average; the others correct it, each in its own way. None is right when most values
/// were seen once.
public final class CountEntropy {

    /// Beyond this a double no longer holds every count.
    private static final double LARGEST_SUM = 0x1p53;

    private CountEntropy() {
    }

    /// The entropy of the empirical distribution, -Σ (n_i/n) ln(n_i/n).
    ///
    /// @param counts n_i >= 0, not all 0, their sum below 2^53
    /// @throws IllegalArgumentException if there are none, one is negative, all are 0, or the sum is too large
    public static double plugIn(long... counts) {
        double n = sum(counts);
        double entropy = 0;
        for (long count : counts) {
            entropy += count > 0 ? count / n * Math.log(n / count) : 0;
        }
        return entropy;
    }

    /// The plug-in estimate plus (K - 1)/(2n), K being the number of values that occurred (Miller 1955): the first
    /// order of its bias where every possible value occurs.
    ///
    /// @param counts as for [#plugIn]
    /// @throws IllegalArgumentException as [#plugIn]
    public static double millerMadow(long... counts) {
        return plugIn(counts) + (occurring(counts) - 1) / (2 * sum(counts));
    }

    /// ln n - Σ (n_i/n) G(n_i) with G(m) = ψ(m) + ½ (-1)^m (ψ((m + 1)/2) - ψ(m/2)) (Grassberger 2003,
    /// arXiv:physics/0307138, equations 28 and 35): the bias that is left is that of values with few counts.
    ///
    /// @param counts as for [#plugIn]
    /// @throws IllegalArgumentException as [#plugIn]
    public static double grassberger(long... counts) {
        double n = sum(counts);
        double sum = 0;
        for (long count : counts) {
            if (count > 0) {
                double alternating = (Polygamma.digamma((count + 1) / 2.0) - Polygamma.digamma(count / 2.0)) / 2;
                sum += count / n * (Polygamma.digamma((double) count) + (count % 2 == 0 ? alternating : -alternating));
            }
        }
        return Math.log(n) - sum;
    }

    /// -Σ q_i ln q_i / (1 - (1 - q_i)^n) with q_i = C n_i/n and the coverage C = 1 - f/n, f being the number of values
    /// that occurred once (Chao & Shen 2003): values that did not occur are allowed for by the coverage, and by the
    /// probability that a value occurs at all. Where all occurred once, f = n - 1 is taken, for C would be 0.
    ///
    /// @param counts as for [#plugIn]
    /// @throws IllegalArgumentException as [#plugIn]
    public static double chaoShen(long... counts) {
        double n = sum(counts);
        double once = Arrays.stream(counts).filter(count -> count == 1).count();
        double coverage = n == 1 ? 1 : 1 - Math.min(once, n - 1) / n;
        double entropy = 0;
        for (long count : counts) {
            if (count > 0) {
                double q = coverage * count / n;
                entropy -= q * Math.log(q) / -Math.expm1(n * Math.log1p(-q));
            }
        }
        return entropy;
    }

    /// The number of values that occurred.
    static int occurring(long... counts) {
        return (int) Arrays.stream(counts).filter(count -> count > 0).count();
    }

    /// The sum of counts.
    ///
    /// @throws IllegalArgumentException if there are none, one is negative, all are 0, or the sum is too large
    static double sum(long... counts) {
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
        return total;
    }
}

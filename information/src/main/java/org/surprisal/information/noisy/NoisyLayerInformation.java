package org.surprisal.information.noisy;

import java.util.Locale;
import org.surprisal.information.Moments;
import org.surprisal.information.internal.Samples;
import org.surprisal.information.pairwise.PairLoops;
import org.surprisal.information.pairwise.Parallel;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

/// An estimate of I(X;T) for a layer with noise T = S + βZ, Z of d independent standard normal numbers, and X uniform
/// on m given inputs (Goldfeld et al. 2019, "Estimating Information Flow in Deep Neural Networks", the
/// sample-propagation estimator).
///
/// S is what the layer computes of the noisy layer before it, so it is random given x except in the first layer. With n
/// centres s_j from passes through the network, T is nearly a mixture of n Gaussians, and
///
///     I(X;T) = h(T) - 1/m Σ_i h(T | x_i) = I(S;T) - I(S;T | X)
///
/// is the difference of the same quantity for the mixture of all inputs and for the mixtures of each input:
///
///     I(S;T) = 1/n Σ_j [ ln φ(y_j - s_j) - ln 1/n Σ_k φ(y_j - s_k) ],   y_j = s_j + β z_j,   φ the density of βZ.
///
/// The entropies of a layer and of the noise cancel, and with them most of the Monte Carlo error; so do the
/// fluctuations of both parts, because they use the same y, those of the mixture of all inputs. Without the second part
/// one has I(T_before;T), which is more than I(X;T) in every layer but the first.
///
/// Each part errs low: on the average, the entropy of a mixture of n centres is below that of the distribution from
/// which the centres come. The difference has therefore no sure sign; [#mayBeTooLow] and [#mayBeTooHigh] bound it.
///
/// The standard error is that of the integral and of the passes, with the inputs given: it comes from the deviations
/// between the points y of each input, of which two at least are in the mixture of all inputs; with a single one it is
/// the deviation between inputs / √m, which is too large, because inputs that are given and differ are no error. All
/// informations are in nats. The numbers depend on the centres and the stream only, not on the number of threads.
///
/// @param inputs m
/// @param passes for each input, n_x: centres of the mixture of one input
/// @param mixedPasses passes for each input that make the mixture of all inputs, of n = m · mixedPasses centres
/// @param dimension d
/// @param deviation β
/// @param throughNoise I(S;T)
/// @param withinInput I(S;T | X), 0 where S is a function of x
/// @param standardError of [#value]
public record NoisyLayerInformation(int inputs, int passes, int mixedPasses, int dimension, double deviation,
        double throughNoise, double withinInput, double standardError) {

    /// Inputs whose points go through the pairs together: with one pass each they fill a panel.
    private static final int BLOCK = PairLoops.PANEL;

    /// The information of a layer that is a function of the input before its noise is added, such as the first: the
    /// mixture is known, and the only error is that of the integral.
    ///
    /// @param centres S of each input, shape (m, d), finite
    /// @param draws noise vectors for each input, at least 1
    /// @throws IllegalArgumentException where an argument is not as described
    public static NoisyLayerInformation ofFunction(Tensor centres, double deviation, int draws, RandomStream noise) {
        if (centres.rank() != 2) {
            throw new IllegalArgumentException(
                    "centres of shape %s, shape (inputs, units) needed".formatted(centres.shape()));
        }
        if (draws < 1) {
            throw new IllegalArgumentException(String.format(Locale.ROOT, "draws = %d, at least 1 needed", draws));
        }
        return of(centres.reshape(centres.length(0), 1, centres.length(1)), deviation, 1, draws, noise);
    }

    /// The information of a layer behind other noisy layers.
    ///
    /// @param centres S of each input in each pass, each pass with noise of its own: shape (m, n_x, d), finite
    /// @param mixedPasses how many of them make the mixture of all inputs, from 1 to n_x
    /// @throws IllegalArgumentException where an argument is not as described
    public static NoisyLayerInformation ofPasses(Tensor centres, double deviation, int mixedPasses,
            RandomStream noise) {
        if (centres.rank() != 3) {
            throw new IllegalArgumentException(
                    "centres of shape %s, shape (inputs, passes, units) needed".formatted(centres.shape()));
        }
        if (mixedPasses < 1 || mixedPasses > centres.length(1)) {
            throw new IllegalArgumentException(String.format(Locale.ROOT,
                    "mixed passes = %d, from 1 to the %d passes of each input needed", mixedPasses,
                    centres.length(1)));
        }
        return of(centres, deviation, mixedPasses, 1, noise);
    }

    private static NoisyLayerInformation of(Tensor centres, double deviation, int mixed, int draws,
            RandomStream noise) {
        Samples.requirePositive("deviation", deviation);
        double factor = 1 / (2 * deviation * deviation);
        if (!(factor > 0 && Double.isFinite(factor))) {
            throw new IllegalArgumentException("deviation = %s, a value whose square is a finite number above 0 needed"
                    .formatted(deviation));
        }
        if (centres.length(0) < 2) {
            throw new IllegalArgumentException(String.format(Locale.ROOT,
                    "information about %d input(s), at least 2 needed", centres.length(0)));
        }
        if (centres.size() == 0 || !centres.isFinite()) {
            throw new IllegalArgumentException(
                    "centres without a number, or with one that is not finite: finite numbers"
                            + " needed");
        }
        return new Propagation(centres, deviation, factor, mixed, draws, noise).run();
    }

    /// The estimate of I(X;T).
    public double value() {
        return throughNoise - withinInput;
    }

    /// The estimate of the layer's entropy h(T): I(S;T) + d/2 ln(2πe β²).
    public double entropy() {
        return throughNoise + dimension / 2.0 * Math.log(2 * Math.PI * Math.E * deviation * deviation);
    }

    /// By how much the mean of [#value] may lie below I(X;T) at most, whatever the network: [MixtureError] of the
    /// mixture of all inputs.
    ///
    /// @param reach bound of each |S_i|, 1 for tanh
    public double mayBeTooLow(double reach) {
        return passes == 1 ? 0 : MixtureError.most(dimension, deviation, reach, (long) inputs * mixedPasses);
    }

    /// By how much the mean of [#value] may lie above I(X;T) at most: [MixtureError] of the mixture of one input.
    ///
    /// @param reach bound of each |S_i|, 1 for tanh
    public double mayBeTooHigh(double reach) {
        return passes == 1 ? 0 : MixtureError.most(dimension, deviation, reach, passes);
    }

    /// One walk over all pairs of a point and a centre.
    private static final class Propagation {
        private final int m;
        private final int passes;
        private final int d;
        private final int mixed;
        private final int draws;
        private final double deviation;
        private final double factor;
        private final RandomStream noise;
        private final double[] centres;
        private final LogSums sums;
        private final double[] whole;
        /// Of each input: its parts of I(S;T) and of I(S;T | X).
        private final double[] through;
        private final double[] within;
        /// Of each input: the variance of the means that these parts are.
        private final double[] variance;

        Propagation(Tensor given, double deviation, double factor, int mixed, int draws, RandomStream noise) {
            m = given.length(0);
            passes = given.length(1);
            d = given.length(2);
            this.mixed = mixed;
            this.draws = draws;
            this.deviation = deviation;
            this.factor = factor;
            this.noise = noise;
            centres = given.toDoubles();
            double pairs = (double) m * mixed * draws * (m * (double) mixed + passes);
            sums = new LogSums(PairLoops.forSamples((int) Math.min(1 << 20, Math.sqrt(2 * pairs))), d, factor);
            whole = sums.pack(given.slice(1, 0, mixed).toDoubles(), 0, Math.multiplyExact(m, mixed));
            through = new double[m];
            within = new double[m];
            variance = new double[m];
        }

        NoisyLayerInformation run() {
            Parallel.run(Math.ceilDiv(m, BLOCK), block -> inputs(block * BLOCK, Math.min(m, (block + 1) * BLOCK)));
            return new NoisyLayerInformation(m, passes, mixed, d, deviation, Moments.of(through).mean(),
                    Moments.of(within).mean(), standardError());
        }

        private double standardError() {
            if (mixed * draws > 1) {
                return Math.sqrt(Moments.of(variance).mean() / m);
            }
            double[] values = new double[m];
            for (int i = 0; i < m; i++) {
                values[i] = through[i] - within[i];
            }
            return Math.sqrt(Moments.of(values).variance() / (m - 1));
        }

        private void inputs(int from, int to) {
            int count = to - from;
            // Round by round, each with a point of every input.
            int rounds = mixed * draws;
            double[] points = new double[rounds * count * d];
            double[] own = new double[rounds * count];
            for (int i = 0; i < count; i++) {
                double[] z = noise.child(from + i).gaussian(ElementType.FLOAT64, 0, deviation, rounds, d).toDoubles();
                for (int round = 0; round < rounds; round++) {
                    int place = round * count + i;
                    int centre = ((from + i) * passes + round % mixed) * d;
                    for (int l = 0; l < d; l++) {
                        double y = centres[centre + l] + z[round * d + l];
                        points[place * d + l] = y;
                        double difference = y - centres[centre + l];
                        own[place] = Math.fma(difference, difference, own[place]);
                    }
                }
            }
            double[] ofAll = sums.of(sums.pack(points, 0, rounds * count), rounds * count, whole, m * mixed);
            for (int i = 0; i < count; i++) {
                double[] ofInput = passes > 1 ? within(from + i, i, count, points) : new double[0];
                double[] between = new double[rounds];
                double[] inside = new double[rounds];
                for (int round = 0; round < rounds; round++) {
                    int place = round * count + i;
                    double kernel = -factor * own[place];
                    between[round] = kernel + Math.log((double) m * mixed) - ofAll[place];
                    inside[round] = passes > 1 ? kernel + Math.log(passes) - ofInput[round] : 0;
                }
                through[from + i] = Moments.of(between).mean();
                within[from + i] = Moments.of(inside).mean();
                variance[from + i] = rounds > 1 ? varianceOfMean(between, inside) : 0;
            }
        }

        private static double varianceOfMean(double[] between, double[] inside) {
            double[] values = new double[between.length];
            for (int round = 0; round < values.length; round++) {
                values[round] = between[round] - inside[round];
            }
            return Moments.of(values).variance() / (values.length - 1);
        }

        /// The logarithms of the sums over the centres of one input, for its points.
        private double[] within(int input, int i, int count, double[] points) {
            int rounds = mixed * draws;
            double[] rows = new double[rounds * d];
            for (int round = 0; round < rounds; round++) {
                System.arraycopy(points, (round * count + i) * d, rows, round * d, d);
            }
            return sums.of(sums.pack(rows, 0, rounds), rounds, sums.pack(centres, input * passes, passes), passes);
        }
    }
}

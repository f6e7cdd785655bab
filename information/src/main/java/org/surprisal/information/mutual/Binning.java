package org.surprisal.information.mutual;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The information of binned variables: each coordinate is replaced by the number of its bin, the bin numbers of a
/// whole row are one symbol, and [PlugIn] counts (Shwartz-Ziv & Tishby 2017; Saxe et al. 2018). Discrete variables are
/// taken as they are. With X given as whole rows, all different, I(X;T) is H(T).
///
/// @param bins how a coordinate is divided
/// @param correction what is done about the bias of the counts
public record Binning(Bins bins, PlugIn.Correction correction) implements MutualInformationEstimator {

    /// What a person should know before believing this estimator.
    public static final EstimatorDescription DESCRIPTION = new EstimatorDescription("binning",
            "plug-in estimate of binned coordinates, rows as symbols (Saxe et al. 2018)",
            EstimatorDescription.Kind.ESTIMATE, "differences below the bin width do not matter, those above do",
            "O(n d) time and memory",
            "for wide or unbounded representations: bins empty out with every coordinate, and the value is that of the"
                    + " bin width more than of the network");

    /// The share of values outside the bins from which on there is a warning.
    private static final double NOTEWORTHY = 0.01;

    /// How one coordinate is divided into bins. Bin i of given edges holds edge_i <= t < edge_(i+1).
    public sealed interface Bins {

        /// The bin of each of a coordinate's samples.
        long[] of(double[] samples);

        /// floor(t / width): 0.07 for the 12-bit task and 0.5 for MNIST with Saxe et al.
        ///
        /// @param width finite, above 0
        record FixedWidth(double width) implements Bins {
            /// @throws IllegalArgumentException if `width` is not a finite value above 0
            public FixedWidth {
                if (!(width > 0 && Double.isFinite(width))) {
                    throw new IllegalArgumentException("bin width = %s, a finite value > 0 needed".formatted(width));
                }
            }

            @Override
            public long[] of(double[] samples) {
                long[] bins = new long[samples.length];
                for (int i = 0; i < bins.length; i++) {
                    double bin = Math.floor(samples[i] / width);
                    // Beyond this neighbouring bins have the same number.
                    if (Math.abs(bin) > 0x1p53) {
                        throw new IllegalArgumentException("bin width = %s is too small for the value %s"
                                .formatted(width, samples[i]));
                    }
                    bins[i] = (long) bin;
                }
                return bins;
            }
        }

        /// Equal bins over an interval: 30 on [-1, 1] with Shwartz-Ziv & Tishby. Values outside go to the end bins.
        ///
        /// @param count at least 1
        /// @param low finite
        /// @param high finite, above `low`
        record Equal(int count, double low, double high) implements Bins {
            /// @throws IllegalArgumentException if `count` is below 1 or the interval is not finite or empty
            public Equal {
                requireCount(count);
                if (!(low < high && Double.isFinite(high - low))) {
                    throw new IllegalArgumentException(
                            "bins from %s to %s, a finite interval with low < high needed".formatted(low, high));
                }
            }

            @Override
            public long[] of(double[] samples) {
                long[] bins = new long[samples.length];
                for (int i = 0; i < bins.length; i++) {
                    double share = (samples[i] - low) / (high - low);
                    bins[i] = (long) Math.clamp(Math.floor(share * count), 0.0, count - 1.0);
                }
                return bins;
            }
        }

        /// Bins of equal numbers of samples, for each coordinate by itself: the edges are its i/count-quantiles, values
        /// that are equal stay together. A constant coordinate has one bin.
        ///
        /// @param count at least 1
        record EqualCount(int count) implements Bins {
            /// @throws IllegalArgumentException if `count` is below 1
            public EqualCount {
                requireCount(count);
            }

            @Override
            public long[] of(double[] samples) {
                double[] sorted = samples.clone();
                Arrays.sort(sorted);
                int n = sorted.length;
                long[] bins = new long[n];
                for (int i = 0; i < n; i++) {
                    bins[i] = (long) firstAtLeast(sorted, samples[i]) * count / n;
                }
                return bins;
            }

            private static int firstAtLeast(double[] sorted, double value) {
                int low = 0;
                int high = sorted.length;
                while (low < high) {
                    int middle = (low + high) >>> 1;
                    if (sorted[middle] < value) {
                        low = middle + 1;
                    } else {
                        high = middle;
                    }
                }
                return low;
            }
        }

        private static void requireCount(int count) {
            if (count < 1) {
                throw new IllegalArgumentException(String.format(Locale.ROOT, "bins = %d, at least 1 needed", count));
            }
        }
    }

    @Override
    public EstimatorDescription description() {
        return DESCRIPTION;
    }

    /// I of the binned variables.
    ///
    /// @throws IllegalArgumentException if the numbers of samples differ or are below 2, or a value lies beyond all
    /// bins
    @Override
    public MutualInformation estimate(Variable x, Variable y) {
        Variable.requirePairs(x, y, 2);
        MutualInformation answer = new PlugIn(correction).estimate(DESCRIPTION.name(), symbols(x), symbols(y),
                settings());
        for (Variable variable : List.of(x, y)) {
            answer = outside(variable).map(answer::withWarning).orElse(answer);
        }
        return answer;
    }

    private Optional<String> outside(Variable variable) {
        if (!(bins instanceof Bins.Equal equal && variable instanceof Continuous continuous)) {
            return Optional.empty();
        }
        double[] values = continuous.values().toDoubles();
        double share = (double) Arrays.stream(values).filter(t -> t < equal.low() || t > equal.high()).count()
                / values.length;
        return share <= NOTEWORTHY
                ? Optional.empty()
                : Optional.of(String.format(Locale.ROOT,
                        "%.0f %% of the values of %s lie outside the bins from %s to %s and count in the end bins",
                        100 * share, variable.name(), equal.low(), equal.high()));
    }

    /// The binned rows of a continuous variable as symbols; a discrete one as it is.
    public Discrete symbols(Variable variable) {
        return switch (variable) {
            case Discrete discrete -> discrete;
            case Continuous continuous -> {
                double[][] columns = continuous.columns();
                long[][] rows = new long[continuous.count()][columns.length];
                for (int j = 0; j < columns.length; j++) {
                    long[] column = bins.of(columns[j]);
                    for (int i = 0; i < column.length; i++) {
                        rows[i][j] = column[i];
                    }
                }
                yield Discrete.ofRows(continuous.name(), rows);
            }
        };
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        switch (bins) {
            case Bins.FixedWidth fixed -> settings.put("binWidth", fixed.width());
            case Bins.Equal equal -> {
                settings.put("bins", equal.count());
                settings.put("low", equal.low());
                settings.put("high", equal.high());
            }
            case Bins.EqualCount adaptive -> settings.put("equalCountBins", adaptive.count());
        }
        return settings;
    }
}

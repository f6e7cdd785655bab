package org.surprisal.information.pairwise;

/// The loops that all pairs of samples go through, in double precision. There are two of them: [PlainPairLoops] to be
/// read and [VectorPairLoops] to be fast; they give the same bits, whatever the width of the machine's vectors.
public interface PairLoops {

    /// Rows of a block of distances.
    int ROWS = 4;
    /// Columns of a block of distances, and samples of a panel: coordinate l of a panel's sample s is element
    /// `l * PANEL + s`.
    int PANEL = 16;

    /// Sums that run side by side: term i of a sum goes to sum i modulo this one, and these are added up at the end,
    /// first one first.
    int STRANDS = 8;

    /// The quicker loops for the pairs of n samples: in the long run those of the Vector API, where its module is
    /// present.
    static PairLoops forSamples(int n) {
        return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()
                ? WarmingPairLoops.SHARED.expect(n)
                : new PlainPairLoops();
    }

    /// Adds (x - y)² over `depth` coordinates to a block of sums, coordinate by coordinate.
    ///
    /// @param rows holds the x of [#ROWS] samples of a panel, from `rowsFrom` on
    /// @param columns holds the y of a whole panel, from `columnsFrom` on
    /// @param sums element `sumsFrom + r * stride + c` is that of row r and column c
    void addSquares(int depth, double[] rows, int rowsFrom, double[] columns, int columnsFrom, double[] sums,
            int sumsFrom, int stride);

    /// The smallest of x from `from` to before `to`.
    double smallest(double[] x, int from, int to);

    /// e^(-factor x) of x from `from` to before `to`, and 0 where factor x > `cutoff`, written to out from `outFrom`
    /// on; x itself may be written to, each number in its own place.
    ///
    /// @param factor finite, >= 0
    /// @param cutoff at most [DoubleExponential#CUTOFF]
    /// @param x at least 0, infinity allowed
    void exponentials(double factor, double cutoff, double[] x, int from, int to, double[] out, int outFrom);

    /// x = x².
    void square(double[] x, int from, int to);

    /// Adds x to `sums`, whose element `sumsFrom` belongs to element `from` of x.
    ///
    /// @return the sum of x from `from` to before `to`, in [#STRANDS] strands
    double add(double[] x, int from, int to, double[] sums, int sumsFrom);
}

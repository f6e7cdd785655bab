package org.surprisal.tensor.kernel;

/// The loops of the eigenvalue problem of a symmetric matrix, in double precision. There are two of them:
/// [PlainSymmetricLoops] to be read and [VectorSymmetricLoops] to be fast; they give the same bits, whatever the width
/// of the machine's vectors.
///
/// All ranges of columns begin at 0 and end at a multiple of [#STRANDS], so rows are padded with numbers that do not
/// count. Every term is a fused multiply-add.
public interface SymmetricLoops {
    /// Sums that run side by side: term c of a sum goes to sum c modulo this one. In the end sums i and i + 4 are added
    /// up, then i and i + 2, i + 1.
    int STRANDS = 8;
    /// Rows that are read at once.
    int ROWS = 4;
    /// Columns of a tile of [#addToTile].
    int TILE = 2 * STRANDS;
    /// Columns of [#rotate].
    int STRIP = 4 * STRANDS;

    /// The vector loops are quicker from about 180 rows on, and compiling them takes as long as a matrix of 700 rows in
    /// plain loops.
    int LARGE = 250;

    /// The quicker loops for a matrix of so many rows.
    static SymmetricLoops forRows(int rows) {
        return rows < LARGE ? PlainSymmetricLoops.SHARED : Provider.symmetric();
    }

    /// The inner products of rows `first` to `first` + 3 with v over the columns before `end`, written to sums.
    void dots(double[][] rows, int first, double[] v, int end, double[] sums);

    /// y(c) = y(c) + sum over r of factors(first + r) rows(first + r)(c), r from 0 to 3, for columns c from `from` to
    /// before `end`.
    void addRows(double[][] rows, int first, double[] factors, double[] y, int from, int end);

    /// [#dots] and [#addRows] with v as the factors, from column 0 on, with one reading of the rows.
    void dotsAndAddRows(double[][] rows, int first, double[] v, double[] y, int end, double[] sums);

    /// rows(first + r)(from + c) = that + sum over t of factors((first + r) stride + t) terms(t TILE + c), for r from 0
    /// to 3 and c from 0 to before [#TILE].
    void addToTile(double[][] rows, int first, int from, double[] factors, int stride, double[] terms, int count);

    /// Turns rows high and high - 1, then high - 1 and high - 2, down to low + 1 and low, in the [#STRIP] columns from
    /// `from` on. The turn of rows i + 1 and i replaces them with sine(i) row(i) + cosine(i) row(i + 1) and cosine(i)
    /// row(i) - sine(i) row(i + 1).
    ///
    /// @param turns cosine(i) is element `at` + 2 i, sine(i) the one behind it
    void rotate(double[][] rows, int low, int high, int from, double[] turns, int at);
}

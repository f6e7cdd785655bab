package org.surprisal.estimate;

import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

/// A process that makes pairs without end: a simulation, or a distribution of known information.
public interface PairSource {

    /// Pairs, sample i of one belonging to sample i of the other.
    ///
    /// @param x shape (n, d_x), finite, of about unit scale
    /// @param y shape (n, d_y), finite, of about unit scale
    record Pairs(Tensor x, Tensor y) {
        /// @throws IllegalArgumentException if they are no pairs of rows, or a value is NaN or infinite
        public Pairs {
            if (x.rank() != 2 || y.rank() != 2 || x.length(0) != y.length(0) || !x.isFinite() || !y.isFinite()) {
                throw new IllegalArgumentException(
                        ("x of shape %s and y of shape %s are no pairs, finite values of shapes (n, d_x) and (n, d_y)"
                                + " needed")
                                .formatted(x.shape(), y.shape()));
            }
        }

        Pairs rows(int... rows) {
            return new Pairs(x.rows(rows), y.rows(rows));
        }

        int count() {
            return x.length(0);
        }
    }

    /// Draws `count` pairs, independent of each other and of those of other streams.
    Pairs draw(int count, RandomStream stream);
}

package org.surprisal.data;

import org.surprisal.tensor.Tensor;

/// Some samples, one a row, with what is to be learnt about each.
///
/// @param inputs shape (n, features…)
/// @param targets class indices as numbers, shape (n), for classification; values, shape (n, outputs), for regression
public record Batch(Tensor inputs, Tensor targets) {
    /// @throws DataException when the row counts differ or a tensor has no sample axis
    public Batch {
        if (inputs.rank() == 0 || targets.rank() == 0) {
            throw new DataException("inputs " + inputs.shape() + " and targets " + targets.shape()
                    + " need a sample axis: a batch holds one row a sample");
        }
        if (inputs.length(0) != targets.length(0)) {
            throw new DataException("inputs " + inputs.shape() + " and targets " + targets.shape()
                    + " differ in their number of rows: " + inputs.length(0) + " != " + targets.length(0));
        }
    }

    /// Number of samples.
    public int size() {
        return inputs.length(0);
    }
}

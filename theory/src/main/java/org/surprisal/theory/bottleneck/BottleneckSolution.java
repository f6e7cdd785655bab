package org.surprisal.theory.bottleneck;

import org.surprisal.tensor.Tensor;

/// The bottleneck found at one β.
///
/// @param beta what a nat about Y is worth in nats kept of X
/// @param encoder p(t|x), shape (x, t); for an x of probability 0 it is p(t)
/// @param marginal p(t), shape (t); symbols that are not used have 0
/// @param decoder p(y|t), shape (t, y); for a symbol that is not used it is p(y)
/// @param keptInformation I(X;T) in nats
/// @param relevantInformation I(T;Y) in nats
/// @param iterations steps of the start that won
/// @param converged whether the Lagrangian stood still at the end, and neither T = X nor the encoder of another β that
/// was asked for has a lower one; if not, the point is reached by this encoder and may lie below the curve
public record BottleneckSolution(double beta, Tensor encoder, Tensor marginal, Tensor decoder, double keptInformation,
        double relevantInformation, int iterations, boolean converged) {

    /// I(X;T) - β I(T;Y) in nats, at most 0 but for rounding, which is what keeping nothing has.
    public double lagrangian() {
        return keptInformation - beta * relevantInformation;
    }
}

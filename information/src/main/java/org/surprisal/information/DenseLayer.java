package org.surprisal.information;

import org.surprisal.tensor.Tensor;

/// The weights of one fully connected layer as a measure sees them: z = W a + b.
///
/// @param weight W, shape (out, in)
/// @param bias b, shape (out)
public record DenseLayer(Tensor weight, Tensor bias) {}

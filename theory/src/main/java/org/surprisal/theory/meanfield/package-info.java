/// The mean-field theory of wide random networks: how variances, correlations and gradients pass from layer to layer
/// (Poole et al. 2016, arXiv 1606.05340; Schoenholz et al. 2017, arXiv 1611.01232), and what it makes of the relative
/// entropy of a network of finite width.
///
/// Weights are independent, W_ij ~ N(0, σ_w²/fan_in), biases b_i ~ N(0, σ_b²), and z^(l+1) = W φ(z^(l)) + b. Numbers
/// found by quadrature are [Estimate]s and carry their error. Arguments that are not finite or of the wrong sign are
/// refused with an [IllegalArgumentException] of one line; where a number does not exist the answer is of another type,
/// never NaN.
@NullMarked
package org.surprisal.theory.meanfield;

import org.jspecify.annotations.NullMarked;

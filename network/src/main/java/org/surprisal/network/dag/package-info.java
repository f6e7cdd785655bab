/// Networks unit by unit: any units connected in any way without a cycle, and the two ways of differentiating them
/// written out on plain numbers, with their multiplications counted.
///
/// [UnitGraph] is the architecture, [GraphLayer] gives it weights that can be trained. For one sample, [ForwardPass]
/// computes the activations; from it [BackwardPass] computes the gradient of a loss by delta errors and [ForwardMode]
/// the derivative of every unit by every weight. These three are to be read and compared with;
/// [org.surprisal.tensor.Gradients] does the work elsewhere.
///
/// Notation of G. Klambauer, *Deep Learning and Neural Networks I* (slides, JKU Linz), section 4.6: units 0 … Q, unit 0
/// the bias with activation 1, units 1 … D the inputs, w_ij the weight from unit j to unit i, s_i = sum_j w_ij a_j the
/// pre-activation, a_i = f_i(s_i) the activation.
@NullMarked
package org.surprisal.network.dag;

import org.jspecify.annotations.NullMarked;

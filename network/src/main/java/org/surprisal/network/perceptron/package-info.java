/// The first artificial neurons: McCulloch and Pitts's of 1943 with weights ±1, Rosenblatt's perceptron of 1958 with
/// real weights, and the rules of Hebb and Rosenblatt by which the weights change.
///
/// Plain numbers and one unit at a time, to be read before anything with tensors. A whole layer of such units is
/// [org.surprisal.network.layer.Linear] followed by [org.surprisal.network.layer.Activation#HEAVISIDE]. Definitions
/// follow K. Zahn, *Deep Learning* (lecture notes, 2024), section 2.2.
@NullMarked
package org.surprisal.network.perceptron;

import org.jspecify.annotations.NullMarked;

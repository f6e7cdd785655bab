/// Entropies, divergences, densities and tests of Gaussianity of samples, and the relative entropy of a network.
///
/// Logarithms are natural and every information is in nats. Arguments that are empty, not finite or of the wrong sign
/// are refused with an [IllegalArgumentException] of one line; no function returns NaN.
@NullMarked
package org.surprisal.information;

import org.jspecify.annotations.NullMarked;

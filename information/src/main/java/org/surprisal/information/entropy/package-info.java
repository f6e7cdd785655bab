/// Entropies and divergences: of known distributions, of quantum states, and estimated from samples.
///
/// Logarithms are natural and every entropy is in nats, but those of [ThermodynamicEntropy], which carry the unit of
/// the constant they are given. What has no answer is refused with an [IllegalArgumentException] of one line; no
/// function returns NaN. A divergence that is infinite because one support does not hold the other is positive
/// infinity.
@NullMarked
package org.surprisal.information.entropy;

import org.jspecify.annotations.NullMarked;

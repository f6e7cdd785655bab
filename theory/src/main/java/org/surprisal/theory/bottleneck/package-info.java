/// The information bottleneck of a discrete joint distribution: how much a representation T of X can tell of Y at each
/// amount it keeps of X (Tishby, Pereira, Bialek 1999, arXiv physics/0004057). The limit of true information on the
/// information plane.
///
/// Logarithms are natural and every information is in nats. Tables that are no distributions are refused with an
/// [IllegalArgumentException] of one line.
@NullMarked
package org.surprisal.theory.bottleneck;

import org.jspecify.annotations.NullMarked;

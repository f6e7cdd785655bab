/// Conditional mutual information and what is made of it: transfer entropy, interaction information.
///
/// Informations are in nats. What an estimator cannot answer is refused with an [IllegalArgumentException] of one line.
@NullMarked
package org.surprisal.information.conditional;

import org.jspecify.annotations.NullMarked;

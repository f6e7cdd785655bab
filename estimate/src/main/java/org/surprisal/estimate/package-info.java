/// Estimators of mutual information that train a critic, and the descriptions of all estimators.
///
/// Informations are in nats. An input that an estimator cannot answer is refused with an [IllegalArgumentException] of
/// one line; training that diverges ends with an `org.surprisal.network.DivergenceException`.
@NullMarked
package org.surprisal.estimate;

import org.jspecify.annotations.NullMarked;

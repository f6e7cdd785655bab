/// Estimators of mutual information between two variables of which there are paired samples, and what makes their
/// numbers honest: bounds, ceilings, a permutation null, the bias against the number of samples.
///
/// Informations are in nats. What an estimator cannot answer is refused with an [IllegalArgumentException] of one line;
/// no function returns NaN. What it answers under a condition that the numbers do not show is said in a warning.
@NullMarked
package org.surprisal.information.mutual;

import org.jspecify.annotations.NullMarked;

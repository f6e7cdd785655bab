/// How well a classifier does: confusion matrix, precision, recall and F1 for a class and for the system, top-k
/// accuracy, and the curves over the decision threshold (ROC, precision-recall) with their areas and the equal error
/// rate. [BayesRule] and [DiagnosticTest] say what is possible and what follows when the probabilities are known.
///
/// Everything about samples is arithmetic on counts, which are integers until the last division. A ratio whose
/// denominator is 0, the precision of a class that was never predicted say, is an empty `OptionalDouble`; no function
/// returns NaN. All measures are shares from 0 to 1 without a unit. Bad arguments are refused with an
/// [IllegalArgumentException] of one line.
///
/// Definitions and names follow K. Zahn, *Deep Learning* (lecture notes, 2024), section 3.5, and for Bayes' rule
/// section 8.2; where another convention is in use it has a name of its own ([SystemMeasures#f1] and
/// [SystemMeasures#macroF1]; [PrecisionRecallCurve#averagePrecision] and [PrecisionRecallCurve#trapezoidArea]).
@NullMarked
package org.surprisal.network.metric;

import org.jspecify.annotations.NullMarked;

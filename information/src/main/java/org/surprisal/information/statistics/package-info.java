/// Statistics of paired values: a fitted line, a rank correlation, the difference between two series.
@NullMarked
package org.surprisal.information.statistics;

import org.jspecify.annotations.NullMarked;

/// What is done to samples before a network sees them: normalised, encoded, chosen by class or feature, kept in memory.
/// Everything here is a view of another data set: nothing is copied, and rows are read when they are asked for.
@NullMarked
package org.surprisal.data.transform;

import org.jspecify.annotations.NullMarked;

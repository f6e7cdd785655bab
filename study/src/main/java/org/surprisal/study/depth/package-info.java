/// What studies measure of a network layer by layer, before and after training: the numbers, how they lie in a run
/// folder, and their figures and tables.
@NullMarked
package org.surprisal.study.depth;

import org.jspecify.annotations.NullMarked;

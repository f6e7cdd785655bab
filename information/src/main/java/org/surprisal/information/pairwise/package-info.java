/// Loops over all pairs of samples, plain and with the Vector API; not exported.
@NullMarked
package org.surprisal.information.pairwise;

import org.jspecify.annotations.NullMarked;

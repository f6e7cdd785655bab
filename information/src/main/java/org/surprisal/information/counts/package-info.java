/// Entropies of discrete variables from how often their values were counted.
@NullMarked
package org.surprisal.information.counts;

import org.jspecify.annotations.NullMarked;

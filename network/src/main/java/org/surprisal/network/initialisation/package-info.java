/// Distributions from which the parameters of a layer start.
@NullMarked
package org.surprisal.network.initialisation;

import org.jspecify.annotations.NullMarked;

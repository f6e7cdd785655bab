/// `surprisal ising`: the Ising model simulated, beside its exact solutions.
@NullMarked
package org.surprisal.cli.ising;

import org.jspecify.annotations.NullMarked;

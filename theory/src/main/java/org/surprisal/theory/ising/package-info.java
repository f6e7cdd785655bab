/// The Ising model on a square lattice: what is known exactly (Onsager, Kaufman, counting states), and samplers that
/// are held against it.
@NullMarked
package org.surprisal.theory.ising;

import org.jspecify.annotations.NullMarked;

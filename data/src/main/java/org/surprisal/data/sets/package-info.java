/// Published data sets (MNIST, Fashion-MNIST, Cora, names, the 12-bit task) and generators of artificial ones.
@NullMarked
package org.surprisal.data.sets;

import org.jspecify.annotations.NullMarked;

/// Loops over plain arrays, without shapes or gradients: the plain references, the SIMD kernels, the products and the
/// workers that share them out. Not exported.
@NullMarked
package org.surprisal.tensor.kernel;

import org.jspecify.annotations.NullMarked;

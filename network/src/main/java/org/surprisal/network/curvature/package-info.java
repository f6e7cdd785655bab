/// Derivatives of a whole network: gradients, Jacobian and Hessian, and quantities computed from them.
@NullMarked
package org.surprisal.network.curvature;

import org.jspecify.annotations.NullMarked;

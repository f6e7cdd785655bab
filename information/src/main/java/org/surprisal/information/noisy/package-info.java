/// Layers with Gaussian noise of their own, whose information about the input is defined by the network itself:
/// estimates from passes through the network (Goldfeld et al. 2019, arXiv 1810.05728), and a bound of their error.
@NullMarked
package org.surprisal.information.noisy;

import org.jspecify.annotations.NullMarked;

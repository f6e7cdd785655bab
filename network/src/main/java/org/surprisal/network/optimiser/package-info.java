/// Ways to change parameters along their gradients, what may be added to gradients before, and limits on them.
///
/// Optimisers that divide by past gradients have each their own file here, so that a newcomer to the package above
/// meets the layers and the training loop first. [org.surprisal.network.optimiser.Optimiser] is all that the training
/// loop knows.
@NullMarked
package org.surprisal.network.optimiser;

import org.jspecify.annotations.NullMarked;

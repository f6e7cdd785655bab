/// Recordings of what passes through named modules during training.
@NullMarked
package org.surprisal.network.probe;

import org.jspecify.annotations.NullMarked;

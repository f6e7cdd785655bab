/// Listening to named modules of a network, once or while it trains.
@NullMarked
package org.surprisal.network.probe;

import org.jspecify.annotations.NullMarked;

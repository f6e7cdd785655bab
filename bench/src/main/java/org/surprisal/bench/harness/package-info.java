/// How two implementations of one task are compared: they agree on values first, then blocks of steps
/// alternate.
@NullMarked
package org.surprisal.bench.harness;

import org.jspecify.annotations.NullMarked;

/// The peer: official PyTorch through DJL, called as directly as DJL's engine allows.
@NullMarked
package org.surprisal.bench.pytorch;

import org.jspecify.annotations.NullMarked;

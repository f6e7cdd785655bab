/// Digests of files and texts, for the modules of this library alone.
@NullMarked
package org.surprisal.tensor.digest;

import org.jspecify.annotations.NullMarked;

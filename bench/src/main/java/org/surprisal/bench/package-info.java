/// Speed, measured beside a peer in the same run: `./surprisal bench`. Stands on everything else; nothing stands on it.
@NullMarked
package org.surprisal.bench;

import org.jspecify.annotations.NullMarked;

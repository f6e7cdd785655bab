/// Downloads of published data sets, with their digests, and the folder where they are kept.
@NullMarked
package org.surprisal.data.fetch;

import org.jspecify.annotations.NullMarked;

/// Checks and temporary files that several packages of this module share; not exported.
@NullMarked
package org.surprisal.data.internal;

import org.jspecify.annotations.NullMarked;

/// Checks of samples and sums that several packages share; exported to the module `org.surprisal.estimate` only.
@NullMarked
package org.surprisal.information.internal;

import org.jspecify.annotations.NullMarked;

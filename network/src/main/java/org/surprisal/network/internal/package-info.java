/// A recorded forward pass that several packages of this module differentiate; not exported.
@NullMarked
package org.surprisal.network.internal;

import org.jspecify.annotations.NullMarked;

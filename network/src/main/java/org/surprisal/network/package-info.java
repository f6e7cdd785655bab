@NullMarked
package org.surprisal.network;

import org.jspecify.annotations.NullMarked;

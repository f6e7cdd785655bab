@NullMarked
package org.surprisal.data;

import org.jspecify.annotations.NullMarked;

@NullMarked
package org.surprisal.tensor;

import org.jspecify.annotations.NullMarked;

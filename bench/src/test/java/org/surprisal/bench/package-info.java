@NullMarked
package org.surprisal.bench;

import org.jspecify.annotations.NullMarked;

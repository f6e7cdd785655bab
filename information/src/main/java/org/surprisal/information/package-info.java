@NullMarked
package org.surprisal.information;

import org.jspecify.annotations.NullMarked;

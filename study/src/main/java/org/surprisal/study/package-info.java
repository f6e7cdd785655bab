@NullMarked
package org.surprisal.study;

import org.jspecify.annotations.NullMarked;

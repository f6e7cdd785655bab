@NullMarked
package org.surprisal.cli;

import org.jspecify.annotations.NullMarked;

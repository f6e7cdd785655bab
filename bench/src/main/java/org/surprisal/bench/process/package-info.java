/// What shows in a process as a whole: memory and start-up.
@NullMarked
package org.surprisal.bench.process;

import org.jspecify.annotations.NullMarked;

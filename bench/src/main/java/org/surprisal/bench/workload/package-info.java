/// The tasks that are measured, one a class, each the same task for both sides.
@NullMarked
package org.surprisal.bench.workload;

import org.jspecify.annotations.NullMarked;

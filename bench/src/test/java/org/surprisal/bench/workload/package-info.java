@NullMarked
package org.surprisal.bench.workload;

import org.jspecify.annotations.NullMarked;

/// How time grows with the size of the task: `./surprisal bench --growth`.
@NullMarked
package org.surprisal.bench.growth;

import org.jspecify.annotations.NullMarked;

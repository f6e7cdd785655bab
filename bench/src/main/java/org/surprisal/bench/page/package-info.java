/// The page about speed (`docs/performance.md`) and its figure, both from the file of one run.
@NullMarked
package org.surprisal.bench.page;

import org.jspecify.annotations.NullMarked;

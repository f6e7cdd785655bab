@NullMarked
package org.surprisal.bench.harness;

import org.jspecify.annotations.NullMarked;

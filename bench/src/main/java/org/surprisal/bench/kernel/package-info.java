/// Kernels by themselves, each beside its plain reference, under JMH: `./surprisal bench --kernels`. Every benchmark
/// checks its result.
@NullMarked
package org.surprisal.bench.kernel;

import org.jspecify.annotations.NullMarked;

/// The study `estimator-benchmark`: every estimator of mutual information on every task of a published benchmark.
@NullMarked
package org.surprisal.study.estimatorbenchmark;

import org.jspecify.annotations.NullMarked;

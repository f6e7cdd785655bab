/// How the error of a fitted model divides into bias and variance.
@NullMarked
package org.surprisal.study.biasvariance;

import org.jspecify.annotations.NullMarked;

/// Trained perceptrons over depth, learning rate and weight variance: relative entropy, Gaussianity and test error.
@NullMarked
package org.surprisal.study.depthandrate;

import org.jspecify.annotations.NullMarked;

/// Measures of trained networks that several studies take: information planes, gradients, and the epochs at which they
/// are taken.
@NullMarked
package org.surprisal.study.measure;

import org.jspecify.annotations.NullMarked;

/// Labelled images as the input of trials, and the perceptrons that several studies train on them.
@NullMarked
package org.surprisal.study.images;

import org.jspecify.annotations.NullMarked;

/// The data sets that studies and commands know by name.
@NullMarked
package org.surprisal.study.dataset;

import org.jspecify.annotations.NullMarked;

/// Eigenvalues of symmetric matrices. Not exported.
@NullMarked
package org.surprisal.information.spectrum;

import org.jspecify.annotations.NullMarked;

/// The study `known-truths`: estimators of mutual information side by side on pairs of variables whose information is
/// known.
@NullMarked
package org.surprisal.study.knowntruths;

import org.jspecify.annotations.NullMarked;

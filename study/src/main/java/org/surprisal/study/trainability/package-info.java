/// The study `trainability`: how deep a network can be for plain training to reach it, by weight variance, beside the
/// depth over which theory lets a signal survive (Schoenholz et al. 2017; Schmidt's Fig 12).
@NullMarked
package org.surprisal.study.trainability;

import org.jspecify.annotations.NullMarked;

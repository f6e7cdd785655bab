/// The study `layer-cutting`: whether layers far from the input are of any use.
@NullMarked
package org.surprisal.study.layercutting;

import org.jspecify.annotations.NullMarked;

/// The study `relative-entropy-controls`: what of the relative entropy by depth is the network's and what the data's,
/// measured from the first forward pass, from the input, and with finer models of a layer (open questions of Schmidt's
/// thesis).
@NullMarked
package org.surprisal.study.controls;

import org.jspecify.annotations.NullMarked;

/// Relative entropy by depth in trained and untrained networks (Schmidt's thesis, Figs 13-29, 55-57): the study, its
/// measurements as they lie in a run folder, and their report.
@NullMarked
package org.surprisal.study.relativeentropy;

import org.jspecify.annotations.NullMarked;

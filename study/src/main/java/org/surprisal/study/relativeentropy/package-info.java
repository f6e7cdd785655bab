/// Relative entropy by depth in trained and untrained networks (Schmidt's thesis, Figs 13-29, 55-57): the study and its
/// report.
@NullMarked
package org.surprisal.study.relativeentropy;

import org.jspecify.annotations.NullMarked;

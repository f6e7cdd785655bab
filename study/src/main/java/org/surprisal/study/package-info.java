/// Runs and what is kept of them: what is asked of a run ([org.surprisal.study.RunRequest]), its
/// [org.surprisal.study.RunFolder], and where its numbers come from ([org.surprisal.study.RunRecord]).
/// [org.surprisal.study.Studies] lists the studies that can be run; [org.surprisal.study.engine] runs them.
@NullMarked
package org.surprisal.study;

import org.jspecify.annotations.NullMarked;

/// The study engine: what a study is made of, how its trials run and are kept, and how their numbers become estimates
/// and verdicts.
///
/// A [org.surprisal.study.engine.Study] names the quantities in which its trials differ
/// ([org.surprisal.study.engine.Factor]s of a [org.surprisal.study.engine.Design]) and runs one
/// [org.surprisal.study.engine.Trial] at a time. The engine runs trials side by side, gives each a folder of its own,
/// goes on with those that were cut off, and hands the study all [org.surprisal.study.engine.Results] for its report.
/// [org.surprisal.study.engine.StudyRunner] takes a study from its run folder to its report.
/// [org.surprisal.study.engine.Claim]s are judged by one set of rules.
@NullMarked
package org.surprisal.study.engine;

import org.jspecify.annotations.NullMarked;

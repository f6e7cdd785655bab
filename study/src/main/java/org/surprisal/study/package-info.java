/// The experiments' frame: a [org.surprisal.study.Study] declares its [org.surprisal.settings.Setting]s, does its work
/// in a [org.surprisal.study.Run], keeps numbers in a [org.surprisal.study.RunFolder] and draws a report from it.
@NullMarked
package org.surprisal.study;

import org.jspecify.annotations.NullMarked;

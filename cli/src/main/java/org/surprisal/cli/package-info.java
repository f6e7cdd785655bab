/// The command line. [org.surprisal.cli.Main] holds its contract: exit codes, what goes to which stream, and that every
/// error is one line.
@NullMarked
package org.surprisal.cli;

import org.jspecify.annotations.NullMarked;

/// One-file programs to read first: each shows one thing, needs no data file, and takes a few seconds.
@NullMarked
package org.surprisal.examples;

import org.jspecify.annotations.NullMarked;

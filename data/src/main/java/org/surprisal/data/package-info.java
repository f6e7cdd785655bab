/// Data sets, file formats, generators, batches: what a network is given to learn from, and arrays from elsewhere.
///
/// Every reader takes files as they come: a damaged, inflated or wrong one gives a [DataException] of one line.
@NullMarked
package org.surprisal.data;

import org.jspecify.annotations.NullMarked;

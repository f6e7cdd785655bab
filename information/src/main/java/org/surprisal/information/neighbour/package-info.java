/// Searches for nearest neighbours among points with the maximum norm; not exported.
@NullMarked
package org.surprisal.information.neighbour;

import org.jspecify.annotations.NullMarked;

/// Files that are written whole or not at all, and names that are safe as file names.
@NullMarked
package org.surprisal.data.file;

import org.jspecify.annotations.NullMarked;

/// Folders of PNG and JPEG images as data sets.
@NullMarked
package org.surprisal.data.image;

import org.jspecify.annotations.NullMarked;

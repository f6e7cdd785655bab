/// Pages that shapes and words are drawn on: as SVG text or as pixels. Nothing here knows what a figure is.
@NullMarked
package org.surprisal.report.canvas;

import org.jspecify.annotations.NullMarked;

/// Figures as values, drawn twice: as PNG and SVG files and as interactive pictures of one HTML report.
@NullMarked
package org.surprisal.report;

import org.jspecify.annotations.NullMarked;

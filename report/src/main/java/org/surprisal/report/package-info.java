@NullMarked
package org.surprisal.report;

import org.jspecify.annotations.NullMarked;

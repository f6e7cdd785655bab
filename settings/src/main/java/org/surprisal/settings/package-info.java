/// Settings with names, defaults and allowed values, and the one line that answers a wrong one.
@NullMarked
package org.surprisal.settings;

import org.jspecify.annotations.NullMarked;

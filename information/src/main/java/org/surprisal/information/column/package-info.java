/// Centre and spread of single coordinates; exported to the module `org.surprisal.estimate` only.
@NullMarked
package org.surprisal.information.column;

import org.jspecify.annotations.NullMarked;

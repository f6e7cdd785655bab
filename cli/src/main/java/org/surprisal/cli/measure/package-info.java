/// `surprisal measure`: information in weights and activations that were brought along.
@NullMarked
package org.surprisal.cli.measure;

import org.jspecify.annotations.NullMarked;

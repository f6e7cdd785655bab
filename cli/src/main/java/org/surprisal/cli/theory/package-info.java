/// `surprisal theory`: what mean-field theory says of deep random networks, and the limit of the information
/// bottleneck.
@NullMarked
package org.surprisal.cli.theory;

import org.jspecify.annotations.NullMarked;

/// Networks described without numbers: which layers, which shapes, how many parameters; then built.
@org.jspecify.annotations.NullMarked
package org.surprisal.network.architecture;

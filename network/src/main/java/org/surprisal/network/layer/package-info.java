/// Layers beyond the fully connected one: images, normalisation, noise, sequences, graphs, and ways to compose.
@org.jspecify.annotations.NullMarked
package org.surprisal.network.layer;

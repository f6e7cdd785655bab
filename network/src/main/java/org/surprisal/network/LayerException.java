package org.surprisal.network;

/// Says which layer of a network refused its input, and why.
final class LayerException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final String path;
    private final IllegalArgumentException refusal;

    /// @param path of the layer, from the layer that runs it on
    LayerException(String path, IllegalArgumentException refusal) {
        super("layer '" + path + "': " + refusal.getMessage(), refusal);
        this.path = path;
        this.refusal = refusal;
    }

    /// The same, seen from outside the layer of this name.
    LayerException within(String name) {
        return new LayerException(name + "." + path, refusal);
    }
}

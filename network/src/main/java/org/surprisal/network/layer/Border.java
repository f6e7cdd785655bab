package org.surprisal.network.layer;

/// What a window sees beyond the edge of an image.
public enum Border {
    /// Zeros.
    ZEROS,
    /// The image mirrored at its edge, which is not repeated: of a b c, with a border of 2, c b a b c b a.
    REFLECT
}

package org.surprisal.report;

import java.awt.Color;
import java.awt.image.BufferedImage;

/// From a number in [0, 1] to a colour.
public enum ColourMap {
    /// Black to white, as a digit image is shown.
    GREY,
    /// Dark violet over green to yellow, of steadily rising lightness (after viridis: Smith and van der Walt, 2015).
    VIRIDIS,
    /// Blue over near-white to red, for signed numbers around the middle of the range (after ColorBrewer's RdBu).
    DIVERGING;

    private static final int[] VIRIDIS_STOPS = {0x440154, 0x482878, 0x3e4989, 0x31688e, 0x26828e, 0x1f9e89, 0x35b779,
            0x6ece58, 0xb5de2b, 0xfde725};
    private static final int[] DIVERGING_STOPS = {0x053061, 0x2166ac, 0x4393c3, 0x92c5de, 0xd1e5f0, 0xf7f7f7, 0xfddbc7,
            0xf4a582, 0xd6604d, 0xb2182b, 0x67001f};
    private static final int[] GREY_STOPS = {0x000000, 0xffffff};

    /// The colour at `fraction`; below 0 and above 1 the end colours.
    ///
    /// @throws IllegalArgumentException if `fraction` is NaN
    public Color at(double fraction) {
        if (Double.isNaN(fraction)) {
            throw new IllegalArgumentException("colour map " + this + ": NaN has no colour");
        }
        int[] stops = switch (this) {
            case GREY -> GREY_STOPS;
            case VIRIDIS -> VIRIDIS_STOPS;
            case DIVERGING -> DIVERGING_STOPS;
        };
        double position = Math.clamp(fraction, 0.0, 1.0) * (stops.length - 1);
        int below = Math.min((int) position, stops.length - 2);
        double part = position - below;
        int rgb = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int from = stops[below] >> shift & 0xff;
            int to = stops[below + 1] >> shift & 0xff;
            rgb |= (int) Math.round(from + part * (to - from)) << shift;
        }
        return new Color(rgb);
    }

    /// The whole map from left to right, as a picture one pixel high.
    BufferedImage bar(int steps) {
        BufferedImage picture = new BufferedImage(steps, 1, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < steps; x++) {
            picture.setRGB(x, 0, at((x + 0.5) / steps).getRGB());
        }
        return picture;
    }
}

package org.surprisal.report;

import java.awt.image.BufferedImage;

/// A matrix of numbers shown as pixels, with the range of its colour map stated beside it.
///
/// @param caption what it is, in a few words
/// @param width   pixels in a row
/// @param height  rows
/// @param values  `width * height` finite numbers, row by row from the top left
/// @param map     the colours
/// @param range   the numbers that get the first and the last colour; others get the nearer one
public record Image(String caption, int width, int height, Values values, ColourMap map, Range range) {

    public Image {
        String owner = "image '" + caption + "'";
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException(
                    owner + ": width (=" + width + ") and height (=" + height + ") must be at least 1");
        }
        if (values.size() != (long) width * height) {
            throw new IllegalArgumentException(owner + ": " + values.size() + " values for " + width + " x " + height
                    + " pixels; " + (long) width * height + " are needed");
        }
        values.check(owner, "values", false);
    }

    /// A picture in grey over its own range, as one shows a digit.
    public static Image grey(String caption, int width, int height, float[] values) {
        return new Image(caption, width, height, Values.of(values), ColourMap.GREY, extent(values));
    }

    /// A picture in viridis over its own range.
    public static Image viridis(String caption, int width, int height, float[] values) {
        return new Image(caption, width, height, Values.of(values), ColourMap.VIRIDIS, extent(values));
    }

    /// A picture of signed numbers, blue below 0 and red above, over a range symmetric about 0.
    public static Image signed(String caption, int width, int height, float[] values) {
        double most = 0;
        for (float v : values) {
            most = Math.max(most, Math.abs(v));
        }
        double end = most > 0 && Double.isFinite(most) ? most : 1;
        return new Image(caption, width, height, Values.of(values), ColourMap.DIVERGING, new Range(-end, end));
    }

    /// The picture, a pixel for each value.
    BufferedImage pixels() {
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                picture.setRGB(column, row, map.at(fraction(column, row)).getRGB());
            }
        }
        return picture;
    }

    /// The fraction of the range at column `x`, row `y`, from 0 to 1.
    double fraction(int x, int y) {
        return Math.clamp(Projection.fraction(Scale.LINEAR, range, values.get(y * width + x)), 0.0, 1.0);
    }

    /// From the least to the greatest finite value; a constant picture gets a range of 1 above it, so that it has one.
    private static Range extent(float[] values) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (float v : values) {
            if (Float.isFinite(v)) {
                low = Math.min(low, v);
                high = Math.max(high, v);
            }
        }
        if (low > high) {
            return new Range(0, 1);
        }
        return low < high ? new Range(low, high) : new Range(low, Math.max(low + 1, Math.nextUp(low)));
    }
}

package org.surprisal.data.image;

/// Resampling of a line of pixels by a triangle's weights: linear between pixels where the line grows; where it
/// shrinks, the triangle is as much wider, so that every pixel counts (Pillow's and PIL's BILINEAR).
final class TriangleFilter {
    private final int from;
    private final int to;
    private final int[] first;
    private final float[][] weights;

    /// @param from pixels of a line
    /// @param to pixels that it shall have
    TriangleFilter(int from, int to) {
        this.from = from;
        this.to = to;
        this.first = new int[to];
        this.weights = new float[to][];
        double scale = (double) from / to;
        double reach = Math.max(scale, 1);
        for (int i = 0; i < to; i++) {
            double centre = (i + 0.5) * scale;
            first[i] = (int) Math.max(Math.floor(centre - reach + 0.5), 0);
            int end = (int) Math.min(Math.floor(centre + reach + 0.5), from);
            weights[i] = weights(first[i], end, centre, reach);
        }
    }

    private static float[] weights(int first, int end, double centre, double reach) {
        float[] weights = new float[end - first];
        double sum = 0;
        for (int j = 0; j < weights.length; j++) {
            sum += weight(first + j, centre, reach);
        }
        for (int j = 0; j < weights.length; j++) {
            weights[j] = (float) (weight(first + j, centre, reach) / sum);
        }
        return weights;
    }

    private static double weight(int pixel, double centre, double reach) {
        return Math.max(1 - Math.abs((pixel + 0.5 - centre) / reach), 0);
    }

    /// Rows of a plane resampled, (height, from) to (height, to).
    float[] rows(float[] plane, int height) {
        float[] resampled = new float[height * to];
        for (int y = 0; y < height; y++) {
            for (int i = 0; i < to; i++) {
                float sum = 0;
                for (int j = 0; j < weights[i].length; j++) {
                    sum += weights[i][j] * plane[y * from + first[i] + j];
                }
                resampled[y * to + i] = sum;
            }
        }
        return resampled;
    }

    /// Columns of a plane resampled, (from, width) to (to, width).
    float[] columns(float[] plane, int width) {
        float[] resampled = new float[to * width];
        for (int i = 0; i < to; i++) {
            for (int j = 0; j < weights[i].length; j++) {
                for (int x = 0; x < width; x++) {
                    resampled[i * width + x] += weights[i][j] * plane[(first[i] + j) * width + x];
                }
            }
        }
        return resampled;
    }
}

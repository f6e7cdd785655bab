package org.surprisal.data.sets;

import java.util.Arrays;

/// A sheet that strokes are drawn on: each pixel holds how far ink covers it, 0 to 1.
///
/// A pixel's coverage falls linearly from 1 to 0 as its centre's distance to the stroke's middle line passes the
/// stroke's radius; the width of that edge is the softness of the pen. Where strokes cross the darker one counts.
final class Ink {
    private final int side;
    private final float[] coverage;

    /// A blank square sheet.
    Ink(int side) {
        this.side = side;
        this.coverage = new float[side * side];
    }

    int side() {
        return side;
    }

    void clear() {
        Arrays.fill(coverage, 0);
    }

    float coverage(int pixel) {
        return coverage[pixel];
    }

    /// A straight piece of a stroke with round ends, its radius changing linearly; pixel (i, j) has its centre at (j,
    /// i).
    void draw(double x0, double y0, double radius0, double x1, double y1, double radius1, double softness) {
        double reach = Math.max(radius0, radius1) + softness / 2;
        int left = Math.max(0, (int) Math.ceil(Math.min(x0, x1) - reach));
        int right = Math.min(side - 1, (int) Math.floor(Math.max(x0, x1) + reach));
        int top = Math.max(0, (int) Math.ceil(Math.min(y0, y1) - reach));
        int bottom = Math.min(side - 1, (int) Math.floor(Math.max(y0, y1) + reach));
        double dx = x1 - x0;
        double dy = y1 - y0;
        double squaredLength = dx * dx + dy * dy;
        for (int y = top; y <= bottom; y++) {
            for (int x = left; x <= right; x++) {
                double along = squaredLength == 0
                        ? 0
                        : Math.clamp(((x - x0) * dx + (y - y0) * dy) / squaredLength, 0.0, 1.0);
                double ex = x - x0 - along * dx;
                double ey = y - y0 - along * dy;
                double radius = radius0 + along * (radius1 - radius0);
                double depth = (radius - Math.sqrt(ex * ex + ey * ey)) / softness + 0.5;
                if (depth > coverage[y * side + x]) {
                    coverage[y * side + x] = (float) Math.min(depth, 1);
                }
            }
        }
    }
}

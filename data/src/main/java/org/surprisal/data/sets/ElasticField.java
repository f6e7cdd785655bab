package org.surprisal.data.sets;

import org.surprisal.tensor.RandomStream;

/// A smooth random displacement of the plane: independent normal displacements on a coarse grid, joined by uniform
/// cubic B-splines, so that neighbouring points move together (the idea of elastic distortion of Simard, Steinkraus and
/// Platt, 'Best Practices for Convolutional Neural Networks', ICDAR 2003, who smooth a field of one displacement a
/// pixel instead).
final class ElasticField {
    /// Grid nodes a side: the spline over the unit square has NODES - 3 spans, and rests on a node beyond each border.
    private static final int NODES = 7;

    private final double[] dx = new double[NODES * NODES];
    private final double[] dy = new double[NODES * NODES];

    /// @param standardDeviation of a node's displacement along each axis; the field's own is about half of it
    ElasticField(double standardDeviation, RandomStream stream) {
        for (int i = 0; i < dx.length; i++) {
            dx[i] = standardDeviation * stream.nextGaussian();
            dy[i] = standardDeviation * stream.nextGaussian();
        }
    }

    /// Displacement to the right at a point of the unit square; points outside move like the nearest one on its border.
    double dx(double x, double y) {
        return interpolate(dx, x, y);
    }

    /// Displacement downwards.
    double dy(double x, double y) {
        return interpolate(dy, x, y);
    }

    private static double interpolate(double[] nodes, double x, double y) {
        double u = Math.clamp(x, 0, 1) * (NODES - 3);
        double v = Math.clamp(y, 0, 1) * (NODES - 3);
        int column = Math.min((int) u, NODES - 4);
        int row = Math.min((int) v, NODES - 4);
        double sum = 0;
        for (int i = 0; i < 4; i++) {
            int start = (row + i) * NODES + column;
            double along = 0;
            for (int j = 0; j < 4; j++) {
                along += basis(j, u - column) * nodes[start + j];
            }
            sum += basis(i, v - row) * along;
        }
        return sum;
    }

    /// The piece of the uniform cubic B-spline that belongs to the k-th of the four nodes around t in [0, 1].
    private static double basis(int k, double t) {
        double s = 1 - t;
        return switch (k) {
            case 0 -> s * s * s / 6;
            case 1 -> (4 - 6 * t * t + 3 * t * t * t) / 6;
            case 2 -> (4 - 6 * s * s + 3 * s * s * s) / 6;
            default -> t * t * t / 6;
        };
    }
}

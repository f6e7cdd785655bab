package org.surprisal.data.sets;

import java.util.List;

/// Twelve points on the unit sphere, each with five neighbours, five points further off, and one opposite: cosines
/// 1/√5, -1/√5 and -1.
///
/// A subset of the points is a pattern of twelve bits; the highest bit stands for point 0. The points are numbered so
/// that their Cartesian coordinates are (0, ±1, ±φ), (±1, ±φ, 0), (±φ, 0, ±1) over √(1 + φ²), φ the golden ratio, plus
/// before minus and the first sign changing fastest.
final class Icosahedron {
    static final int POINTS = 12;
    private static final double GOLDEN = (1 + Math.sqrt(5)) / 2;
    private static final double RADIUS = Math.sqrt(1 + GOLDEN * GOLDEN);
    private static final List<double[]> PLACES = List.of(at(0, 1, GOLDEN), at(0, -1, GOLDEN), at(0, 1, -GOLDEN),
            at(0, -1, -GOLDEN), at(1, GOLDEN, 0), at(-1, GOLDEN, 0), at(1, -GOLDEN, 0), at(-1, -GOLDEN, 0),
            at(GOLDEN, 0, 1), at(-GOLDEN, 0, 1), at(GOLDEN, 0, -1), at(-GOLDEN, 0, -1));

    private Icosahedron() {
    }

    /// The unit vector of a point.
    static double[] place(int point) {
        return PLACES.get(point).clone();
    }

    /// How many ordered pairs of points of the pattern, a point with itself included, have which cosine.
    static PairCounts pairs(int pattern) {
        int near = 0;
        int far = 0;
        int opposite = 0;
        for (int u = 0; u < POINTS; u++) {
            for (int v = 0; v < POINTS; v++) {
                if (u == v || !has(pattern, u) || !has(pattern, v)) {
                    continue;
                }
                double cosine = cosine(u, v);
                if (cosine > 0) {
                    near++;
                } else if (cosine > -0.9) {
                    far++;
                } else {
                    opposite++;
                }
            }
        }
        return new PairCounts(Integer.bitCount(pattern), near, far, opposite);
    }

    /// Numbers of ordered pairs with cosine 1, 1/√5, -1/√5 and -1. They determine every rotation-invariant sum over
    /// pairs, and being whole numbers they are the same to the bit for rotated patterns.
    record PairCounts(int same, int near, int far, int opposite) {}

    private static boolean has(int pattern, int point) {
        return (pattern >>> (POINTS - 1 - point) & 1) == 1;
    }

    private static double cosine(int u, int v) {
        double[] a = PLACES.get(u);
        double[] b = PLACES.get(v);
        return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    }

    private static double[] at(double x, double y, double z) {
        return new double[]{x / RADIUS, y / RADIUS, z / RADIUS};
    }
}

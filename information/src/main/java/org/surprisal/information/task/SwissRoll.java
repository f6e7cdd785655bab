package org.surprisal.information.task;

/// The Swiss roll: a number u in (0, 1) goes to (t cos t, t sin t)/21 with t = 1.5 π (1 + 2 u), a spiral of one and a
/// half turns in the plane.
public record SwissRoll() implements PointMap {
    private static final double SIZE = 21;

    @Override
    public int dimension(int of) {
        PointMap.require(of == 1, "Swiss roll", of, "1");
        return 2;
    }

    @Override
    public double[] image(double[] point) {
        double t = 1.5 * Math.PI * (1 + 2 * point[0]);
        return new double[]{t * StrictMath.cos(t) / SIZE, t * StrictMath.sin(t) / SIZE};
    }
}

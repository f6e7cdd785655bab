package org.surprisal.information.task;

import org.hipparchus.special.Erf;
import org.hipparchus.util.FastMath;

/// A strictly increasing function, taken of each coordinate by itself. Functions that the JDK may compute differently
/// on other processors are those of [StrictMath], so that the same seed draws the same pairs on every machine.
public enum CoordinateMap implements PointMap {
    /// Φ(x), the standard normal distribution function: uniform of a standard normal coordinate.
    NORMAL_CDF {
        @Override
        public double of(double x) {
            return normalCdf(x);
        }
    },
    /// x √|x|: heavier tails.
    HALF_CUBE {
        @Override
        public double of(double x) {
            return x * Math.sqrt(Math.abs(x));
        }
    },
    /// x³.
    CUBE {
        @Override
        public double of(double x) {
            return x * x * x;
        }
    },
    /// e^x: log-normal of a normal coordinate.
    EXP {
        @Override
        public double of(double x) {
            return StrictMath.exp(x);
        }
    },
    /// tanh x.
    TANH {
        @Override
        public double of(double x) {
            return StrictMath.tanh(x);
        }
    },
    /// asinh x: shorter tails, logarithmic far from 0.
    ASINH {
        @Override
        public double of(double x) {
            return FastMath.asinh(x);
        }
    },
    /// x + 0.4 sin x + 0.2 sin(1.7 x + 1) + 0.03 sin(3.3 x - 2.5).
    WIGGLY_X {
        @Override
        public double of(double x) {
            return x + 0.4 * StrictMath.sin(x) + 0.2 * StrictMath.sin(1.7 * x + 1)
                    + 0.03 * StrictMath.sin(3.3 * x - 2.5);
        }
    },
    /// y - 0.4 sin(0.4 y) + 0.17 sin(1.3 y + 3.5) + 0.02 sin(4.3 y - 2.5).
    WIGGLY_Y {
        @Override
        public double of(double y) {
            return y - 0.4 * StrictMath.sin(0.4 * y) + 0.17 * StrictMath.sin(1.3 * y + 3.5)
                    + 0.02 * StrictMath.sin(4.3 * y - 2.5);
        }
    },
    /// The inverse of 0.3 Φ(x) + 0.7 Φ(x - 5), of a coordinate in (0, 1).
    BIMODAL_X {
        @Override
        public double of(double u) {
            return quantile(0.3, 0, 5, u);
        }
    },
    /// The inverse of 0.5 Φ(y + 1) + 0.5 Φ(y - 3), of a coordinate in (0, 1).
    BIMODAL_Y {
        @Override
        public double of(double u) {
            return quantile(0.5, -1, 3, u);
        }
    };

    /// Beyond so many standard deviations Φ is 0 or 1 in double precision.
    private static final double FAR = 39;

    /// Returns the value of the function.
    public abstract double of(double coordinate);

    @Override
    public int dimension(int of) {
        return of;
    }

    @Override
    public double[] image(double[] point) {
        double[] image = new double[point.length];
        for (int j = 0; j < image.length; j++) {
            image[j] = of(point[j]);
        }
        return image;
    }

    private static double normalCdf(double x) {
        return 0.5 * Erf.erfc(-x / Math.sqrt(2));
    }

    /// The u-quantile of a mixture of two normals of variance 1, by bisection to the last bit.
    private static double quantile(double weight, double firstMean, double secondMean, double u) {
        double low = firstMean - FAR;
        double high = secondMean + FAR;
        double middle = 0.5 * (low + high);
        while (low < middle && middle < high) {
            if (weight * normalCdf(middle - firstMean) + (1 - weight) * normalCdf(middle - secondMean) < u) {
                low = middle;
            } else {
                high = middle;
            }
            middle = 0.5 * (low + high);
        }
        return middle;
    }
}

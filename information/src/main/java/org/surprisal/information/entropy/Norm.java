package org.surprisal.information.entropy;

import org.hipparchus.special.Gamma;

/// How the distance of two points is measured.
public enum Norm {

    /// The largest difference of a coordinate; its ball of radius r is a cube of side 2r.
    MAXIMUM {
        @Override
        double combine(double sum, double difference) {
            return Math.max(sum, Math.abs(difference));
        }

        @Override
        double finish(double sum) {
            return sum;
        }

        @Override
        double logUnitBall(int dimension) {
            return dimension * Math.log(2);
        }
    },

    /// The square root of the sum of the squared differences.
    EUCLIDEAN {
        @Override
        double combine(double sum, double difference) {
            return sum + difference * difference;
        }

        @Override
        double finish(double sum) {
            return Math.sqrt(sum);
        }

        @Override
        double logUnitBall(int dimension) {
            return 0.5 * dimension * Math.log(Math.PI) - Gamma.logGamma(0.5 * dimension + 1);
        }
    };

    abstract double combine(double sum, double difference);

    abstract double finish(double sum);

    /// ln of the volume of the ball of radius 1.
    abstract double logUnitBall(int dimension);
}

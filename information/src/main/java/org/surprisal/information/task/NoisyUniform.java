package org.surprisal.information.task;

import org.surprisal.tensor.RandomStream;

/// X uniform on (0, 1), Y = X + noise uniform on (-e, e): I = h(Y) - ln 2e, which is e - ln 2e for e <= 1/2 and 1/(4 e)
/// for larger e.
///
/// @param halfWidth e, finite, above 0
public record NoisyUniform(double halfWidth) implements PairDistribution {

    /// @throws IllegalArgumentException if `halfWidth` is not a finite value above 0
    public NoisyUniform {
        if (!(halfWidth > 0 && Double.isFinite(halfWidth))) {
            throw new IllegalArgumentException("halfWidth = %s, a finite value > 0 needed".formatted(halfWidth));
        }
    }

    @Override
    public int dimensionX() {
        return 1;
    }

    @Override
    public int dimensionY() {
        return 1;
    }

    @Override
    public double information() {
        return halfWidth <= 0.5 ? halfWidth - Math.log(2 * halfWidth) : 1 / (4 * halfWidth);
    }

    @Override
    public double[] draw(int count, RandomStream stream) {
        double[] drawn = new double[2 * count];
        for (int i = 0; i < drawn.length; i += 2) {
            drawn[i] = stream.nextDouble();
            drawn[i + 1] = drawn[i] + halfWidth * (2 * stream.nextDouble() - 1);
        }
        return drawn;
    }
}

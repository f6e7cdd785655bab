package org.surprisal.information.neighbour;

/// ψ(1) … ψ(n) of the digamma function, without Euler's constant: sums in which the signs of ψ cancel are free of it.
public final class IntegerDigamma {

    private final double[] harmonic;

    /// @param n the largest argument, at least 1
    public IntegerDigamma(int n) {
        harmonic = new double[n];
        for (int m = 1; m < n; m++) {
            harmonic[m] = harmonic[m - 1] + 1.0 / m;
        }
    }

    /// ψ(m) + γ, the harmonic number 1 + 1/2 + … + 1/(m - 1), for m from 1 to n.
    public double of(int m) {
        return harmonic[m - 1];
    }
}

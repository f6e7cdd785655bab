package org.surprisal.theory.ising;

/// The probabilities with which a flip is taken, min(1, exp(-ΔH/T)) after Metropolis, times that of proposing it.
final class Acceptance {
    private static final int SUMS = 9;

    private final double[] probabilities = new double[2 * SUMS];

    /// @param proposal the probability that a spin is proposed when it is its turn
    Acceptance(IsingModel model, double proposal) {
        for (int spin = -1; spin <= 1; spin += 2) {
            for (int neighbours = -4; neighbours <= 4; neighbours += 2) {
                probabilities[index(spin, neighbours)] = proposal
                        * Math.min(1, Math.exp(-model.cost(spin, neighbours) / model.temperature()));
            }
        }
    }

    /// @param spin ±1, before
    /// @param neighbours the sum of the four it is bound to
    double of(int spin, int neighbours) {
        return probabilities[index(spin, neighbours)];
    }

    private static int index(int spin, int neighbours) {
        return (spin + 1) / 2 * SUMS + neighbours + 4;
    }
}

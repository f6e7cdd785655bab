package org.surprisal.theory.ising;

import org.surprisal.tensor.RandomStream;

/// Metropolis as in the thesis (section 2.2.4.1): a spin chosen at random, flipped with probability min(1, exp(-ΔH/T));
/// a sweep is L² of those. The plain loop that the others are held against.
public final class RandomSiteMetropolis extends LatticeSampler {
    private final Acceptance acceptance;

    /// A chain in its start state.
    public RandomSiteMetropolis(IsingModel model, Start start, RandomStream stream) {
        super(model, start, stream);
        acceptance = new Acceptance(model, 1);
    }

    @Override
    public void sweep() {
        int size = model().size();
        for (int i = 0; i < spins.length; i++) {
            int site = random.nextInt(spins.length);
            int x = site % size;
            int spin = spins[site];
            double probability = acceptance.of(spin, neighbours(x, site - x));
            if (probability >= 1 || random.nextDouble() < probability) {
                spins[site] = (byte) -spin;
            }
        }
    }
}

package org.surprisal.theory.ising;

import java.util.Locale;
import org.surprisal.tensor.RandomStream;

/// Metropolis over all black squares, then all white ones; neighbours have different colours, so L must be even.
///
/// A spin in its turn is proposed with probability 7/8. If it always were, flips that cost nothing would be certain,
/// and the chain could not reach every state: diagonal stripes two wide, where no flip costs anything, only ever turned
/// into their own negative. With it every state is one sweep away from every other.
public final class CheckerboardMetropolis extends LatticeSampler {
    /// The probability that a spin in its turn is proposed. Three bits say it exactly.
    static final double PROPOSAL = 0.875;

    private final Acceptance acceptance;

    /// A chain in its start state.
    ///
    /// @throws IllegalArgumentException if L is odd
    public CheckerboardMetropolis(IsingModel model, Start start, RandomStream stream) {
        super(model, start, stream);
        if (model.size() % 2 != 0) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "lattice size = %d, an even one needed for a checkerboard",
                            model.size()));
        }
        acceptance = new Acceptance(model, PROPOSAL);
    }

    @Override
    public void sweep() {
        int size = model().size();
        for (int colour = 0; colour < 2; colour++) {
            for (int y = 0; y < size; y++) {
                int row = y * size;
                for (int x = (y + colour) & 1; x < size; x += 2) {
                    int spin = spins[row + x];
                    if (random.nextDouble() < acceptance.of(spin, neighbours(x, row))) {
                        spins[row + x] = (byte) -spin;
                    }
                }
            }
        }
    }
}

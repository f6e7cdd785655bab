package org.surprisal.theory.ising;

import java.util.Arrays;
import org.surprisal.tensor.RandomStream;

/// One chain, its spins in bytes.
abstract sealed class LatticeSampler implements IsingSampler
        permits
        RandomSiteMetropolis,
        CheckerboardMetropolis,
        WolffClusters {
    private final IsingModel model;
    /// ±1, row by row.
    final byte[] spins;
    final Xoshiro random;

    LatticeSampler(IsingModel model, Start start, RandomStream stream) {
        this.model = model;
        random = new Xoshiro(stream);
        spins = new byte[model.spins()];
        switch (start) {
            case ORDERED -> Arrays.fill(spins, (byte) 1);
            case RANDOM -> {
                for (int i = 0; i < spins.length; i++) {
                    spins[i] = (byte) (random.next() < 0 ? -1 : 1);
                }
            }
        }
    }

    @Override
    public final IsingModel model() {
        return model;
    }

    @Override
    public final int replicas() {
        return 1;
    }

    @Override
    public void warmUp(int sweeps) {
        for (int i = 0; i < sweeps; i++) {
            sweep();
        }
    }

    @Override
    public final void observe(int[] bondSums, int[] magnetisations) {
        int size = model.size();
        int bonds = 0;
        int up = 0;
        for (int row = 0; row < spins.length; row += size) {
            int below = row + size == spins.length ? 0 : row + size;
            int left = spins[row + size - 1];
            for (int x = 0; x < size; x++) {
                int spin = spins[row + x];
                bonds += spin * (left + spins[below + x]);
                up += spin;
                left = spin;
            }
        }
        bondSums[0] = bonds;
        magnetisations[0] = up;
    }

    @Override
    public final byte[] spins(int replica) {
        if (replica != 0) {
            throw new IndexOutOfBoundsException("replica " + replica + " of a sampler with 1");
        }
        return spins.clone();
    }

    /// The sum of the four spins that a site is bound to.
    final int neighbours(int x, int row) {
        int size = model.size();
        int last = spins.length - size;
        int left = x == 0 ? size - 1 : x - 1;
        int right = x == size - 1 ? 0 : x + 1;
        int above = row == 0 ? last : row - size;
        int below = row == last ? 0 : row + size;
        return spins[row + left] + spins[row + right] + spins[above + x] + spins[below + x];
    }
}

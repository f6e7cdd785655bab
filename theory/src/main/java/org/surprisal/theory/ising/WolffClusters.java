package org.surprisal.theory.ising;

import org.surprisal.tensor.RandomStream;

/// Wolff's clusters (1989, Phys. Rev. Lett. 62, 361): from a random spin on, spins across satisfied bonds join with
/// probability 1 - exp(-2|J|/T), and the cluster is flipped. With a field h the flip is taken with probability min(1,
/// exp(-2 h M_c / T)), M_c being the cluster's magnetisation. Hardly slower near T_c than elsewhere, and not stuck in
/// stripes at low temperatures.
///
/// A sweep is a fixed number of clusters, so many that L² spins are asked on average: [#warmUp] counts, in its first
/// half, how many that are. The number must be fixed before anything is measured, because stopping when enough spins
/// have been flipped favours states behind large clusters. Without a warm-up it is 1.
public final class WolffClusters extends LatticeSampler {
    private final double join;
    /// The cluster that grows: its members in the order in which they joined, and whether a site is one.
    private final int[] members;
    private final boolean[] joined;
    private int clustersPerSweep = 1;

    /// A chain in its start state.
    public WolffClusters(IsingModel model, Start start, RandomStream stream) {
        super(model, start, stream);
        join = -Math.expm1(-2 * Math.abs(model.coupling()) / model.temperature());
        members = new int[spins.length];
        joined = new boolean[spins.length];
    }

    /// Clusters in a sweep.
    public int clustersPerSweep() {
        return clustersPerSweep;
    }

    @Override
    public void warmUp(int sweeps) {
        int counted = sweeps / 2;
        long clusters = 0;
        for (int i = 0; i < counted; i++) {
            long asked = 0;
            while (asked < spins.length) {
                asked += cluster();
                // the second half of the counted sweeps: the first is still near its start
                clusters += i >= counted / 2 ? 1 : 0;
            }
        }
        if (counted > 0) {
            clustersPerSweep = Math.toIntExact(Math.max(1, clusters / (counted - counted / 2)));
        }
        for (int i = counted; i < sweeps; i++) {
            sweep();
        }
    }

    @Override
    public void sweep() {
        for (int i = 0; i < clustersPerSweep; i++) {
            cluster();
        }
    }

    /// Grows a cluster and flips it, unless the field refuses.
    ///
    /// @return its size
    private int cluster() {
        int size = model().size();
        int count = 1;
        members[0] = random.nextInt(spins.length);
        joined[members[0]] = true;
        int magnetisation = 0;
        boolean ferromagnet = model().coupling() > 0;
        for (int next = 0; next < count; next++) {
            int site = members[next];
            int x = site % size;
            int row = site - x;
            magnetisation += spins[site];
            int satisfied = ferromagnet ? spins[site] : -spins[site];
            for (int side = 0; side < 4; side++) {
                int neighbour = switch (side) {
                    case 0 -> row + (x == 0 ? size - 1 : x - 1);
                    case 1 -> row + (x == size - 1 ? 0 : x + 1);
                    case 2 -> x + (row == 0 ? spins.length - size : row - size);
                    default -> x + (row == spins.length - size ? 0 : row + size);
                };
                if (spins[neighbour] == satisfied && !joined[neighbour] && random.nextDouble() < join) {
                    joined[neighbour] = true;
                    members[count++] = neighbour;
                }
            }
        }
        double cost = 2 * model().field() * magnetisation;
        boolean taken = cost <= 0 || random.nextDouble() < Math.exp(-cost / model().temperature());
        for (int i = 0; i < count; i++) {
            joined[members[i]] = false;
            if (taken) {
                spins[members[i]] = (byte) -spins[members[i]];
            }
        }
        return count;
    }
}

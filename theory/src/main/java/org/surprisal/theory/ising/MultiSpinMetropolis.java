package org.surprisal.theory.ising;

import java.util.Arrays;
import org.surprisal.tensor.RandomStream;

/// Metropolis on 64 independent lattices at once: bit r of a site's word is its spin in replica r, 1 for up. Spins have
/// their turn row by row and are proposed with probability 7/8, for the reason that [CheckerboardMetropolis] gives.
///
/// Each replica has its own random numbers. A flip is taken where a uniform number is below the probability; numbers
/// and probabilities are compared bit by bit from the first binary place down, all replicas at once, with one random
/// word a place. A replica is decided at the first place where the two differ, so half of those left are decided by
/// each word, and words are drawn until all are: some seven, not 48. Probabilities are rounded to 48 places.
public final class MultiSpinMetropolis implements IsingSampler {
    /// Lattices in a word.
    public static final int REPLICAS = Long.SIZE;

    /// Binary places of a probability.
    private static final int PLACES = 48;

    /// The places of the proposal's 7/8 = 0.111, which is the probability of flips that cost nothing.
    private static final int PROPOSAL_PLACES = 3;

    private static final int LEVELS = 5;

    private final IsingModel model;
    private final long[] spins;
    private final Xoshiro random;
    private final BitCounter counter;
    /// Place k of each probability in all 64 bits, by spin (down, up) and number of satisfied bonds, as
    /// `[k][5 spin + satisfied]`.
    private final long[][] places = new long[PLACES][2 * LEVELS];
    /// The same without a field, for flips that break three and four bonds.
    private final long[] ofThree = new long[PLACES];
    private final long[] ofFour = new long[PLACES];
    /// All ones where a satisfied bond joins different spins.
    private final long antiferromagnet;

    /// Chains in their start state.
    public MultiSpinMetropolis(IsingModel model, Start start, RandomStream stream) {
        this.model = model;
        random = new Xoshiro(stream);
        spins = new long[model.spins()];
        switch (start) {
            case ORDERED -> Arrays.fill(spins, -1);
            case RANDOM -> Arrays.setAll(spins, _ -> random.next());
        }
        counter = new BitCounter(2 * model.spins());
        antiferromagnet = model.coupling() < 0 ? -1 : 0;
        Acceptance acceptance = new Acceptance(model, CheckerboardMetropolis.PROPOSAL);
        for (int spin = 0; spin < 2; spin++) {
            for (int satisfied = 0; satisfied < LEVELS; satisfied++) {
                int sign = 2 * spin - 1;
                int neighbours = sign * (2 * satisfied - 4) * (antiferromagnet == 0 ? 1 : -1);
                long rounded = Math.round(acceptance.of(sign, neighbours) * 0x1p48);
                for (int k = 0; k < PLACES; k++) {
                    places[k][LEVELS * spin + satisfied] = -((rounded >>> (PLACES - 1 - k)) & 1);
                }
            }
        }
        Arrays.setAll(ofThree, k -> places[k][3]);
        Arrays.setAll(ofFour, k -> places[k][4]);
    }

    @Override
    public IsingModel model() {
        return model;
    }

    @Override
    public int replicas() {
        return REPLICAS;
    }

    @Override
    public void warmUp(int sweeps) {
        for (int i = 0; i < sweeps; i++) {
            sweep();
        }
    }

    @Override
    public void sweep() {
        int size = model.size();
        boolean free = model.field() == 0;
        for (int y = 0; y < size; y++) {
            int row = y * size;
            int above = y == 0 ? spins.length - size : row - size;
            int below = y == size - 1 ? 0 : row + size;
            if (free) {
                freeRow(row, above, below);
            } else {
                rowInField(row, above, below);
            }
        }
    }

    /// Without a field only flips that break three or four bonds cost something.
    private void freeRow(int row, int above, int below) {
        int size = model.size();
        for (int x = 0; x < size; x++) {
            long spin = spins[row + x];
            long same = ~(spin ^ antiferromagnet);
            long left = spins[row + (x == 0 ? size : x) - 1] ^ same;
            long right = spins[row + (x == size - 1 ? 0 : x + 1)] ^ same;
            long up = spins[above + x] ^ same;
            long down = spins[below + x] ^ same;
            // the number of satisfied bonds in binary
            long oneOfRow = left ^ right;
            long oneOfColumn = up ^ down;
            long twoOfRow = left & right;
            long twoOfColumn = up & down;
            long odd = oneOfRow ^ oneOfColumn;
            long four = twoOfRow & twoOfColumn;
            long three = (twoOfRow ^ twoOfColumn) & odd;
            spins[row + x] = spin ^ taken(three, four);
        }
    }

    /// The replicas whose flip is taken.
    ///
    /// @param three those in which it breaks three bonds
    /// @param four those in which it breaks four
    private long taken(long three, long four) {
        long costly = three | four;
        long taken = 0;
        long open = -1;
        for (int k = 0; k < PROPOSAL_PLACES; k++) {
            long wanted = ~costly | (three & ofThree[k]) | (four & ofFour[k]);
            long word = random.next();
            taken |= open & wanted & ~word;
            open &= ~(wanted ^ word);
        }
        // a flip that costs nothing has 0.111 and no more places: where it is open still it is not taken
        open &= costly;
        for (int k = PROPOSAL_PLACES; open != 0 && k < PLACES; k++) {
            long wanted = (three & ofThree[k]) | (four & ofFour[k]);
            long word = random.next();
            taken |= open & wanted & ~word;
            open &= ~(wanted ^ word);
        }
        return taken;
    }

    private void rowInField(int row, int above, int below) {
        int size = model.size();
        long[] cases = new long[2 * LEVELS];
        for (int x = 0; x < size; x++) {
            long spin = spins[row + x];
            long same = ~(spin ^ antiferromagnet);
            long left = spins[row + (x == 0 ? size : x) - 1] ^ same;
            long right = spins[row + (x == size - 1 ? 0 : x + 1)] ^ same;
            long up = spins[above + x] ^ same;
            long down = spins[below + x] ^ same;
            long odd = left ^ right ^ up ^ down;
            long four = left & right & up & down;
            long none = ~(left | right | up | down);
            long pairs = (left & right) ^ (up & down) ^ ((left ^ right) & (up ^ down));
            split(cases, 0, none, spin);
            split(cases, 1, odd & ~pairs, spin);
            split(cases, 2, ~odd & pairs, spin);
            split(cases, 3, odd & pairs, spin);
            split(cases, 4, four, spin);
            long taken = 0;
            long open = -1;
            for (int k = 0; k < PLACES && open != 0; k++) {
                long[] place = places[k];
                long wanted = 0;
                for (int i = 0; i < cases.length; i++) {
                    wanted |= cases[i] & place[i];
                }
                long word = random.next();
                taken |= open & wanted & ~word;
                open &= ~(wanted ^ word);
            }
            spins[row + x] = spin ^ taken;
        }
    }

    private static void split(long[] cases, int satisfied, long replicas, long spin) {
        cases[satisfied] = replicas & ~spin;
        cases[LEVELS + satisfied] = replicas & spin;
    }

    @Override
    public void observe(int[] bondSums, int[] magnetisations) {
        int size = model.size();
        counter.clear();
        for (int row = 0; row < spins.length; row += size) {
            int below = row + size == spins.length ? 0 : row + size;
            long left = spins[row + size - 1];
            for (int x = 0; x < size; x++) {
                long spin = spins[row + x];
                counter.add(spin ^ left);
                counter.add(spin ^ spins[below + x]);
                left = spin;
            }
        }
        counter.counts(bondSums);
        for (int r = 0; r < REPLICAS; r++) {
            bondSums[r] = 2 * spins.length - 2 * bondSums[r];
        }
        counter.clear();
        for (long spin : spins) {
            counter.add(spin);
        }
        counter.counts(magnetisations);
        for (int r = 0; r < REPLICAS; r++) {
            magnetisations[r] = 2 * magnetisations[r] - spins.length;
        }
    }

    @Override
    public byte[] spins(int replica) {
        byte[] one = new byte[spins.length];
        for (int i = 0; i < one.length; i++) {
            one[i] = (byte) (((spins[i] >>> replica) & 1) == 1 ? 1 : -1);
        }
        return one;
    }
}

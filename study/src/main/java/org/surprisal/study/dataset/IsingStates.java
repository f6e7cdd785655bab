package org.surprisal.study.dataset;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.surprisal.data.DataException;
import org.surprisal.data.Dataset;
import org.surprisal.data.ImageSet;
import org.surprisal.data.Split;
import org.surprisal.tensor.RandomStream;
import org.surprisal.theory.ising.IsingModel;
import org.surprisal.theory.ising.Start;
import org.surprisal.theory.ising.WolffClusters;

/// The data set `ising`: states of the two-dimensional Ising model on 28x28 spins with periodic boundaries, J = 1 and
/// no field, at 40 temperatures from 0.1 to 5 J/k_B in equal steps. A pixel is 1 where the spin is up and 0 where it is
/// down; the class is the place of the temperature.
///
/// The states of one temperature and part come from one chain of Wolff's clusters: 100 sweeps from a random start, then
/// a state every 10 sweeps, turned over as a whole with probability ½, which changes no energy. On this lattice the
/// chain forgets within two sweeps at every temperature, and its energies and specific heats are those of Kaufman's
/// exact solution from either start: that is how the states are known to be in equilibrium, and a test holds it.
public final class IsingStates {
    /// Pixels a side.
    public static final int SIDE = 28;

    /// Temperatures, and so classes.
    public static final int CLASSES = 40;

    private static final double COLDEST = 0.1;
    private static final double HOTTEST = 5;
    private static final int WARM_UP = 100;
    private static final int SWEEPS_BETWEEN = 10;
    private static final int AREA = SIDE * SIDE;

    private IsingStates() {
    }

    /// The temperature of a class, in J/k_B.
    public static double temperature(int label) {
        if (label < 0 || label >= CLASSES) {
            throw new IllegalArgumentException("class " + label + " is not in 0 … " + (CLASSES - 1));
        }
        return COLDEST + (HOTTEST - COLDEST) * label / (CLASSES - 1);
    }

    /// Training and test states from independent chains of one seed. State j of class i is in row 40 j + i, and depends
    /// on the seed, the part, i and j alone, so that a larger set begins with the smaller one.
    ///
    /// @param trainEach training states of each temperature
    /// @param testEach test states of each temperature
    public static Split generate(int trainEach, int testEach, long seed) {
        RandomStream stream = RandomStream.seeded(seed).child("ising");
        return new Split(draw(trainEach, stream.child("train")), draw(testEach, stream.child("test")));
    }

    private static Dataset draw(int each, RandomStream stream) {
        if (each < 1 || each > Integer.MAX_VALUE / AREA / CLASSES) {
            throw new DataException("ising: " + each + " states of each temperature cannot be drawn; one set holds 1 … "
                    + Integer.MAX_VALUE / AREA / CLASSES);
        }
        byte[] pixels = new byte[each * CLASSES * AREA];
        byte[] labels = new byte[each * CLASSES];
        for (int label = 0; label < CLASSES; label++) {
            RandomStream own = stream.child(label);
            WolffClusters chain = new WolffClusters(IsingModel.of(SIDE, temperature(label)), Start.RANDOM,
                    own.child("chain"));
            RandomStream turns = own.child("turns");
            chain.warmUp(WARM_UP);
            for (int j = 0; j < each; j++) {
                for (int i = 0; i < SWEEPS_BETWEEN; i++) {
                    chain.sweep();
                }
                int row = j * CLASSES + label;
                labels[row] = (byte) label;
                int light = turns.nextInt(2) == 0 ? 1 : -1;
                byte[] spins = chain.spins(0);
                for (int i = 0; i < AREA; i++) {
                    pixels[row * AREA + i] = (byte) (spins[i] == light ? 255 : 0);
                }
            }
        }
        return ImageSet.adopt("ising", SIDE, SIDE, CLASSES, pixels, labels).withClassNames(names());
    }

    private static List<String> names() {
        return IntStream.range(0, CLASSES)
                .mapToObj(label -> String.format(Locale.ROOT, "T = %.3f", temperature(label))).toList();
    }
}

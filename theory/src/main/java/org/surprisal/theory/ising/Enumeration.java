package org.surprisal.theory.ising;

import java.util.Locale;

/// Averages over every state of a small lattice, with any coupling and field: nothing but the definition, and so the
/// judge of everything else.
///
/// @param model the lattice
/// @param logPartitionFunction ln Z
/// @param energyPerSpin ⟨H⟩ / N
/// @param magnetisation ⟨M⟩ / N
/// @param absMagnetisation ⟨|M|⟩ / N
/// @param specificHeat (⟨H²⟩ - ⟨H⟩²) / (N T²)
/// @param susceptibility (⟨M²⟩ - ⟨|M|⟩²) / (N T)
/// @param binderCumulant 1 - ⟨M⁴⟩ / (3 ⟨M²⟩²)
public record Enumeration(IsingModel model, double logPartitionFunction, double energyPerSpin, double magnetisation,
        double absMagnetisation, double specificHeat, double susceptibility, double binderCumulant) {
    /// The largest L whose states are counted, 65,536 of them.
    public static final int LARGEST_SIZE = 4;

    /// The averages of a model.
    ///
    /// @throws IllegalArgumentException if L is above 4
    public static Enumeration of(IsingModel model) {
        int size = model.size();
        if (size > LARGEST_SIZE) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "lattice size = %d, at most %d can be counted", size,
                            LARGEST_SIZE));
        }
        int spins = model.spins();
        int states = 1 << spins;
        double[] energies = new double[states];
        double ground = Double.POSITIVE_INFINITY;
        for (int state = 0; state < states; state++) {
            energies[state] = model.energy(bondSum(state, size), magnetisation(state, spins));
            ground = Math.min(ground, energies[state]);
        }
        double total = 0;
        double energy = 0;
        double energySquare = 0;
        double first = 0;
        double absolute = 0;
        double second = 0;
        double fourth = 0;
        for (int state = 0; state < states; state++) {
            double above = energies[state] - ground;
            double weight = Math.exp(-above / model.temperature());
            double m = magnetisation(state, spins);
            total += weight;
            energy += weight * above;
            energySquare += weight * above * above;
            first += weight * m;
            absolute += weight * Math.abs(m);
            second += weight * m * m;
            fourth += weight * m * m * m * m;
        }
        double t = model.temperature();
        double meanAbove = energy / total;
        double meanAbsolute = absolute / total;
        double meanSquare = second / total;
        return new Enumeration(model, Math.log(total) - ground / t, (ground + meanAbove) / spins,
                first / total / spins, meanAbsolute / spins,
                model.specificHeat(energySquare / total - meanAbove * meanAbove),
                (meanSquare - meanAbsolute * meanAbsolute) / (spins * t),
                1 - fourth / total / (3 * meanSquare * meanSquare));
    }

    private static int magnetisation(int state, int spins) {
        return 2 * Integer.bitCount(state) - spins;
    }

    private static int bondSum(int state, int size) {
        int sum = 0;
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                int right = y * size + (x + 1) % size;
                int below = (y + 1) % size * size + x;
                sum += spin(state, y * size + x) * (spin(state, right) + spin(state, below));
            }
        }
        return sum;
    }

    private static int spin(int state, int site) {
        return ((state >>> site) & 1) == 1 ? 1 : -1;
    }
}

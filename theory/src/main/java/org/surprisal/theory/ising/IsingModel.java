package org.surprisal.theory.ising;

import java.util.Locale;

/// The Ising model on an L x L square lattice with periodic boundaries:
///
///     H = -J Σ_bonds s_i s_j - h Σ_i s_i,     s_i = ±1,     probability of a state ∝ exp(-H / T)
///
/// Energies and temperatures are in one unit, with Boltzmann's constant 1; J = 1 makes it that of the exact results.
/// Each spin is bound to the one on its right and the one below, 2 L² bonds in all; with L = 2 those are two bonds
/// between the same spins. (The thesis this follows prints exp(+βH) once, a slip.)
///
/// @param size L, 2 to 32767
/// @param temperature T, positive
/// @param coupling J; negative for an antiferromagnet; 0, or a magnitude from 1e-130 to 1e130
/// @param field h; 0, or a magnitude from 1e-130 to 1e130
public record IsingModel(int size, double temperature, double coupling, double field) {
    /// The largest magnitude of J and h: the squares of the energies of all spins must be numbers.
    public static final double LARGEST_ENERGY = 1e130;

    /// The smallest magnitude of J and h, except 0.
    public static final double SMALLEST_ENERGY = 1e-130;

    /// The largest L: the number of bonds must be an int.
    public static final int LARGEST_SIZE = 32_767;

    /// A model.
    ///
    /// @throws IllegalArgumentException if `size` is not in 2 … 32767, `temperature` is not a positive finite number,
    /// or `coupling` or `field` is out of range
    public IsingModel {
        if (size < 2 || size > LARGEST_SIZE) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "lattice size = %d, 2 to %d needed", size, LARGEST_SIZE));
        }
        if (!(temperature > 0 && Double.isFinite(temperature))) {
            throw new IllegalArgumentException("temperature = %s, a positive number needed".formatted(temperature));
        }
        requireEnergy("coupling", coupling);
        requireEnergy("field", field);
    }

    private static void requireEnergy(String name, double value) {
        if (!isEnergy(value)) {
            throw new IllegalArgumentException("%s = %s, 0 or a magnitude from %s to %s needed".formatted(name, value,
                    SMALLEST_ENERGY, LARGEST_ENERGY));
        }
    }

    /// Whether J or h may have this value.
    public static boolean isEnergy(double value) {
        return value == 0 || (Math.abs(value) >= SMALLEST_ENERGY && Math.abs(value) <= LARGEST_ENERGY);
    }

    /// The model with J = 1 and no field.
    public static IsingModel of(int size, double temperature) {
        return new IsingModel(size, temperature, 1, 0);
    }

    /// L².
    public int spins() {
        return size * size;
    }

    /// H.
    ///
    /// @param bondSum Σ s_i s_j over the bonds
    /// @param magnetisation Σ s_i
    public double energy(long bondSum, long magnetisation) {
        return -coupling * bondSum - field * magnetisation;
    }

    /// The energy that flipping a spin costs.
    ///
    /// @param spin ±1, before
    /// @param neighbours the sum of the four spins it is bound to
    double cost(int spin, int neighbours) {
        return 2.0 * spin * (coupling * neighbours + field);
    }

    /// The specific heat a spin, the variance of H over N T².
    ///
    /// @return infinite where that is beyond the range of numbers
    double specificHeat(double energyVariance) {
        double squares = (double) spins() * temperature * temperature;
        // T² leaves the range of numbers before the ratio does
        return squares >= Double.MIN_NORMAL && squares <= Double.MAX_VALUE
                ? energyVariance / squares
                : energyVariance / spins() / temperature / temperature;
    }
}

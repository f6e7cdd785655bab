package org.surprisal.theory.ising;

/// The Ising model on an L x L square lattice with periodic boundaries:
///
///     H = -J Σ_bonds s_i s_j - h Σ_i s_i,     s_i = ±1,     probability of a state ∝ exp(-H / T)
///
/// Energies and temperatures are in one unit, with Boltzmann's constant 1; J = 1 makes it that of the exact results. Each spin
/// is bound to the one on its right and the one below, 2 L² bonds in all; with L = 2 those are two bonds between the same spins.
/// (The thesis this follows prints exp(+βH) once, a slip.)
///
/// @param size L, 2 to 32767
/// @param temperature T, positive
/// @param coupling J; negative for an antiferromagnet
/// @param field h
public record IsingModel(int size, double temperature, double coupling, double field) {
    /// The largest L: the number of bonds must be an int.
    public static final int LARGEST_SIZE = 32_767;

    /// A model.
    ///
    /// @throws IllegalArgumentException if `size` is not in 2 … 32767, `temperature` is not positive, or a number is not finite
    public IsingModel {
        if (size < 2 || size > LARGEST_SIZE) {
            throw new IllegalArgumentException(
                    "lattice size = %d, 2 to %d needed".formatted(size, LARGEST_SIZE));
        }
        if (!(temperature > 0 && Double.isFinite(temperature))) {
            throw new IllegalArgumentException("temperature = %s, a positive number needed".formatted(temperature));
        }
        if (!Double.isFinite(coupling)) {
            throw new IllegalArgumentException("coupling = %s, a finite number needed".formatted(coupling));
        }
        if (!Double.isFinite(field)) {
            throw new IllegalArgumentException("field = %s, a finite number needed".formatted(field));
        }
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
}

package org.surprisal.theory.ising;

/// Sums over states, of which all averages are functions. Energies are counted from the ground state of the coupling,
/// so that the small variance of a cold lattice does not drown.
final class Moments {
    private long count;
    private double energy;
    private double energySquare;
    private double magnetisation;
    private double absolute;
    private double square;
    private double fourth;

    /// Adds a state.
    void add(double energyAboveGround, double m) {
        count++;
        energy += energyAboveGround;
        energySquare += energyAboveGround * energyAboveGround;
        magnetisation += m;
        absolute += Math.abs(m);
        square += m * m;
        fourth += m * m * (m * m);
    }

    /// Adds another's states, or takes them away.
    ///
    /// @param sign 1 or -1
    Moments plus(Moments other, int sign) {
        Moments sum = new Moments();
        sum.count = count + sign * other.count;
        sum.energy = energy + sign * other.energy;
        sum.energySquare = energySquare + sign * other.energySquare;
        sum.magnetisation = magnetisation + sign * other.magnetisation;
        sum.absolute = absolute + sign * other.absolute;
        sum.square = square + sign * other.square;
        sum.fourth = fourth + sign * other.fourth;
        return sum;
    }

    double energyAboveGround() {
        return energy / count;
    }

    double energyVariance() {
        double mean = energyAboveGround();
        return Math.max(0, energySquare / count - mean * mean);
    }

    double magnetisation() {
        return magnetisation / count;
    }

    double absoluteMagnetisation() {
        return absolute / count;
    }

    double absoluteVariance() {
        double mean = absoluteMagnetisation();
        return Math.max(0, square / count - mean * mean);
    }

    /// 1 - ⟨M⁴⟩ / (3 ⟨M²⟩²). ⟨M²⟩ can only vanish where no state with a magnetisation was met: 0 then.
    double binderCumulant() {
        double mean = square / count;
        return mean == 0 ? 0 : 1 - fourth / count / (3 * mean * mean);
    }
}

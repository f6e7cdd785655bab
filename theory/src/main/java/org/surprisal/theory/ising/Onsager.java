package org.surprisal.theory.ising;

/// The infinite square lattice without a field, exactly (Onsager 1944, Phys. Rev. 65, 117; the magnetisation is Yang's,
/// 1952, Phys. Rev. 85, 808), for coupling J = 1 and Boltzmann constant 1: temperatures are in J/k_B, energies in J.
///
/// With K = 1/T and κ' = 2 tanh²(2K) - 1, the energy is -coth(2K) (1 + κ'/agm(1, |κ'|)): this form of Onsager's
/// elliptic integral stays finite at the critical temperature. Its parts cancel at low and at high temperatures, where
/// [BulkSeries] serves. For another coupling J > 0: u(T, J) = J u(T/J), the others are those at T/J.
///
/// @param temperature T
/// @param energyPerSpin from -2 to 0; -√2 at the critical temperature
/// @param specificHeat a spin, in k_B; [Double#POSITIVE_INFINITY] at the critical temperature; 0 where it is below the
/// smallest number
/// @param spontaneousMagnetisation a spin, in the limit of a vanishing field; 0 from the critical temperature on
public record Onsager(double temperature, double energyPerSpin, double specificHeat, double spontaneousMagnetisation) {
    /// 2/ln(1 + √2) = 2.269185…, where sinh(2/T) = 1.
    public static final double CRITICAL_TEMPERATURE = 2 / Math.log1p(Math.sqrt(2));

    /// How far sinh(2/T) - 1 may be from 0, in units of 1's last place, for T to be the critical temperature as well as
    /// a double can say it.
    private static final int CRITICAL_ULPS = 4;

    /// The lattice at a temperature.
    ///
    /// @throws IllegalArgumentException if `temperature` is not a positive number
    public static Onsager at(double temperature) {
        if (!(temperature > 0)) {
            throw new IllegalArgumentException("temperature = %s, a positive number needed".formatted(temperature));
        }
        double twice = 2 / temperature;
        double k = 1 / temperature;
        if (BulkSeries.coldVariable(k) <= BulkSeries.LARGEST) {
            BulkSeries series = BulkSeries.cold(k);
            return new Onsager(temperature, -series.slope(), series.heat(), magnetisation(Math.sinh(twice)));
        }
        if (BulkSeries.hotVariable(k) <= BulkSeries.LARGEST) {
            BulkSeries series = BulkSeries.hot(k);
            return new Onsager(temperature, 0 - series.slope(), series.heat(), 0);
        }
        double sinh = Math.sinh(twice);
        double cosh = Math.cosh(twice);
        double coth = cosh / sinh;
        if (Math.abs(sinh - 1) <= CRITICAL_ULPS * Math.ulp(1.0)) {
            return new Onsager(temperature, -coth, Double.POSITIVE_INFINITY, 0);
        }
        double signed = (sinh - 1) / cosh * ((sinh + 1) / cosh);
        double modulus = 2 / coth / cosh;
        return new Onsager(temperature, energy(coth, signed), specificHeat(0.5 * twice, cosh, coth, modulus, signed),
                magnetisation(sinh));
    }

    private static double magnetisation(double sinh) {
        return sinh <= 1 ? 0 : Math.pow(1 - 1 / (sinh * sinh) / (sinh * sinh), 0.125);
    }

    private static double energy(double coth, double signed) {
        return -coth * (1 + signed / ArithmeticGeometricMean.of(1, Math.abs(signed)));
    }

    private static double specificHeat(double k, double cosh, double coth, double modulus, double signed) {
        double complement = Math.abs(signed);
        double bracket = ArithmeticGeometricMean.firstLessSecondKind(modulus, complement) - 0.5 * Math.PI / cosh / cosh
                * (1 + signed / ArithmeticGeometricMean.of(1, complement));
        return 4 / Math.PI * k * coth * (k * coth) * bracket;
    }
}

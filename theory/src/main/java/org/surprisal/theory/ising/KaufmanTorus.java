package org.surprisal.theory.ising;

import java.util.Locale;

/// The L x L lattice with periodic boundaries and without a field, exactly (Kaufman 1949, Phys. Rev. 76, 1232), for
/// coupling J = 1 and Boltzmann constant 1. What a simulation of that lattice must find, with no correction for its
/// size.
///
/// With K = 1/T, s = sinh 2K and cosh γ_l = s + 1/s - cos(π l / L), the partition function is ½ (2s)^(L²/2) times the
/// sum of four products: of 2 cosh(L γ_l/2) and of 2 sinh(L γ_l/2), over the odd and over the even l below 2L. Products
/// are carried as logarithms, and γ_l as 2 asinh √((1-s)²/(2s) + sin²(π l / 2L)), so that nothing overflows; γ_0
/// changes sign at the critical temperature and its sinh passes through zero there. Far from the critical temperature
/// the parts of this form cancel: there other forms of it serve ([OffCriticalTorus]), series ([BulkSeries]), or the sum
/// over all states where they are few.
///
/// @param size L, at least 2; with L = 2 two neighbours are joined by two bonds
/// @param temperature T
/// @param logPartitionFunction ln Z
/// @param energyPerSpin from -2 to 0, with a relative error of about 1e-13
/// @param specificHeat a spin, in k_B, with a relative error of about 1e-11 (1e-10 for L from 5 to 8 and T from 0.3 to
/// 0.7); 0 where it is below the smallest number
public record KaufmanTorus(int size, double temperature, double logPartitionFunction, double energyPerSpin,
        double specificHeat) {
    /// 1/T from here on, and down to the next, are far from the critical ones: sinh 2K = 2 and 1/2.
    private static final double COLD = 0.5 * Math.log(2 + Math.sqrt(5));
    private static final double HOT = 0.5 * Math.log(0.5 + Math.sqrt(1.25));

    /// What walls around a cold torus may add to the infinite lattice, relative to its specific heat.
    private static final double NO_WALLS = 1e-16;

    /// The lattice at a temperature.
    ///
    /// @throws IllegalArgumentException if `size` is below 2 or `temperature` is not a positive number
    public static KaufmanTorus at(int size, double temperature) {
        if (size < 2) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "lattice size = %d, at least 2 needed", size));
        }
        if (!(temperature > 0 && Double.isFinite(temperature))) {
            throw new IllegalArgumentException("temperature = %s, a positive number needed".formatted(temperature));
        }
        double k = 1 / temperature;
        if (k >= COLD) {
            return cold(size, temperature, k);
        }
        if (k <= HOT) {
            return size == 2 ? hotPairs(temperature, k) : offCritical(size, temperature, k);
        }
        return nearCritical(size, temperature, k);
    }

    private static KaufmanTorus cold(int size, double temperature, double k) {
        if (size <= Enumeration.LARGEST_SIZE) {
            Enumeration all = Enumeration.of(IsingModel.of(size, temperature));
            return new KaufmanTorus(size, temperature, all.logPartitionFunction(), all.energyPerSpin(),
                    all.specificHeat());
        }
        double n = (double) size * size;
        double z = BulkSeries.coldVariable(k);
        // two walls around the torus cost 4 L, two lone spins cost 16
        if (z <= BulkSeries.LARGEST && n * Math.pow(z, size - 2) <= NO_WALLS) {
            BulkSeries bulk = BulkSeries.cold(k);
            return new KaufmanTorus(size, temperature, Math.log(2) + n * (2 * k + BulkSeries.coldLogarithm(k)),
                    -bulk.slope(), bulk.heat());
        }
        return offCritical(size, temperature, k);
    }

    private static KaufmanTorus offCritical(int size, double temperature, double k) {
        double n = (double) size * size;
        OffCriticalTorus torus = new OffCriticalTorus(size, k);
        return new KaufmanTorus(size, temperature, torus.logPartitionFunction(), -torus.slope() / n, torus.heat() / n);
    }

    /// The torus of L = 2 is a ring of four spins with bonds of 2K: Z = (2 cosh 2K)⁴ (1 + tanh⁴ 2K).
    private static KaufmanTorus hotPairs(double temperature, double k) {
        double t = Math.tanh(2 * k);
        double square = t * t;
        double rest = 1 - square;
        double fourth = 1 + square * square;
        double energy = -2 * t * (1 + square * rest / fourth);
        double bend = square * (3 - 5 * square - 4 * square * square * rest / fourth) / fourth;
        return new KaufmanTorus(2, temperature, 4 * Math.log(2 * Math.cosh(2 * k)) + Math.log(fourth), energy,
                4 * k * k * rest * (1 + bend));
    }

    private static KaufmanTorus nearCritical(int size, double temperature, double k) {
        double n = (double) size * size;
        Modes modes = new Modes(size, k);
        double s = Math.sinh(2 * k);
        double slope = n * Math.cosh(2 * k) / s + modes.slope();
        double curvature = modes.curvature() - 2 * n / s / s;
        return new KaufmanTorus(size, temperature, -Math.log(2) + 0.5 * n * Math.log(2 * s) + modes.logSum(),
                -slope / n, k * k * curvature / n);
    }

    /// The logarithm of the sum of the four products and its first two derivatives by K.
    private static final class Modes {
        private final int size;
        private final double s;
        /// The first and second derivative of cosh γ_l by K; the first is that of every l.
        private final double growth;

        private final double logSum;
        private final double slope;
        private final double curvature;

        Modes(int size, double k) {
            this.size = size;
            s = Math.sinh(2 * k);
            growth = 2 * Math.cosh(2 * k) * (1 - 1 / s) * (1 + 1 / s);
            Product[] products = {product(1, false), product(1, true), product(0, false), product(0, true)};
            double most = Double.NEGATIVE_INFINITY;
            for (Product p : products) {
                most = Math.max(most, p.scale());
            }
            // The derivatives of exp(-μ K) times the sum, with μ that of one product: the rest is small, so that little
            // cancels.
            double shift = products[0].first() / products[0].value();
            double sum = 0;
            double first = 0;
            double second = 0;
            for (Product p : products) {
                double weight = Math.exp(p.scale() - most);
                sum += weight * p.value();
                first += weight * (p.first() - shift * p.value());
                second += weight * (p.second() - 2 * shift * p.first() + shift * shift * p.value());
            }
            logSum = most + Math.log(sum);
            slope = shift + first / sum;
            curvature = second / sum - first / sum * (first / sum);
        }

        /// A product and its derivatives by K, each times exp(-scale).
        private record Product(double scale, double value, double first, double second) {}

        /// Over l = start, start + 2, …; l = 0 apart from the others, because its sinh may vanish.
        private Product product(int start, boolean sinh) {
            double scale = 0;
            double first = 0;
            double second = 0;
            for (int l = start == 0 ? 2 : 1; l < 2 * size; l += 2) {
                double half = 0.5 * size * gamma(l);
                double gammaFirst = growth / Math.sinh(gamma(l));
                double gammaSecond = gammaSecond(l);
                double decay = Math.exp(-2 * half);
                double tanh = (1 - decay) / (1 + decay);
                double ratio = sinh ? 1 / tanh : tanh;
                // the derivative of the ratio by its argument: 1/cosh² or -1/sinh²
                double bend = 4 * decay / ((1 + decay) * (1 + decay)) * (sinh ? -1 / (tanh * tanh) : 1);
                scale += half + Math.log1p(sinh ? -decay : decay);
                first += 0.5 * size * gammaFirst * ratio;
                second += 0.5 * size * gammaSecond * ratio + 0.25 * size * size * gammaFirst * gammaFirst * bend;
            }
            Product others = new Product(scale, 1, first, second + first * first);
            return start == 0 ? withZerothMode(others, sinh) : others;
        }

        /// γ_0 = 2K + ln tanh K has the derivatives 2 + 2/s and -4 cosh(2K)/s².
        private Product withZerothMode(Product others, boolean sinh) {
            double argument = size * asinh((s - 1) / Math.sqrt(2 * s));
            double slope = size * (1 + 1 / s);
            double bend = -2.0 * size * (Math.sqrt(1 + s * s) / s) / s;
            double decay = Math.exp(-2 * Math.abs(argument));
            double even = 1 + decay;
            double odd = Math.signum(argument) * (1 - decay);
            double value = sinh ? odd : even;
            double other = sinh ? even : odd;
            double first = slope * other;
            double second = bend * other + slope * slope * value;
            return new Product(others.scale() + Math.abs(argument), value, first + value * others.first(),
                    second + 2 * first * others.first() + value * others.second());
        }

        private double gamma(int l) {
            double sine = Math.sin(0.5 * Math.PI * l / size);
            double distance = (1 - s) / Math.sqrt(2 * s);
            return 2 * asinh(Math.hypot(distance, sine));
        }

        /// (cosh γ)'' less cosh γ γ'², over sinh γ; the third powers of s, which cancel, are taken out by hand.
        private double gammaSecond(int l) {
            double cosine = Math.cos(Math.PI * l / size);
            double square = cosine * cosine;
            double r = 1 / s;
            double sinh = Math.sinh(gamma(l));
            // powers of s from the second down, each less two of the three powers of sinh γ, which is of the order of s
            double[] coefficients = {-4 * cosine, 8 + 4 * square, -20 * cosine, 24 + 4 * square, -28 * cosine,
                    12 + 8 * square, -12 * cosine, 4};
            double ratio = s / sinh;
            double sum = 0;
            for (int power = coefficients.length - 1; power >= 0; power--) {
                sum = sum * r + coefficients[power];
            }
            return sum * ratio * ratio / sinh;
        }

        private static double asinh(double x) {
            double magnitude = Math.abs(x);
            double value = Math
                    .log1p(magnitude + magnitude * magnitude / (1 + Math.sqrt(1 + magnitude * magnitude)));
            return Math.copySign(value, x);
        }

        double logSum() {
            return logSum;
        }

        double slope() {
            return slope;
        }

        double curvature() {
            return curvature;
        }
    }
}

package org.surprisal.theory.ising;

/// The L x L lattice with periodic boundaries and without a field, exactly (Kaufman 1949, Phys. Rev. 76, 1232), for coupling J = 1
/// and Boltzmann constant 1. What a simulation of that lattice must find, with no correction for its size.
///
/// With K = 1/T, s = sinh 2K and cosh γ_l = s + 1/s - cos(π l / L), the partition function is ½ (2s)^(L²/2) times the sum of four
/// products: of 2 cosh(L γ_l/2) and of 2 sinh(L γ_l/2), over the odd and over the even l below 2L. Products are carried as
/// logarithms, and γ_l as 2 asinh √((1-s)²/(2s) + sin²(π l / 2L)), so that nothing overflows or cancels; γ_0 changes sign at the
/// critical temperature and its sinh passes through zero there.
///
/// @param size L, at least 2; with L = 2 two neighbours are joined by two bonds
/// @param temperature T
/// @param logPartitionFunction ln Z
/// @param energyPerSpin from -2 to 0
/// @param specificHeat a spin, in k_B, with an absolute error of about 1e-13
public record KaufmanTorus(int size, double temperature, double logPartitionFunction, double energyPerSpin,
        double specificHeat) {
    /// Above this 1/T the two ordered states are all there is, but for less than the smallest double.
    private static final double FROZEN = 340;

    /// The lattice at a temperature.
    ///
    /// @throws IllegalArgumentException if `size` is below 2 or `temperature` is not a positive number
    public static KaufmanTorus at(int size, double temperature) {
        if (size < 2) {
            throw new IllegalArgumentException("lattice size = %d, at least 2 needed".formatted(size));
        }
        if (!(temperature > 0 && Double.isFinite(temperature))) {
            throw new IllegalArgumentException("temperature = %s, a positive number needed".formatted(temperature));
        }
        double n = (double) size * size;
        double k = 1 / temperature;
        if (k > FROZEN) {
            return new KaufmanTorus(size, temperature, Math.log(2) + 2 * k * n, -2, 0);
        }
        Modes modes = new Modes(size, k);
        double s = Math.sinh(2 * k);
        double slope = n * Math.cosh(2 * k) / s + modes.slope();
        // A variance: where it is nearly nothing rounding must not make it negative.
        double curvature = Math.max(0, modes.curvature() - 2 * n / s / s);
        return new KaufmanTorus(size, temperature,
                -Math.log(2) + 0.5 * n * (Math.log(2) + logSinh(2 * k)) + modes.logSum(), -slope / n,
                k * k * curvature / n);
    }

    private static double logSinh(double x) {
        return x + Math.log(-Math.expm1(-2 * x)) - Math.log(2);
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
            double value = magnitude > 1e8
                    ? Math.log(magnitude) + Math.log(2)
                    : Math.log1p(magnitude + magnitude * magnitude / (1 + Math.sqrt(1 + magnitude * magnitude)));
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

package org.surprisal.data.sets;

import java.util.Arrays;
import org.surprisal.data.Dataset;
import org.surprisal.data.InMemory;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

/// The data set `spheres`: all 4096 patterns of zeros and ones on the twelve corners of an icosahedron, in two classes
/// that no rotation of the sphere can tell apart. Of the kind of Shwartz-Ziv and Tishby's 12-bit task, whose exact rule
/// was not published, and not equal to it.
///
/// A pattern is a sum f of point masses on the sphere. Its power at degree l is the sum over m of |a_lm|², where a_lm
/// is the coefficient of f at the spherical harmonic Y_lm (orthonormal). By the addition theorem that is
/// `(2l + 1) / 4π` times the sum of the Legendre polynomial P_l over the cosines of all pairs of points. The class is 1
/// where a mix of the powers of degrees 1 to 6 exceeds its median over all patterns.
public final class Spheres {
    /// Degrees of the power spectrum, from 1.
    public static final int DEGREES = 6;

    private static final int PATTERNS = 1 << Icosahedron.POINTS;
    private static final double COSINE = 1 / Math.sqrt(5);

    private Spheres() {
    }

    /// The patterns with the classes of the mix that everybody uses, drawn from seed 12.
    public static Dataset load() {
        return mixed(RandomStream.seeded(12).child("spheres"));
    }

    /// The patterns with the classes of a mix of one's own: weights of the degrees are standard normal numbers of the
    /// stream.
    ///
    /// Inputs are float32 of shape (4096, 12); row i is the number i in binary, most significant bit first, and a place
    /// is a corner.
    public static Dataset mixed(RandomStream stream) {
        double[] weights = new double[DEGREES];
        Arrays.setAll(weights, _ -> stream.nextGaussian());
        double[] scores = new double[PATTERNS];
        for (int pattern = 0; pattern < PATTERNS; pattern++) {
            double[] power = power(pattern);
            for (int l = 0; l < DEGREES; l++) {
                scores[pattern] += weights[l] * power[l];
            }
        }
        double[] ascending = scores.clone();
        Arrays.sort(ascending);
        double median = (ascending[PATTERNS / 2 - 1] + ascending[PATTERNS / 2]) / 2;
        float[] classes = new float[PATTERNS];
        for (int pattern = 0; pattern < PATTERNS; pattern++) {
            classes[pattern] = scores[pattern] > median ? 1 : 0;
        }
        return InMemory.classification("spheres", BitPatterns.all(Icosahedron.POINTS), Tensor.of(classes), 2);
    }

    /// The powers of degrees 1 to 6 of a pattern, 0 … 4095; the same to the bit for rotated patterns.
    public static double[] power(int pattern) {
        if (pattern < 0 || pattern >= PATTERNS) {
            throw new IllegalArgumentException("pattern " + pattern + " is not in 0 … " + (PATTERNS - 1));
        }
        Icosahedron.PairCounts pairs = Icosahedron.pairs(pattern);
        double[] power = new double[DEGREES];
        double before = 1;
        double legendre = COSINE;
        for (int l = 1; l <= DEGREES; l++) {
            // P_l(-x) is P_l(x) times the parity of l, and P_l(1) is 1.
            int parity = l % 2 == 0 ? 1 : -1;
            double sum = pairs.same() + legendre * (pairs.near() + parity * pairs.far()) + parity * pairs.opposite();
            power[l - 1] = (2 * l + 1) / (4 * Math.PI) * sum;
            double next = ((2 * l + 1) * COSINE * legendre - l * before) / (l + 1);
            before = legendre;
            legendre = next;
        }
        return power;
    }
}

package org.surprisal.information.entropy;

import java.util.Locale;
import org.surprisal.information.mutual.Continuous;

/// The relative entropy D(p||q) of two densities estimated from samples of both (Wang, Kulkarni & Verdú 2009):
///
///     D = (d/n) Σ ln(ν_i / ρ_i) + ln(m / (n - 1))
///
/// with ρ_i the distance of sample i of p to its k-th neighbour among the other n - 1, and ν_i that to the k-th among
/// the m of q. Of two samples of one density it scatters around 0 in any dimension and may be negative. Else it is
/// biased, the more the higher the dimension, for the densities change over a neighbourhood: of 500 normal samples each
/// by a seventh of the truth for d = 2, a fifth for d = 3, a third for d = 5 and up to six tenths for d = 20, upwards
/// or downwards as the pair may be. And it grows with the logarithm of the distance between far samples, where the
/// divergence of normal densities grows with its square: of large divergences it finds a part only. So compare few
/// coordinates (leading principal components), and with what it makes of samples whose divergence is known. No standard
/// error comes with it: neighbourhoods overlap in both samples, and for two samples repeated draws are the honest way.
/// O(n (n + m) d).
///
/// @param k neighbours, at least 1
/// @param norm the norm that distances are measured in
public record NearestNeighbourDivergence(int k, Norm norm) {

    /// @throws IllegalArgumentException if `k` is below 1
    public NearestNeighbourDivergence {
        if (k < 1) {
            throw new IllegalArgumentException(String.format(Locale.ROOT, "k = %d, at least 1 neighbour needed", k));
        }
    }

    /// D(p||q) in nats.
    ///
    /// @param p n > k samples of d coordinates
    /// @param q m >= k samples of d coordinates
    /// @throws IllegalArgumentException if there are fewer, the dimensions differ, or a sample of p coincides with its
    /// k nearest neighbours of either kind
    public double estimate(Continuous p, Continuous q) {
        int exponent = p.dimension() == q.dimension() ? Rescaled.commonExponent(p, q) : 0;
        return exponent == 0
                ? unscaled(p, q)
                : unscaled(Rescaled.to(p, exponent).samples(), Rescaled.to(q, exponent).samples());
    }

    private double unscaled(Continuous p, Continuous q) {
        int n = p.count();
        int m = q.count();
        int d = p.dimension();
        if (d != q.dimension()) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "%s has %d coordinate(s), %s has %d: equal numbers needed",
                            p.name(), d, q.name(), q.dimension()));
        }
        if (n <= k || m < k) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT,
                            "k = %d neighbours need more than %d samples of %s (%d) and %d of %s (%d)",
                            k, k, p.name(), n, k, q.name(), m));
        }
        NearestNeighbours own = new NearestNeighbours(p, norm, k);
        NearestNeighbours others = new NearestNeighbours(q, norm, k);
        double[] coordinates = p.values().toDoubles();
        double sum = 0;
        for (int i = 0; i < n; i++) {
            own.find(coordinates, i * d, i);
            others.find(coordinates, i * d, -1);
            double among = requireApart(own.distance(k), i, p, p);
            sum += Math.log(requireApart(others.distance(k), i, p, q)) - Math.log(among);
        }
        return d * sum / n + Math.log((double) m / (n - 1));
    }

    private double requireApart(double distance, int sample, Continuous p, Continuous among) {
        if (distance == 0) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT,
                            "sample %d of %s coincides with its %d nearest neighbour(s) in %s: variables with a"
                                    + " density have no ties",
                            sample, p.name(), k, among.name()));
        }
        return distance;
    }
}

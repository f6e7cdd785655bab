package org.surprisal.theory.meanfield;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/// A calculation done with one order of quadrature and again with twice it, until the two agree.
final class Refinement {

    private static final int FIRST_ORDER = 16;
    private static final int LAST_ORDER = 128;

    /// Differences, relative or below 1 absolute, that end the refinement.
    private static final double TOLERANCE = 1e-11;

    private Refinement() {
    }

    /// The number that a calculation gives. If the last two orders do not agree the answer's error says so.
    static Estimate of(ToDoubleFunction<GaussianQuadrature> calculation) {
        return ofAll(quadrature -> new double[]{calculation.applyAsDouble(quadrature)}).getFirst();
    }

    /// The numbers that a calculation gives, the same count at every order.
    static List<Estimate> ofAll(Function<GaussianQuadrature, double[]> calculation) {
        double[] coarse = calculation.apply(GaussianQuadrature.ofOrder(FIRST_ORDER));
        for (int order = 2 * FIRST_ORDER;; order *= 2) {
            double[] fine = calculation.apply(GaussianQuadrature.ofOrder(order));
            if (order == LAST_ORDER || agree(coarse, fine)) {
                double[] before = coarse;
                return IntStream.range(0, fine.length).mapToObj(i -> Estimate.of(before[i], fine[i])).toList();
            }
            coarse = fine;
        }
    }

    private static boolean agree(double[] coarse, double[] fine) {
        for (int i = 0; i < fine.length; i++) {
            if (Math.abs(fine[i] - coarse[i]) > TOLERANCE * Math.max(1, Math.abs(fine[i]))) {
                return false;
            }
        }
        return true;
    }
}

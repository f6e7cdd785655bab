package org.surprisal.bench.workload;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.surprisal.bench.harness.Contest;
import org.surprisal.bench.harness.Scene;
import org.surprisal.bench.harness.Side;
import org.surprisal.bench.harness.Target;
import org.surprisal.bench.harness.Workload;
import org.surprisal.bench.pytorch.PyTorch;
import org.surprisal.bench.pytorch.TorchMeasure;
import org.surprisal.information.mutual.Continuous;
import org.surprisal.information.mutual.MutualInformation;
import org.surprisal.information.mutual.PairwiseDistance;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.Tensor;

/// Kullback–Leibler and Bhattacharyya bounds of the information of noisy samples, from all pairs' distances, in
/// float64. The number that is compared is the sum of both.
///
/// @param samples   N
/// @param dimension d
/// @param peer      whether PyTorch does it too
/// @param targets   what should be reached
public record PairwiseBounds(int samples, int dimension, boolean peer, List<Target> targets) implements Workload {
    public PairwiseBounds {
        targets = List.copyOf(targets);
    }

    @Override
    public String name() {
        return "pairwise-" + samples + "x" + dimension;
    }

    @Override
    public String summary() {
        return String.format(Locale.ROOT, "Kullback-Leibler and Bhattacharyya bounds, N = %,d, d = %d", samples,
                dimension);
    }

    @Override
    public Work work() {
        return new Work((double) samples * samples, "pairs");
    }

    @Override
    public Check check() {
        return new Check(1, 1e-9);
    }

    @Override
    public Contest open(Scene scene) throws IOException {
        Tensor points = scene.stream().child("pairwise").gaussian(ElementType.FLOAT64, 0, 1, samples, dimension);
        // Distances then spread over what both kernels tell apart.
        double variance = dimension / 4.0;
        Continuous variable = Continuous.of("x", points);
        PairwiseDistance bounds = PairwiseDistance.withNoise(variance);
        Side ours = () -> {
            MutualInformation both = bounds.ofInput(variable);
            return both.lower().getAsDouble() + both.upper().getAsDouble();
        };
        if (!peer || !scene.peer()) {
            return new Contest(ours, Optional.empty(), Optional.empty(), "drawn normal numbers", List.of());
        }
        PyTorch torch = PyTorch.start();
        return new Contest(ours, Optional.of(TorchMeasure.of(torch, script(variance), torch.doubles(points),
                new LinkedHashMap<>())), Optional.empty(), "drawn normal numbers",
                List.of("PyTorch goes by blocks of rows that stay in the cache, which is quicker than whole matrices"));
    }

    /// |x|² + |y|² - 2xy by one product a block of rows.
    private String script(double variance) {
        return String.format(Locale.ROOT, """
                    n = torch.size(x, 0)
                    r = torch.sum(torch.mul(x, x), [1])
                    t = torch.t(x)
                    narrow = torch.zeros([], dtype=7)
                    wide = torch.zeros([], dtype=7)
                    for i in range(torch.floordiv(torch.add(n, %1$d), %2$d)):
                      a = torch.mul(i, %2$d)
                      e = ops.prim.min(torch.add(a, %2$d), n)
                      b = torch.slice(x, 0, a, e)
                      s = torch.addmm(r, b, t, beta=1., alpha=-2.)
                      s = torch.add_(s, torch.unsqueeze(torch.slice(r, 0, a, e), 1))
                      s = torch.clamp_min_(s, 0.)
                      k = torch.exp_(torch.mul(s, %3$s))
                      wide = torch.add(wide, torch.sum(torch.log(torch.sum(k, [1]))))
                      k = torch.exp_(torch.mul_(s, %4$s))
                      narrow = torch.add(narrow, torch.sum(torch.log(torch.sum(k, [1]))))
                    return torch.sub(torch.mul(torch.log(torch.zeros_like(narrow).add_(n)), 2.), \
                torch.div(torch.add(narrow, wide), n))
                """, blockRows() - 1, blockRows(), -1 / (8 * variance), -1 / (2 * variance));
    }

    /// About 4 MB of distances at a time.
    private int blockRows() {
        return Math.clamp((1 << 19) / samples, 16, samples);
    }
}

package org.surprisal.theory.meanfield;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.surprisal.tensor.Processors;

/// Fixed points over a grid of (σ_w², σ_b²): order, chaos, and how deep a signal reaches.
///
/// @param activation φ
/// @param sigmaW2 the values of σ_w², as given
/// @param sigmaB2 the values of σ_b², as given
/// @param cells `[b][w]`: the fixed point at `sigmaB2[b]`, `sigmaW2[w]`, which says itself which numbers exist there
public record PhaseDiagram(ActivationFunction activation, List<Double> sigmaW2, List<Double> sigmaB2,
        List<List<FixedPoint>> cells) {

    /// A diagram with copies of its lists.
    ///
    /// @throws IllegalArgumentException if there is not one row a σ_b² with one cell a σ_w²
    public PhaseDiagram {
        int columns = sigmaW2.size();
        if (cells.size() != sigmaB2.size() || cells.stream().anyMatch(row -> row.size() != columns)) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "%d rows of cells, %d rows of %d cells needed", cells.size(),
                            sigmaB2.size(), columns));
        }
        sigmaW2 = List.copyOf(sigmaW2);
        sigmaB2 = List.copyOf(sigmaB2);
        cells = cells.stream().map(List::copyOf).toList();
    }

    /// The diagram of a grid, its cells divided among the threads of the caller's share of the processors; their number
    /// does not change a bit of it.
    ///
    /// @param activation φ
    /// @param sigmaW2 positive, at least one, in any order
    /// @param sigmaB2 at least 0, at least one, in any order
    /// @throws IllegalArgumentException if there are no values, or a value is refused by [MeanField]
    public static PhaseDiagram of(ActivationFunction activation, double[] sigmaW2, double[] sigmaB2) {
        requireSome("sigma_w2", sigmaW2);
        requireSome("sigma_b2", sigmaB2);
        int columns = sigmaW2.length;
        // first all cells' settings, so that a wrong one is answered before any work
        List<MeanField> theories = IntStream.range(0, columns * sigmaB2.length)
                .mapToObj(i -> new MeanField(activation, sigmaW2[i % columns], sigmaB2[i / columns])).toList();
        FixedPoint[] points = new FixedPoint[theories.size()];
        Processors.forEach(points.length, i -> points[i] = theories.get(i).fixedPoint());
        List<FixedPoint> found = List.of(points);
        List<List<FixedPoint>> rows = IntStream.range(0, sigmaB2.length)
                .mapToObj(b -> found.subList(b * columns, (b + 1) * columns)).toList();
        return new PhaseDiagram(activation, Arrays.stream(sigmaW2).boxed().toList(),
                Arrays.stream(sigmaB2).boxed().toList(), rows);
    }

    private static void requireSome(String name, double[] values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("no values of %s, at least one needed".formatted(name));
        }
    }

    /// The fixed point at `sigmaB2[b]`, `sigmaW2[w]`.
    public FixedPoint at(int b, int w) {
        return cells.get(b).get(w);
    }
}

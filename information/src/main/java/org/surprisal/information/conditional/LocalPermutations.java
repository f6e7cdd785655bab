package org.surprisal.information.conditional;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.surprisal.information.mutual.Continuous;
import org.surprisal.information.mutual.Discrete;
import org.surprisal.information.mutual.ScaledPoints;
import org.surprisal.information.mutual.Scaling;
import org.surprisal.information.mutual.Variable;
import org.surprisal.information.neighbour.NearestNeighbours;
import org.surprisal.information.neighbour.NeighbourSearch;
import org.surprisal.information.neighbour.NeighbourSpace;
import org.surprisal.tensor.RandomStream;

/// Surrogates of X that keep what it has in common with Z and break what it has with Y (Runge 2018, algorithm 1): row i
/// gets the x of one of the m rows nearest to it in Z, itself among them. In random order, each row takes the first of
/// its neighbours, shuffled, that no row has taken yet, and the last of them where all are taken; so that few rows of X
/// are used twice. Neighbours are not at the same place: where X depends strongly on Z and samples are few, p-values
/// are somewhat too small (of 200 pairs X = Z² + e, Y = Z² + sin Z + f of 200 samples, 37 have p <= 0.1 by `ksg`; 67
/// with shuffled rows). For a discrete Z the rows of each symbol are permuted among themselves, each used once.
///
/// @param neighbours m, at least 2; Runge takes 5 to 10
public record LocalPermutations(int neighbours) {

    /// Five neighbours, Runge's choice.
    public static final LocalPermutations USUAL = new LocalPermutations(5);

    /// @throws IllegalArgumentException if `neighbours` is below 2
    public LocalPermutations {
        if (neighbours < 2) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "neighbours = %d, at least 2 needed to permute rows", neighbours));
        }
    }

    /// Which sample of X takes each place, `count` times: shape (count, n).
    ///
    /// @throws IllegalArgumentException if z has no more samples than neighbours are asked for
    int[][] orders(Variable z, int count, RandomStream stream) {
        return switch (z) {
            case Discrete discrete -> withinSymbols(discrete, count, stream);
            case Continuous continuous -> amongNeighbours(continuous, count, stream);
        };
    }

    private static int[][] withinSymbols(Discrete z, int count, RandomStream stream) {
        int n = z.count();
        List<int[]> members = new ArrayList<>();
        for (int c = 0; c < z.symbols(); c++) {
            int symbol = c;
            members.add(IntStream.range(0, n).filter(i -> z.code(i) == symbol).toArray());
        }
        int[][] orders = new int[count][n];
        for (int b = 0; b < count; b++) {
            RandomStream own = stream.child(b);
            for (int[] rows : members) {
                int[] order = own.permutation(rows.length);
                for (int i = 0; i < rows.length; i++) {
                    orders[b][rows[i]] = rows[order[i]];
                }
            }
        }
        return orders;
    }

    private int[][] amongNeighbours(Continuous z, int count, RandomStream stream) {
        int n = z.count();
        if (neighbours > n) {
            throw new IllegalArgumentException(String.format(Locale.ROOT,
                    "%d neighbours in %s asked for, and there are %d rows", neighbours, z.name(), n));
        }
        NeighbourSpace space = ScaledPoints.of(z, Scaling.STANDARDISE, 0, stream, new ArrayList<>());
        if (space.isEmpty()) {
            return IntStream.range(0, count).mapToObj(b -> stream.child(b).permutation(n)).toArray(int[][]::new);
        }
        NeighbourSearch search = NeighbourSearch.of(space);
        NearestNeighbours found = new NearestNeighbours(neighbours - 1);
        int[][] near = new int[n][];
        for (int i = 0; i < n; i++) {
            found.ask(neighbours - 1);
            search.nearest(i, found);
            near[i] = Arrays.copyOf(found.points(), neighbours);
            near[i][neighbours - 1] = i;
        }
        int[][] orders = new int[count][n];
        for (int b = 0; b < count; b++) {
            RandomStream own = stream.child(b);
            boolean[] taken = new boolean[n];
            for (int i : own.permutation(n)) {
                int chosen = -1;
                for (int place : own.permutation(neighbours)) {
                    chosen = near[i][place];
                    if (!taken[chosen]) {
                        break;
                    }
                }
                taken[chosen] = true;
                orders[b][i] = chosen;
            }
        }
        return orders;
    }
}

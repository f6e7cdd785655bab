package org.surprisal.information.neighbour;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.surprisal.tensor.RandomStream;

class NeighbourSearchTest {

    /// Smooth points, and points on a lattice so coarse that most distances tie and most points have others on top of
    /// them.
    @ParameterizedTest
    @CsvSource({"1, 1, 0", "12, 2, 0", "13, 2, 0", "500, 1, 0", "500, 2, 0", "500, 4, 0", "300, 9, 0", "500, 1, 2",
            "500, 2, 1", "500, 3, 0.7", "200, 2, 0.01"})
    void treeAndScanAgreeToTheBit(int n, int dimension, double lattice) {
        NeighbourSpace space = points(n, dimension, lattice);
        var tree = new NeighbourTree(space);
        var scan = new NeighbourScan(space);
        var byTree = new NearestNeighbours(7);
        var byScan = new NearestNeighbours(7);
        for (int k : new int[]{1, 4, 7}) {
            for (int i = 0; i < n; i++) {
                byTree.ask(k);
                byScan.ask(k);
                tree.nearest(i, byTree);
                scan.nearest(i, byScan);
                assertThat(byTree.points()).as("neighbours of %d", i).containsExactly(byScan.points());
                assertThat(byTree.radius()).isEqualTo(byScan.radius());
                for (double radius : new double[]{byScan.radius(), Math.nextUp(byScan.radius()), 0, 0.3, 1, 100}) {
                    assertThat(tree.below(radius, i)).as("below %s of %d", radius, i)
                            .isEqualTo(scan.below(radius, i));
                }
            }
        }
    }

    /// Points 0 and 3 coincide; of 1 and 2, as far from 0, the first counts as nearer.
    @Test
    void tiesGoToTheLowerNumber() {
        var space = new NeighbourSpace(new double[][]{{0, 1, -1, 0, 5}, {0, 0, 1, 0, 0}});
        var found = new NearestNeighbours(3);

        found.ask(2);
        new NeighbourScan(space).nearest(0, found);

        assertThat(found.points()).containsExactly(3, 1);
        assertThat(found.radius()).isEqualTo(1);
        assertThat(new NeighbourScan(space).below(1, 0)).isEqualTo(2);
        assertThat(new NeighbourScan(space).below(Math.nextUp(1.0), 0)).isEqualTo(4);
        found.ask(3);
        new NeighbourScan(space).nearest(4, found);
        assertThat(found.points()).containsExactly(1, 0, 3);
    }

    @Test
    void manyCoordinatesAreScanned() {
        assertThat(NeighbourSearch.of(points(20, 6, 0))).isInstanceOf(NeighbourTree.class);
        assertThat(NeighbourSearch.of(points(20, 7, 0))).isInstanceOf(NeighbourScan.class);
    }

    private static NeighbourSpace points(int n, int dimension, double lattice) {
        double[][] columns = new double[dimension][n];
        for (int j = 0; j < dimension; j++) {
            RandomStream stream = RandomStream.seeded(j);
            columns[j] = IntStream.range(0, n).mapToDouble(i -> stream.nextGaussian())
                    .map(x -> lattice > 0 ? Math.rint(x * lattice) : x).toArray();
        }
        return new NeighbourSpace(columns);
    }
}

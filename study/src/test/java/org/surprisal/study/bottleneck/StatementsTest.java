package org.surprisal.study.bottleneck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.surprisal.information.mutual.InformationPlane;
import org.surprisal.information.mutual.InformationPlane.Bracket;
import org.surprisal.information.mutual.InformationPlane.Coordinates;
import org.surprisal.information.mutual.InformationPlane.Kind;
import org.surprisal.information.mutual.InformationPlane.Point;
import org.surprisal.information.mutual.InformationPlane.Succession;
import org.surprisal.information.statistics.PairedDifference;
import org.surprisal.study.Case;
import org.surprisal.study.Metric;

/// Statements about planes whose numbers are made up.
class StatementsTest {
    private static Case network(String activation, long seed) {
        return Case.of("activation", activation).and("fraction", "1.0").and("seed", seed);
    }

    /// Two hidden layers and an output, with these I(X;T) of the lower bound and a gap of `gap` everywhere.
    private static InformationPlane plane(double gap, double[] input, double labels) {
        List<Point> points = new ArrayList<>();
        for (int m = 0; m < input.length; m++) {
            points.add(new Point(Integer.toString(m + 1),
                    Map.of(Kind.BHATTACHARYYA, new Coordinates(input[m], labels), Kind.KULLBACK_LEIBLER,
                            new Coordinates(input[m] + gap, labels)),
                    Optional.of(new Bracket(0, 0.6)), Map.of("noiseVariance", 0.25 + m), List.of()));
        }
        return new InformationPlane(1000, Math.log(1000), 0.69, Succession.CHAIN, points);
    }

    private static void add(List<Metric> metrics, Case network, int epoch, InformationPlane plane) {
        Planes.write(plane, epoch, network, metrics::add);
    }

    /// tanh falls from 4 to 2 in the second layer (1 in the mean of two), ReLU does not, a third network has collapsed.
    private static List<Metric> metrics() {
        List<Metric> metrics = new ArrayList<>();
        for (long seed : new long[]{1, 2, 3}) {
            double shift = 0.01 * seed;
            add(metrics, network("tanh", seed), 0, plane(1, new double[]{5, 3, 1}, 0.1 + shift));
            add(metrics, network("tanh", seed), 10, plane(1, new double[]{5, 4 + shift, 1}, 0.3));
            add(metrics, network("tanh", seed), 100, plane(0.5 - shift, new double[]{5, 2, 1}, 0.5));
            add(metrics, network("relu", seed), 0, plane(1, new double[]{5, 3, 1}, 0.1 + shift));
            boolean dead = seed == 3;
            add(metrics, network("relu", seed), 100, plane(dead ? 0 : 1, dead ? new double[3] : new double[]{5, 4, 1},
                    dead ? 0 : 0.5));
        }
        return metrics;
    }

    @Test
    void planesComeBackAsTheyWereWritten() {
        Planes planes = Planes.read(metrics());

        assertThat(planes.planes(network("tanh", 2))).containsOnlyKeys(0, 10, 100).containsEntry(0,
                plane(1, new double[]{5, 3, 1}, 0.1 + 0.02));
        assertThat(planes.groups()).hasSize(2);
    }

    @Test
    void aPlaneWithoutItsLastRowIsNotRead() {
        List<Metric> cut = metrics();
        cut.removeLast();

        assertThat(Planes.read(cut).planes(network("relu", 3))).containsOnlyKeys(0);
    }

    @Test
    void collapsedNetworksAreFoundAndLeftOut() {
        Planes planes = Planes.read(metrics());

        assertThat(planes.collapsed(100)).containsExactly(network("relu", 3));
        assertThat(planes.without(planes.collapsed(100)).networks(planes.groups().getLast())).hasSize(2);
    }

    @Test
    void eachStatementIsJudgedByItsInterval() {
        Planes all = Planes.read(metrics());
        Statements statements = new Statements(all.without(all.collapsed(100)), 100);

        Map<String, String> lower = new HashMap<>();
        for (Statements.Finding finding : statements.all()) {
            if (finding.kind().startsWith("lower") || finding.statement().startsWith("the gap")) {
                lower.put(finding.networks() + ": " + finding.statement(), finding.verdict());
            }
        }
        assertThat(lower).containsEntry("tanh: the last hidden layer gains I(T;Y)", "holds")
                .containsEntry("tanh: the last hidden layer keeps less I(X;T) than the first", "holds")
                .containsEntry("tanh: the gap U - L of I(X;T) shrinks, mean of layers", "holds")
                .containsEntry("tanh: compression: I(X;T) of the hidden layers falls from its maximum, mean", "holds")
                .containsEntry("relu: compression: I(X;T) of the hidden layers falls from its maximum, mean",
                        "does not hold")
                .containsEntry("relu: the gap U - L of I(X;T) shrinks, mean of layers",
                        "open: the interval includes 0");
    }

    @Test
    void compressionIsTheFallFromTheMaximum() {
        Planes all = Planes.read(metrics());
        Statements statements = new Statements(all.without(all.collapsed(100)), 100);
        Case tanh = all.groups().getFirst();
        Case relu = all.groups().getLast();

        // 2.01, 2.02 and 2.03.
        PairedDifference fall = statements.compression(tanh, Kind.BHATTACHARYYA, 1);
        assertThat(fall.mean()).isCloseTo(2.02, within(1e-12));
        assertThat(statements.compression(relu, Kind.BHATTACHARYYA, 1).mean()).isZero();
        // Half of it in the mean of two hidden layers, on the two seeds that both have.
        PairedDifference difference = statements.compressesMore(tanh, relu, Kind.BHATTACHARYYA).orElseThrow();
        assertThat(difference.count()).isEqualTo(2);
        assertThat(difference.mean()).isCloseTo((2.01 + 2.02) / 4, within(1e-12));
    }

    @Test
    void oneSeedLeavesEverythingOpen() {
        List<Metric> one = metrics().stream().filter(metric -> metric.in().equals(network("tanh", 1))).toList();

        assertThat(new Statements(Planes.read(one), 100).all()).allMatch(f -> f.verdict().equals("one seed: open"));
    }
}

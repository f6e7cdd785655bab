package org.surprisal.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.surprisal.report.DirectedGraph.Edge;
import org.surprisal.report.DirectedGraph.Kind;
import org.surprisal.report.DirectedGraph.Node;
import org.surprisal.report.DirectedGraph.Outline;

class DirectedGraphTest {

    private static final Kind KIND = new Kind("kind", Palette.INK, Outline.BOX);
    private static final double GAP = 10;

    private static DirectedGraph graph(int nodes, Edge... edges) {
        List<Node> all = new ArrayList<>();
        for (int i = 0; i < nodes; i++) {
            all.add(new Node("node " + i, "", KIND));
        }
        return new DirectedGraph("g", "title", "", all, List.of(edges));
    }

    private static GraphLayout layout(int nodes, Edge... edges) {
        double[] widths = new double[nodes];
        Arrays.fill(widths, 50);
        return new GraphLayout(widths, List.of(edges), GAP);
    }

    @Test
    void refusesWhatHasNoLayers() {
        assertThatIllegalArgumentException().isThrownBy(() -> graph(0)).withMessageContaining("no nodes");
        assertThatIllegalArgumentException().isThrownBy(() -> graph(2, new Edge(0, 2)))
                .withMessageContaining("0 -> 2").withMessageContaining("nodes 0 to 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> graph(4, new Edge(0, 1), new Edge(1, 2), new Edge(2, 3), new Edge(3, 1)))
                .withMessageContaining("'node 1'").withMessageContaining("cycle");
        assertThatIllegalArgumentException().isThrownBy(() -> graph(1, new Edge(0, 0)));
    }

    @Test
    void aNodesLayerIsTheLongestPathToIt() {
        // 0 -> 1 -> 2 -> 3, 0 -> 3, and 4 which only 3 needs
        GraphLayout layout = layout(5, new Edge(0, 1), new Edge(1, 2), new Edge(2, 3), new Edge(0, 3), new Edge(4, 3));
        assertThat(new int[]{layout.layer(0), layout.layer(1), layout.layer(2), layout.layer(3), layout.layer(4)})
                .containsExactly(0, 1, 2, 3, 2);
        assertThat(layout.depth()).isEqualTo(4);
        // The long edge passes through the two layers between, beside what stands there.
        double[] way = layout.way(3);
        assertThat(way).hasSize(4);
        assertThat(Math.abs(way[1] - layout.centre(1))).isGreaterThanOrEqualTo(25 + GAP - 1e-9);
    }

    @Test
    void aChainIsStraight() {
        GraphLayout layout = layout(4, new Edge(0, 1), new Edge(1, 2), new Edge(2, 3));
        for (int i = 0; i < 4; i++) {
            assertThat(layout.centre(i)).isCloseTo(25, Offset.offset(1e-9));
        }
        assertThat(layout.width()).isCloseTo(50, Offset.offset(1e-9));
    }

    @Test
    void crossingsThatNeedNotBeAreUndone() {
        // two chains given crosswise, and a tree
        assertThat(layout(4, new Edge(0, 3), new Edge(1, 2)).crossings()).isZero();
        assertThat(layout(7, new Edge(0, 4), new Edge(1, 5), new Edge(2, 4), new Edge(3, 5), new Edge(4, 6),
                new Edge(5, 6)).crossings()).isZero();
        // two and two, all joined, cross once at least
        assertThat(layout(4, new Edge(0, 2), new Edge(0, 3), new Edge(1, 2), new Edge(1, 3)).crossings()).isEqualTo(1);
    }

    @Test
    void nodesOfALayerNeverTouchAndEveryArrowPointsDown() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(3);
        for (int trial = 0; trial < 50; trial++) {
            int nodes = 2 + random.nextInt(30);
            List<Edge> edges = new ArrayList<>();
            for (int i = 0; i < 2 * nodes; i++) {
                int a = random.nextInt(nodes);
                int b = random.nextInt(nodes);
                if (a != b) {
                    edges.add(new Edge(Math.min(a, b), Math.max(a, b)));
                }
            }
            double[] widths = random.doubles(nodes, 20, 120).toArray();
            GraphLayout layout = new GraphLayout(widths, edges, GAP);
            for (Edge edge : edges) {
                assertThat(layout.layer(edge.from())).isLessThan(layout.layer(edge.to()));
            }
            for (int i = 0; i < nodes; i++) {
                assertThat(layout.centre(i) - widths[i] / 2).isGreaterThanOrEqualTo(-1e-9);
                assertThat(layout.centre(i) + widths[i] / 2).isLessThanOrEqualTo(layout.width() + 1e-9);
                for (int j = 0; j < i; j++) {
                    if (layout.layer(i) == layout.layer(j)) {
                        assertThat(Math.abs(layout.centre(i) - layout.centre(j)))
                                .isGreaterThanOrEqualTo((widths[i] + widths[j]) / 2 + GAP - 1e-9);
                    }
                }
            }
        }
    }

    @Test
    void everyLabelStandsInTheSvgAndTheReport() throws Exception {
        DirectedGraph graph = SampleFigures.residual();
        String svg = new String(FigureFiles.svg(graph), StandardCharsets.UTF_8);
        for (Node node : graph.nodes()) {
            assertThat(svg).contains(">" + node.label() + "<").contains(node.detail()).contains(node.kind().name());
        }
        assertThat(new HtmlFigures().figure(graph, "")).contains("<svg width=").contains("6 nodes, 6 arrows")
                .contains("<figure id=\"residual-layer\">");
        assertThat(FigureFiles.png(graph)).isNotEmpty();
        assertThat(FigureFiles.png(graph(1))).isNotEmpty();
    }
}

package org.surprisal.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.surprisal.report.DirectedGraph;
import org.surprisal.report.FigureFiles;
import org.surprisal.tensor.ComputationalGraph;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.Tensor;

class ComputationalGraphFigureTest {

    private static Tensor variable(int... lengths) {
        return Tensor.full(ElementType.FLOAT64, 0.5, lengths).tracked();
    }

    @Test
    void theTwoLayerNetworkOfTheLectureNotes(@TempDir Path folder) throws IOException {
        // sigma(W2 sigma(W1 x + b1) + b2), Fig 107
        Tensor x = Tensor.zeros(ElementType.FLOAT64, 3, 1);
        Tensor w1 = variable(4, 3);
        Tensor b1 = variable(4, 1);
        Tensor w2 = variable(2, 4);
        Tensor b2 = variable(2, 1);
        Tensor y = w2.matmul(w1.matmul(x).plus(b1).sigmoid()).plus(b2).sigmoid();
        DirectedGraph figure = ComputationalGraphFigure.of(
                ComputationalGraph.of(y, Map.of("x", x, "W1", w1, "b1", b1, "W2", w2, "b2", b2, "y", y)),
                "two-layers", "Two layers: y = σ(W₂ σ(W₁ x + b₁) + b₂)",
                "Boxes are operations; what they start from is round.");
        assertThat(figure.nodes()).extracting(DirectedGraph.Node::label).containsExactly("W1", "x", "matmul", "b1",
                "add", "sigmoid", "W2", "matmul", "b2", "add", "y = sigmoid");
        assertThat(figure.nodes()).extracting(node -> node.kind().name()).containsExactly("variable", "constant",
                "operation", "variable", "operation", "operation", "variable", "operation", "variable", "operation",
                "operation");
        assertThat(figure.nodes().get(6).detail()).isEqualTo("(2, 4)");
        assertThat(figure.edges()).hasSize(10).contains(new DirectedGraph.Edge(5, 7), new DirectedGraph.Edge(6, 7));
        assertThat(FigureFiles.write(figure, folder)).allMatch(Files::exists);
    }

    @Test
    void aNumberUsedTwiceHasTwoEdges() {
        Tensor w = variable();
        DirectedGraph figure = ComputationalGraphFigure.of(ComputationalGraph.of(w.times(w)), "square", "w w", "");
        assertThat(figure.edges()).containsExactly(new DirectedGraph.Edge(0, 1), new DirectedGraph.Edge(0, 1));
    }
}

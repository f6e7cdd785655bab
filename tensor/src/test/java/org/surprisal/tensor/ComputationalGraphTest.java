package org.surprisal.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.surprisal.tensor.ComputationalGraph.Kind;
import org.surprisal.tensor.ComputationalGraph.Node;

class ComputationalGraphTest {
    private static Tensor variable(int... lengths) {
        return Tensor.full(ElementType.FLOAT64, 0.5, lengths).tracked();
    }

    @Test
    void theSquareOfALine() {
        // a = (w x + b)^2, lecture notes Fig 112
        Tensor w = variable();
        Tensor x = variable();
        Tensor b = variable();
        Tensor q = w.times(x);
        Tensor z = q.plus(b);
        Tensor a = z.square();
        ComputationalGraph graph = ComputationalGraph.of(a, Map.of("w", w, "x", x, "b", b, "q", q, "z", z, "a", a));
        assertThat(graph).hasToString("""
                1  w             variable   ()
                2  x             variable   ()
                3  q = multiply  operation  ()  of 1, 2
                4  b             variable   ()
                5  z = add       operation  ()  of 3, 4
                6  a = square    operation  ()  of 5""");
        assertThat(graph.toDot()).startsWith("digraph computation {\n").endsWith("}\n")
                .contains("n1 [label=\"w\\n()\", shape=ellipse];")
                .contains("n3 [label=\"q = multiply\\n()\", shape=box];")
                .contains("n5 -> n6;").containsOnlyOnce("n2 -> n3;");
    }

    @Test
    void gradientsOfTheSquareOfALineAreTheClosedForm() {
        // da/dz = da/db = da/dq = 2z, da/dx = 2z w, da/dw = 2z x (lecture notes 4.46), with values of our own
        Tensor w = Tensor.of(new double[]{-1.5}).tracked();
        Tensor x = Tensor.of(new double[]{2}).tracked();
        Tensor b = Tensor.of(new double[]{0.25}).tracked();
        Tensor q = w.times(x);
        Tensor z = q.plus(b);
        double twoZ = 2 * (-1.5 * 2 + 0.25);
        assertThat(Gradients.of(z.square(), z, b, q, x, w)).extracting(Tensor::item).containsExactly(twoZ, twoZ, twoZ,
                twoZ * -1.5, twoZ * 2);
    }

    /// sigma(W2 sigma(W1 x + b1) + b2), lecture notes Fig 107, x being data.
    private static ComputationalGraph twoLayers() {
        Tensor x = Tensor.full(ElementType.FLOAT64, 1, 3, 1);
        Map<String, Tensor> names = new LinkedHashMap<>();
        names.put("x", x);
        names.put("W1", variable(4, 3));
        names.put("b1", variable(4, 1));
        names.put("W2", variable(2, 4));
        names.put("b2", variable(2, 1));
        Tensor hidden = names.get("W1").matmul(x).plus(names.get("b1")).sigmoid();
        return ComputationalGraph.of(names.get("W2").matmul(hidden).plus(names.get("b2")).sigmoid(), names);
    }

    @Test
    void twoLayersInOrderOfComputation() {
        assertThat(twoLayers()).hasToString("""
                 1  W1       variable   (4, 3)
                 2  x        constant   (3, 1)
                 3  matmul   operation  (4, 1)  of 1, 2
                 4  b1       variable   (4, 1)
                 5  add      operation  (4, 1)  of 3, 4
                 6  sigmoid  operation  (4, 1)  of 5
                 7  W2       variable   (2, 4)
                 8  matmul   operation  (2, 1)  of 7, 6
                 9  b2       variable   (2, 1)
                10  add      operation  (2, 1)  of 8, 9
                11  sigmoid  operation  (2, 1)  of 10""");
        assertThat(twoLayers().toDot()).contains("n2 [label=\"x\\n(3, 1)\", shape=ellipse, style=dashed];");
    }

    @Test
    void chainsAreDrawnTogether() {
        // lecture notes Fig 108: a layer is one node
        Tensor x = Tensor.full(ElementType.FLOAT64, 1, 5, 3);
        Tensor w1 = variable(4, 3);
        Tensor b1 = variable(4);
        Tensor hidden = x.linear(w1, b1).sigmoid();
        Tensor y = hidden.linear(variable(2, 4), variable(2)).sigmoid().plus(hidden.sum());
        ComputationalGraph graph = ComputationalGraph.of(y, Map.of("x", x, "W1", w1, "b1", b1)).collapsed();
        assertThat(graph.nodes()).extracting(Node::label).containsExactlyInAnyOrder("x", "W1", "b1", "linear, sigmoid",
                "variable", "variable", "linear, sigmoid", "sum, reshape, repeat, repeat", "add");
        assertThat(graph.nodes().getLast().shape()).isEqualTo(Shape.of(5, 2));
        for (int i = 0; i < graph.nodes().size(); i++) {
            int place = i;
            assertThat(graph.nodes().get(i).inputs()).allMatch(input -> input < place);
        }
        // A named tensor and one that is used twice keep their nodes.
        ComputationalGraph named = ComputationalGraph.of(y, Map.of("pre", y)).collapsed();
        assertThat(named.nodes().getLast().label()).isEqualTo("pre = add");
        Tensor v = variable(2);
        Tensor e = v.exp();
        assertThat(ComputationalGraph.of(e.times(e)).collapsed().nodes()).extracting(Node::operations)
                .containsExactly(List.of(), List.of("exp"), List.of("multiply"));
        Tensor s = v.square();
        assertThat(ComputationalGraph.of(s.exp(), Map.of("s", s)).collapsed().nodes()).hasSize(3);
        assertThat(ComputationalGraph.of(s.exp().tanh()).collapsed().nodes()).extracting(Node::label)
                .containsExactly("variable", "square, exp, tanh");
    }

    @Test
    void eachTensorIsOneNodeHoweverOftenItIsUsed() {
        Tensor x = variable(2);
        Tensor y = x.times(x);
        List<Node> nodes = ComputationalGraph.of(y.plus(y)).nodes();
        assertThat(nodes).hasSize(3);
        assertThat(nodes.get(1).inputs()).containsExactly(0, 0);
        assertThat(nodes.get(2).inputs()).containsExactly(1, 1);
    }

    @Test
    void aGradientHasAGraphToo() {
        Tensor x = variable(2);
        Tensor gradient = Gradients.differentiable(x.sigmoid().sum(), List.of(x)).getFirst();
        assertThat(ComputationalGraph.of(gradient).nodes()).extracting(Node::label).contains("variable",
                "sigmoidGradient");
    }

    @Test
    void numbersShowInTheNamesOfTheirOperations() {
        Tensor x = variable(4);
        assertThat(ComputationalGraph.of(x.mean().plus(2).negate().affine(3, -1)).collapsed().nodes().getLast().label())
                .isEqualTo("sum, times 0.25, plus 2.0, negate, times 3.0 plus -1.0");
    }

    @Test
    void whatWasNotRecordedIsAConstantAlone() {
        Tensor c = Tensor.full(ElementType.FLOAT32, 1, 2).exp();
        assertThat(ComputationalGraph.of(c).nodes())
                .containsExactly(new Node(Kind.CONSTANT, List.of(), "", Shape.of(2), List.of()));
        assertThat(ComputationalGraph.of(c).toString()).isEqualTo("1  constant  constant   (2)");
    }

    @Test
    void namesAreHeldAgainstTheGraph() {
        Tensor x = variable(2);
        Tensor other = variable(3);
        assertThatThrownBy(() -> ComputationalGraph.of(x.exp(), Map.of("other", other)))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("'other'")
                .hasMessageContaining("(3)");
        assertThatThrownBy(() -> ComputationalGraph.of(x.exp(), Map.of("x", x, "y", x))).hasMessageContaining("'x'")
                .hasMessageContaining("'y'");
        assertThat(ComputationalGraph.of(x.exp(), Map.of("a \"b\\", x)).toDot()).contains("a \\\"b\\\\\\n(2)");
    }

    @Test
    void deepComputationsNeedNoDeepStack() {
        Tensor y = variable(1);
        for (int i = 0; i < 20_000; i++) {
            y = y.times(1.0001);
        }
        assertThat(ComputationalGraph.of(y).nodes()).hasSize(20_001);
    }
}

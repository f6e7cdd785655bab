package org.surprisal.network.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.surprisal.network.Layer;
import org.surprisal.network.Network;
import org.surprisal.network.Observation;
import org.surprisal.network.Parameter;
import org.surprisal.network.Pass;
import org.surprisal.network.initialisation.Initialisation;
import org.surprisal.network.probe.Probe;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.Gradients;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Shape;
import org.surprisal.tensor.Tensor;
import org.surprisal.tensor.Window;

class LayerGraphTest {
    private static final ElementType TYPE = ElementType.FLOAT64;
    private static final Initialisation START = new Initialisation.Gaussian(1.5, 0.1);

    private static Linear linear(int in, int out, int seed) {
        return START.linear(TYPE, in, out, RandomStream.seeded(seed));
    }

    private static Tensor gaussian(int seed, int... shape) {
        return RandomStream.seeded(seed).gaussian(TYPE, 0, 1, shape);
    }

    /// Output and all gradients of both are the same to the bit.
    private static void assertSame(Layer graph, Layer other, Tensor x) {
        Network a = new Network(graph);
        Network b = new Network(other);
        assertThat(a.evaluate(x).shape()).isEqualTo(b.evaluate(x).shape());
        assertThat(a.evaluate(x).toDoubles()).isEqualTo(b.evaluate(x).toDoubles());
        List<double[]> expected = gradients(b, x);
        List<double[]> computed = gradients(a, x);
        assertThat(computed).hasSameSizeAs(expected).hasSizeGreaterThan(2);
        for (int i = 0; i < computed.size(); i++) {
            assertThat(computed.get(i)).isEqualTo(expected.get(i));
        }
    }

    private static List<double[]> gradients(Network network, Tensor x) {
        List<Tensor> variables = new ArrayList<>(List.of(x.tracked()));
        network.parameters().forEach(parameter -> variables.add(parameter.value()));
        Tensor y = network.forward(variables.getFirst());
        return Gradients.of(y.times(DifferentiableLayers.upstream(y)).sum(), variables).stream().map(Tensor::toDoubles)
                .toList();
    }

    @Test
    void aChainIsASequence() {
        Linear first = linear(3, 5, 1);
        Linear second = linear(5, 2, 2);
        Map<String, Layer> parts = new LinkedHashMap<>();
        parts.put("first", first);
        parts.put("tanh", Activation.TANH);
        parts.put("second", second);
        LayerGraph graph = LayerGraph.builder().node("first", first, LayerGraph.INPUT)
                .node("tanh", Activation.TANH, "first").node("second", second, "tanh").build();
        assertSame(graph, new Sequential(parts), gaussian(3, 4, 3));
        assertThat(new Network(graph).modules()).isEqualTo(new Network(new Sequential(parts)).modules());
    }

    @Test
    void aSkipIsAResidual() {
        Linear body = linear(3, 3, 1);
        LayerGraph graph = LayerGraph.builder().node("body", body, LayerGraph.INPUT)
                .summing("sum", Activation.IDENTITY, "body", LayerGraph.INPUT).build();
        assertSame(graph, new Residual(body), gaussian(3, 4, 3));
    }

    /// Two convolutions, each fed by everything before it (Huang et al. 2017), against the same done by hand.
    private static LayerGraph dense(Convolution2d first, Convolution2d second, Convolution2d last) {
        return LayerGraph.builder().node("first", first, LayerGraph.INPUT)
                .concatenating("second", second, LayerGraph.INPUT, "first")
                .concatenating("last", last, LayerGraph.INPUT, "first", "second").build();
    }

    private static Convolution2d convolution(int channels, int out, int seed) {
        return Convolution2d.start(START, TYPE, channels, out, Window.of(3).same(), RandomStream.seeded(seed));
    }

    @Test
    void denseConnectionsPutChannelsSideBySide() {
        Convolution2d first = convolution(2, 3, 1);
        Convolution2d second = convolution(5, 1, 2);
        Convolution2d last = convolution(6, 2, 3);
        Pass pass = Pass.evaluation();
        Layer byHand = new Layer() {
            @Override
            public Tensor forward(Tensor x, Pass p) {
                Tensor one = first.forward(x, pass);
                Tensor two = second.forward(Tensor.concatenate(1, List.of(x, one)), pass);
                return last.forward(Tensor.concatenate(1, List.of(x, one, two)), pass);
            }

            @Override
            public Map<String, Layer> children() {
                Map<String, Layer> children = new LinkedHashMap<>();
                children.put("first", first);
                children.put("second", second);
                children.put("last", last);
                return children;
            }
        };
        assertSame(dense(first, second, last), byHand, gaussian(4, 2, 2, 4, 3));
    }

    @Test
    void sequencesPutFeaturesSideBySide() {
        LayerGraph graph = LayerGraph.builder().node("double", new Scaled(2), LayerGraph.INPUT)
                .concatenating("both", Activation.IDENTITY, "double", LayerGraph.INPUT).build();
        Tensor y = graph.forward(Tensor.of(new double[]{1, 2, 3, 4}, 1, 2, 2), Pass.evaluation());
        assertThat(y.shape()).isEqualTo(Shape.of(1, 2, 4));
        assertThat(y.toDoubles()).containsExactly(2, 4, 1, 2, 6, 8, 3, 4);
    }

    private record Scaled(double factor) implements Layer {
        @Override
        public Tensor forward(Tensor input, Pass pass) {
            return input.times(factor);
        }
    }

    @Test
    void gradientsAgreeWithDifferences() {
        DifferentiableLayers.agreeWithDifferences("dense block", v -> {
            Layer first = new Linear(DifferentiableLayers.parameter("weight", v.get(1)),
                    DifferentiableLayers.parameter("bias", v.get(2)));
            Layer second = new Linear(DifferentiableLayers.parameter("weight", v.get(3)),
                    DifferentiableLayers.parameter("bias", v.get(4)));
            return LayerGraph.builder().node("first", first, LayerGraph.INPUT).node("tanh", Activation.TANH, "first")
                    .concatenating("second", second, "tanh", LayerGraph.INPUT, "tanh")
                    .summing("out", Activation.SIGMOID, "second", "tanh", LayerGraph.INPUT).build()
                    .forward(v.get(0), Pass.evaluation());
        }, List.of(gaussian(1, 3, 2), gaussian(2, 2, 2), gaussian(3, 2), gaussian(4, 2, 6), gaussian(5, 2)));
    }

    @Test
    void probesAndParametersFindTheNodes() {
        Linear shared = linear(2, 2, 1);
        Map<String, Layer> parts = new LinkedHashMap<>();
        parts.put("block",
                LayerGraph.builder().node("once", shared, LayerGraph.INPUT).node("twice", shared, "once")
                        .summing("out", Activation.RELU, "once", "twice").build());
        Network network = new Network(new Sequential(parts));
        assertThat(network.modules()).containsExactly("block", "block.once", "block.twice", "block.out");
        assertThat(network.parameters()).extracting(Parameter::name).containsExactly("block.once.weight",
                "block.once.bias");
        Tensor x = gaussian(2, 3, 2);
        Map<String, Observation> seen = Probe.of(network, List.of("block.twice", "block.out")).observe(x);
        Tensor once = shared.forward(x, Pass.evaluation());
        Observation twice = Objects.requireNonNull(seen.get("block.twice"));
        Observation out = Objects.requireNonNull(seen.get("block.out"));
        assertThat(twice.input().toDoubles()).isEqualTo(once.toDoubles());
        assertThat(out.input().toDoubles()).isEqualTo(once.plus(shared.forward(once, Pass.evaluation())).toDoubles());
    }

    @Test
    void anOutputIsLetGoAfterItsLastUse() {
        List<WeakReference<Tensor>> inputs = new ArrayList<>();
        List<List<Boolean>> gone = new ArrayList<>();
        Layer watching = (input, pass) -> {
            // The collector may take its time; it has run when an object that nobody holds is gone.
            WeakReference<Object> unheld = new WeakReference<>(new Object());
            for (int tries = 0; tries < 100 && (tries == 0 || !unheld.refersTo(null)); tries++) {
                System.gc();
            }
            gone.add(inputs.stream().map(reference -> reference.refersTo(null)).toList());
            inputs.add(new WeakReference<>(input));
            return input.plus(1);
        };
        LayerGraph graph = LayerGraph.builder().node("a", watching, LayerGraph.INPUT).node("b", watching, "a")
                .node("c", watching, "b").summing("d", watching, "c", "a").node("e", watching, "d").build();
        Tensor x = Tensor.of(new double[]{1});
        assertThat(graph.forward(x, Pass.evaluation()).item()).isEqualTo(8);
        // The graph's own input is ours to keep. What went into b, a's output, is still there when c runs, because d
        // needs it, and gone
        // with c's input once d has its sum.
        assertThat(gone).containsExactly(List.of(), List.of(false), List.of(false, false),
                List.of(false, true, true), List.of(false, true, true, true));
        assertThat(x.item()).isEqualTo(1);
    }

    @Test
    void graphsThatCannotBeAreRefused() {
        LayerGraph.Builder builder = LayerGraph.builder().node("a", Activation.RELU, LayerGraph.INPUT);
        assertThatThrownBy(() -> builder.node("b", Activation.RELU, "c")).hasMessage(
                "node 'b' cannot be fed by 'c', which is not there yet; there are input, a");
        assertThatThrownBy(() -> builder.node("b", Activation.RELU, "b")).hasMessageContaining("fed by 'b'");
        assertThatThrownBy(() -> builder.node("a", Activation.RELU, "a")).hasMessageContaining("'a' is taken");
        assertThatThrownBy(() -> builder.node("input", Activation.RELU, "a")).hasMessageContaining("'input' is taken");
        assertThatThrownBy(() -> builder.node("b.c", Activation.RELU, "a")).hasMessageContaining("'b.c'");
        assertThatThrownBy(() -> builder.summing("b", Activation.RELU)).hasMessageContaining("'b' needs one source");
        builder.node("dead", Activation.RELU, "a").node("out", Activation.RELU, "a");
        assertThatThrownBy(builder::build).hasMessageContaining("node 'dead' feeds no other")
                .hasMessageContaining("'out'");
        assertThatThrownBy(() -> LayerGraph.builder().build()).hasMessageContaining("one node at least");
    }

    @Test
    void shapesThatDoNotFitNameTheNode() {
        LayerGraph.Builder builder = LayerGraph.builder().node("a", linear(3, 2, 1), LayerGraph.INPUT);
        LayerGraph sum = builder.summing("sum", Activation.RELU, LayerGraph.INPUT, "a").build();
        assertThatThrownBy(() -> sum.forward(gaussian(1, 4, 3), Pass.evaluation()))
                .hasMessage("node 'sum' sums (4, 3) of 'input' and (4, 2) of 'a': the shapes must agree");
        LayerGraph flat = LayerGraph.builder().node("a", new Flatten(), LayerGraph.INPUT)
                .concatenating("both", Activation.RELU, LayerGraph.INPUT, "a").build();
        assertThatThrownBy(() -> flat.forward(gaussian(1, 4, 3, 2), Pass.evaluation())).hasMessage(
                "node 'both' puts features of (4, 3, 2) of 'input' and (4, 6) of 'a' side by side: all other axes"
                        + " must agree");
    }
}

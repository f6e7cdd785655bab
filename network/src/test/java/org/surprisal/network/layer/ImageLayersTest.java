package org.surprisal.network.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.surprisal.network.Layer;
import org.surprisal.network.Network;
import org.surprisal.network.Parameter;
import org.surprisal.network.Pass;
import org.surprisal.network.PyTorchFixture;
import org.surprisal.network.loss.CrossEntropy;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.GradientCheck;
import org.surprisal.tensor.Gradients;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Shape;
import org.surprisal.tensor.Tensor;
import org.surprisal.tensor.Window;

/// Convolution, pooling and what stands around them, against PyTorch, differences and the documents' pictures.
///
/// PyTorch's numbers were recorded by a script that makes every tensor by the formulas below (multiples of 1/8 or 1/16,
/// exact in both element types), calls torch.nn.functional's conv2d, pad (mode 'reflect'), max_pool2d, avg_pool2d,
/// embedding, linear and cross_entropy, and takes the gradients of the output weighted by [#upstream].
class ImageLayersTest {
    private static Tensor image(ElementType type, int... shape) {
        return PyTorchFixture.tensor(type, i -> ((7 * i + 3) % 25 - 12) / 8.0, shape).tracked();
    }

    private static Parameter weight(ElementType type, int... shape) {
        return Parameter.of("weight", PyTorchFixture.tensor(type, i -> ((5 * i + 2) % 19 - 9) / 16.0, shape));
    }

    private static Parameter bias(ElementType type, int length) {
        return Parameter.of("bias", PyTorchFixture.tensor(type, i -> ((3 * i + 1) % 7 - 3) / 8.0, length));
    }

    private static Tensor upstream(Tensor y) {
        return PyTorchFixture.tensor(y.type(), i -> ((11 * i + 5) % 23 - 11) / 8.0, y.shape().lengths());
    }

    private static Convolution2d convolution(ElementType type, int out, Window window, Border border) {
        return new Convolution2d(weight(type, out, 3, window.down().length(), window.across().length()),
                bias(type, out), window, border);
    }

    static Stream<Arguments> convolutions() {
        record Case(String name, int out, Window window, Border border) {}
        return Stream
                .of(new Case("conv-valid", 4, Window.of(3), Border.ZEROS),
                        new Case("conv-same", 2, Window.of(5).same(), Border.ZEROS),
                        new Case("conv-same-even", 2,
                                new Window(Window.Span.of(2).same(), Window.Span.of(4).same()), Border.ZEROS),
                        new Case("conv-strided", 4,
                                new Window(new Window.Span(3, 2, 1, 1, 1), new Window.Span(2, 3, 2, 2, 1)),
                                Border.ZEROS),
                        new Case("conv-dilated", 2,
                                new Window(new Window.Span(2, 1, 2, 2, 2), new Window.Span(3, 1, 2, 2, 1)),
                                Border.ZEROS),
                        new Case("conv-reflect", 2, Window.of(5).same(), Border.REFLECT),
                        new Case("conv-reflect-strided", 2,
                                new Window(new Window.Span(3, 2, 1, 1, 1), new Window.Span(5, 2, 2, 2, 1)),
                                Border.REFLECT))
                .map(c -> Arguments.of(c.name(), c.out(), c.window(), c.border()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("convolutions")
    void convolutionsArePyTorchs(String name, int out, Window window, Border border) throws Exception {
        PyTorchFixture fixture = new PyTorchFixture("layers.txt");
        for (ElementType type : ElementType.values()) {
            Convolution2d layer = convolution(type, out, window, border);
            Tensor x = image(type, 2, 3, 6, 7);
            Tensor y = layer.forward(x, Pass.evaluation());
            Parameter bias = Objects.requireNonNull(layer.bias());
            List<Tensor> gradients = Gradients.of(y.times(upstream(y)).sum(), x, layer.weight().value(), bias.value());
            fixture.compare(name, "value", y);
            fixture.compare(name, "input", gradients.get(0));
            fixture.compare(name, "weight", gradients.get(1));
            fixture.compare(name, "bias", gradients.get(2));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("convolutions")
    void convolutionsAgreeWithDifferences(String name, int out, Window window, Border border) {
        Convolution2d layer = convolution(ElementType.FLOAT64, out, window, border);
        Function<List<Tensor>, Tensor> f = v -> {
            Tensor y = new Convolution2d(variable(v.get(1)), variable(v.get(2)), window, border).forward(v.get(0),
                    Pass.evaluation());
            return y.tanh().times(upstream(y)).sum();
        };
        List<Tensor> inputs = List.of(image(ElementType.FLOAT64, 2, 3, 6, 7).detached(),
                layer.weight().value().detached(), Objects.requireNonNull(layer.bias()).value().detached());
        assertThat(GradientCheck.firstOrder(f, inputs)).as(name).isLessThan(1e-8);
        assertThat(GradientCheck.secondOrder(f, inputs)).as(name).isLessThan(1e-8);
    }

    /// This very tensor as a parameter if it is a variable: what is checked are derivatives by it.
    private static Parameter variable(Tensor value) {
        return value.isTracked() ? new Parameter("p", value) : Parameter.of("p", value);
    }

    static Stream<Arguments> poolings() {
        Map<String, Layer> layers = new LinkedHashMap<>();
        layers.put("max-pool", MaxPooling2d.of(2));
        layers.put("max-pool-overlapping", new MaxPooling2d(Window.of(3).stride(2).padding(1)));
        layers.put("max-pool-dilated", new MaxPooling2d(Window.of(2).dilation(2)));
        layers.put("average-pool", AveragePooling2d.of(2));
        layers.put("average-pool-padded", new AveragePooling2d(Window.of(3).stride(2).padding(1)));
        return layers.entrySet().stream().map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("poolings")
    void poolingsArePyTorchsAndAgreeWithDifferences(String name, Layer layer) throws Exception {
        PyTorchFixture fixture = new PyTorchFixture("layers.txt");
        for (ElementType type : ElementType.values()) {
            Tensor x = PyTorchFixture.tensor(type, i -> (i * 77 % 180 - 80) * 0.0625, 2, 3, 5, 6).tracked();
            Tensor y = layer.forward(x, Pass.evaluation());
            fixture.compare(name, "value", y);
            fixture.compare(name, "input", Gradients.of(y.times(upstream(y)).sum(), x).getFirst());
            if (type == ElementType.FLOAT64) {
                Function<List<Tensor>, Tensor> f = v -> layer.forward(v.getFirst(), Pass.evaluation()).square()
                        .times(upstream(y)).sum();
                assertThat(GradientCheck.firstOrder(f, List.of(x.detached()))).isLessThan(1e-8);
                assertThat(GradientCheck.secondOrder(f, List.of(x.detached()))).isLessThan(1e-8);
            }
        }
    }

    /// The notes' Fig 179 with fewer channels: convolution 5x5 over a mirrored border, 3x3 over zeros, two linear
    /// layers.
    @ParameterizedTest
    @EnumSource(ElementType.class)
    void aConvolutionalNetworkHasPyTorchsLossAndGradients(ElementType type) throws Exception {
        PyTorchFixture fixture = new PyTorchFixture("layers.txt");
        Map<String, Layer> parts = new LinkedHashMap<>();
        parts.put("1", new Convolution2d(weight(type, 2, 1, 5, 5), bias(type, 2), Window.of(5).same(), Border.REFLECT));
        parts.put("relu1", Activation.RELU);
        parts.put("pool1", MaxPooling2d.of(2));
        parts.put("2",
                new Convolution2d(made("weight", type, 7, 3, 23, 16, 3, 2, 3, 3), made("bias", type, 2, 1, 5, 8, 3),
                        Window.of(3).same(), Border.ZEROS));
        parts.put("relu2", Activation.RELU);
        parts.put("pool2", MaxPooling2d.of(2));
        parts.put("flatten", new Flatten());
        parts.put("3", new Linear(made("weight", type, 5, 3, 29, 16, 4, 12), made("bias", type, 3, 2, 7, 8, 4)));
        parts.put("relu3", Activation.RELU);
        parts.put("4", new Linear(made("weight", type, 7, 1, 13, 8, 3, 4), made("bias", type, 2, 3, 5, 8, 3)));
        Network network = new Network(new Sequential(parts));
        Tensor y = network.forward(image(type, 3, 1, 8, 8).detached());
        Tensor loss = new CrossEntropy().of(y, Tensor.of(new double[]{2, 0, 1}).to(type));
        fixture.compare("cnn", "value", y);
        fixture.compare("cnn", "loss", loss);
        List<Tensor> gradients = Gradients.of(loss,
                network.parameters().stream().map(Parameter::value).toList());
        String[] kinds = {"w1", "b1", "w2", "b2", "w3", "b3", "w4", "b4"};
        for (int i = 0; i < kinds.length; i++) {
            fixture.compare("cnn", kinds[i], gradients.get(i));
        }
    }

    private static Parameter made(String name, ElementType type, int a, int b, int m, int scale, int... shape) {
        return Parameter.of(name,
                PyTorchFixture.tensor(type, i -> ((a * i + b) % m - m / 2) / (double) scale, shape));
    }

    @ParameterizedTest
    @EnumSource(ElementType.class)
    void embeddingsAndLinearLayersOfSequencesArePyTorchs(ElementType type) throws Exception {
        PyTorchFixture fixture = new PyTorchFixture("layers.txt");
        Tensor vectors = image(type, 5, 3);
        Embedding embedding = new Embedding(new Parameter("weight", vectors));
        Tensor y = embedding.forward(Tensor.of(new double[]{4, 0, 0, 2, 4, 4}, 2, 3).to(type), Pass.evaluation());
        fixture.compare("embedding", "value", y);
        fixture.compare("embedding", "weight", Gradients.of(y.times(upstream(y)).sum(), vectors).getFirst());

        Linear linear = new Linear(weight(type, 5, 4), bias(type, 5));
        Tensor x = image(type, 2, 3, 4);
        Tensor z = linear.forward(x, Pass.evaluation());
        assertThat(z.shape()).isEqualTo(Shape.of(2, 3, 5));
        List<Tensor> gradients = Gradients.of(z.times(upstream(z)).sum(), x, linear.weight().value(),
                linear.bias().value());
        fixture.compare("linear-of-sequences", "value", z);
        fixture.compare("linear-of-sequences", "input", gradients.get(0));
        fixture.compare("linear-of-sequences", "weight", gradients.get(1));
        fixture.compare("linear-of-sequences", "bias", gradients.get(2));
    }

    @Test
    void noSymbolIsZerosAndWrongSymbolsAreNamed() {
        Embedding embedding = Embedding.start(ElementType.FLOAT32, 3, 2, RandomStream.seeded(1));
        Tensor y = embedding.forward(Tensor.of(new float[]{2, -1}, 1, 2), Pass.evaluation());
        assertThat(y.slice(1, 1, 2).euclideanNorm()).isZero();
        Tensor gradient = Gradients.of(y.sum(), embedding.weight().value()).getFirst();
        assertThat(gradient.toDoubles()).containsExactly(0, 0, 0, 0, 1, 1);
        for (float wrong : new float[]{3, -2, 0.5f, Float.NaN}) {
            assertThatThrownBy(() -> embedding.forward(Tensor.of(new float[]{0, wrong}, 1, 2), Pass.evaluation()))
                    .hasMessage("element 1 of the input, " + (double) wrong + ", is not a symbol: an embedding of 3"
                            + " symbols takes whole numbers from 0 to 2, or -1 for no symbol");
        }
    }

    /// Lecture notes, section 7.2: a step edge of height h answers Sobel's x kernel with 4 h, and the y kernel is its
    /// transpose; Laplace's kernel gives 0 on a ramp and 2 on x^2.
    @Test
    void edgeFiltersOfTheNotes() {
        Tensor sobel = Tensor.of(new double[]{-1, 0, 1, -2, 0, 2, -1, 0, 1}, 1, 1, 3, 3);
        Tensor laplace = Tensor.of(new double[]{0, 1, 0, 1, -4, 1, 0, 1, 0}, 1, 1, 3, 3);
        Tensor step = plane((i, j) -> j < 3 ? 0 : 2.5);
        assertThat(step.convolve(sobel, Window.of(3)).toDoubles()).containsOnly(0, 10);
        Tensor turned = step.reshape(6, 6).transpose().reshape(1, 1, 6, 6);
        Tensor sobelY = sobel.reshape(3, 3).transpose().reshape(1, 1, 3, 3);
        assertThat(sobelY.toDoubles()).containsExactly(-1, -2, -1, 0, 0, 0, 1, 2, 1);
        assertThat(turned.convolve(sobelY, Window.of(3)).reshape(4, 4).transpose().toDoubles())
                .containsExactly(step.convolve(sobel, Window.of(3)).toDoubles());
        assertThat(plane((i, j) -> 3 * i - 2 * j).convolve(laplace, Window.of(3)).toDoubles()).containsOnly(0);
        assertThat(plane((i, j) -> j * j).convolve(laplace, Window.of(3)).toDoubles()).containsOnly(2);
    }

    private interface Pixel {
        double at(int i, int j);
    }

    private static Tensor plane(Pixel pixel) {
        return Tensor.of(IntStream.range(0, 36).mapToDouble(i -> pixel.at(i / 6, i % 6)).toArray(), 1, 1, 6, 6);
    }

    /// Lecture notes, Figs 176 and 177: kernels as large as the image are a linear layer.
    @Test
    void kernelsAsLargeAsTheImageAreALinearLayer() {
        RandomStream stream = RandomStream.seeded(6);
        Tensor x = stream.gaussian(ElementType.FLOAT64, 0, 1, 5, 1, 14, 11).tracked();
        Tensor w = stream.gaussian(ElementType.FLOAT64, 0, 1, 4, 1, 14, 11).tracked();
        Tensor b = stream.gaussian(ElementType.FLOAT64, 0, 1, 4).tracked();
        Window whole = new Window(Window.Span.of(14), Window.Span.of(11));
        Layer convolution = new Convolution2d(new Parameter("weight", w), new Parameter("bias", b), whole,
                Border.ZEROS);
        Tensor y = convolution.forward(x, Pass.evaluation());
        Tensor flat = w.reshape(4, 154);
        Tensor z = new Flatten().forward(x, Pass.evaluation()).linear(flat, b);
        assertThat(y.shape()).isEqualTo(Shape.of(5, 4, 1, 1));
        assertThat(y.reshape(5, 4).minus(z).euclideanNorm()).isLessThan(1e-12);
        List<Tensor> ofConvolution = Gradients.of(y.tanh().sum(), x, w, b);
        List<Tensor> ofLinear = Gradients.of(z.tanh().sum(), x, w, b);
        for (int i = 0; i < 3; i++) {
            assertThat(ofConvolution.get(i).minus(ofLinear.get(i)).euclideanNorm()).isLessThan(1e-12);
        }
    }

    /// Lecture notes, section 7.3.1: what is shifted before a convolution comes out shifted, away from the border.
    @Test
    void convolutionsAreEquivariantUnderTranslation() {
        RandomStream stream = RandomStream.seeded(9);
        Tensor wide = stream.gaussian(ElementType.FLOAT64, 0, 1, 1, 2, 9, 10);
        Layer layer = new Convolution2d(Parameter.of("weight", stream.gaussian(ElementType.FLOAT64, 0, 1, 3, 2, 3, 3)),
                null, Window.of(3), Border.ZEROS);
        Tensor left = layer.forward(wide.slice(3, 0, 9), Pass.evaluation());
        Tensor right = layer.forward(wide.slice(3, 1, 10), Pass.evaluation());
        assertThat(left.slice(3, 1, 7).minus(right.slice(3, 0, 6)).euclideanNorm())
                .isCloseTo(0, Offset.offset(1e-13));
    }

    @Test
    void whatDoesNotFitIsNamed() {
        Parameter w = Parameter.of("weight", Tensor.zeros(ElementType.FLOAT32, 2, 1, 3, 3));
        assertThatThrownBy(() -> new Convolution2d(w, null, Window.of(5), Border.ZEROS))
                .hasMessage("weight (2, 1, 3, 3) must be (out, channels, 5, 5) for a window of 5x5");
        assertThatThrownBy(() -> new Convolution2d(w,
                Parameter.of("bias", Tensor.zeros(ElementType.FLOAT32, 3)), Window.of(3), Border.ZEROS))
                .hasMessage("bias (3) must be (2) for weight (2, 1, 3, 3)");
        Layer reflecting = new Convolution2d(w, null, Window.of(3).padding(2), Border.REFLECT);
        assertThatThrownBy(() -> reflecting.forward(Tensor.zeros(ElementType.FLOAT32, 1, 1, 2, 5), Pass.evaluation()))
                .hasMessage("a border of 2 + 2 cannot mirror 2 elements: it must be narrower");
        assertThatThrownBy(() -> reflecting.forward(Tensor.zeros(ElementType.FLOAT32, 1, 5), Pass.evaluation()))
                .hasMessage("(1, 5) given; a batch of images (n, 1, height, width) is needed");
    }
}

package org.surprisal.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Convolution and pooling against the sums that define them, entry by entry, and the worked examples of the documents.
class WindowsTest {
    /// Its last columns see the border on the right alone.
    private static final Window BLIND = new Window(new Window.Span(4, 3, 2, 1, 1), new Window.Span(2, 1, 0, 5, 2));

    static Stream<Window> windows() {
        return Stream.of(Window.of(1), Window.of(3), Window.of(3).same(), Window.of(2).same(),
                Window.of(2).stride(2), Window.of(3).stride(3).padding(1), Window.of(3).dilation(2).same(),
                Window.of(2).stride(2).dilation(3).padding(1), Window.of(5).padding(4), Window.of(1).stride(7), BLIND);
    }

    private static Tensor random(ElementType type, String label, int... lengths) {
        return RandomStream.seeded(8).child(label).gaussian(type, 0, 1, lengths);
    }

    private static double seen(Tensor x, int sample, int channel, int y, int at) {
        boolean inside = y >= 0 && y < x.length(2) && at >= 0 && at < x.length(3);
        return inside ? x.at(sample, channel, y, at) : 0;
    }

    @ParameterizedTest
    @MethodSource("windows")
    void aConvolutionIsTheSumOverAllThatItsWindowSees(Window window) {
        for (ElementType type : ElementType.values()) {
            Tensor x = random(type, "x", 2, 3, 7, 8);
            Window.Span down = window.down();
            Window.Span across = window.across();
            Tensor weight = random(type, "weight", 4, 3, down.length(), across.length());
            Tensor y = x.convolve(weight, window);
            assertThat(y.shape()).isEqualTo(Shape.of(2, 4, down.outputs(7), across.outputs(8)));
            for (int n = 0; n < 2; n++) {
                for (int k = 0; k < 4; k++) {
                    for (int i = 0; i < y.length(2); i++) {
                        for (int j = 0; j < y.length(3); j++) {
                            double sum = 0;
                            for (int c = 0; c < 3; c++) {
                                for (int p = 0; p < down.length(); p++) {
                                    for (int q = 0; q < across.length(); q++) {
                                        sum += weight.at(k, c, p, q)
                                                * seen(x, n, c, i * down.stride() + p * down.dilation() - down.before(),
                                                        j * across.stride() + q * across.dilation() - across.before());
                                    }
                                }
                            }
                            assertThat(y.at(n, k, i, j)).isCloseTo(sum,
                                    Offset.offset(type == ElementType.FLOAT64 ? 1e-12 : 1e-5));
                        }
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("windows")
    void poolingTakesTheLargestOrTheMean(Window window) {
        Tensor x = random(ElementType.FLOAT32, "x", 2, 3, 7, 8);
        Window.Span down = window.down();
        Window.Span across = window.across();
        Tensor mean = x.averagePool(window);
        if (BLIND.equals(window)) {
            assertThatThrownBy(() -> x.maxPool(window)).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("would see padding only");
            return;
        }
        Tensor largest = x.maxPool(window);
        for (int n = 0; n < 2; n++) {
            for (int c = 0; c < 3; c++) {
                for (int i = 0; i < down.outputs(7); i++) {
                    for (int j = 0; j < across.outputs(8); j++) {
                        double sum = 0;
                        double max = Double.NEGATIVE_INFINITY;
                        for (int p = 0; p < down.length(); p++) {
                            for (int q = 0; q < across.length(); q++) {
                                int row = i * down.stride() + p * down.dilation() - down.before();
                                int column = j * across.stride() + q * across.dilation() - across.before();
                                sum += seen(x, n, c, row, column);
                                if (row >= 0 && row < 7 && column >= 0 && column < 8) {
                                    max = Math.max(max, x.at(n, c, row, column));
                                }
                            }
                        }
                        assertThat(largest.at(n, c, i, j)).isEqualTo(max);
                        assertThat(mean.at(n, c, i, j)).isCloseTo(sum / window.size(), Offset.offset(1e-6));
                    }
                }
            }
        }
    }

    /// Lecture notes, Fig 169 (10x10, 3x3, stride 1 and 2, padding 1), section 7.3.1 (14x11 images), Fig 178 (4x6
    /// pooled by 2), Fig 179 (28x28, 5x5 'same').
    @ParameterizedTest
    @CsvSource({"10, 3, 1, 1, 10", "10, 3, 2, 1, 5", "14, 3, 1, 0, 12", "11, 3, 1, 0, 9", "14, 14, 1, 0, 1",
            "14, 7, 1, 0, 8", "11, 7, 1, 0, 5", "4, 2, 2, 0, 2", "6, 2, 2, 0, 3", "28, 5, 1, 2, 28"})
    void outputSizesAreTheNotes(int n, int length, int stride, int padding, int outputs) {
        assertThat(Window.Span.of(length).stride(stride).padding(padding).outputs(n)).isEqualTo(outputs);
    }

    @Test
    void aNaNIsNotPooledAway() {
        Tensor x = Tensor.of(new double[]{1, 2, Double.NaN, 3, 4, 5, 6, 7}, 1, 1, 2, 4);
        assertThat(x.maxPool(Window.of(2).stride(2)).toDoubles()).containsExactly(5, Double.NaN);
    }

    @Test
    void ofEqualElementsTheFirstGetsTheGradient() {
        Tensor x = Tensor.full(ElementType.FLOAT64, 3, 1, 1, 2, 2).tracked();
        Tensor gradient = Gradients.of(x.maxPool(Window.of(2)).sum(), x).getFirst();
        assertThat(gradient.toDoubles()).containsExactly(1, 0, 0, 0);
    }

    @Test
    void windowsThatDoNotFitAreRefused() {
        Tensor x = Tensor.zeros(ElementType.FLOAT32, 1, 2, 4, 4);
        assertThatThrownBy(() -> x.maxPool(Window.of(5))).hasMessage(
                "a window that reaches over 5 does not fit 4 elements with a border of 0 + 0");
        assertThatThrownBy(() -> x.convolve(Tensor.zeros(ElementType.FLOAT32, 3, 1, 3, 3), Window.of(3)))
                .hasMessage("convolve: weight (3, 1, 3, 3) does not fit images (1, 2, 4, 4) and window 3x3: "
                        + "(out channels, 2, 3, 3) would");
        assertThatThrownBy(() -> x.sum(0).averagePool(Window.of(2)))
                .hasMessage("averagePool needs shape (samples, channels, height, width), not (2, 4, 4)");
        assertThatThrownBy(() -> Window.of(3).stride(0)).hasMessageContaining("stride (=0)");
        assertThatThrownBy(() -> x.maxPool(Window.of(1).padding(1))).hasMessage(
                "a window of 1x1, padding 1 over 4x4 would see padding only, at output 0, 0");
    }

    @Test
    void aWindowThatReachesTooFarIsRefusedInWords() {
        assertThatThrownBy(() -> Window.of(4).dilation(1_000_000_000).same())
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("dilation (=1000000000)");
    }

    /// More samples than groups, and a last group that is not full.
    @Test
    void manySamplesAreConvolvedAsEachByItself() {
        Window window = Window.of(3).stride(2).padding(1);
        Tensor x = random(ElementType.FLOAT64, "x", 37, 2, 6, 7).tracked();
        Tensor weight = random(ElementType.FLOAT64, "weight", 3, 2, 3, 3).tracked();
        Tensor whole = x.convolve(weight, window);
        Tensor parts = Tensor.concatenate(0,
                IntStream.range(0, 37).mapToObj(i -> x.slice(0, i, i + 1).convolve(weight, window)).toList());
        assertThat(parts.toDoubles()).isEqualTo(whole.toDoubles());
        Tensor upstream = random(ElementType.FLOAT64, "upstream", whole.shape().lengths());
        List<Tensor> expected = Gradients.of(whole.times(upstream).sum(), x, weight);
        List<Tensor> gradients = Gradients.of(parts.times(upstream).sum(), x, weight);
        for (int i = 0; i < 2; i++) {
            assertThat(gradients.get(i).toDoubles()).containsExactly(expected.get(i).toDoubles(), Offset.offset(1e-12));
        }
    }

    @Test
    void ofNoSamplesThereIsNothingToConvolve() {
        Tensor x = Tensor.zeros(ElementType.FLOAT32, 0, 2, 4, 4).tracked();
        Tensor weight = Tensor.full(ElementType.FLOAT32, 1, 3, 2, 3, 3).tracked();
        Tensor y = x.convolve(weight, Window.of(3));
        assertThat(y.shape()).isEqualTo(Shape.of(0, 3, 2, 2));
        assertThat(Gradients.of(y.sum(), weight).getFirst().toFloats()).containsOnly(0).hasSize(54);
    }

    /// What the windows of all samples see together has more elements than one array holds; what those of a part see
    /// has not.
    @Test
    @Tag("slow")
    void aConvolutionOfManySamplesFitsTheMemory() {
        Tensor x = Tensor.full(ElementType.FLOAT32, 1, 500, 1, 64, 64);
        Tensor y = x.convolve(Tensor.full(ElementType.FLOAT32, 1, 1, 1, 33, 33), Window.of(33).same());
        assertThat(y.at(0, 0, 32, 32)).isEqualTo(33 * 33);
        assertThat(y.at(499, 0, 0, 0)).isEqualTo(17 * 17);
    }

    /// Sixteen kernels, whose weight gradients are added up transposed, and each of them alone; borders that leave gaps
    /// in runs of whole planes, and such that leave none.
    @ParameterizedTest
    @EnumSource(ElementType.class)
    void manyKernelsSeeWhatEachSeesAlone(ElementType type) {
        RandomStream stream = RandomStream.seeded(5);
        Tensor images = stream.child("images").gaussian(type, 0, 1, 3, 2, 6, 5).tracked();
        Tensor weights = stream.child("weights").gaussian(type, 0, 1, 16, 2, 3, 3).tracked();
        double near = type == ElementType.FLOAT64 ? 1e-12 : 1e-4;
        for (Window window : List.of(Window.of(3).same(), Window.of(3), Window.of(3).stride(2).padding(1))) {
            Tensor all = images.convolve(weights, window);
            List<Tensor> gradients = Gradients.of(all.square().sum(), images, weights);
            double[] byImages = new double[images.size()];
            for (int kernel = 0; kernel < 16; kernel++) {
                Tensor own = weights.slice(0, kernel, kernel + 1).detached().tracked();
                Tensor one = images.convolve(own, window);
                assertThat(all.slice(1, kernel, kernel + 1).toDoubles())
                        .containsExactly(one.toDoubles(), Offset.offset(near));
                List<Tensor> alone = Gradients.of(one.square().sum(), images, own);
                assertThat(gradients.get(1).slice(0, kernel, kernel + 1).toDoubles())
                        .containsExactly(alone.get(1).toDoubles(), Offset.offset(near));
                double[] part = alone.get(0).toDoubles();
                for (int i = 0; i < part.length; i++) {
                    byImages[i] += part[i];
                }
            }
            assertThat(gradients.get(0).toDoubles()).containsExactly(byImages, Offset.offset(10 * near));
        }
    }

    /// The sum that defines a convolution, in float64, and its adjoints: for each output and each entry of its window
    /// that lies within the image, hears of the output, of the weight and of what the window sees.
    private interface Term {
        void of(int output, int weight, int element);
    }

    private static void eachTerm(Shape images, Shape weights, Window window, Term term) {
        int rows = window.down().outputs(images.length(2));
        int columns = window.across().outputs(images.length(3));
        for (int n = 0; n < images.length(0); n++) {
            for (int k = 0; k < weights.length(0); k++) {
                for (int i = 0; i < rows * columns; i++) {
                    for (int j = 0; j < weights.length(1) * window.size(); j++) {
                        int channel = j / window.size();
                        int entry = j % window.size();
                        int y = i / columns * window.down().stride() - window.down().before()
                                + entry / window.across().length() * window.down().dilation();
                        int x = i % columns * window.across().stride() - window.across().before()
                                + entry % window.across().length() * window.across().dilation();
                        if (y >= 0 && y < images.length(2) && x >= 0 && x < images.length(3)) {
                            term.of((n * weights.length(0) + k) * rows * columns + i,
                                    k * weights.length(1) * window.size() + j,
                                    ((n * images.length(1) + channel) * images.length(2) + y) * images.length(3) + x);
                        }
                    }
                }
            }
        }
    }

    /// Shapes drawn at random, from one element to several blocks of rows of outputs: strides, borders that differ from
    /// side to side, dilation, one sample, one channel. float32 keeps to a bound on its rounding errors: the number of
    /// terms times half a unit in the last place, relative to the sum of the terms' sizes.
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
    void convolutionsOfManyShapesAreTheSumsThatDefineThem(int part) {
        RandomStream draw = RandomStream.seeded(18).child(part);
        for (int trial = 0; trial < 25; trial++) {
            boolean large = trial % 8 == 7;
            int height = (large ? 24 : 1) + draw.nextInt(12);
            int width = (large ? 24 : 1) + draw.nextInt(12);
            int channels = large ? 16 : 1 + draw.nextInt(4);
            int out = large ? 8 + 8 * draw.nextInt(2) : 1 + draw.nextInt(17);
            Window window = new Window(
                    new Window.Span(1 + draw.nextInt(4), 1 + draw.nextInt(3), draw.nextInt(4), draw.nextInt(4),
                            1 + draw.nextInt(2)),
                    new Window.Span(1 + draw.nextInt(4), 1 + draw.nextInt(3), draw.nextInt(4), draw.nextInt(4),
                            1 + draw.nextInt(2)));
            if (window.down().dilation() * (window.down().length() - 1) >= height || window.across().dilation()
                    * (window.across().length() - 1) >= width) {
                continue;
            }
            Shape images = Shape.of(1 + draw.nextInt(large ? 2 : 20), channels, height, width);
            Shape weights = Shape.of(out, channels, window.down().length(), window.across().length());
            for (ElementType type : ElementType.values()) {
                String at = type + " " + images + " " + weights + " " + window;
                RandomStream numbers = draw.child(trial);
                Tensor x = numbers.child("x").gaussian(type, 0, 1, images.lengths()).tracked();
                Tensor w = numbers.child("w").gaussian(type, 0, 1, weights.lengths()).tracked();
                Tensor b = numbers.child("b").gaussian(type, 0, 1, out).tracked();
                Tensor y = x.convolve(w, b, window);
                Tensor g = numbers.child("g").gaussian(type, 0, 1, y.shape().lengths());
                List<Tensor> gradients = Gradients.of(y.times(g).sum(), x, w, b);
                Sums forward = new Sums(y.size());
                Sums byImages = new Sums(x.size());
                Sums byWeight = new Sums(w.size());
                Sums byBias = new Sums(out);
                double[] xs = x.toDoubles();
                double[] ws = w.toDoubles();
                double[] gs = g.toDoubles();
                eachTerm(images, weights, window, (output, weight, element) -> {
                    forward.add(output, xs[element] * ws[weight]);
                    byImages.add(element, gs[output] * ws[weight]);
                    byWeight.add(weight, gs[output] * xs[element]);
                });
                int outputs = y.length(2) * y.length(3);
                for (int i = 0; i < y.size(); i++) {
                    forward.add(i, b.at(i / outputs % out));
                    byBias.add(i / outputs % out, gs[i]);
                }
                forward.check(y, at);
                byImages.check(gradients.get(0), at);
                byWeight.check(gradients.get(1), at);
                byBias.check(gradients.get(2), at);
            }
        }
    }

    /// Sums with what bounds their rounding errors.
    private static final class Sums {
        private final double[] sums;
        private final double[] sizes;
        private final int[] terms;

        Sums(int count) {
            sums = new double[count];
            sizes = new double[count];
            terms = new int[count];
        }

        void add(int at, double term) {
            sums[at] += term;
            sizes[at] += Math.abs(term);
            terms[at]++;
        }

        void check(Tensor tensor, String at) {
            double unit = tensor.type() == ElementType.FLOAT64 ? 0x1p-53 : 0x1p-24;
            double[] numbers = tensor.toDoubles();
            for (int i = 0; i < sums.length; i++) {
                // Each term is rounded when it is made and when it is added.
                assertThat(numbers[i]).as(at + ", element " + i).isCloseTo(sums[i],
                        Offset.offset((terms[i] + 1) * unit * sizes[i]));
            }
        }
    }

    /// Several blocks of outputs, more samples than groups.
    @Test
    void threadsChangeNoBitOfAConvolution() {
        RandomStream stream = RandomStream.seeded(6);
        Tensor x = stream.child("x").gaussian(ElementType.FLOAT32, 0, 1, 19, 16, 32, 32).tracked();
        Tensor w = stream.child("w").gaussian(ElementType.FLOAT32, 0, 1, 16, 16, 3, 3).tracked();
        Tensor b = stream.child("b").gaussian(ElementType.FLOAT32, 0, 1, 16).tracked();
        List<List<float[]>> runs = Stream.of(1, 2, 3, 5).map(threads -> Processors.within(threads, () -> {
            Tensor y = x.convolve(w, b, Window.of(3).same()).maxPool(Window.of(2).stride(2));
            List<Tensor> gradients = Gradients.of(y.square().sum(), x, w, b);
            return Stream.concat(Stream.of(y), gradients.stream()).map(Tensor::toFloats).toList();
        })).toList();
        for (List<float[]> run : runs) {
            for (int i = 0; i < run.size(); i++) {
                assertThat(run.get(i)).isEqualTo(runs.getFirst().get(i));
            }
        }
    }

    @Test
    void aBiasThatDoesNotFitIsRefused() {
        Tensor x = Tensor.zeros(ElementType.FLOAT32, 1, 2, 4, 4);
        Tensor w = Tensor.zeros(ElementType.FLOAT32, 3, 2, 3, 3);
        assertThatThrownBy(() -> x.convolve(w, Tensor.zeros(ElementType.FLOAT32, 2), Window.of(3)))
                .hasMessage("convolve: bias FLOAT32 (2) does not fit weight FLOAT32 (3, 2, 3, 3): FLOAT32 (3) would");
        assertThatThrownBy(() -> x.convolve(w, Tensor.zeros(ElementType.FLOAT64, 3), Window.of(3)))
                .hasMessage("convolve: bias FLOAT64 (3) does not fit weight FLOAT32 (3, 2, 3, 3): FLOAT32 (3) would");
    }
}

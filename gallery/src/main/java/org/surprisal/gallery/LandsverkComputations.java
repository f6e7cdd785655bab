package org.surprisal.gallery;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.surprisal.data.Batch;
import org.surprisal.data.Dataset;
import org.surprisal.data.InMemory;
import org.surprisal.data.Split;
import org.surprisal.data.sets.Digits;
import org.surprisal.network.Network;
import org.surprisal.network.architecture.KnownArchitectures;
import org.surprisal.network.architecture.MultilayerPerceptron;
import org.surprisal.network.initialisation.VarianceScaling;
import org.surprisal.network.layer.Activation;
import org.surprisal.network.loss.CrossEntropy;
import org.surprisal.network.optimiser.Adam;
import org.surprisal.network.training.Evaluation;
import org.surprisal.network.training.Trainer;
import org.surprisal.report.Axis;
import org.surprisal.report.Chart;
import org.surprisal.report.Line;
import org.surprisal.report.Mark;
import org.surprisal.report.Palette;
import org.surprisal.report.Panels;
import org.surprisal.report.Points;
import org.surprisal.report.Stroke;
import org.surprisal.study.engine.Rule;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Shape;
import org.surprisal.tensor.Tensor;
import org.surprisal.tensor.Window;
import org.surprisal.theory.bottleneck.BottleneckCurve;
import org.surprisal.theory.bottleneck.InformationBottleneck;
import org.surprisal.theory.bottleneck.JointDistribution;

/// What is computed or drawn for exhibits of Landsverk's thesis without a run.
final class LandsverkComputations {
    static final Map<String, Supplier<Computed>> ALL = Map.ofEntries(
            Map.entry("landsverk-1.2", LandsverkComputations::activations),
            Map.entry("landsverk-1.3", LandsverkComputations::convolutions),
            Map.entry("landsverk-equivariance", LandsverkComputations::equivariance),
            Map.entry("landsverk-2.2", LandsverkComputations::lossSurface),
            Map.entry("landsverk-2.4", LandsverkComputations::penalties),
            Map.entry("landsverk-3.4", LandsverkComputations::bottleneck),
            Map.entry("landsverk-memory", LandsverkComputations::memory),
            Map.entry("landsverk-single-precision-distances", LandsverkComputations::singlePrecision));

    private static final VarianceScaling HE = VarianceScaling.he(VarianceScaling.Fan.IN,
            VarianceScaling.Distribution.NORMAL);

    private LandsverkComputations() {
    }

    private static Computed activations() {
        List<Mark> curves = new ArrayList<>();
        List<Activation> functions = List.of(Activation.SIGMOID, Activation.TANH, Activation.RELU);
        List<Stroke> strokes = List.of(Stroke.SOLID, Stroke.DASHED, Stroke.DOTTED);
        for (int i = 0; i < functions.size(); i++) {
            Activation function = functions.get(i);
            curves.add(PlaneDrawings.curve(function.label(), x -> function.apply(Tensor.of(new double[]{x})).item(), -2,
                    2, Palette.category(i), strokes.get(i)));
        }
        return Computed.figures(new Chart("activations", "Sigmoid, hyperbolic tangent and ReLU", "",
                Axis.linear("x", ""), Axis.linear("σ(x)", ""), curves));
    }

    /// The worked example of section 1.1.2: an edge between bright and dark.
    private static Computed convolutions() {
        Tensor kernel = Tensor.of(new double[]{1, 0, -1, 1, 0, -1, 1, 0, -1}, 1, 1, 3, 3);
        Tensor even = Tensor.full(ElementType.FLOAT64, 1, 1, 1, 3, 3);
        Tensor edge = Tensor.of(new double[]{1, 1, 0, 1, 1, 0, 1, 1, 0}, 1, 1, 3, 3);
        return Computed.numbers(new PrintedNumbers()
                .number("even", "The kernel for edges gives 0 on an even patch", 0, 0,
                        even.convolve(kernel, Window.of(3)).item())
                .number("edge", "and 3 on a patch with an edge", 3, 0, edge.convolve(kernel, Window.of(3)).item())
                .number("parameters", "For 6 by 6 pixels and a map of 4 by 4 a matrix has 64 times as many weights as a"
                        + " kernel of 3 by 3: 576 against 9", 64, 0, 36 * 16 / 9.0));
    }

    private static final int SHIFT = 3;

    /// Convolution and a shift in either order, and what a shift of the test images costs two kinds of network.
    private static Computed equivariance() {
        int seeds = 5;
        double[] lost = new double[seeds];
        double largest = 0;
        for (int seed = 1; seed <= seeds; seed++) {
            Split digits = Digits.generate(1500, 500, seed);
            Dataset train = images(digits.train());
            Dataset test = images(digits.test());
            Dataset shifted = shifted(test);
            RandomStream stream = RandomStream.seeded(seed);
            Network lenet = KnownArchitectures.leNet().build(ElementType.FLOAT32, HE, stream.child("lenet"));
            Network full = new MultilayerPerceptron(784, List.of(200, 10), Activation.RELU, Activation.IDENTITY)
                    .build(ElementType.FLOAT32, HE, stream.child("full"));
            lost[seed - 1] = drop(full, flat(train), flat(test), flat(shifted), stream)
                    - drop(lenet, train, test, shifted, stream);
            largest = Math.max(largest, difference(stream));
        }
        return Computed.numbers(new PrintedNumbers()
                .exact("shift-and-convolution-commute", "A shifted image has a shifted map, away from the edge: largest"
                        + " difference", "within 0 of 0", largest, largest == 0)
                .sampled("full-network-loses-more", "On drawn digits shifted by " + SHIFT + " pixels, a fully connected"
                        + " network loses more test accuracy than LeNet: loss of the one minus that of the other",
                        new Rule.Above(0), lost));
    }

    private static double difference(RandomStream stream) {
        Tensor image = stream.child("image").gaussian(ElementType.FLOAT64, 0, 1, 1, 1, 12, 12);
        Tensor kernel = stream.child("kernel").gaussian(ElementType.FLOAT64, 0, 1, 1, 1, 3, 3);
        double[] after = image.convolve(kernel, Window.of(3)).slice(3, 0, 7).toDoubles();
        double[] before = Tensor.concatenate(3, List.of(Tensor.zeros(ElementType.FLOAT64, 1, 1, 12, SHIFT),
                image.slice(3, 0, 12 - SHIFT))).convolve(kernel, Window.of(3)).slice(3, SHIFT, 10).toDoubles();
        return IntStream.range(0, after.length).mapToDouble(i -> Math.abs(after[i] - before[i])).max().orElseThrow();
    }

    private static Dataset shifted(Dataset images) {
        Batch all = images.batch(IntStream.range(0, images.size()).toArray());
        Tensor blank = Tensor.zeros(all.inputs().type(), images.size(), 1, Digits.SIDE, SHIFT);
        Tensor moved = Tensor.concatenate(3, List.of(blank, all.inputs().slice(3, 0, Digits.SIDE - SHIFT)));
        return InMemory.classification("shifted digits", moved, all.targets(), images.classes());
    }

    private static Dataset flat(Dataset images) {
        return reshaped(images, 784);
    }

    private static Dataset images(Dataset rows) {
        return reshaped(rows, 1, Digits.SIDE, Digits.SIDE);
    }

    private static Dataset reshaped(Dataset data, int... sample) {
        Batch all = data.batch(IntStream.range(0, data.size()).toArray());
        int[] lengths = IntStream.concat(IntStream.of(data.size()), IntStream.of(sample)).toArray();
        return InMemory.classification(data.name(), all.inputs().reshape(lengths), all.targets(), data.classes());
    }

    /// Test accuracy less that on shifted images.
    private static double drop(Network network, Dataset train, Dataset test, Dataset shifted, RandomStream stream) {
        new Trainer(network, new CrossEntropy(), new Adam(0.002)).epochs(4).batchSize(50).fit(train,
                stream.child("order"));
        return Evaluation.of(network, new CrossEntropy(), test).accuracy().orElseThrow()
                - Evaluation.of(network, new CrossEntropy(), shifted).accuracy().orElseThrow();
    }

    /// Least squares of a line through 30 points: the loss as a function of slope and intercept, and the way down.
    private static Computed lossSurface() {
        RandomStream stream = RandomStream.seeded(1);
        int points = 30;
        double[] x = IntStream.range(0, points).mapToDouble(i -> stream.nextDouble(-1, 2)).toArray();
        double[] y = IntStream.range(0, points).mapToDouble(i -> 1 + 0.8 * x[i] + 0.4 * stream.nextGaussian())
                .toArray();
        List<double[]> path = new ArrayList<>();
        double slope = -1.5;
        double intercept = 2.5;
        for (int step = 0; step < 60; step++) {
            path.add(new double[]{slope, intercept});
            double bySlope = 0;
            double byIntercept = 0;
            for (int i = 0; i < points; i++) {
                double error = slope * x[i] + intercept - y[i];
                bySlope += 2 * error * x[i] / points;
                byIntercept += 2 * error / points;
            }
            slope -= 0.15 * bySlope;
            intercept -= 0.15 * byIntercept;
        }
        Mark surface = PlaneDrawings.surface((a, b) -> {
            double sum = 0;
            for (int i = 0; i < points; i++) {
                sum += (a * x[i] + b - y[i]) * (a * x[i] + b - y[i]);
            }
            return Math.log10(sum / points);
        }, new double[]{-2, 3}, new double[]{-1, 3}, 60, Axis.linear("log₁₀ of the mean squared error", ""));
        return Computed.figures(new Chart("loss-surface", "A loss of two parameters, and gradient descent on it",
                "A line through 30 points; 60 steps at a rate of 0.15.", Axis.linear("slope", ""),
                Axis.linear("intercept", ""),
                List.of(surface, PlaneDrawings.path("steps", path, Palette.category(1), true))));
    }

    /// The least of (w - w_0)² where the sum of |w|, or of w², is at most 1.
    private static Computed penalties() {
        double[] best = {0.5, 1.6};
        double norm = Math.hypot(best[0], best[1]);
        double[] circle = {best[0] / norm, best[1] / norm};
        // Soft thresholds: both coordinates are lowered alike until the sum is 1, and none goes below 0.
        double[] diamond = {0, 1};
        return Computed.numbers(new PrintedNumbers()
                .exact("l1-sets-a-weight-to-0",
                        "The constraint on the sum of absolute values sets the smaller weight to"
                                + " 0",
                        "within 0 of 0", diamond[0], isLeastOnDiamond(best, diamond))
                .exact("l2-keeps-both", "The constraint on the sum of squares makes it smaller and keeps it", "above 0",
                        circle[0], circle[0] > 0))
                .with(new Panels("constraints", "Weights that a penalty allows",
                        "Circles: equal loss around its minimum. The filled dot is the best allowed weight.", 2,
                        List.of(constraint("l1", "|w₁| + |w₂| ≤ 1", List.of(new double[]{1, 0}, new double[]{0, 1},
                                new double[]{-1, 0}, new double[]{0, -1}, new double[]{1, 0}), best, diamond),
                                constraint("l2", "w₁² + w₂² ≤ 1", circle(new double[]{0, 0}, 1), best, circle))));
    }

    /// Whether no point of the diamond's edge has a smaller loss.
    private static boolean isLeastOnDiamond(double[] best, double[] at) {
        double least = Math.hypot(at[0] - best[0], at[1] - best[1]);
        return IntStream.rangeClosed(-1000, 1000).allMatch(i -> {
            double x = i / 1000.0;
            return Math.hypot(x - best[0], 1 - Math.abs(x) - best[1]) >= least - 1e-12;
        });
    }

    private static List<double[]> circle(double[] middle, double radius) {
        return IntStream.rangeClosed(0, 100).mapToObj(i -> new double[]{
                middle[0] + radius * Math.cos(2 * Math.PI * i / 100),
                middle[1] + radius * Math.sin(2 * Math.PI * i / 100)}).toList();
    }

    private static Chart constraint(String id, String title, List<double[]> edge, double[] best, double[] chosen) {
        List<Mark> marks = new ArrayList<>();
        marks.add(PlaneDrawings.path("allowed weights", edge, Palette.category(0), false));
        double nearest = Math.hypot(best[0] - chosen[0], best[1] - chosen[1]);
        for (double radius : new double[]{0.5 * nearest, nearest, 1.5 * nearest}) {
            marks.add(PlaneDrawings.path("equal loss", circle(best, radius), Palette.GREY, false));
        }
        marks.add(new Points("least loss", new double[]{best[0]}, new double[]{best[1]}, Palette.GREY));
        marks.add(new Points("best allowed weight", new double[]{chosen[0]}, new double[]{chosen[1]},
                Palette.category(1)));
        return new Chart(id, title, "", Axis.linear("w₁", "").withRange(-1.5, 2.1),
                Axis.linear("w₂", "").withRange(-1.2, 2.8), marks);
    }

    /// The curve of the best encoders for 16 inputs whose label gets surer from one end to the other.
    private static Computed bottleneck() {
        int inputs = 16;
        double[] table = new double[2 * inputs];
        for (int i = 0; i < inputs; i++) {
            double one = 1 / (1 + Math.exp(-4 * (2 * i - inputs + 1.0) / inputs));
            table[2 * i] = (1 - one) / inputs;
            table[2 * i + 1] = one / inputs;
        }
        JointDistribution joint = JointDistribution.normalised(Tensor.of(table, inputs, 2));
        BottleneckCurve curve = InformationBottleneck.of(joint).curve(
                IntStream.range(0, 25).mapToDouble(i -> 1.2 * Math.pow(200 / 1.2, i / 24.0)).toArray(),
                RandomStream.seeded(1));
        double[] kept = curve.corners().stream().mapToDouble(BottleneckCurve.Point::keptInformation).toArray();
        double[] relevant = curve.corners().stream().mapToDouble(BottleneckCurve.Point::relevantInformation).toArray();
        double whole = joint.mutualInformation();
        return Computed.numbers(new PrintedNumbers()
                .exact("information-is-bounded", "No encoder knows more of the label than the input does: largest"
                        + " I(T;Y) over I(X;Y)", "below 1.000001",
                        IntStream.range(0, relevant.length).mapToDouble(i -> relevant[i] / whole).max().orElseThrow(),
                        IntStream.range(0, relevant.length).allMatch(i -> relevant[i] <= whole * 1.000001)))
                .with(new Chart("bottleneck", "The best encoders",
                        "How much an encoder can know of the label if it may know so much of the input; 16 inputs and"
                                + " two labels. Dashed: what the input itself knows of the label.",
                        Axis.linear("I(X;T)", "nat"), Axis.linear("I(T;Y)", "nat"),
                        List.of(new Line("best encoders", kept, relevant, Palette.category(0), Stroke.SOLID, true),
                                new Line("I(X;Y)", new double[]{0, joint.entropyOfX()}, new double[]{whole, whole},
                                        Palette.INK, Stroke.DASHED, false))));
    }

    private static Computed memory() {
        return Computed.numbers(new PrintedNumbers().number("memory",
                "An hour of 30 pictures a second, each of 720 · 480 pixels of 3 bytes, takes 112 GB", 112, 0.5,
                720.0 * 480 * 3 * 30 * 3600 / 1e9));
    }

    private static final int IMAGES = 500;

    /// The maps of an untrained LeNet on pixels from 0 to 255, with distances in both precisions.
    private static Computed singlePrecision() {
        int seeds = 5;
        double[] input = new double[seeds];
        double[] label = new double[seeds];
        double[] larger = new double[seeds];
        double[] exact = new double[seeds];
        double[] diagonal = new double[seeds];
        for (int seed = 1; seed <= seeds; seed++) {
            Batch digits = images(Digits.generate(IMAGES, 10, seed).train())
                    .batch(IntStream.range(0, IMAGES).toArray());
            Tensor kernels = HE.weight(ElementType.FLOAT32, Shape.of(10, 1, 5, 5), RandomStream.seeded(seed));
            Tensor maps = digits.inputs().times(255).convolve(kernels, Window.of(5)).maxPool(Window.of(2).stride(2))
                    .relu();
            Tensor rows = maps.reshape(IMAGES, maps.size() / IMAGES);
            double[] labels = digits.targets().toDoubles();
            double entropy = SquaredDistances.entropy(labels);
            double[] all = SquaredDistances.single(rows, 64);
            double[] own = SquaredDistances.single(rows, 16);
            double[] right = SquaredDistances.exact(rows);
            diagonal[seed - 1] = IntStream.range(0, IMAGES).mapToDouble(i -> all[i * IMAGES + i]).average()
                    .orElseThrow();
            input[seed - 1] = SquaredDistances.informationAboutInput(all, IMAGES, 0.1) - Math.log(IMAGES);
            label[seed - 1] = Math.abs(SquaredDistances.informationAboutLabel(all, own, labels, 0.1) - entropy);
            larger[seed - 1] = Math.abs(SquaredDistances.informationAboutLabel(all, own, labels, 5) - entropy)
                    - label[seed - 1];
            exact[seed - 1] = SquaredDistances.informationAboutLabel(right, right, labels, 0.1) - entropy;
        }
        return Computed.numbers(new PrintedNumbers()
                .sampled("diagonal", "In single precision the squared distance of a map to itself is not 0, by |a|² +"
                        + " |b|² - 2 a·b: mean over the images", new Rule.Above(0), diagonal)
                .sampled("input", "So I(X;Z) exceeds ln N, in nats, at a noise variance of 0.1",
                        new Rule.Above(0), input)
                .sampled("label", "and I(Y;Z) misses H(Y) where sums over a class are rounded otherwise than those over"
                        + " all images: distance in nats", new Rule.Above(0.05), label)
                .sampled("larger-noise", "A noise variance of 5 makes that distance smaller", new Rule.Below(0), larger)
                .exact("double", "In double precision I(Y;Z) does not exceed H(Y): the largest excess of the networks,"
                        + " in nats", "at most 1e-9",
                        IntStream.range(0, seeds).mapToDouble(i -> exact[i]).max()
                                .orElseThrow(),
                        IntStream.range(0, seeds).allMatch(i -> exact[i] <= 1e-9)));
    }
}

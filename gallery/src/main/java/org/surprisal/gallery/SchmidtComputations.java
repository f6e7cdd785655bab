package org.surprisal.gallery;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.surprisal.data.Batch;
import org.surprisal.data.Dataset;
import org.surprisal.data.sets.Moons;
import org.surprisal.information.entropy.DiscreteDistribution;
import org.surprisal.network.Network;
import org.surprisal.network.Parameter;
import org.surprisal.network.architecture.MultilayerPerceptron;
import org.surprisal.network.initialisation.Initialisation;
import org.surprisal.network.layer.Activation;
import org.surprisal.network.layer.Linear;
import org.surprisal.network.loss.CrossEntropy;
import org.surprisal.network.optimiser.Adam;
import org.surprisal.network.training.Trainer;
import org.surprisal.report.Axis;
import org.surprisal.report.Cells;
import org.surprisal.report.Chart;
import org.surprisal.report.ColourMap;
import org.surprisal.report.Line;
import org.surprisal.report.Mark;
import org.surprisal.report.Palette;
import org.surprisal.report.Panels;
import org.surprisal.report.Points;
import org.surprisal.report.Stroke;
import org.surprisal.study.engine.Rule;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.Gradients;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Shape;
import org.surprisal.tensor.Tensor;
import org.surprisal.theory.ising.Decimation;
import org.surprisal.theory.ising.Onsager;
import org.surprisal.theory.meanfield.FixedPoint;
import org.surprisal.theory.meanfield.MeanField;
import org.surprisal.theory.meanfield.SaturatingActivation;

/// What is computed or drawn for exhibits of Schmidt's thesis without a run.
final class SchmidtComputations {
    static final Map<String, Supplier<Computed>> ALL = Map.ofEntries(
            Map.entry("schmidt-2", SchmidtComputations::layers),
            Map.entry("schmidt-parameters", SchmidtComputations::parameters),
            Map.entry("schmidt-5", SchmidtComputations::tanh),
            Map.entry("schmidt-linear-collapse", SchmidtComputations::linearCollapse),
            Map.entry("schmidt-6-7", SchmidtComputations::clusters),
            Map.entry("schmidt-8", SchmidtComputations::boundary),
            Map.entry("schmidt-9", SchmidtComputations::landscape),
            Map.entry("schmidt-10", SchmidtComputations::momentum),
            Map.entry("schmidt-coins", SchmidtComputations::coins),
            Map.entry("schmidt-critical-point", SchmidtComputations::criticalPoint),
            Map.entry("schmidt-exploding-gradients", SchmidtComputations::explodingGradients),
            Map.entry("schmidt-critical-temperature", SchmidtComputations::criticalTemperature),
            Map.entry("schmidt-renormalization", SchmidtComputations::renormalization));

    private static final Axis LOG_LOSS = Axis.linear("log₁₀ of the loss", "");

    private SchmidtComputations() {
    }

    /// Units as dots and weights as lines; the input layer of Fig 4 is too large to be drawn whole.
    private static Computed layers() {
        return Computed.figures(drawing("layers", "A network of layers", List.of(4, 5, 5, 2),
                "Each line is a weight: the network 4-5-5-2 has 4 · 5 + 5 · 5 + 5 · 2 = 55 of them."));
    }

    private static Chart drawing(String id, String title, List<Integer> widths, String caption) {
        List<Mark> marks = new ArrayList<>();
        List<Double> x = new ArrayList<>();
        List<Double> y = new ArrayList<>();
        List<Double> weightX = new ArrayList<>();
        List<Double> weightY = new ArrayList<>();
        for (int layer = 0; layer < widths.size(); layer++) {
            for (int unit = 0; unit < widths.get(layer); unit++) {
                x.add((double) layer);
                y.add(height(unit, widths.get(layer)));
                for (int next = 0; layer + 1 < widths.size() && next < widths.get(layer + 1); next++) {
                    Collections.addAll(weightX, (double) layer, layer + 1.0, layer + 1.0);
                    Collections.addAll(weightY, height(unit, widths.get(layer)), height(next, widths.get(layer + 1)),
                            Double.NaN);
                }
            }
        }
        marks.add(new Line("weights", numbers(weightX), numbers(weightY), Palette.GREY));
        marks.add(new Points("units", numbers(x), numbers(y), Palette.category(0)));
        return new Chart(id, title, caption, Axis.whole("layer").withRange(-0.3, widths.size() - 0.7),
                Axis.linear("unit, from the middle of its layer", ""), marks);
    }

    private static double height(int unit, int width) {
        return (width - 1) / 2.0 - unit;
    }

    private static double[] numbers(List<Double> list) {
        return list.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static Computed parameters() {
        Network network = new MultilayerPerceptron(784, List.of(16, 16, 10), Activation.RELU, Activation.IDENTITY)
                .build(ElementType.FLOAT32, Initialisation.zeros(), RandomStream.seeded(1));
        return Computed.numbers(new PrintedNumbers().number("parameters", "784-16-16-10 has 13,002 weights and biases",
                13_002, 0, (double) network.parameterCount()));
    }

    private static Computed tanh() {
        return Computed.figures(new Chart("tanh", "The hyperbolic tangent",
                "The slope is largest at 0, where it is 1; far from 0 the unit is saturated.", Axis.linear("x", ""),
                Axis.linear("y", ""),
                List.of(PlaneDrawings.curve("tanh x", Math::tanh, -4, 4, Palette.category(0), Stroke.SOLID),
                        PlaneDrawings.curve("its derivative", Activation.TANH::derivative, -4, 4, Palette.category(1),
                                Stroke.DASHED))));
    }

    /// Three linear layers against the one layer of the product of their matrices.
    private static Computed linearCollapse() {
        RandomStream stream = RandomStream.seeded(1);
        Tensor first = stream.gaussian(ElementType.FLOAT64, 0, 1, 30, 20);
        Tensor second = stream.gaussian(ElementType.FLOAT64, 0, 1, 40, 30);
        Tensor third = stream.gaussian(ElementType.FLOAT64, 0, 1, 5, 40);
        Tensor inputs = stream.gaussian(ElementType.FLOAT64, 0, 1, 100, 20);
        double[] deep = inputs.matmulTransposed(first).matmulTransposed(second).matmulTransposed(third).toDoubles();
        double[] flat = inputs.matmulTransposed(third.matmul(second).matmul(first)).toDoubles();
        double scale = IntStream.range(0, deep.length).mapToDouble(i -> Math.abs(deep[i])).max().orElseThrow();
        double difference = IntStream.range(0, deep.length).mapToDouble(i -> Math.abs(deep[i] - flat[i])).max()
                .orElseThrow() / scale;
        return Computed.numbers(new PrintedNumbers().exact("one-matrix", "The outputs of 20-30-40-5 without"
                + " activation functions are those of one layer whose matrix is the product of the three: largest"
                + " difference over the largest output, for 100 inputs", "below 1e-12", difference,
                difference < 1e-12));
    }

    private static Computed clusters() {
        List<Chart> charts = new ArrayList<>();
        for (double noise : new double[]{0.1, 0.5}) {
            charts.add(new Chart(noise < 0.3 ? "clear" : "unclear", noise < 0.3 ? "Clear clusters" : "Unclear clusters",
                    "", Axis.linear("first feature", ""), Axis.linear("second feature", ""),
                    PlaneDrawings.samples(Moons.draw(300, noise, RandomStream.seeded(1)))));
        }
        return Computed.figures(new Panels("clusters", "Samples of two classes in feature space",
                "300 samples of two half moons, with noise of standard deviation 0.1 and 0.5.", 2, charts));
    }

    private static final double[] MOONS_X = {-1.8, 2.8};
    private static final double[] MOONS_Y = {-1.4, 1.9};

    private static Network moonNetwork() {
        return new MultilayerPerceptron(2, List.of(16, 16, 2), Activation.TANH, Activation.IDENTITY)
                .build(ElementType.FLOAT64, new Initialisation.Gaussian(1, 0), RandomStream.seeded(2));
    }

    private static Computed boundary() {
        Dataset moons = Moons.draw(300, 0.2, RandomStream.seeded(1));
        List<Chart> charts = new ArrayList<>();
        for (int epochs : new int[]{0, 3, 15, 100}) {
            Network network = moonNetwork();
            train(network, moons, epochs);
            int count = 40;
            Tensor outputs = network.evaluate(PlaneDrawings.grid(MOONS_X, MOONS_Y, count)).softmax();
            double[] share = outputs.take(1, 1).toDoubles();
            List<Mark> marks = new ArrayList<>();
            marks.add(Cells.around("", PlaneDrawings.middles(MOONS_X, count), PlaneDrawings.middles(MOONS_Y, count),
                    share, Axis.linear("probability of class 1", "").withRange(0, 1), ColourMap.DIVERGING));
            marks.addAll(PlaneDrawings.samples(moons));
            charts.add(new Chart("epoch-" + epochs, epochs == 0 ? "before training" : "after " + epochs + " epochs",
                    "", Axis.linear("first feature", ""), Axis.linear("second feature", ""), marks));
        }
        return Computed.figures(new Panels("boundary", "The decision boundary as training goes on",
                "A perceptron 2-16-16-2 with tanh, trained by Adam; the boundary is where the probability is one"
                        + " half.",
                2, charts));
    }

    private static void train(Network network, Dataset data, int epochs) {
        if (epochs > 0) {
            new Trainer(network, new CrossEntropy(), new Adam(0.01)).epochs(epochs).batchSize(30).fit(data,
                    RandomStream.seeded(3));
        }
    }

    /// The loss around a trained network, in two directions whose rows are scaled to those of the weights (Li et al.
    /// 2018).
    private static Computed landscape() {
        Dataset moons = Moons.draw(300, 0.2, RandomStream.seeded(1));
        Network network = moonNetwork();
        train(network, moons, 100);
        List<Tensor> minimum = network.parameters().stream().map(Parameter::value).toList();
        RandomStream stream = RandomStream.seeded(4);
        List<Tensor> right = direction(minimum, stream);
        List<Tensor> up = direction(minimum, stream);
        Batch all = moons.batch(IntStream.range(0, moons.size()).toArray());
        double[] range = {-1.5, 1.5};
        Cells surface = PlaneDrawings.surface((a, b) -> {
            List<Linear> layers = new ArrayList<>();
            for (int i = 0; i < minimum.size(); i += 2) {
                layers.add(new Linear(Parameter.of("weight", moved(minimum, right, up, i, a, b)),
                        Parameter.of("bias", moved(minimum, right, up, i + 1, a, b))));
            }
            Network there = MultilayerPerceptron.of(layers, Activation.TANH, Activation.IDENTITY);
            return Math.log10(new CrossEntropy().of(there.evaluate(all.inputs()), all.targets()).item());
        }, range, range, 40, LOG_LOSS);
        return Computed.figures(new Chart("landscape", "The loss around a trained network",
                "Cross-entropy of the perceptron of the decision boundary along two random directions of its weights;"
                        + " the trained network is at the origin.",
                Axis.linear("first direction", ""), Axis.linear("second direction", ""),
                List.of(surface,
                        new Points("trained network", new double[]{0}, new double[]{0}, Palette.category(1)))));
    }

    private static Tensor moved(List<Tensor> from, List<Tensor> right, List<Tensor> up, int i, double a, double b) {
        return from.get(i).plus(right.get(i).times(a)).plus(up.get(i).times(b)).detached();
    }

    /// A random direction, each row of which has the norm of that row of the weights; biases stay.
    private static List<Tensor> direction(List<Tensor> weights, RandomStream stream) {
        List<Tensor> direction = new ArrayList<>();
        for (Tensor weight : weights) {
            if (weight.rank() < 2) {
                direction.add(weight.times(0));
                continue;
            }
            Tensor random = stream.gaussian(weight.type(), 0, 1, weight.length(0), weight.length(1));
            Tensor scale = weight.square().sum(1).over(random.square().sum(1)).sqrt().reshape(weight.length(0), 1);
            direction.add(random.times(scale.broadcastTo(random.shape())));
        }
        return direction;
    }

    /// Gradient descent on f(x, y) = (x² + 20 y²) / 2 from (10, 2), whose largest stable rate is 2 / 20.
    private static Computed momentum() {
        List<double[]> plain = descent(0.09, 0);
        List<double[]> heavy = descent(0.09, 0.5);
        List<double[]> unstable = descent(0.102, 0).subList(0, 25);
        double[] rangeX = {-4, 11};
        double[] rangeY = {-3.5, 3.5};
        List<Chart> charts = new ArrayList<>();
        charts.add(trajectory("plain", "rate 0.09", plain, rangeX, rangeY));
        charts.add(trajectory("momentum", "rate 0.09, momentum 0.5", heavy, rangeX, rangeY));
        charts.add(trajectory("unstable", "rate 0.102, first 25 steps", unstable, rangeX, rangeY));
        return Computed.numbers(new PrintedNumbers()
                .exact("momentum-is-faster", "With momentum 0.5 the loss falls to a thousandth in a share of the steps"
                        + " that it takes without: steps with over steps without", "below 1",
                        steps(heavy) / (double) steps(plain), steps(heavy) < steps(plain))
                .exact("too-large-a-rate-overshoots", "Above a rate of 2 / 20 each step leads further away in the steep"
                        + " direction: |y| after 25 steps over |y| before", "above 1",
                        Math.abs(unstable.getLast()[1] / unstable.getFirst()[1]),
                        Math.abs(unstable.getLast()[1]) > Math.abs(unstable.getFirst()[1])))
                .with(new Panels("trajectories", "Gradient descent with and without momentum",
                        "The loss is (x² + 20 y²) / 2: along y it is twenty times as steep as along x.", 2, charts));
    }

    private static Chart trajectory(String id, String title, List<double[]> path, double[] rangeX, double[] rangeY) {
        return new Chart(id, title, "", Axis.linear("x", ""), Axis.linear("y", ""),
                List.of(PlaneDrawings.surface((x, y) -> Math.log10(loss(x, y)), rangeX, rangeY, 40, LOG_LOSS),
                        PlaneDrawings.path("steps", path, Palette.category(1), true)));
    }

    private static double loss(double x, double y) {
        return (x * x + 20 * y * y) / 2;
    }

    private static List<double[]> descent(double rate, double momentum) {
        List<double[]> path = new ArrayList<>();
        double[] at = {10, 2};
        double[] velocity = {0, 0};
        for (int step = 0; step < 300; step++) {
            path.add(at.clone());
            velocity[0] = momentum * velocity[0] - rate * at[0];
            velocity[1] = momentum * velocity[1] - rate * 20 * at[1];
            at[0] += velocity[0];
            at[1] += velocity[1];
        }
        return path;
    }

    /// Steps until the loss stays below a thousandth of its first value.
    private static int steps(List<double[]> path) {
        double goal = loss(path.getFirst()[0], path.getFirst()[1]) / 1000;
        int last = 0;
        for (int step = 0; step < path.size(); step++) {
            if (loss(path.get(step)[0], path.get(step)[1]) > goal) {
                last = step + 1;
            }
        }
        return last;
    }

    /// A coin that always shows heads beside a fair one.
    private static Computed coins() {
        DiscreteDistribution fair = DiscreteDistribution.of(0.5, 0.5);
        DiscreteDistribution unfair = DiscreteDistribution.of(1, 0);
        double never = IntStream.range(0, 2).filter(side -> unfair.probability(side) == 0)
                .mapToDouble(fair::probability).sum();
        return Computed.numbers(new PrintedNumbers()
                .number("unfair-to-fair", "The relative entropy of a coin that always shows heads to a fair coin is"
                        + " ln 2", Math.log(2), 1e-12, unfair.relativeEntropyTo(fair))
                .exact("fair-to-unfair", "The relative entropy of the fair coin to the other is infinite, because the"
                        + " other never shows what the fair one shows with a probability of", "above 0", never,
                        never > 0 && fair.relativeEntropyTo(unfair) == Double.POSITIVE_INFINITY));
    }

    private static Computed criticalPoint() {
        return Computed.numbers(new PrintedNumbers().number("critical-weight-variance",
                "For tanh and σ_b² = 0.05 the critical weight variance is about 1.76", 1.76, 0.005,
                MeanField.critical(SaturatingActivation.TANH, 0.05).end()));
    }

    private static final int DEEP = 150;
    private static final double LARGEST_VARIANCE = 2.5;

    /// Squared norms of the gradients of 150 layers at a weight variance of 2.5, beside χ_1 to the number of layers.
    private static Computed explodingGradients() {
        MeanField theory = new MeanField(SaturatingActivation.TANH, LARGEST_VARIANCE, 0.05);
        double chi = theory.fixedPoint() instanceof FixedPoint.Settled settled ? settled.chi1().value() : Double.NaN;
        int networks = 5;
        double[] slopes = new double[networks];
        List<Mark> marks = new ArrayList<>();
        double[] layers = IntStream.rangeClosed(1, DEEP).mapToDouble(i -> i).toArray();
        for (int seed = 1; seed <= networks; seed++) {
            double[] squares = squaredGradients(RandomStream.seeded(seed));
            // From the layer whose gradient is that of the output down: the growth towards the input.
            double[] growth = IntStream.range(0, DEEP).mapToDouble(i -> squares[DEEP - 1 - i] / squares[DEEP - 1])
                    .toArray();
            // The first layers below the output are not at the fixed point of the backward pass yet, nor the first
            // layers of the network at that of the forward pass.
            slopes[seed - 1] = Math.log(growth[DEEP - 15] / growth[14]) / (DEEP - 29);
            marks.add(new Line("networks", layers, growth, Palette.category(0)));
        }
        marks.add(PlaneDrawings.curve("theory, χ_1 to the number of layers", m -> Math.pow(chi, m - 1), 1, DEEP,
                Palette.INK, Stroke.DASHED));
        return Computed.numbers(new PrintedNumbers()
                .sampled("growth", "The squared norm of the gradient of a layer's pre-activations grows towards the"
                        + " input by χ_1 a layer: measured logarithm of the growth a layer over ln χ_1, networks of"
                        + " width 400", new Rule.Within(1, 0.1),
                        IntStream.range(0, networks).mapToDouble(i -> slopes[i] / Math.log(chi)).toArray())
                .exact("theory", "Over 150 layers theory has a growth of squared norms of about 1.5e8, and of 1.2e4 of"
                        + " norms: the logarithm to base 10 of the former is 8.2", "within 0.05 of 8.2",
                        DEEP * Math.log10(chi),
                        Math.abs(DEEP * Math.log10(chi) - 8.2) <= 0.05))
                .with(new Chart("gradients", "Growth of the squared gradient from output to input",
                        "Five untrained networks of 150 layers of 400 tanh units at σ_w² = 2.5; mean square of the"
                                + " gradient of a random output by the pre-activations.",
                        Axis.whole("layers above the layer, the last included"),
                        Axis.log("squared norm over that of the last layer", ""), marks));
    }

    /// The squared norms of the gradients by the pre-activations of each layer, for one input of mean square 1.
    private static double[] squaredGradients(RandomStream stream) {
        int width = 400;
        Initialisation start = new Initialisation.Gaussian(LARGEST_VARIANCE, 0.05);
        Tensor values = stream.child("input").gaussian(ElementType.FLOAT32, 0, 1, 1, width);
        List<Tensor> preActivations = new ArrayList<>();
        for (int layer = 0; layer < DEEP; layer++) {
            RandomStream own = stream.child(layer);
            Shape shape = Shape.of(width, width);
            Tensor pre = values.linear(start.weight(ElementType.FLOAT32, shape, own.child("weight")),
                    start.bias(ElementType.FLOAT32, shape, own.child("bias")));
            pre = layer == 0 ? pre.tracked() : pre;
            preActivations.add(pre);
            values = pre.tanh();
        }
        Tensor output = values.times(stream.child("output").gaussian(ElementType.FLOAT32, 0, 1, 1, width)).sum();
        return Gradients.of(output, preActivations).stream()
                .mapToDouble(gradient -> gradient.to(ElementType.FLOAT64).square().sum().item()).toArray();
    }

    private static Computed criticalTemperature() {
        return Computed.numbers(new PrintedNumbers().number("critical-temperature",
                "The critical temperature of the square lattice is 2.269 J", 2.269, 0.0005,
                Onsager.CRITICAL_TEMPERATURE));
    }

    /// The thesis names no number here: the claims are about the shape of the curve, as of that by layers.
    private static Computed renormalization() {
        PrintedNumbers numbers = new PrintedNumbers();
        List<Double> chain = Decimation.chain(1, 5);
        List<Double> square = Decimation.square(0.4, 8);
        shape(numbers, "chain", "the chain at K_0 = 1", chain, Decimation.chainLimit(1));
        shape(numbers, "square", "the square lattice at K_0 = 0.4", square, Decimation.squareLimit(0.4));
        return Computed.numbers(numbers).with(new Chart("decimation", "Relative entropy by number of decimations",
                "Of the distribution at coupling K_0 to that after n decimations, on one lattice; dashed: independent"
                        + " spins.",
                Axis.whole("decimations"), Axis.linear("relative entropy a spin", "nat"),
                List.of(decimated("chain, K_0 = 1", chain, 0), limit("chain, K_0 = 1", chain.size(),
                        Decimation.chainLimit(1), 0), decimated("square lattice, K_0 = 0.4", square, 1),
                        limit("square lattice, K_0 = 0.4", square.size(), Decimation.squareLimit(0.4), 1))));
    }

    private static Line decimated(String name, List<Double> divergences, int colour) {
        return new Line(name, IntStream.rangeClosed(0, divergences.size()).mapToDouble(n -> n).toArray(),
                IntStream.rangeClosed(0, divergences.size()).mapToDouble(n -> n == 0 ? 0 : divergences.get(n - 1))
                        .toArray(),
                Palette.category(colour), Stroke.SOLID, true);
    }

    private static Line limit(String name, int steps, double limit, int colour) {
        return new Line(name, new double[]{0, steps}, new double[]{limit, limit}, Palette.category(colour),
                Stroke.DASHED, false);
    }

    private static void shape(PrintedNumbers numbers, String id, String lattice, List<Double> divergences,
            double limit) {
        double smallest = divergences.getFirst();
        for (int n = 1; n < divergences.size(); n++) {
            smallest = Math.min(smallest, divergences.get(n) - divergences.get(n - 1));
        }
        double share = divergences.getLast() / limit;
        numbers.exact(id + "-rises", "Each of " + divergences.size() + " decimations raises the relative entropy of "
                + lattice + ", in nats a spin", "above 0", smallest, smallest > 0)
                .exact(id + "-reaches-its-asymptote", "After " + divergences.size() + " decimations " + lattice
                        + " has the relative entropy of independent spins, within 5 %", "within 0.05 of 1", share,
                        Math.abs(share - 1) <= 0.05);
    }
}

package org.surprisal.report;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Figures shaped like those of the studies: many layers, five weight variances, before and after training.
final class SampleFigures {

    static final double[] SIGMA_W2 = {1.5, 1.75, 2.0, 2.25, 2.5};

    private SampleFigures() {
    }

    /// Ten curves that rise steeply to an asymptote, each with its standard error.
    static Chart relativeEntropy() {
        int layers = 49;
        List<Color> colours = Palette.sequential(SIGMA_W2.length);
        List<Mark> marks = new ArrayList<>();
        double[] x = new double[layers];
        for (int m = 0; m < layers; m++) {
            x[m] = m;
        }
        for (int s = 0; s < SIGMA_W2.length; s++) {
            double asymptote = 0.2928 + 0.108 * (SIGMA_W2[s] - 1.5);
            for (boolean after : new boolean[]{false, true}) {
                double[] y = new double[layers];
                double[] error = new double[layers];
                for (int m = 0; m < layers; m++) {
                    y[m] = (after ? 0.985 : 1) * asymptote * (1 - Math.exp(-m / 2.2)) - (after ? 0.0001 * m : 0);
                    error[m] = 0.0009 + 0.00012 * m;
                }
                String name = "σ_w² = " + SIGMA_W2[s] + (after ? ", after" : ", before");
                marks.add(Band.around(name, x, y, error, colours.get(s)));
                marks.add(new Line(name, x, y, colours.get(s), after ? Stroke.SOLID : Stroke.DASHED, false));
            }
        }
        return new Chart("relative-entropy-by-depth", "Relative entropy by depth, before and after training, L = 50",
                "Dashed: the initial network; solid: after 15 epochs. Shaded: one standard error over 5 seeds.",
                Axis.linear("layer m", ""), Axis.linear("relative entropy, normalised", "nat / nat"), marks);
    }

    /// Histogram, density estimate and normal fit of four layers, before and after.
    static Panels distributions() {
        List<Chart> charts = new ArrayList<>();
        for (boolean after : new boolean[]{false, true}) {
            for (int layer : new int[]{5, 15, 25, 45}) {
                RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom")
                        .create(layer + (after ? 100 : 0));
                double spread = 1 + 0.01 * layer;
                double[] edges = new double[31];
                double[] heights = new double[30];
                for (int i = 0; i <= 30; i++) {
                    edges[i] = -4.5 + 0.3 * i;
                }
                for (int i = 0; i < 784; i++) {
                    int bin = (int) Math.floor((random.nextGaussian() * spread + 4.5) / 0.3);
                    if (bin >= 0 && bin < 30) {
                        heights[bin] += 1 / (784 * 0.3);
                    }
                }
                double[] x = new double[181];
                double[] kde = new double[181];
                double[] normal = new double[181];
                for (int i = 0; i < x.length; i++) {
                    x[i] = -4.5 + 0.05 * i;
                    normal[i] = Math.exp(-x[i] * x[i] / (2 * spread * spread)) / (spread * Math.sqrt(2 * Math.PI));
                    kde[i] = normal[i] * (1 + 0.12 * Math.sin(3 * x[i] + layer));
                }
                charts.add(new Chart("layer-" + layer + (after ? "-after" : "-before"),
                        "layer " + layer + (after ? ", after" : ", before"), "", Axis.linear("pre-activation", ""),
                        Axis.linear("density", "").withRange(0, 0.5),
                        List.of(new Bars("neurons", edges, heights, Palette.category(5)),
                                new Line("kernel density", x, kde, Palette.category(0)),
                                new Line("normal fit", x, normal, Palette.INK, Stroke.DASHED, false))));
            }
        }
        return new Panels("layer-distributions", "Pre-activations of four layers, σ_w² = 2.5",
                "Upper row: initial network; lower row: after 15 epochs.", 4, charts);
    }

    /// Training and validation loss on a logarithmic axis, with a floor.
    static Chart loss() {
        double[] epochs = new double[15];
        double[] training = new double[15];
        double[] validation = new double[15];
        double[] error = new double[15];
        for (int i = 0; i < 15; i++) {
            epochs[i] = i + 1;
            training[i] = 0.83 + 1.4 * Math.exp(-i / 3.0);
            validation[i] = 0.86 + 1.35 * Math.exp(-i / 3.1);
            error[i] = 0.02;
        }
        validation[7] = Double.NaN;
        return new Chart("loss-by-epoch", "Loss by epoch", "The gap at epoch 8 is a validation that was not run.",
                Axis.linear("epoch", ""), Axis.log("cross-entropy", "nat"),
                List.of(Band.around("training", epochs, training, error, Palette.category(0)),
                        new Line("training", epochs, training, Palette.category(0), Stroke.SOLID, true),
                        new Line("validation", epochs, validation, Palette.category(1), Stroke.DASHED, true),
                        new ReferenceLine("least for tanh outputs", ReferenceLine.Direction.HORIZONTAL, 0.7966138,
                                Palette.GREY)));
    }

    /// Unconnected points over five decades with two vertical rules.
    static Chart decades() {
        double[] x = new double[40];
        double[] y = new double[40];
        for (int i = 0; i < 40; i++) {
            x[i] = Math.pow(10, i / 10.0);
            y[i] = 3e-5 * Math.pow(x[i], 1.3) * (1 + 0.3 * Math.sin(i));
        }
        return new Chart("gradient-norms", "Gradient norms over four decades of epochs", "", Axis.log("epoch", ""),
                Axis.log("‖mean gradient‖ / ‖W‖", ""),
                List.of(new Points("layer 1", x, y, Palette.category(2)),
                        new ReferenceLine("transition", ReferenceLine.Direction.VERTICAL, 40, Palette.INK),
                        new ReferenceLine("validation settles", ReferenceLine.Direction.VERTICAL, 55,
                                Palette.category(1))));
    }

    /// Accuracy by depth and weight variance, with a curve that leaves the map, a rule, and cells without a number.
    static Chart tongue() {
        double[] x = {1, 1.25, 1.5, 1.75, 2, 2.5, 3, 4};
        double[] depth = {5, 10, 20, 40, 60};
        double[] accuracy = new double[x.length * depth.length];
        double[] reach = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            reach[i] = 6 / Math.abs(Math.log(x[i] / 1.76)) + 5;
            for (int j = 0; j < depth.length; j++) {
                accuracy[j * x.length + i] = 0.1 + 0.85 / (1 + Math.exp((depth[j] - reach[i]) / 3));
            }
        }
        accuracy[accuracy.length - 1] = Double.NaN;
        accuracy[accuracy.length - 2] = Double.NaN;
        return new Chart("tongue", "Accuracy by depth and weight variance", "Hatched: diverged.",
                Axis.linear("σ_w²", ""), Axis.linear("depth", "layers"),
                List.of(Cells.around("diverged", x, depth, accuracy,
                        Axis.linear("test accuracy", "").withRange(0, 1), ColourMap.VIRIDIS),
                        new Line("6 ξ_c", x, reach, Palette.INK, Stroke.DASHED, false),
                        new ReferenceLine("critical", ReferenceLine.Direction.VERTICAL, 1.76, Palette.INK)));
    }

    /// Three layers on their way through the information plane.
    static Chart informationPlane() {
        double[] epochs = {0, 1, 2, 5, 10, 20};
        List<Mark> marks = new ArrayList<>();
        for (int layer = 1; layer <= 3; layer++) {
            double[] x = new double[epochs.length];
            double[] y = new double[epochs.length];
            List<String> texts = new ArrayList<>();
            for (int i = 0; i < epochs.length; i++) {
                x[i] = 12 - 2 * layer - 0.3 * i;
                y[i] = 0.4 + 0.1 * i - 0.05 * layer;
                texts.add("epoch " + Math.round(epochs[i]));
            }
            marks.add(new Trail("layer " + layer, Values.of(x), Values.of(y), Values.of(epochs), texts,
                    Palette.category(layer - 1), Stroke.SOLID, true));
        }
        return new Chart("information-plane", "Three layers in the information plane", "Each dot is an epoch.",
                Axis.linear("I(X;T)", "bit"), Axis.linear("I(T;Y)", "bit"), marks);
    }

    /// A drawn 7 beside noise.
    static ImageGrid firstForwardPass() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
        float[] digit = new float[784];
        float[] noise = new float[784];
        for (int y = 0; y < 28; y++) {
            for (int x = 0; x < 28; x++) {
                double bar = Math.abs(y - 6);
                double stem = Math.abs(x - (20 - (y - 6) * 0.45)) * 0.9;
                boolean inBar = x >= 6 && x <= 21;
                double near = Math.min(inBar ? bar : 99, y >= 6 && y <= 23 ? stem : 99);
                digit[y * 28 + x] = (float) Math.max(0, Math.min(1, 1.6 - 0.7 * near));
                noise[y * 28 + x] = (float) (random.nextGaussian() * 0.7);
            }
        }
        return new ImageGrid("first-forward-pass", "Input digit and first forward pass",
                "Left: the image, pixels in [0, 1]. Middle and right: z⁰ = W¹x + b¹ of its 784 neurons in two colour"
                        + " maps.",
                List.of(Image.grey("input, pixel value", 28, 28, digit),
                        Image.signed("first forward pass, pre-activation", 28, 28, noise),
                        Image.viridis("the same in viridis", 28, 28, noise)));
    }

    /// A layer of a network, with a way past it.
    static DirectedGraph residual() {
        DirectedGraph.Kind operation = new DirectedGraph.Kind("operation", Palette.category(0),
                DirectedGraph.Outline.BOX);
        DirectedGraph.Kind variable = new DirectedGraph.Kind("variable", Palette.category(1),
                DirectedGraph.Outline.ROUND);
        DirectedGraph.Kind constant = new DirectedGraph.Kind("constant", Palette.GREY, DirectedGraph.Outline.DASHED);
        return new DirectedGraph("residual-layer", "A layer and the way past it", "y = x + tanh(W x + b).",
                List.of(new DirectedGraph.Node("x", "(128, 784)", constant),
                        new DirectedGraph.Node("W", "(784, 784)", variable),
                        new DirectedGraph.Node("b", "(784)", variable),
                        new DirectedGraph.Node("linear", "(128, 784)", operation),
                        new DirectedGraph.Node("tanh", "(128, 784)", operation),
                        new DirectedGraph.Node("y = add", "(128, 784)", operation)),
                List.of(new DirectedGraph.Edge(0, 3), new DirectedGraph.Edge(1, 3), new DirectedGraph.Edge(2, 3),
                        new DirectedGraph.Edge(3, 4), new DirectedGraph.Edge(4, 5), new DirectedGraph.Edge(0, 5)));
    }

    static Table table() {
        return new Table("asymptotes", "Asymptotes of the relative entropy", "Means over 5 seeds, one standard error.",
                List.of("σ_w²", "phase", "before (nat / nat)", "after (nat / nat)"),
                List.of(List.of(new TableCell.Exact(1.5, "1.5"), TableCell.text("order"),
                        TableCell.number(0.29284, 0.00221), TableCell.number(0.28841, 0.00252)),
                        List.of(new TableCell.Exact(2.5, "2.5"), TableCell.text("chaos"),
                                TableCell.number(0.40093, 0.0014), TableCell.missing())));
    }

    static List<Figure> all() {
        return List.of(relativeEntropy(), distributions(), loss(), decades(), tongue(), informationPlane(),
                firstForwardPass(), residual());
    }

    /// A claim of three cases, and one that a single number decides.
    static List<Judged> verdicts() {
        return List.of(
                new Judged("Training lowers the relative entropy", Verdict.UNDECIDED, "below 0", "Schmidt, Fig 21",
                        List.of(judged("σ_w² = 1.5", Verdict.HELD, -0.0044), judged("σ_w² = 2", Verdict.HELD, -0.003),
                                judged("σ_w² = 2.5", Verdict.UNDECIDED, -0.0004)),
                        ""),
                new Judged("The curve rises", Verdict.HELD, "above 0", "Schmidt, Fig 21",
                        List.of(judged("", Verdict.HELD, 0.2928)), ""));
    }

    private static Judged.Case judged(String at, Verdict verdict, double number) {
        return new Judged.Case(at, verdict, TableCell.number(number, 0.0008),
                new TableCell.Interval(number - 0.0022, number + 0.0022), 5);
    }

    static Report report() {
        return new Report("Relative entropy of a deep network", "MNIST, tanh, 784 wide, 50 layers",
                List.of("The relative entropy rises to 0.293 within ten layers and stays there."), verdicts(),
                List.of("Each curve is one network's relative entropy against its first forward pass. "
                        + "A value below 0 is possible: `D_m` is a difference of entropies, not a divergence."),
                List.of(Section.of("Relative entropy").prose(
                        "The curves rise steeply in the first five layers and then approach an asymptote that grows"
                                + " with σ_w². "
                                + "After training they lie slightly lower at every depth; the difference is larger"
                                + " than one standard error from layer 10 on.")
                        .with(new Picture(relativeEntropy(), verdicts())).table(table()),
                        Section.of("Distributions of the layers").prose("A Gaussian would follow the dashed line.")
                                .picture(distributions()),
                        Section.of("Training").pictures(List.of(loss(), decades())),
                        Section.of("Depth").picture(tongue()),
                        Section.of("Information").picture(informationPlane()),
                        Section.of("First forward pass").prose("It is close to Gaussian, unlike the digit.")
                                .picture(firstForwardPass()),
                        Section.of("Graph").picture(residual())),
                Map.of("layers", "50"), Map.of("seed", "1"), Map.of("metrics.csv", "every number of the run"));
    }
}

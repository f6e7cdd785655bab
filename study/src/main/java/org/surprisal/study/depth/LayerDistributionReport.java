package org.surprisal.study.depth;

import static org.surprisal.report.TableCell.Rounding.PROBABILITY;
import static org.surprisal.report.TableCell.Rounding.THREE_DIGITS;
import static org.surprisal.report.TableCell.Rounding.TWO_DIGITS;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.surprisal.information.AndersonDarling;
import org.surprisal.information.BandwidthRule;
import org.surprisal.information.Gaussian;
import org.surprisal.information.Gaussianity;
import org.surprisal.information.Histogram;
import org.surprisal.information.KernelDensity;
import org.surprisal.information.Moments;
import org.surprisal.network.architecture.MultilayerPerceptron;
import org.surprisal.report.Axis;
import org.surprisal.report.Bars;
import org.surprisal.report.Chart;
import org.surprisal.report.Figure;
import org.surprisal.report.Line;
import org.surprisal.report.Palette;
import org.surprisal.report.Panels;
import org.surprisal.report.Stroke;
import org.surprisal.report.Table;
import org.surprisal.report.TableCell;
import org.surprisal.study.engine.Cell;
import org.surprisal.study.engine.Factor;
import org.surprisal.study.engine.MeansTable;
import org.surprisal.study.engine.Results;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

/// How the pre-activations of one layer are distributed over its neurons, for one input: histogram and kernel density
/// against the normal fit, and numbers that say how far from normal they are.
public final class LayerDistributionReport {
    private static final int GRID = 80;
    private static final String PREFIX = MultilayerPerceptron.preActivation(0).replaceFirst("0$", "");

    private final Results results;
    private final Factor<Double> sigmaW2;
    private final String input;
    private final long seed;

    /// @param sigmaW2 the factor by which networks differ
    /// @param input   which of the probed inputs is kept, as captions call it: `first probed image`
    public LayerDistributionReport(Results results, Factor<Double> sigmaW2, String input) {
        this.results = results;
        this.sigmaW2 = sigmaW2;
        this.input = input;
        this.seed = results.seeds().getFirst();
    }

    private record Layer(int number, Stage stage, Tensor neurons) {
        double[] values() {
            return neurons.toDoubles();
        }
    }

    /// The layers kept of the network of one weight variance, before each after.
    private List<Layer> layers(Cell cell) {
        List<Layer> layers = new ArrayList<>();
        for (Stage stage : Stage.values()) {
            results.arrays(cell, stage.label()).ifPresent(arrays -> arrays.forEach((name, values) -> {
                if (name.startsWith(PREFIX)) {
                    layers.add(new Layer(Integer.parseInt(name.substring(PREFIX.length())), stage, values));
                }
            }));
        }
        layers.sort(Comparator.comparingInt(Layer::number).thenComparing(Layer::stage));
        return layers;
    }

    /// The networks of the first seed, by ascending weight variance.
    private List<Cell> networks() {
        return results.cells().stream().filter(cell -> cell.seed() == seed)
                .sorted(Comparator.comparing(cell -> cell.get(sigmaW2))).toList();
    }

    /// The distributions for the largest weight variance (the thesis's Figs 13-29 have 2.5).
    public Optional<Figure> figure() {
        List<Cell> kept = networks().stream().filter(cell -> !layers(cell).isEmpty()).toList();
        List<Layer> drawn = kept.isEmpty() ? List.of() : layers(kept.getLast());
        if (drawn.isEmpty()) {
            return Optional.empty();
        }
        boolean both = drawn.stream().anyMatch(layer -> layer.stage() == Stage.AFTER);
        List<Integer> numbers = drawn.stream().map(Layer::number).distinct().toList();
        List<Integer> shown = spread(numbers);
        return Optional.of(new Panels("layer-distributions",
                "Distribution of pre-activations over the neurons, σ_w² = " + sigmaW2.text(kept.getLast().get(sigmaW2)),
                "Bars: histogram; solid: kernel density (Scott's bandwidth); dashed: the normal distribution of the"
                        + " same"
                        + " mean and variance. First seed, " + input + "."
                        + (shown.size() == numbers.size()
                                ? ""
                                : " " + shown.size() + " of the " + numbers.size()
                                        + " layers, evenly spaced; the outputs"
                                        + " of all of them are in the folders 'arrays' of the trials."),
                columns(both, shown.size()), drawn.stream().filter(layer -> shown.contains(layer.number()))
                        .map(layer -> panel(layer, extent(drawn, layer.number()), densities(drawn, layer.number())))
                        .toList()));
    }

    /// Panels in a row: before and after side by side, and of more than three layers two such pairs, so that the
    /// figure fits a printed page.
    private static int columns(boolean both, int layers) {
        return (both ? 2 : 1) * (layers > 3 ? 2 : 1);
    }

    /// As many numbers as one picture has rows, from the first to the last.
    private static List<Integer> spread(List<Integer> numbers) {
        if (numbers.size() <= Panels.MOST_ROWS) {
            return numbers;
        }
        return IntStream.range(0, Panels.MOST_ROWS)
                .mapToObj(i -> numbers.get(Math.toIntExact((long) i * (numbers.size() - 1) / (Panels.MOST_ROWS - 1))))
                .toList();
    }

    /// An axis on which a layer before training and after it can be compared by eye.
    private static Axis extent(List<Layer> drawn, int number) {
        double[] ends = drawn.stream().filter(layer -> layer.number() == number)
                .flatMapToDouble(
                        layer -> Arrays.stream(KernelDensity.of(layer.values(), BandwidthRule.SCOTT).grid(GRID)))
                .sorted().toArray();
        return Axis.linear("pre-activation", "").withRange(ends[0], ends[ends.length - 1]);
    }

    /// An axis of densities on which a layer before training and after it can be compared by eye.
    private static Axis densities(List<Layer> drawn, int number) {
        double highest = drawn.stream().filter(layer -> layer.number() == number).map(Layer::values)
                .flatMapToDouble(values -> {
                    KernelDensity kernel = KernelDensity.of(values, BandwidthRule.SCOTT);
                    return DoubleStream.concat(Arrays.stream(Histogram.of(values).densities()),
                            Arrays.stream(kernel.density(kernel.grid(GRID))));
                }).max().orElseThrow();
        return Axis.linear("density", "").withRange(0, 1.05 * highest);
    }

    private static Chart panel(Layer layer, Axis extent, Axis densities) {
        double[] values = layer.values();
        Histogram histogram = Histogram.of(values);
        KernelDensity kernel = KernelDensity.of(values, BandwidthRule.SCOTT);
        Gaussian fit = Gaussian.fit(values);
        double[] grid = kernel.grid(GRID);
        double[] normal = new double[grid.length];
        for (int i = 0; i < grid.length; i++) {
            normal[i] = fit.density(grid[i]);
        }
        return new Chart("layer-" + layer.number() + "-" + layer.stage().label(),
                "layer " + layer.number() + ", " + layer.stage().label(), "", extent, densities,
                List.of(new Bars("histogram", histogram.edges(), histogram.densities(), Palette.GREY),
                        new Line("kernel density", grid, kernel.density(grid), Palette.category(4), Stroke.SOLID,
                                false),
                        new Line("normal fit", grid, normal, Palette.category(5), Stroke.DASHED, false)));
    }

    /// Moments, tests of normality and the number of normal components of every kept layer of every network of the
    /// first seed.
    public Table table() {
        List<List<TableCell>> rows = new ArrayList<>();
        for (Cell cell : networks()) {
            for (Layer layer : layers(cell)) {
                Gaussianity judged = Gaussianity.of(layer.values(), RandomStream.seeded(seed).child("mixtures"));
                Moments moments = judged.moments();
                AndersonDarling test = judged.andersonDarling();
                rows.add(List.of(MeansTable.cell(sigmaW2, cell.get(sigmaW2)), TableCell.count(layer.number()),
                        TableCell.text(layer.stage().label()), TableCell.number(moments.mean(), THREE_DIGITS),
                        TableCell.number(moments.variance(), THREE_DIGITS),
                        TableCell.number(moments.skewness().orElseThrow(), TWO_DIGITS),
                        TableCell.number(moments.excessKurtosis().orElseThrow(), TWO_DIGITS),
                        TableCell.number(test.modifiedStatistic(), TWO_DIGITS),
                        TableCell.number(test.pValue(), PROBABILITY),
                        TableCell.number(judged.lilliefors().pValue(), PROBABILITY),
                        TableCell.count(judged.mixtures().components())));
            }
        }
        return new Table("layer-statistics", "How normal the layers are",
                "Over the N neurons of a layer, for the first seed and the " + input
                        + ": a normal sample has skewness 0 ± √(6/N), excess kurtosis 0 ± √(24/N), and a p uniform in"
                        + " [0, 1]. A*² is the Anderson-Darling statistic, corrected for N, and p its probability: a"
                        + " small p says that the layer is not Gaussian; Lilliefors's test asks the same of the middle"
                        + " rather than the tails. 'Components' is the number of normal distributions, up to five, that"
                        + " the Bayesian information criterion prefers: the thesis's superposition of Gaussians as a"
                        + " number.",
                List.of("σ_w²", "layer", "stage", "mean", "variance", "skewness", "excess kurtosis", "A*²", "p",
                        "p (Lilliefors)", "components"),
                rows);
    }
}

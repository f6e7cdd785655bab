package org.surprisal.study.autoencoder;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.surprisal.report.Axis;
import org.surprisal.report.Chart;
import org.surprisal.report.ColourMap;
import org.surprisal.report.Figure;
import org.surprisal.report.Image;
import org.surprisal.report.ImageGrid;
import org.surprisal.report.Line;
import org.surprisal.report.Mark;
import org.surprisal.report.Palette;
import org.surprisal.report.Panels;
import org.surprisal.report.Points;
import org.surprisal.report.Range;
import org.surprisal.report.Stroke;
import org.surprisal.report.Values;
import org.surprisal.study.depth.Stage;
import org.surprisal.study.engine.Cell;
import org.surprisal.study.engine.Results;
import org.surprisal.tensor.Tensor;

/// Pictures of what one network makes of test images.
///
/// @param network whose weight variance and seed are named
/// @param spins   whether the images are states of the Ising model
/// @param stages  what was kept of the network, before first
record ReconstructionFigures(Cell network, boolean spins, List<Kept> stages) {

    /// What was kept of a network at a stage.
    record Kept(Stage stage, SequencedMap<String, Tensor> arrays) {
        double[] numbers(String name) {
            Tensor tensor = arrays.get(name);
            if (tensor == null) {
                throw new IllegalStateException("the arrays of stage " + stage.label() + " have no '" + name + "'");
            }
            return tensor.toDoubles();
        }
    }

    /// All pictures of a network; none before something was kept of it.
    static List<Figure> of(Results results, Cell network, boolean spins) {
        List<Kept> stages = Arrays.stream(Stage.values()).flatMap(stage -> results.arrays(network, stage.label())
                .map(arrays -> new Kept(stage, arrays)).stream()).toList();
        if (stages.isEmpty()) {
            return List.of();
        }
        ReconstructionFigures figures = new ReconstructionFigures(network, spins, stages);
        return Stream.of(Optional.of(figures.reconstructions()), figures.codes(),
                spins ? Optional.of(figures.magnetisationAndEnergy()) : Optional.<Figure>empty(),
                spins ? Optional.of(figures.stateByState()) : Optional.<Figure>empty())
                .flatMap(Optional::stream).toList();
    }

    /// Inputs above their reconstructions before and after training.
    private Figure reconstructions() {
        List<Image> images = new ArrayList<>(row(stages.getFirst(), AutoencoderStudy.SHOWN_INPUT, ""));
        stages.forEach(stage -> images.addAll(row(stage, AutoencoderStudy.SHOWN_OUTPUT, ", " + stage.stage().label())));
        return new ImageGrid(id("reconstructions"), "Test images and their reconstructions, " + name(),
                "First the inputs; then what the random network makes of them (before) and, if it was trained, the"
                        + " same network after training. Pixels below 0 are black as those at 0 are, those above 1"
                        + " white."
                        + seed(),
                images);
    }

    private List<Image> row(Kept stage, String name, String suffix) {
        double[] labels = stage.numbers(AutoencoderStudy.SHOWN_LABEL);
        double[] pixels = stage.numbers(name);
        int sites = pixels.length / labels.length;
        int side = (int) Math.round(Math.sqrt(sites));
        List<Image> images = new ArrayList<>();
        for (int i = 0; i < labels.length; i++) {
            float[] own = new float[sites];
            for (int j = 0; j < sites; j++) {
                own[j] = (float) pixels[i * sites + j];
            }
            images.add(new Image(LabelGroup.word((int) labels[i], spins) + suffix, side, side, Values.of(own),
                    ColourMap.GREY, new Range(0, 1)));
        }
        return images;
    }

    /// The codes of test images, where they have two numbers.
    private Optional<Figure> codes() {
        List<Chart> charts = stages.stream().filter(stage -> stage.arrays().containsKey(AutoencoderStudy.CODE))
                .map(stage -> {
                    double[] codes = stage.numbers(AutoencoderStudy.CODE);
                    return chart(stage.stage().label() + " training", Axis.linear("first number of the code", ""),
                            Axis.linear("second number of the code", ""),
                            points(stage, everySecond(codes, 0), everySecond(codes, 1)));
                }).toList();
        return charts.isEmpty()
                ? Optional.empty()
                : Optional.of(new Panels(id("codes"), "What the encoder makes of test images, " + name(),
                        "The two activations of the bottleneck, one point an image, coloured by "
                                + (spins ? "temperature" : "class") + "." + drawn(),
                        charts.size(), charts));
    }

    private static double[] everySecond(double[] numbers, int from) {
        double[] half = new double[numbers.length / 2];
        Arrays.setAll(half, i -> numbers[2 * i + from]);
        return half;
    }

    /// States of the Ising model in the plane of magnetisation and energy, beside their reconstructions.
    private Figure magnetisationAndEnergy() {
        // One scale for all panels.
        double highest = stages.stream()
                .flatMapToDouble(stage -> Arrays.stream(stage.numbers(SpinComparison.OUTPUT_ENERGY)))
                .max().orElseThrow();
        Axis magnetisation = Axis.linear("magnetisation per spin", "").withRange(-1.05, 1.05);
        Axis energy = Axis.linear("energy per spin", "J").withRange(-2.1, Math.max(0, highest) + 0.1);
        List<Chart> charts = new ArrayList<>(List.of(chart("inputs", magnetisation, energy, points(stages.getFirst(),
                SpinComparison.INPUT_MAGNETISATION, SpinComparison.INPUT_ENERGY))));
        stages.forEach(stage -> charts.add(chart("reconstructions, " + stage.stage().label(), magnetisation, energy,
                points(stage, SpinComparison.OUTPUT_MAGNETISATION, SpinComparison.OUTPUT_ENERGY))));
        return new Panels(id("magnetisation-and-energy"), "Test states by magnetisation and energy, " + name(),
                "One point a state, coloured by its temperature. A reconstruction is read as a state: up where a pixel"
                        + " is above ½." + drawn(),
                charts.size(), charts);
    }

    /// Each state's numbers against those of its reconstruction, and against the mean of its code.
    private Figure stateByState() {
        List<Chart> charts = new ArrayList<>();
        for (Kept stage : stages) {
            charts.add(against(stage, "magnetisation", "", SpinComparison.INPUT_MAGNETISATION,
                    SpinComparison.OUTPUT_MAGNETISATION, -1, 1));
            charts.add(against(stage, "energy", "J", SpinComparison.INPUT_ENERGY, SpinComparison.OUTPUT_ENERGY, -2,
                    0.5));
            charts.add(chart("mean of the code, " + stage.stage().label(),
                    Axis.linear("magnetisation of the input", ""), Axis.linear("mean of the code", ""),
                    points(stage, SpinComparison.INPUT_MAGNETISATION, SpinComparison.CODE_MEAN)));
        }
        return new Panels(id("state-by-state"), "Test states against their reconstructions and codes, " + name(),
                "One point a state, coloured by its temperature; per spin. On the dashed line nothing has changed; the"
                        + " code is the activation of the middle hidden layer." + drawn(),
                3, charts);
    }

    private Chart against(Kept stage, String what, String unit, String input, String output, double... ends) {
        List<Mark> marks = new ArrayList<>(points(stage, input, output));
        marks.add(new Line("unchanged", ends, ends, Palette.GREY, Stroke.DASHED, false));
        return chart(what + ", " + stage.stage().label(), Axis.linear(what + " of the input", unit),
                Axis.linear(what + " of the output", unit), marks);
    }

    private List<Mark> points(Kept stage, String x, String y) {
        return points(stage, stage.numbers(x), stage.numbers(y));
    }

    private List<Mark> points(Kept stage, double[] x, double[] y) {
        return LabelGroup.of(stage.numbers(AutoencoderStudy.LABEL), spins).stream().<Mark>map(
                group -> new Points(group.name(), group.of(x), group.of(y), group.colour())).toList();
    }

    private static Chart chart(String title, Axis x, Axis y, List<Mark> marks) {
        return new Chart(title.replace(",", "").replace(' ', '-'), title, "", x, y, marks);
    }

    private String text() {
        return AutoencoderStudy.SIGMA_W2.text(network.get(AutoencoderStudy.SIGMA_W2));
    }

    private String id(String name) {
        return name + "-sigma-w2-" + text().replace('.', '-');
    }

    private String name() {
        return "σ_w² = " + text();
    }

    private String seed() {
        return " Seed " + network.seed() + ".";
    }

    /// Which network is drawn, and how many of its images.
    private String drawn() {
        return seed() + LabelGroup.words(
                stages.getFirst().numbers(AutoencoderStudy.LABEL).length);
    }
}

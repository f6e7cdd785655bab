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
import org.surprisal.report.Mark;
import org.surprisal.report.Palette;
import org.surprisal.report.Panels;
import org.surprisal.report.Range;
import org.surprisal.report.Stroke;
import org.surprisal.report.Values;
import org.surprisal.study.depth.Stage;
import org.surprisal.study.engine.Cell;
import org.surprisal.study.engine.Results;
import org.surprisal.tensor.Tensor;

/// Pictures of what the networks of the first seed make of test images, one figure a weight variance.
final class ReconstructionFigures {
    private final Results results;
    private final boolean spins;

    ReconstructionFigures(Results results, boolean spins) {
        this.results = results;
        this.spins = spins;
    }

    /// What was kept of a network at the stages it has, before first.
    private record Kept(Stage stage, SequencedMap<String, Tensor> arrays) {
        double[] numbers(String name) {
            Tensor tensor = arrays.get(name);
            if (tensor == null) {
                throw new IllegalStateException("the arrays of stage " + stage.label() + " have no '" + name + "'");
            }
            return tensor.toDoubles();
        }

        boolean has(String name) {
            return arrays.containsKey(name);
        }
    }

    private List<Kept> kept(Cell network) {
        List<Kept> kept = new ArrayList<>();
        for (Stage stage : Stage.values()) {
            results.arrays(network, stage.label()).ifPresent(arrays -> kept.add(new Kept(stage, arrays)));
        }
        return kept;
    }

    /// All pictures of a network.
    List<Figure> of(Cell network) {
        return Stream
                .of(reconstructions(network), codes(network), magnetisationAndEnergy(network), stateByState(network))
                .flatMap(Optional::stream).toList();
    }

    /// Inputs above their reconstructions before and after training.
    private Optional<Figure> reconstructions(Cell network) {
        List<Kept> stages = kept(network);
        if (stages.isEmpty()) {
            return Optional.empty();
        }
        List<Image> images = new ArrayList<>(row(stages.getFirst(), AutoencoderStudy.SHOWN_INPUT, ""));
        stages.forEach(stage -> images.addAll(row(stage, AutoencoderStudy.SHOWN_OUTPUT, ", " + stage.stage().label())));
        return Optional.of(new ImageGrid(id("reconstructions", network),
                "Test images and their reconstructions, " + name(network),
                "First row: inputs; second: what the random network makes of them; third, if it was trained: the"
                        + " same network after"
                        + " training. Pixels below 0 are black as those at 0 are, those above 1 white. Seed "
                        + network.seed()
                        + ".",
                images));
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

    /// States of the Ising model in the plane of magnetisation and energy, beside their reconstructions.
    private Optional<Figure> magnetisationAndEnergy(Cell network) {
        List<Kept> stages = kept(network);
        if (!spins || stages.isEmpty()) {
            return Optional.empty();
        }
        Kept first = stages.getFirst();
        List<Chart> charts = new ArrayList<>();
        // One scale for all panels.
        double highest = stages.stream()
                .flatMapToDouble(stage -> Arrays.stream(stage.numbers(SpinComparison.OUTPUT_ENERGY)))
                .max().orElseThrow();
        Axis energy = Axis.linear("energy per spin", "J").withRange(-2.1, Math.max(0, highest) + 0.1);
        charts.add(plane(first, "inputs", SpinComparison.INPUT_MAGNETISATION, SpinComparison.INPUT_ENERGY, energy));
        stages.forEach(stage -> charts.add(plane(stage, "reconstructions, " + stage.stage().label(),
                SpinComparison.OUTPUT_MAGNETISATION, SpinComparison.OUTPUT_ENERGY, energy)));
        return Optional.of(new Panels(id("magnetisation-and-energy", network),
                "Test states by magnetisation and energy, " + name(network),
                "One point a state, coloured by its temperature. A reconstruction is read as a state: up where a"
                        + " pixel is above ½."
                        + " Seed " + network.seed() + ".",
                charts.size(), charts));
    }

    private Chart plane(Kept stage, String title, String magnetisation, String energy, Axis axis) {
        return new Chart(id(title), title, "", Axis.linear("magnetisation per spin", "").withRange(-1.05, 1.05), axis,
                points(stage, magnetisation, energy));
    }

    /// Each state's numbers against those of its reconstruction, and against the mean of its code.
    private Optional<Figure> stateByState(Cell network) {
        List<Kept> stages = kept(network);
        if (!spins || stages.isEmpty()) {
            return Optional.empty();
        }
        List<Chart> charts = new ArrayList<>();
        for (Kept stage : stages) {
            charts.add(against(stage, "magnetisation", "", SpinComparison.INPUT_MAGNETISATION,
                    SpinComparison.OUTPUT_MAGNETISATION, new double[]{-1, 1}));
            charts.add(against(stage, "energy", "J", SpinComparison.INPUT_ENERGY, SpinComparison.OUTPUT_ENERGY,
                    new double[]{-2, 0.5}));
            String title = "mean of the code, " + stage.stage().label();
            charts.add(new Chart(id(title), title, "", Axis.linear("magnetisation of the input", ""),
                    Axis.linear("mean of the code", ""),
                    points(stage, SpinComparison.INPUT_MAGNETISATION, SpinComparison.CODE_MEAN)));
        }
        return Optional.of(new Panels(id("state-by-state", network),
                "Test states against their reconstructions and codes, " + name(network),
                "One point a state, coloured by its temperature; per spin. On the dashed line nothing has changed."
                        + " The code is the"
                        + " activation of the middle hidden layer. Seed " + network.seed() + ".",
                3, charts));
    }

    private Chart against(Kept stage, String what, String unit, String input, String output, double[] ends) {
        List<Mark> marks = new ArrayList<>(points(stage, input, output));
        marks.add(new Mark.Line("unchanged", ends, ends, Palette.GREY, Stroke.DASHED, false));
        String title = what + ", " + stage.stage().label();
        return new Chart(id(title), title, "", Axis.linear(what + " of the input", unit),
                Axis.linear(what + " of the output", unit), marks);
    }

    /// The codes of test images, where they have two numbers.
    private Optional<Figure> codes(Cell network) {
        List<Chart> charts = kept(network).stream().filter(stage -> stage.has(AutoencoderStudy.CODE)).map(stage -> {
            double[] codes = stage.numbers(AutoencoderStudy.CODE);
            String title = stage.stage().label() + " training";
            return new Chart(id(title), title, "", Axis.linear("first number of the code", ""),
                    Axis.linear("second number of the code", ""),
                    points(stage, everySecond(codes, 0), everySecond(codes, 1)));
        }).toList();
        return charts.isEmpty()
                ? Optional.empty()
                : Optional.of(new Panels(id("codes", network),
                        "What the encoder makes of test images, " + name(network),
                        "The two activations of the bottleneck, one point an image, coloured by "
                                + (spins ? "temperature" : "class") + ". Seed " + network.seed() + ".",
                        charts.size(), charts));
    }

    private static double[] everySecond(double[] numbers, int from) {
        double[] half = new double[numbers.length / 2];
        Arrays.setAll(half, i -> numbers[2 * i + from]);
        return half;
    }

    private List<Mark> points(Kept stage, String x, String y) {
        return points(stage, stage.numbers(x), stage.numbers(y));
    }

    private List<Mark> points(Kept stage, double[] x, double[] y) {
        List<Mark> marks = new ArrayList<>();
        for (LabelGroup group : LabelGroup.of(stage.numbers(AutoencoderStudy.LABEL), spins)) {
            marks.add(new Mark.Points(group.name(), group.of(x), group.of(y), group.colour()));
        }
        return marks;
    }

    private static String id(String name, Cell network) {
        return name + "-sigma-w2-" + text(network).replace('.', '-');
    }

    private static String text(Cell network) {
        return AutoencoderStudy.SIGMA_W2.text(network.get(AutoencoderStudy.SIGMA_W2));
    }

    private static String name(Cell network) {
        return "σ_w² = " + text(network);
    }

    private static String id(String title) {
        return title.replace(",", "").replace(' ', '-');
    }
}

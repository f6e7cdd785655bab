package org.surprisal.study.bottleneck;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.surprisal.network.Network;
import org.surprisal.network.architecture.MultilayerPerceptron;
import org.surprisal.network.initialisation.Initialisation;
import org.surprisal.network.initialisation.VarianceScaling;
import org.surprisal.network.initialisation.VarianceScaling.Distribution;
import org.surprisal.network.initialisation.VarianceScaling.Fan;
import org.surprisal.network.layer.Activation;
import org.surprisal.network.loss.CrossEntropy;
import org.surprisal.network.loss.Loss;
import org.surprisal.network.optimiser.Adam;
import org.surprisal.network.optimiser.Optimiser;
import org.surprisal.network.training.Evaluation;
import org.surprisal.network.training.Trainer;
import org.surprisal.report.Axis;
import org.surprisal.report.Band;
import org.surprisal.report.Chart;
import org.surprisal.report.Panels;
import org.surprisal.report.Section;
import org.surprisal.report.Wording;
import org.surprisal.settings.Setting;
import org.surprisal.settings.Settings;
import org.surprisal.study.engine.At;
import org.surprisal.study.engine.Cell;
import org.surprisal.study.engine.Coordinate;
import org.surprisal.study.engine.Design;
import org.surprisal.study.engine.Factor;
import org.surprisal.study.engine.Index;
import org.surprisal.study.engine.Inputs;
import org.surprisal.study.engine.MeansTable;
import org.surprisal.study.engine.Plot;
import org.surprisal.study.engine.Quantities;
import org.surprisal.study.engine.Quantity;
import org.surprisal.study.engine.Results;
import org.surprisal.study.engine.Sample;
import org.surprisal.study.engine.Trial;
import org.surprisal.study.measure.LogSpaced;
import org.surprisal.tensor.ElementType;

/// The settings that the studies of this package share, and the networks that follow from them. Defaults are those of
/// the 12-bit task (Shwartz-Ziv & Tishby 2017): fully connected layers of one activation, class scores behind the last,
/// weights from a normal distribution of standard deviation 1/√fan_in cut off at twice it, biases 0.
///
/// Networks of one seed start from the same random numbers and see the samples in the same order.
///
/// @param activation of the hidden layers
record BottleneckNetworks(Factor<String> activation) {
    static final Factor<Double> FRACTION = Factor.of(
            Setting.decimals("train-fractions", List.of(1.0), Double.MIN_VALUE, 1,
                    "share of the samples to train on, one network each; what is measured stays the same"),
            "fraction",
            "fraction of the data", "");
    static final Setting<List<Integer>> WIDTHS = Setting.integers("widths", List.of(10, 7, 5, 4, 3), 1, 100_000,
            "neurons of the hidden layers; inputs and classes are the data's");
    static final Setting<Integer> EPOCHS = Setting.integer("epochs", 400, 1, 1_000_000, "passes over the training"
            + " samples");
    static final Setting<Integer> BATCH = Setting.integer("batch", 256, 1, 1_000_000, "samples in a step");
    static final Setting<String> DATA = Setting.choice("data", "spheres", Task.names(),
            "what is learnt: spheres is made here and like tishby, the 12-bit task of the information bottleneck;"
                    + " both are"
                    + " taken whole");
    static final Setting<Integer> SAMPLES = Setting.integer("samples", 4096, 10, 1_000_000,
            "training samples of the other data sets, the first ones");
    private static final Setting<Double> LEARNING_RATE = Setting.decimal("learning-rate", 4e-4, Double.MIN_VALUE,
            Double.POSITIVE_INFINITY, "of Adam");
    private static final Loss LOSS = new CrossEntropy();
    static final Initialisation START = new VarianceScaling(1, Fan.IN, Distribution.TRUNCATED_NORMAL);
    private static final String SHARED = "Networks of one seed start from the same random numbers and see the samples"
            + " in the same order.";
    /// About how many points the curves of loss and accuracy have.
    private static final int CURVE = 120;

    /// The settings with these activations as default.
    static BottleneckNetworks of(String... activations) {
        return new BottleneckNetworks(Factor.of(
                Setting.choices("activations", List.of(activations),
                        Arrays.stream(Activation.values()).filter(known -> known != Activation.IDENTITY)
                                .map(Activation::label).toList(),
                        "of the hidden layers, one network each"),
                "activation", "activation", ""));
    }

    /// How many samples to measure on; not every study has it.
    static Setting<Integer> points(int most) {
        return Setting.integer("points", most, 2, 1_000_000,
                "samples that the layers are measured on, all of the data set if it has no more");
    }

    /// The shared settings, and those of a study.
    List<Setting<?>> settings(Setting<?>... own) {
        List<Setting<?>> all = new ArrayList<>(
                List.of(DATA, SAMPLES, FRACTION.values(), WIDTHS, activation.values(), EPOCHS,
                        BATCH, LEARNING_RATE));
        all.addAll(List.of(own));
        return all;
    }

    Design design(int seeds) {
        return Design.grid(activation, FRACTION).seeds(seeds);
    }

    /// The tasks of all fractions.
    List<Task> tasks(Inputs inputs) {
        return FRACTION.in(inputs.settings()).stream().map(fraction -> task(inputs, fraction)).toList();
    }

    Task task(Trial trial) {
        return task(trial, trial.get(FRACTION));
    }

    private static Task task(Inputs inputs, double fraction) {
        return inputs.input(new Task.Source(inputs.get(DATA), inputs.get(SAMPLES), fraction, inputs.seed()));
    }

    /// The random network of a trial.
    BottleneckNetwork network(Trial trial) {
        Activation hidden = Activation.labelled(trial.get(activation));
        List<Integer> widths = new ArrayList<>(trial.get(WIDTHS));
        List<String> modules = new ArrayList<>(
                IntStream.range(0, widths.size()).mapToObj(m -> hidden.label() + m).toList());
        modules.add(MultilayerPerceptron.preActivation(widths.size()));
        Task task = task(trial);
        widths.add(task.train().classes());
        return new BottleneckNetwork(new MultilayerPerceptron(task.features(), widths, hidden, Activation.IDENTITY)
                .build(ElementType.FLOAT32, START, trial.stream("weights")), modules);
    }

    /// The random network of a trial, with noise of this deviation in each hidden layer.
    NoisyNetwork noisy(Trial trial, double deviation) {
        Task task = task(trial);
        return NoisyNetwork.random(task.features(), trial.get(WIDTHS), task.train().classes(),
                Activation.labelled(trial.get(activation)), deviation, START, trial.stream("weights"));
    }

    static Optimiser adam(Inputs inputs) {
        return new Adam(inputs.get(LEARNING_RATE));
    }

    static Trainer trainer(Trial trial, BottleneckNetwork network, Optimiser optimiser) {
        return trainer(trial, network.network(), optimiser);
    }

    static Trainer trainer(Trial trial, Network network, Optimiser optimiser) {
        return new Trainer(network, LOSS, optimiser).epochs(trial.get(EPOCHS)).batchSize(trial.get(BATCH));
    }

    /// The epochs at which loss and accuracy on the test samples are recorded, and drawn.
    static Set<Integer> curve(Settings settings) {
        return LogSpaced.epochs(settings.get(EPOCHS), CURVE);
    }

    /// Records loss and accuracy on the samples that a network isn't trained on, where there are some.
    void recordTest(Trial trial, Network network, long epoch) {
        task(trial).test().ifPresent(test -> {
            Evaluation evaluation = Evaluation.of(network, LOSS, test);
            trial.record(Quantities.TEST_LOSS, At.epoch(epoch), evaluation.loss());
            trial.record(Quantities.TEST_ACCURACY, At.epoch(epoch), evaluation.accuracy().orElseThrow());
        });
    }

    String subtitle(Results results) {
        Settings settings = results.settings();
        return settings.get(DATA) + ", hidden layers of "
                + Wording.list(settings.get(WIDTHS).stream().map(String::valueOf).toList()) + " neurons, batches of "
                + settings.get(BATCH) + ", " + Wording.count(settings.get(EPOCHS), "epoch") + ", "
                + Wording.count(results.seeds().size(), "seed");
    }

    /// A table with a row for each group of networks and value of some indices; a factor of one value has no column.
    MeansTable table(Settings settings, Index... indices) {
        List<Coordinate> rows = new ArrayList<>(Stream.of(activation, FRACTION)
                .filter(factor -> factor.in(settings).size() > 1).toList());
        rows.addAll(List.of(indices));
        return MeansTable.by(rows.toArray(Coordinate[]::new));
    }

    /// What titles and tables call a layer.
    static String layer(Settings settings, long number) {
        return number > settings.get(WIDTHS).size() ? "output" : "layer " + number;
    }

    /// What legends call the value of the index of layers.
    static Function<Object, String> layers(Results results) {
        return layer -> layer(results.settings(), (long) layer);
    }

    /// The same numbers with layers by the names that reports call them.
    static Sample layersNamed(Settings settings, Sample byLayer) {
        return byLayer.change(Index.LAYER, Index.LAYER, layer -> layer(settings, (long) layer));
    }

    /// Numbers by epoch as [#epochAxis] counts them.
    static Sample fromOne(Sample byEpoch) {
        return byEpoch.change(Index.EPOCH, Index.EPOCH, epoch -> (long) epoch + 1);
    }

    /// The axis of epochs counted from 1, which is the network before training: the same in all figures of a run.
    static Axis epochAxis(Settings settings) {
        return epochs("epoch + 1", settings.get(EPOCHS) + 1);
    }

    /// The axis of epochs from the first to the last: the same in all figures of a run without a number before
    /// training.
    static Axis trainedEpochAxis(Settings settings) {
        return epochs("epoch", settings.get(EPOCHS));
    }

    private static Axis epochs(String title, int last) {
        double room = Math.pow(last, 0.03);
        Axis axis = Axis.log(title, "");
        return last > 1 ? axis.withRange(1 / room, last * room) : axis;
    }

    /// Which networks died, in words; nothing where none did.
    ///
    /// @param dead one number for each of them, with its factors and its seed
    /// @param why  what shows it at the end of training, in words
    List<String> leftOut(Results results, Sample dead, String why) {
        if (dead.isEmpty()) {
            return List.of();
        }
        SequencedMap<String, List<Cell>> groups = new LinkedHashMap<>();
        for (Cell cell : results.cells()) {
            groups.computeIfAbsent(Stream.of(activation, FRACTION)
                    .filter(factor -> factor.in(results.settings()).size() > 1)
                    .map(factor -> factor.name(Objects.requireNonNull(cell.at().get(factor))))
                    .collect(Collectors.joining(", ")), at -> new ArrayList<>()).add(cell);
        }
        List<String> parts = new ArrayList<>();
        groups.forEach((name, cells) -> {
            List<String> seeds = cells.stream().filter(cell -> isAmong(dead, cell))
                    .map(cell -> Long.toString(cell.seed())).toList();
            if (!seeds.isEmpty()) {
                parts.add(seeds.size() + " of " + Wording.count(cells.size(), "network")
                        + (name.isEmpty() ? "" : " of " + name)
                        + (seeds.size() == 1 ? ", that of seed " : ", those of seeds ")
                        + Wording.list(seeds));
            }
        });
        Sample losses = results.of(Quantities.TRAIN_LOSS).last(Index.EPOCH);
        Sample others = losses.except(dead);
        return List.of("Networks died: " + String.join("; ", parts) + ". At the end " + why + ". They are left out of"
                + " every figure, table and verdict, so that a curve is of the same networks at all epochs. Their"
                + " training loss ends at " + mean(losses.except(others)) + " nat on the average"
                + (others.isEmpty() ? "." : ", that of the others at " + mean(others) + " nat."));
    }

    private static String mean(Sample losses) {
        return Wording.alone(losses.points().stream().mapToDouble(Sample.Point::value).average().orElse(Double.NaN));
    }

    /// Whether one of some numbers is of this trial.
    static boolean isAmong(Sample numbers, Cell cell) {
        return numbers.points().stream().anyMatch(point -> point.at().entrySet().containsAll(cell.at().entrySet())
                && Objects.equals(point.at().get(Index.SEED), cell.seed()));
    }

    /// How many networks died, for a report's first words; nothing where none did.
    static List<String> deaths(Results results, Sample dead, String why) {
        int count = dead.points().size();
        return count == 0
                ? List.of()
                : List.of(count + " of " + Wording.count(results.cells().size(), "network") + " died and "
                        + (count == 1 ? "is" : "are") + " left out everywhere: " + why + ".");
    }

    /// Loss and accuracy by epoch.
    ///
    /// @param fromOne whether epochs are counted from 1, the network before training, as in the run's other figures
    /// @param leftOut one number for each network that is not drawn
    Section training(Results results, boolean fromOne, Sample leftOut) {
        Sample tested = results.of(Quantities.TEST_LOSS).except(leftOut);
        List<Chart> charts = new ArrayList<>(
                curves(results, Quantities.TRAIN_LOSS, Quantities.TEST_LOSS, fromOne, leftOut, "loss",
                        Axis.linear("cross-entropy", "nat")));
        charts.addAll(curves(results, Quantities.TRAIN_ACCURACY, Quantities.TEST_ACCURACY, fromOne, leftOut, "accuracy",
                Axis.linear("accuracy", "").withRange(0, 1)));
        boolean banded = charts.stream().flatMap(chart -> chart.marks().stream()).anyMatch(Band.class::isInstance);
        return charts.isEmpty()
                ? Section.of("Training")
                : Section.of("Training")
                        .picture(Panels.inRowsOf(2, "loss-and-accuracy", "Loss and accuracy by epoch",
                                (tested.isEmpty()
                                        ? "Of the epoch's training batches, each before its step."
                                        : "Solid: the epoch's training batches, each before its step; dashed: test"
                                                + " samples after the epoch.")
                                        + (banded ? " Means over seeds; bands: one standard error." : "") + " "
                                        + SHARED,
                                charts));
    }

    private List<Chart> curves(Results results, Quantity train, Quantity test, boolean fromOne, Sample leftOut,
            String name, Axis values) {
        Set<Integer> shown = curve(results.settings());
        Sample tested = results.of(test).with(Index.KIND, "test").except(leftOut);
        Sample all = tested.and(results.of(train).with(Index.KIND, "training").except(leftOut))
                .where(Index.EPOCH, epoch -> epoch == 0 || shown.contains((int) epoch));
        Plot plot = Plot.lines(name, name, fromOne ? fromOne(all) : all).x(Index.EPOCH).colour(activation)
                .facet(FRACTION)
                .xAxis(fromOne ? epochAxis(results.settings()) : trainedEpochAxis(results.settings()))
                .valueAxis(values);
        // The first of two kinds is dashed; a single one is to be solid.
        return (tested.isEmpty() ? plot : plot.dash(Index.KIND)).panels();
    }
}

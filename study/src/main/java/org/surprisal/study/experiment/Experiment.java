package org.surprisal.study.experiment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.surprisal.data.DataException;
import org.surprisal.network.Network;
import org.surprisal.network.Weights;
import org.surprisal.network.architecture.Architecture;
import org.surprisal.network.initialisation.Initialisation;
import org.surprisal.network.initialisation.VarianceScaling;
import org.surprisal.network.layer.WholeGraph;
import org.surprisal.network.loss.AgainstOneHot;
import org.surprisal.network.loss.Loss;
import org.surprisal.network.optimiser.Optimiser;
import org.surprisal.network.training.EarlyStopping;
import org.surprisal.network.training.Trainer;
import org.surprisal.settings.Setting;
import org.surprisal.settings.SettingException;
import org.surprisal.study.experiment.ProbeEntries.Measure;
import org.surprisal.study.measure.GradientMoments;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Shape;

/// An experiment as its file describes it. What can be checked without the data is checked when the file is read.
final class Experiment {
    private static final Setting<String> TITLE = Setting.text("title", "", "of the report");
    private static final Setting<Integer> SEED = Setting.integer("seed", 1, 0, Integer.MAX_VALUE,
            "of every random choice");
    private static final Setting<Integer> EPOCHS = Setting.integer("epochs", 10, 0, Integer.MAX_VALUE,
            "passes over the training data");
    private static final Setting<Integer> BATCH = Setting.integer("batch-size", 64, 1, Integer.MAX_VALUE,
            "samples of one step");
    private static final Setting<Boolean> SHUFFLE = Setting.flag("shuffle", true,
            "whether each epoch takes the samples in a new order");
    private static final Setting<Integer> PATIENCE = Setting.integer("early-stopping", 1, 1, Integer.MAX_VALUE,
            "epochs without improvement after which training ends");
    private static final Setting<String> PRECISION = Setting.choice("precision", "float32",
            List.of("float32", "float64"), "of all numbers");
    private static final Setting<String> UNIT = Setting.choice("unit", "nat", List.of("nat", "bit"),
            "of what probes measure of information");

    private final Path folder;
    private final Fields fields;
    private final Fields training;
    private final String lossName;

    /// One network of a file, and its data.
    ///
    /// @param folder in which the user's files are found
    /// @param whole  the file's keys, each with a single value
    /// @throws SettingException with file, line and path of what is wrong
    Experiment(Path folder, Entry whole) {
        this.folder = folder;
        this.fields = whole.fields(Document.KEYS.toArray(String[]::new));
        this.training = fields.find("training").map(entry -> entry.fieldsOr("", keys()))
                .orElseGet(() -> whole.bare().fieldsOr("", keys()));
        this.lossName = LossEntries.name(fields.require("loss"));
        LossEntries.read(fields.require("loss"));
        // Read once now, for what is wrong with them.
        title();
        seed();
        unit();
        epochs();
        batchSize();
        training.get(SHUFFLE);
        type();
        earlyStopping();
        initialisation();
        optimiser();
        fields.require("data");
        fields.require(Document.NETWORK).items();
    }

    private static String[] keys() {
        return new String[]{EPOCHS.key(), BATCH.key(), SHUFFLE.key(), PATIENCE.key(), PRECISION.key()};
    }

    /// The name of the data set; empty where the data are the user's files.
    Optional<String> dataset() {
        return Optional.ofNullable(fields.require("data").map().get("set")).map(Entry::text);
    }

    /// The file of weights to start from.
    Optional<WeightsInput> weights() {
        return fields.find("weights").map(entry -> new WeightsInput(entry.pathIn(folder)));
    }

    /// The title given; empty for none.
    String title() {
        return fields.get(TITLE);
    }

    /// The seed given, if any.
    OptionalLong seed() {
        return fields.has(SEED.key()) ? OptionalLong.of(fields.get(SEED)) : OptionalLong.empty();
    }

    /// Parts of the samples that are left out one after the other; 1 where the data are not divided so.
    int folds() {
        return DataEntries.folds(fields.require("data"));
    }

    /// Refuses a number of folds other than that of the networks beside this one.
    void requireFolds(int others) {
        if (folds() != others) {
            throw fields.require("data").refusal(": 'folds' divides the samples into " + folds() + " here and into "
                    + others + " with other values: all networks need the same number of folds");
        }
    }

    int epochs() {
        return training.get(EPOCHS);
    }

    private int batchSize() {
        return training.get(BATCH);
    }

    ElementType type() {
        return training.get(PRECISION).equals("float32") ? ElementType.FLOAT32 : ElementType.FLOAT64;
    }

    /// Whether information is told in bits.
    boolean inBits() {
        return unit().equals("bit");
    }

    private String unit() {
        return fields.get(UNIT);
    }

    private Optional<EarlyStopping> earlyStopping() {
        return training.has(PATIENCE.key())
                ? Optional.of(new EarlyStopping(training.get(PATIENCE)))
                : Optional.empty();
    }

    private Initialisation initialisation() {
        return fields.find("initialisation").map(entry -> entry.make(() -> InitialisationEntries.read(entry)))
                .orElseGet(VarianceScaling::fanInUniform);
    }

    private Optimiser optimiser() {
        Entry entry = fields.require("optimiser");
        return entry.make(() -> OptimiserEntries.read(entry));
    }

    /// The name of the loss.
    String lossName() {
        return lossName;
    }

    /// What the file says of which samples there are and what their targets are. Networks whose texts differ are judged
    /// on different samples, or by different targets.
    String samples() {
        Map<String, Entry> data = new TreeMap<>(fields.require("data").map());
        // Where targets are the inputs, what is done to inputs is done to targets.
        if (!fields.require("data").map().containsKey(DataEntries.RECONSTRUCT.key())) {
            DataEntries.OF_INPUTS.forEach(data::remove);
        }
        return data.entrySet().stream().map(each -> each.getKey() + ": " + each.getValue().value())
                .collect(Collectors.joining(", "));
    }

    /// The unit of the loss: nats of cross-entropies, none of squares.
    String lossUnit() {
        return lossName.endsWith("squared-error") ? "1" : "nat";
    }

    /// Losses between values take classes as rows of zeros with a single one.
    Loss loss(ExperimentData data) {
        Loss loss = LossEntries.read(fields.require("loss"));
        return data.train().classes() > 0 && !LossEntries.takesClasses(lossName) ? new AgainstOneHot(loss) : loss;
    }

    /// What the data of a seed follow from, as an input that trials share.
    DataInput input(long seed, int fold) {
        return new DataInput(folder, fields.require("data"), type(), seed, fold, dataset(),
                DataEntries.files(fields.require("data"), folder));
    }

    /// Refuses data that the loss does not take.
    void requireFit(ExperimentData data) {
        if (data.train().classes() == 0 && LossEntries.takesClasses(lossName)) {
            throw fields.require("loss")
                    .refusal(" is '" + lossName + "', and the targets are values: mean-squared-error,"
                            + " squared-error, half-squared-error or binary-cross-entropy take them");
        }
        if (data.train().classes() == 1) {
            throw fields.require("data").refusal(": all samples are of one class, "
                    + data.train().classNames().getFirst() + ": at least 2 classes are needed");
        }
    }

    /// The layers, which fit the data.
    Architecture architecture(ExperimentData data) {
        Entry layers = fields.require(Document.NETWORK);
        Architecture architecture = LayerEntries.read(layers, data.sample(), data.graph());
        long samples = Math.min(batchSize(), data.train().size());
        for (int i = 0; i < architecture.parts().size(); i++) {
            Shape output = architecture.parts().get(i).output();
            if (samples * output.size() > Integer.MAX_VALUE) {
                throw layers.items().get(i).refusal(": a batch of " + samples + " samples of shape " + output
                        + " has more elements than one array holds (" + Integer.MAX_VALUE + ")");
            }
        }
        LossEntries.requireFit(fields.require("loss"), layers.items().getLast(), architecture.output(), data);
        return architecture;
    }

    Network build(Architecture architecture, ExperimentData data, RandomStream stream) {
        Network layers = fields.require(Document.NETWORK)
                .make(() -> architecture.build(type(), initialisation(), stream));
        fields.find("weights").ifPresent(entry -> {
            try {
                Weights.load(layers, entry.pathIn(folder));
            } catch (DataException e) {
                throw entry.refusal(": " + e.getMessage());
            }
        });
        fields.find("initialisation").ifPresent(entry -> requireFinite(entry, layers));
        return data.graph().isEmpty()
                ? layers
                : new Network(new WholeGraph(data.graph().get().features(), layers.root()));
    }

    private void requireFinite(Entry entry, Network network) {
        network.state().forEach((name, value) -> {
            if (!value.isFinite()) {
                throw entry.refusal(": '" + name + "' starts with a number that is not finite as "
                        + training.get(PRECISION) + ": start with smaller weights");
            }
        });
    }

    /// The path of a layer in a network that was built here.
    static String path(String layer, ExperimentData data) {
        return data.graph().isPresent() ? "layers." + layer : layer;
    }

    /// The trainer of a network.
    ///
    /// @param wrapped makes the optimiser that is used of the one that is asked for
    Trainer trainer(Network network, ExperimentData data, UnaryOperator<Optimiser> wrapped) {
        Trainer trainer = new Trainer(network, loss(data), wrapped.apply(optimiser()))
                .epochs(epochs()).batchSize(batchSize()).shuffled(training.get(SHUFFLE));
        Optional<Entry> schedules = fields.find("schedule");
        boolean watches = training.has(PATIENCE.key()) || (schedules.isPresent()
                && schedules.get().items().stream().anyMatch(item -> item.map().containsKey("plateau")));
        if (watches && data.validation().isEmpty()) {
            throw fields.require("data")
                    .refusal(": early stopping and plateaus watch validation samples, not test samples:"
                            + " give 'split: {validation: 0.1}'");
        }
        data.watched().ifPresent(trainer::validation);
        schedules.ifPresent(list -> list.make(() -> {
            ScheduleEntries.apply(list, trainer);
            return trainer;
        }));
        earlyStopping().ifPresent(trainer::earlyStopping);
        return trainer;
    }

    /// The layers to listen to, which are layers of the network.
    List<ProbeEntries> probes(Architecture architecture, ExperimentData data) {
        return fields.find("probes").map(list -> ProbeEntries.read(list, architecture, data, epochs()))
                .orElse(List.of());
    }

    /// Whether information about labels is measured of a layer.
    boolean measuresInformation() {
        return fields.find("probes").stream().flatMap(list -> list.items().stream())
                .anyMatch(item -> ProbeEntries.asksFor(Measure.MUTUAL_INFORMATION, item));
    }

    /// Refuses to measure gradients of layers that have no weight matrix.
    void requireWeights(Architecture architecture, Network network, ExperimentData data) {
        List<String> weighted = new ArrayList<>();
        for (Architecture.Part part : architecture.parts()) {
            if (network.parameters().stream().filter(GradientMoments::isWeight)
                    .anyMatch(weight -> weight.name().startsWith(path(part.name(), data) + "."))) {
                weighted.add(part.name());
            }
        }
        // The network's output is that of its last layer.
        if (weighted.contains(architecture.parts().getLast().name())) {
            weighted.add(ProbeEntries.OUTPUT);
        }
        fields.find("probes").ifPresent(list -> ProbeEntries.requireWeights(list, weighted));
    }

    /// How the network's last numbers become class probabilities.
    LayerListener.OutputRule outputRule() {
        return switch (lossName) {
            case "cross-entropy" -> LayerListener.OutputRule.SOFTMAX;
            case "negative-log-likelihood" -> LayerListener.OutputRule.EXPONENTIAL;
            case "binary-cross-entropy" -> LayerListener.OutputRule.SIGMOID;
            default -> LayerListener.OutputRule.NONE;
        };
    }

    /// What is measured at the end, on test samples.
    List<TestMeasure> measures(ExperimentData data) {
        return fields.find("metrics").map(list -> TestMeasure.read(list, data.train().classes())).orElse(List.of());
    }
}

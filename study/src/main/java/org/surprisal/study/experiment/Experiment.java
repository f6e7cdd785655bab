package org.surprisal.study.experiment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
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
    private static final Setting<Integer> PATIENCE = Setting.integer("early-stopping", 1, 1, Integer.MAX_VALUE,
            "epochs without improvement after which training ends");
    private static final Setting<String> PRECISION = Setting.choice("precision", "float32",
            List.of("float32", "float64"), "of all numbers");

    private final Path file;
    private final String text;
    private final Fields fields;
    private final Fields training;
    private final String lossName;

    private Experiment(Path file, String text, Fields fields) {
        this.file = file;
        this.text = text;
        this.fields = fields;
        Entry whole = fields.owner();
        this.training = fields.find("training").map(entry -> entry.fieldsOr("", keys()))
                .orElseGet(() -> whole.bare().fieldsOr("", keys()));
        this.lossName = LossEntries.name(fields.require("loss"));
        LossEntries.read(fields.require("loss"));
        // Read once now, for what is wrong with them.
        title();
        seed();
        epochs();
        batchSize();
        type();
        earlyStopping();
        initialisation();
        optimiser();
        fields.require("data");
        fields.require("network").items();
    }

    private static String[] keys() {
        return new String[]{EPOCHS.key(), BATCH.key(), PATIENCE.key(), PRECISION.key()};
    }

    /// Reads a file.
    ///
    /// @throws SettingException with file, line and path of what is wrong in it
    /// @throws IOException when there is no such file
    static Experiment read(Path file) throws IOException {
        return read(file, Files.readAllBytes(file));
    }

    /// Reads the bytes of a file.
    ///
    /// @throws SettingException with file, line and path of what is wrong in them
    static Experiment read(Path file, byte[] bytes) {
        try {
            return of(file, file.toString(),
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException e) {
            throw SettingException.at(file.toString(), "this is not UTF-8 text");
        }
    }

    /// An experiment from its text.
    ///
    /// @param file where the text stands, or stood: other files are found from there
    /// @param label of the text in messages: the file that was read
    /// @throws SettingException with label, line and path of what is wrong in the text
    static Experiment of(Path file, String label, String text) {
        Entry whole = Entry.read(label, text);
        return new Experiment(file, text,
                whole.fields("title", "data", "network", "initialisation", "loss", "optimiser",
                        "schedule", "training", "probes", "metrics", "seed", "weights"));
    }

    /// The folder that the file stands in, where the user's other files are found.
    private Path folder() {
        Path folder = file.toAbsolutePath().getParent();
        return folder == null ? Path.of("") : folder;
    }

    /// The file's text.
    String text() {
        return text;
    }

    /// The name of the data set; empty where the data are the user's files.
    String dataset() {
        Entry set = fields.require("data").map().get("set");
        return set == null ? "" : set.text();
    }

    /// The user's files and folders that the experiment reads, besides its own.
    List<Path> files() {
        List<Path> files = new ArrayList<>(DataEntries.files(fields.require("data"), folder()));
        fields.find("weights").ifPresent(entry -> files.add(folder().resolve(entry.text())));
        return files;
    }

    /// The title given; empty for none.
    String title() {
        return fields.get(TITLE);
    }

    /// The seed given, if any.
    OptionalLong seed() {
        return fields.has(SEED.key()) ? OptionalLong.of(fields.get(SEED)) : OptionalLong.empty();
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

    /// The unit of the loss: nats of cross-entropies, none of squares.
    String lossUnit() {
        return lossName.endsWith("squared-error") ? "1" : "nat";
    }

    /// Losses between values take classes as rows of zeros with a single one.
    Loss loss(ExperimentData data) {
        Loss loss = LossEntries.read(fields.require("loss"));
        return data.train().classes() > 0 && !LossEntries.takesClasses(lossName) ? new AgainstOneHot(loss) : loss;
    }

    /// The data, read or made.
    ///
    /// @param notes hears what was left out of the user's files, or found out about them
    ExperimentData data(Path dataFolder, RandomStream stream, Consumer<String> notes) {
        ExperimentData data = new DataEntries(folder(), dataFolder, type(), stream, notes)
                .read(fields.require("data"));
        if (data.train().classes() == 0 && LossEntries.takesClasses(lossName)) {
            throw fields.require("loss")
                    .refusal(" is '" + lossName + "', and the targets are values: mean-squared-error,"
                            + " squared-error, half-squared-error or binary-cross-entropy take them");
        }
        if (data.train().classes() == 1) {
            throw fields.require("data").refusal(": all samples are of one class, "
                    + data.train().classNames().getFirst() + ": at least 2 classes are needed");
        }
        return data;
    }

    /// The layers, which fit the data.
    Architecture architecture(ExperimentData data) {
        Entry layers = fields.require("network");
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
        Network layers = fields.require("network").make(() -> architecture.build(type(), initialisation(), stream));
        fields.find("weights").ifPresent(entry -> {
            try {
                Weights.load(layers, entry.pathIn(folder()));
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

    Trainer trainer(Network network, ExperimentData data) {
        Trainer trainer = new Trainer(network, loss(data), optimiser())
                .epochs(epochs()).batchSize(batchSize());
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

    List<ProbeEntries> probes(Architecture architecture) {
        return fields.find("probes").map(list -> ProbeEntries.read(list, architecture)).orElse(List.of());
    }

    /// What is measured at the end, on test samples.
    List<TestMeasure> measures(ExperimentData data) {
        return fields.find("metrics").map(list -> TestMeasure.read(list, data.train().classes())).orElse(List.of());
    }
}

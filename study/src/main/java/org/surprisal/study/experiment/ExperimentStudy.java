package org.surprisal.study.experiment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.surprisal.network.Network;
import org.surprisal.network.architecture.Architecture;
import org.surprisal.network.training.Evaluation;
import org.surprisal.network.training.Trainer;
import org.surprisal.report.Section;
import org.surprisal.report.Wording;
import org.surprisal.settings.Setting;
import org.surprisal.settings.SettingException;
import org.surprisal.settings.Settings;
import org.surprisal.study.RunFolder;
import org.surprisal.study.engine.At;
import org.surprisal.study.engine.Cell;
import org.surprisal.study.engine.Claim;
import org.surprisal.study.engine.Design;
import org.surprisal.study.engine.Factor;
import org.surprisal.study.engine.Findings;
import org.surprisal.study.engine.Inputs;
import org.surprisal.study.engine.Results;
import org.surprisal.study.engine.Study;
import org.surprisal.study.engine.Trial;
import org.surprisal.study.engine.Watched;
import org.surprisal.study.experiment.ProbeEntries.Measure;
import org.surprisal.study.measure.GradientMoments;
import org.surprisal.tensor.RandomStream;

/// Trains what a file describes, once for each combination of the values that stand in it and each seed: losses and
/// accuracies by epoch, what is measured of layers, how well the networks do on validation and test samples.
public final class ExperimentStudy implements Study {
    /// Its name, for `surprisal run FILE.yaml`.
    public static final String NAME = "experiment";

    private static final Setting<String> FILE = Setting.text("file", "",
            "the experiment's file (or: surprisal run FILE)");
    private static final Setting<String> SET = Setting.text("set", "",
            "values in place of the file's, PATH=VALUE with '; ' between them (or: surprisal run FILE --set"
                    + " PATH=VALUE)");
    private static final Factor<Integer> NO_FOLD = fold(1);

    /// What a run keeps of the file, and of the networks.
    static final String COPY = "experiment.yaml";
    static final String LAYERS = "network.txt";
    /// The text of a run with the names of the classes, where they have some.
    static final String CLASSES = "classes.txt";

    private final @Nullable Described described;

    /// What a file describes.
    ///
    /// @param folder     in which the user's files are found
    /// @param variations and the factors of the design that they are
    /// @param fold       the parts of the samples that are left out one after the other
    private record Described(Path folder, Document document, SequencedMap<Variation, Factor<Object>> variations,
            Factor<Integer> fold) {}

    /// The study that finds the file among its settings when a run begins.
    public ExperimentStudy() {
        this.described = null;
    }

    private ExperimentStudy(Described described) {
        this.described = described;
    }

    private static Factor<Integer> fold(int count) {
        return Factor.derived("fold", "fold", settings -> IntStream.rangeClosed(1, count).boxed().toList(),
                Object::toString);
    }

    /// The settings of a run of a file.
    ///
    /// @param given values by path, in place of the file's
    /// @throws SettingException if a value cannot be told from the next
    public static Map<String, String> settings(Path file, Map<String, String> given) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put(FILE.key(), file.toAbsolutePath().normalize().toString());
        given.forEach((path, value) -> {
            if (value.contains(";")) {
                throw SettingException.at("--set " + path + "=" + value, "a value has no semicolon here: change the"
                        + " file");
            }
        });
        settings.put(SET.key(), given.entrySet().stream().map(each -> each.getKey() + "=" + each.getValue())
                .collect(Collectors.joining("; ")));
        return settings;
    }

    /// A commented file that runs as it is.
    public static String template() {
        try (var in = ExperimentStudy.class.getResourceAsStream("template.yaml")) {
            if (in == null) {
                throw new IllegalStateException("template.yaml is missing from the build");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The seed that a file asks for; empty if it leaves it to the command line.
    ///
    /// @param given values by path, in place of the file's
    /// @throws SettingException with file, line and path of what is wrong in it
    /// @throws IOException if there is no such file
    public static OptionalLong seed(Path file, Map<String, String> given) throws IOException {
        ExperimentStudy study = read(file, given);
        return study.experiments().getFirst().seed();
    }

    /// The layers of each network, the shape of a sample behind each, and their trainable numbers, as tables.
    ///
    /// @param given values by path, in place of the file's
    /// @param data  folder of the data sets, from which the first layer's shape comes
    /// @param notes hears what was left out of the user's files, or found out about them
    /// @throws SettingException with file, line and path of what is wrong in the file
    /// @throws IOException if there is no such file
    public static String summary(Path file, Map<String, String> given, Path data, Consumer<String> notes)
            throws IOException {
        ExperimentStudy study = read(file, given);
        SequencedMap<String, String> tables = new LinkedHashMap<>();
        Set<String> told = new HashSet<>();
        Map<DataInput, DataInput.Loaded> read = new HashMap<>();
        for (Cell cell : study.cells()) {
            Experiment experiment = study.experiment(cell);
            DataInput.Loaded loaded = read.computeIfAbsent(experiment.input(experiment.seed().orElse(1), 1),
                    input -> input.load(data));
            loaded.notes().stream().filter(told::add).forEach(notes);
            experiment.requireFit(loaded.data());
            tables.putIfAbsent(experiment.architecture(loaded.data()).toString(), study.place(cell));
        }
        return tables.size() == 1
                ? tables.firstEntry().getKey()
                : tables.entrySet().stream().map(table -> table.getValue() + "\n" + table.getKey())
                        .collect(Collectors.joining("\n\n"));
    }

    private static ExperimentStudy read(Path file, Map<String, String> given) throws IOException {
        return read(file, Files.readAllBytes(file), given);
    }

    /// The study of a file's bytes.
    ///
    /// @throws SettingException with file, line and path of what is wrong in them
    static ExperimentStudy read(Path file, byte[] bytes, Map<String, String> given) {
        try {
            return of(file, file.toString(), StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes))
                    .toString(), given);
        } catch (CharacterCodingException e) {
            throw SettingException.at(file.toString(), "this is not UTF-8 text");
        }
    }

    /// The study of a file's text.
    ///
    /// @param file  where the text stands, or stood: other files are found from there
    /// @param label of the text in messages
    static ExperimentStudy of(Path file, String label, String text, Map<String, String> given) {
        Document document = Document.read(label, text, given);
        SequencedMap<Variation, Factor<Object>> factors = new LinkedHashMap<>();
        document.variations().forEach(variation -> factors.put(variation, variation.factor()));
        Path folder = file.toAbsolutePath().getParent();
        ExperimentStudy study = new ExperimentStudy(new Described(folder == null ? Path.of("") : folder, document,
                factors, NO_FOLD));
        // Read once for each combination, for what is wrong with them; folds are the same in all.
        List<Experiment> experiments = study.experiments();
        int folds = experiments.getFirst().folds();
        experiments.forEach(experiment -> experiment.requireFolds(folds));
        return new ExperimentStudy(new Described(study.described().folder(), document, factors,
                fold(folds)));
    }

    private Described described() {
        if (described == null) {
            throw SettingException.badValue(FILE.key(), "", "the path of a YAML file");
        }
        return described;
    }

    @Override
    public Study in(RunFolder folder) throws IOException {
        Settings settings = Settings.of(settings(), folder.record().settings());
        if (settings.get(FILE).isEmpty()) {
            throw SettingException.badValue(FILE.key(), "", "the path of a YAML file");
        }
        Path file = Path.of(settings.get(FILE));
        Map<String, String> given = new LinkedHashMap<>();
        for (String each : settings.get(SET).isEmpty() ? new String[0] : settings.get(SET).split("; ", -1)) {
            int equals = each.indexOf('=');
            given.put(each.substring(0, Math.max(0, equals)), each.substring(equals + 1));
        }
        // A run goes on with the experiment as it began, whatever the file has become; a new one has no copy.
        Optional<String> kept = folder.isResumed() ? folder.unchangedText(COPY) : folder.text(COPY);
        return kept.isPresent()
                ? of(file, folder.path().resolve(COPY).toString(), kept.get(), given)
                : read(file, given);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String summary() {
        return "what a YAML file describes: surprisal run FILE.yaml (surprisal run --template writes one)";
    }

    @Override
    public String title() {
        String title = described == null ? "" : experiments().getFirst().title();
        return title.isEmpty() ? "Experiment" : title;
    }

    /// The title that the file gives, or the name of the file.
    @Override
    public String title(Results results) {
        Path name = Path.of(results.settings().get(FILE)).getFileName();
        return experiments().getFirst().title().isEmpty() && name != null ? title() + " " + name : title();
    }

    @Override
    public String subtitle(Results results) {
        return (cells().size() == 1 ? "" : Wording.count(cells().size(), "combination") + " of values, ")
                + Wording.count(experiments().stream().mapToInt(Experiment::epochs).max().orElseThrow(), "epoch")
                + ", " + Study.super.subtitle(results);
    }

    @Override
    public String lead() {
        return "What an experiment's file describes was built, trained and judged, once for each seed and each"
                + " combination of the values that the file lists. Curves are means over all seeds with bands of one"
                + " standard error; networks of one seed have the same data and the same order of samples. A choice"
                + " between values goes by validation samples, and what it is worth is judged on test samples.";
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(FILE, SET);
    }

    @Override
    public Design design(Settings settings) {
        List<Factor<?>> factors = new ArrayList<>(described().variations().values());
        if (described().fold() != NO_FOLD && described().fold().in(settings).size() > 1) {
            factors.add(described().fold());
        }
        return Design.grid(factors.toArray(Factor[]::new)).cost("epochs", cell -> experiment(cell).epochs());
    }

    /// All combinations of values, with a seed that nothing is drawn from.
    private List<Cell> cells() {
        return Design.grid(described().variations().values().toArray(Factor[]::new))
                .cells(Settings.of(settings(), Map.of()), 1, 1);
    }

    private List<Experiment> experiments() {
        return cells().stream().map(this::experiment).toList();
    }

    /// What the file says for a trial.
    private Experiment experiment(Cell cell) {
        Map<Variation, Integer> chosen = new LinkedHashMap<>();
        described().variations().forEach((variation, factor) -> chosen.put(variation,
                variation.values().indexOf(cell.get(factor))));
        return new Experiment(described().folder(), described().document().with(chosen));
    }

    /// The values of a trial in words, without its seed: `gcn, learning rate = 0.01`.
    private String place(Cell cell) {
        return described().variations().entrySet().stream()
                .map(each -> (each.getKey().isNetwork() ? "" : each.getValue().symbol() + " = ")
                        + each.getValue().text(cell.get(each.getValue())))
                .collect(Collectors.joining(", "));
    }

    private DataInput.Loaded load(Inputs inputs, Experiment experiment, int fold) {
        return inputs.input(experiment.input(inputs.seed(), fold));
    }

    private int fold(Cell cell) {
        return cell.at().containsKey(described().fold()) ? cell.get(described().fold()) : 1;
    }

    /// Everything that can be refused is refused here: nothing is kept yet.
    @Override
    public void check(Inputs inputs) {
        Set<String> told = new HashSet<>();
        for (Cell cell : cells()) {
            Experiment experiment = experiment(cell);
            DataInput.Loaded loaded = load(inputs, experiment, 1);
            loaded.notes().stream().filter(told::add).forEach(inputs::warning);
            new Prepared(experiment, loaded.data(), RandomStream.seeded(inputs.seed()));
            experiment.weights().ifPresent(inputs::input);
        }
    }

    @Override
    public SequencedMap<String, String> texts(Inputs inputs) {
        SequencedMap<String, String> texts = new LinkedHashMap<>();
        texts.put(COPY, described().document().text());
        SequencedMap<List<List<String>>, String> tables = new LinkedHashMap<>();
        for (Cell cell : cells()) {
            Experiment experiment = experiment(cell);
            tables.putIfAbsent(experiment.architecture(load(inputs, experiment, 1).data()).parts().stream()
                    .map(part -> List.of(part.name(), part.output().toString(), Long.toString(part.parameters())))
                    .toList(), place(cell));
        }
        StringBuilder text = new StringBuilder("network\tlayer\toutput\tparameters\n");
        tables.forEach((rows, place) -> rows.forEach(row -> text.append(tables.size() == 1 ? "" : place).append('\t')
                .append(String.join("\t", row)).append('\n')));
        texts.put(LAYERS, text.toString());
        classNames(inputs).ifPresent(names -> texts.put(CLASSES, names));
        return texts;
    }

    /// The names of the classes, one a line, where somebody gave names and all networks learn the same classes.
    private Optional<String> classNames(Inputs inputs) {
        List<List<String>> names = cells().stream()
                .map(cell -> load(inputs, experiment(cell), 1).data().train().classNames()).distinct().toList();
        List<String> first = names.getFirst();
        boolean isNumbered = first.equals(IntStream.range(0, first.size()).mapToObj(Integer::toString).toList());
        return names.size() > 1 || isNumbered
                ? Optional.empty()
                : Optional.of(first.stream().map(name -> name.replaceAll("\\R", " ") + "\n")
                        .collect(Collectors.joining()));
    }

    /// A network and what belongs to it, before training.
    private static final class Prepared {
        private final ExperimentData data;
        private final Architecture architecture;
        private final List<ProbeEntries> probes;
        private final List<TestMeasure> measures;
        private final Network network;
        private final @Nullable GradientMoments moments;
        private final Trainer trainer;

        /// @throws SettingException with file, line and path of what does not fit
        Prepared(Experiment experiment, ExperimentData data, RandomStream stream) {
            this.data = data;
            experiment.requireFit(data);
            this.architecture = experiment.architecture(data);
            this.probes = experiment.probes(architecture, data);
            this.measures = experiment.measures(data);
            this.network = experiment.build(architecture, data, stream.child("weights"));
            experiment.requireWeights(architecture, network, data);
            boolean gradients = probes.stream().anyMatch(probe -> probe.measures().contains(Measure.GRADIENT_SNR));
            GradientMoments[] made = new GradientMoments[1];
            this.trainer = experiment.trainer(network, data, optimiser -> {
                made[0] = new GradientMoments(optimiser);
                return gradients ? made[0] : optimiser;
            });
            this.moments = gradients ? made[0] : null;
        }
    }

    @Override
    public void run(Trial trial) {
        Experiment experiment = experiment(trial.cell());
        Prepared prepared = new Prepared(experiment, load(trial, experiment, fold(trial.cell())).data(),
                RandomStream.seeded(trial.seed()));
        ExperimentData data = prepared.data;
        Watched watched = data.validation().isPresent() ? Watched.VALIDATION : Watched.TEST;
        LayerListener listener = new LayerListener(trial, data, prepared.network, prepared.architecture,
                prepared.probes, experiment.inBits(), experiment.outputRule(), prepared.moments);
        listener.begin();
        trial.stage("before", () -> {
            data.watched().ifPresent(samples -> {
                Evaluation before = Evaluation.finite(prepared.network, experiment.loss(data), samples,
                        "the " + (watched == Watched.TEST ? "test" : "validation") + " loss before training");
                trial.record(watched.loss().in(experiment.lossUnit()), At.epoch(0), before.loss());
                before.accuracy().ifPresent(value -> trial.record(watched.accuracy(), At.epoch(0), value));
            });
            listener.beforeTraining();
        });
        trial.train(prepared.trainer.listener(listener), data.train(), experiment.lossUnit(), watched);
        trial.stage("after", () -> {
            Judgement.of(trial, experiment, data, prepared.network, prepared.measures);
            trial.keepWeights("trained", prepared.network);
        });
    }

    @Override
    public List<Claim> claims() {
        if (described == null) {
            return List.of();
        }
        List<Experiment> experiments = experiments();
        return experiments.stream().anyMatch(Experiment::measuresInformation)
                ? List.of(LabelClaim.of(List.copyOf(described.variations().values()), described.fold(),
                        experiments.getFirst().inBits() ? "bit" : "nat"))
                : List.of();
    }

    private ExperimentReport of(Results results) {
        List<Experiment> experiments = experiments();
        Experiment first = experiments.getFirst();
        return new ExperimentReport(new ExperimentNumbers(results, List.copyOf(described().variations().values()),
                described().fold(), experiments.stream().map(Experiment::lossName).distinct().count() == 1,
                experiments.stream().map(Experiment::samples).distinct().count() == 1,
                experiments.stream().map(Experiment::lossUnit).distinct().count() == 1 ? first.lossUnit() : "1",
                results.text(CLASSES).stream().flatMap(String::lines).toList()), first.inBits() ? "bit" : "nat");
    }

    @Override
    public List<String> found(Results results, Findings findings) {
        List<String> found = new ArrayList<>(of(results).found());
        findings.all().stream().flatMap(finding -> LabelClaim.found(finding).stream()).forEach(found::add);
        return found;
    }

    @Override
    public List<Section> report(Results results) {
        return of(results).sections();
    }
}

package org.surprisal.study.experiment;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.surprisal.data.DataException;
import org.surprisal.data.Dataset;
import org.surprisal.data.InMemory;
import org.surprisal.data.Parts;
import org.surprisal.data.Split;
import org.surprisal.data.format.ArrayFile;
import org.surprisal.data.format.Csv;
import org.surprisal.data.format.CsvLayout;
import org.surprisal.data.image.ImageFolder;
import org.surprisal.data.sets.Digits;
import org.surprisal.data.sets.FashionMnist;
import org.surprisal.data.sets.Mnist;
import org.surprisal.data.transform.Normalisation;
import org.surprisal.data.transform.Reconstruction;
import org.surprisal.settings.Setting;
import org.surprisal.study.dataset.Datasets;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

/// The data of an experiment: a data set by name, or the user's files, which are found beside the experiment's file.
final class DataEntries {
    private static final int NO_BOUND = Integer.MAX_VALUE;
    /// Samples more than the expected number, of which few may be too few.
    private static final int FEW = 200;
    private static final Setting<String> SET = Setting.choice("set", "digits",
            Datasets.all().stream().map(Datasets.Entry::name).toList(),
            "a data set by name");
    static final Setting<Integer> TRAIN = Setting.integer("train", 5000, 1, NO_BOUND, "training samples");
    static final Setting<Integer> TEST = Setting.integer("test", 1000, 1, NO_BOUND, "test samples");
    private static final Setting<String> TASK = Setting.choice("task", "classification",
            List.of("classification", "regression"), "what the targets are");
    private static final Setting<String> COLOUR = Setting.choice("colour", "grey", List.of("grey", "rgb"),
            "what is kept of images");
    private static final Setting<List<Integer>> SIZE = Setting.integers("size", List.of(28, 28), 1, NO_BOUND,
            "height and width");
    static final Setting<List<Integer>> SHAPE = Setting.integers("shape", List.of(1), 1, NO_BOUND,
            "of one sample");
    private static final Setting<Boolean> POOL = Setting.flag("pool", false,
            "whether the parts of a data set are put together, to be divided anew");

    static final Setting<Boolean> RECONSTRUCT = Setting.flag("reconstruct", false,
            "whether targets are the inputs themselves");

    /// Keys that change what is made of the inputs, and neither which samples there are nor their targets.
    static final Set<String> OF_INPUTS = Set.of(NormaliseEntries.KEY, SHAPE.key(), SIZE.key(), COLOUR.key());

    private static final Setting<Boolean> HEADER = Setting.flag("header", true,
            "whether the first line of CSV files names the columns; found out where it is not said");
    private static final List<String> FILE_KEYS = List.of("csv", "inputs", "targets", "images", "nodes", "edges");

    private final Path folder;
    private final Path dataFolder;
    private final ElementType type;
    private final RandomStream stream;
    private final Consumer<String> notes;

    /// @param folder in which the user's files are found
    /// @param dataFolder of the data sets with a name
    /// @param notes hears what was left out of the user's files, or found out about them
    DataEntries(Path folder, Path dataFolder, ElementType type, RandomStream stream, Consumer<String> notes) {
        this.folder = folder;
        this.dataFolder = dataFolder;
        this.type = type;
        this.stream = stream;
        this.notes = notes;
    }

    /// Where the samples are, by the key that says so.
    private enum Source {
        SET, CSV, INPUTS, IMAGES, NODES;

        String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        /// The other keys that go with this one alone.
        List<String> others() {
            return switch (this) {
                case SET -> List.of("train", "test");
                case CSV -> List.of("target", "task", HEADER.key());
                case INPUTS -> List.of("targets", "task", HEADER.key());
                case IMAGES -> List.of("size", "colour");
                case NODES -> List.of("edges", "target", HEADER.key());
            };
        }
    }

    /// The user's files and folders that data are read from, in the order of their keys.
    ///
    /// @param folder in which they are found
    static List<Path> files(Entry entry, Path folder) {
        Map<String, Entry> map = entry.map();
        List<Path> files = new ArrayList<>();
        for (String key : FILE_KEYS) {
            Entry value = map.get(key);
            if (value != null && value.isScalar()) {
                // What follows a # names an array or columns of the file.
                Path whole = value.pathIn(folder);
                files.add(Files.exists(whole) ? whole : ArrayFile.Place.of(whole.toString()).file());
            }
        }
        return files;
    }

    /// How many folds an experiment's `data` ask for: 1 where the samples are divided once.
    static int folds(Entry data) {
        return SplitEntries.folds(data);
    }

    /// Reads or makes the data; of folds the first.
    ExperimentData read(Entry entry) {
        return read(entry, 1);
    }

    /// Reads or makes the data of one fold: its samples are the test samples, all others the training samples.
    ///
    /// @param fold from 1 to [#folds]; 1 where the samples are divided once. The folds of one stream belong
    /// to one division: every sample is in one of them
    ExperimentData read(Entry entry, int fold) {
        Map<String, Entry> map = entry.map();
        List<Source> named = Arrays.stream(Source.values()).filter(s -> map.containsKey(s.key())).toList();
        if (named.size() != 1) {
            throw entry.refusal(" must have one of the keys " + String.join(", ",
                    Arrays.stream(Source.values()).map(source -> "'" + source.key() + "'").toList())
                    + ", which says where the samples are");
        }
        Source source = named.getFirst();
        List<String> keys = new ArrayList<>(List.of(source.key(), ClassEntries.KEY, POOL.key(), SplitEntries.SPLIT,
                SplitEntries.FOLDS.key(), NormaliseEntries.KEY, SHAPE.key(), RECONSTRUCT.key()));
        keys.addAll(source.others());
        Fields fields = entry.fields(keys.toArray(String[]::new));
        SplitEntries split = new SplitEntries(fields, stream, fold);
        if (source != Source.SET) {
            refusePool(fields, ": there is nothing to pool: the samples come in one piece, which 'split' divides");
        }
        try {
            return entry.make(() -> switch (source) {
                case SET -> set(fields, split);
                case CSV -> finished(fields, split.divide(ClassEntries.chosen(fields, csv(fields))));
                case INPUTS -> finished(fields, split.divide(ClassEntries.chosen(fields, arrays(fields))));
                case IMAGES -> finished(fields, split.divide(ClassEntries.chosen(fields, images(fields))));
                case NODES -> graphs().nodes(fields, split);
            });
        } catch (DataException e) {
            throw entry.refusal(": " + e.getMessage());
        }
    }

    static void refusePool(Fields fields, String problem) {
        if (fields.get(POOL)) {
            throw fields.require(POOL.key()).refusal(problem);
        }
    }

    private ExperimentData set(Fields fields, SplitEntries split) {
        String name = fields.require(SET);
        return switch (name) {
            case "mnist" -> inTwoParts(fields, split, chosen(fields, Mnist.load(dataFolder)));
            case "fashion-mnist" -> inTwoParts(fields, split, chosen(fields, FashionMnist.load(dataFolder)));
            case "digits" -> inTwoParts(fields, split, digits(fields));
            case "cora" -> graphs().cora(fields, split);
            default -> inThreeParts(fields, split, name);
        };
    }

    private GraphEntries graphs() {
        return new GraphEntries(folder, dataFolder, type, notes);
    }

    private long seed() {
        return stream.child("set").nextLong();
    }

    private static Split chosen(Fields fields, Split split) {
        return new Split(ClassEntries.chosen(fields, split.train()), ClassEntries.chosen(fields, split.test()));
    }

    /// As many drawn digits as are asked for, of the classes asked for: the first ones of a larger set.
    private Split digits(Fields fields) {
        int train = fields.get(TRAIN);
        int test = fields.get(TEST);
        int classes = ClassEntries.count(fields);
        if (classes == 0) {
            return Digits.generate(train, test, seed());
        }
        // The classes of drawn digits are uniform, so that a second drawing is hardly ever needed.
        for (double surplus = 1.2;; surplus *= 2) {
            double factor = surplus * Digits.CLASSES / classes;
            Split drawn = chosen(fields, Digits.generate(enough(train, factor), enough(test, factor), seed()));
            if (drawn.train().size() >= train && drawn.test().size() >= test) {
                return new Split(drawn.train().first(train), drawn.test().first(test));
            }
        }
    }

    private static int enough(int samples, double factor) {
        return (int) Math.min(Integer.MAX_VALUE, Math.ceil(samples * factor) + FEW);
    }

    private static Dataset first(Fields fields, Setting<Integer> count, Dataset part) {
        return fields.has(count.key()) ? part.first(fields.get(count)) : part;
    }

    /// Training and test samples that everybody has alike; a split takes validation samples from the training part.
    private ExperimentData inTwoParts(Fields fields, SplitEntries split, Split published) {
        Split parts = new Split(first(fields, TRAIN, published.train()), first(fields, TEST, published.test()));
        if (fields.get(POOL)) {
            return pooled(fields, split, parts.pooled());
        }
        fields.find(SplitEntries.FOLDS.key()).ifPresent(DataEntries::refuseDivision);
        return finished(fields, split.fromTraining(parts.train(), parts.test()));
    }

    private ExperimentData inThreeParts(Fields fields, SplitEntries split, String name) {
        Parts made = Datasets.named(name).open(dataFolder, seed());
        Parts parts = new Parts(first(fields, TRAIN, ClassEntries.chosen(fields, made.train())),
                ClassEntries.chosen(fields, made.validation()),
                first(fields, TEST, ClassEntries.chosen(fields, made.test())));
        if (fields.get(POOL)) {
            return pooled(fields, split, parts.pooled());
        }
        split.given().ifPresent(DataEntries::refuseDivision);
        return finished(fields,
                new SampleParts(parts.train(), Optional.of(parts.validation()), Optional.of(parts.test())));
    }

    private static void refuseDivision(Entry division) {
        throw division.refusal(": the data set comes in parts already: 'pool: true' puts them together to be divided");
    }

    private ExperimentData pooled(Fields fields, SplitEntries split, Dataset all) {
        if (split.given().isEmpty()) {
            throw fields.require(POOL.key()).refusal(": training and test samples are put together to be divided:"
                    + " say how, by 'split: {test: 0.2}' or 'folds: 5'");
        }
        return finished(fields, split.divide(all));
    }

    private Path file(Entry entry) {
        return entry.pathIn(folder);
    }

    /// What the first line of CSV files is, as far as the experiment says so.
    static CsvLayout layout(Fields fields) {
        return fields.has(HEADER.key())
                ? CsvLayout.DETECTED.withHeader(fields.get(HEADER) ? CsvLayout.Header.PRESENT : CsvLayout.Header.ABSENT)
                : CsvLayout.DETECTED;
    }

    /// A file, or some columns of it: `flowers.csv#sepal,petal`.
    static ArrayFile.Place place(Entry entry, Path folder) {
        return ArrayFile.Place.of(entry.pathIn(folder).toString());
    }

    private Dataset csv(Fields fields) {
        ArrayFile.Place place = place(fields.require("csv"), folder);
        Path file = place.file();
        String name = name(file);
        Entry target = fields.require("target");
        List<String> columns = target.isList()
                ? target.items().stream().map(Entry::text).toList()
                : List.of(target.text());
        if (fields.get(TASK).equals("regression")) {
            return Csv.regression(name, file, layout(fields), place.columns(), columns, notes);
        }
        if (columns.size() != 1) {
            throw target
                    .refusal(" names " + columns.size() + " columns: a class is in one (or say 'task: regression')");
        }
        return Csv.classification(name, file, layout(fields), place.columns(), columns.getFirst(), notes);
    }

    /// The name of a file, for titles and messages.
    static String name(Path file) {
        Path last = file.getFileName();
        return last == null ? file.toString() : last.toString();
    }

    private Dataset arrays(Fields fields) {
        Tensor inputs = array(fields, "inputs");
        Tensor targets = array(fields, "targets");
        String name = fields.require("inputs").text();
        if (fields.get(TASK).equals("classification")) {
            return InMemory.classification(name, matrix(inputs), targets);
        }
        return InMemory.regression(name, matrix(inputs), matrix(targets));
    }

    /// Numbers one a sample as samples of one number.
    private static Tensor matrix(Tensor samples) {
        return samples.rank() == 1 ? samples.reshape(samples.length(0), 1) : samples;
    }

    private Tensor array(Fields fields, String key) {
        return ArrayFile.samples(fields.require(key).pathIn(folder).toString(), layout(fields), notes);
    }

    private Dataset images(Fields fields) {
        Path root = file(fields.require("images"));
        ImageFolder.Colour colour = fields.get(COLOUR).equals("grey")
                ? ImageFolder.Colour.GREY
                : ImageFolder.Colour.RGB;
        ImageFolder found;
        if (fields.has(SIZE.key())) {
            List<Integer> size = fields.get(SIZE);
            if (size.size() != 2) {
                throw fields.require(SIZE.key()).refusal(" must be [height, width]");
            }
            found = ImageFolder.read(root, colour, size.getFirst(), size.getLast());
        } else {
            found = ImageFolder.read(root, colour);
        }
        return found.shaped(found.channels(), found.height(), found.width());
    }

    /// In the shape, normalisation and precision asked for; statistics are those of the training part.
    private ExperimentData finished(Fields fields, SampleParts parts) {
        Optional<Normalisation> fitted = NormaliseEntries.fitted(fields, parts.train());
        UnaryOperator<Dataset> normalised = data -> fitted.map(normalisation -> normalisation.of(data)).orElse(data);
        UnaryOperator<Dataset> shaped = fields.has(SHAPE.key())
                ? data -> data.shaped(fields.get(SHAPE).stream().mapToInt(Integer::intValue).toArray())
                : data -> data;
        UnaryOperator<Dataset> aimed = fields.get(RECONSTRUCT) ? Reconstruction::of : data -> data;
        SampleParts all = parts.map(data -> aimed.apply(shaped.apply(normalised.apply(data))).to(type));
        return new ExperimentData(all.train(), all.validation(), all.test(), Optional.empty());
    }
}

package org.surprisal.study.experiment;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.surprisal.data.Batch;
import org.surprisal.data.DataException;
import org.surprisal.data.Dataset;
import org.surprisal.data.GraphData;
import org.surprisal.data.InMemory;
import org.surprisal.data.Parts;
import org.surprisal.data.Split;
import org.surprisal.data.Splitting;
import org.surprisal.data.format.ArrayFile;
import org.surprisal.data.format.Csv;
import org.surprisal.data.format.CsvLayout;
import org.surprisal.data.image.ImageFolder;
import org.surprisal.data.sets.Cora;
import org.surprisal.data.sets.Digits;
import org.surprisal.data.sets.FashionMnist;
import org.surprisal.data.sets.Mnist;
import org.surprisal.data.transform.Normalisation;
import org.surprisal.data.transform.Reconstruction;
import org.surprisal.network.layer.Graph;
import org.surprisal.settings.Setting;
import org.surprisal.study.Failures;
import org.surprisal.study.dataset.Datasets;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

/// The data of an experiment: a data set by name, or the user's files, which are found beside the experiment's file.
final class DataEntries {
    private static final int NO_BOUND = Integer.MAX_VALUE;
    private static final Setting<String> SET = Setting.choice("set", "digits",
            Datasets.all().stream().map(Datasets.Entry::name).toList(),
            "a data set by name");
    private static final Setting<Integer> TRAIN = Setting.integer("train", 5000, 1, NO_BOUND, "training samples");
    private static final Setting<Integer> TEST = Setting.integer("test", 1000, 1, NO_BOUND, "test samples");
    private static final Setting<String> TASK = Setting.choice("task", "classification",
            List.of("classification", "regression"), "what the targets are");
    private static final Setting<String> COLOUR = Setting.choice("colour", "grey", List.of("grey", "rgb"),
            "what is kept of images");
    private static final Setting<List<Integer>> SIZE = Setting.integers("size", List.of(28, 28), 1, NO_BOUND,
            "height and width");
    private static final Setting<List<Integer>> SHAPE = Setting.integers("shape", List.of(1), 1, NO_BOUND,
            "of one sample");
    private static final Setting<Double> SHARE = Setting.decimal("share", 0.2, Double.MIN_VALUE, Math.nextDown(1.0),
            "of all samples");
    private static final Setting<Boolean> STRATIFIED = Setting.flag("stratified", true,
            "whether each class is divided alike");
    private static final Setting<String> NORMALISE = Setting.choice("normalise", "none",
            List.of("none", "standard", "min-max"), "features");

    private static final Setting<Boolean> RECONSTRUCT = Setting.flag("reconstruct", false,
            "whether targets are the inputs themselves");

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

        /// The other keys that go with it.
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
                Path whole = folder.resolve(value.text());
                files.add(Files.exists(whole) ? whole : ArrayFile.Place.of(whole.toString()).file());
            }
        }
        return files;
    }

    ExperimentData read(Entry entry) {
        Map<String, Entry> map = entry.map();
        List<Source> named = Arrays.stream(Source.values()).filter(s -> map.containsKey(s.key())).toList();
        if (named.size() != 1) {
            throw entry.refusal(" must have one of the keys " + String.join(", ",
                    Arrays.stream(Source.values()).map(source -> "'" + source.key() + "'").toList())
                    + ", which says where the samples are");
        }
        Source source = named.getFirst();
        List<String> keys = new ArrayList<>(List.of(source.key(), "split", "normalise", "shape", RECONSTRUCT.key()));
        keys.addAll(source.others());
        Fields fields = entry.fields(keys.toArray(String[]::new));
        try {
            return entry.make(() -> switch (source) {
                case SET -> set(fields);
                case CSV -> divided(fields, csv(fields));
                case INPUTS -> divided(fields, arrays(fields));
                case IMAGES -> divided(fields, images(fields));
                case NODES -> nodes(fields);
            });
        } catch (DataException e) {
            throw entry.refusal(": " + e.getMessage());
        }
    }

    private ExperimentData set(Fields fields) {
        String name = fields.require(SET);
        return switch (name) {
            case "mnist" -> published(fields, Mnist.load(dataFolder));
            case "fashion-mnist" -> published(fields, FashionMnist.load(dataFolder));
            case "digits" -> published(fields, Digits.generate(fields.get(TRAIN), fields.get(TEST), seed()));
            case "cora" -> cora(fields);
            default -> {
                if (fields.has("split")) {
                    throw fields.require("split").refusal(": '" + name + "' comes in parts already");
                }
                Parts parts = Datasets.named(name).open(dataFolder, seed());
                yield finished(fields, first(fields, TRAIN, parts.train()), Optional.of(parts.validation()),
                        Optional.of(first(fields, TEST, parts.test())));
            }
        };
    }

    private long seed() {
        return stream.child("set").nextLong();
    }

    private static Dataset first(Fields fields, Setting<Integer> count, Dataset part) {
        return fields.has(count.key()) ? part.first(fields.get(count)) : part;
    }

    /// Training and test samples that everybody has alike; a split takes validation samples from the training part.
    private ExperimentData published(Fields fields, Split split) {
        Dataset train = first(fields, TRAIN, split.train());
        Optional<Dataset> test = Optional.of(first(fields, TEST, split.test()));
        if (!fields.has("split")) {
            return finished(fields, train, Optional.empty(), test);
        }
        Fields shares = fields.require("split").fields("validation", "stratified");
        Split parts = splitting(shares, train).intoShares(1 - shares.require("validation").as(SHARE));
        return finished(fields, parts.train(), Optional.of(parts.test()), test);
    }

    /// The public split of Planetoid; features of each paper sum to 1, as Kipf and Welling (2017) have them.
    private ExperimentData cora(Fields fields) {
        for (String key : List.of("split", "train", "test", "normalise", "shape")) {
            fields.find(key).ifPresent(entry -> {
                throw entry.refusal(": 'cora' comes with its public split, as it is");
            });
        }
        GraphData graph = Cora.load(dataFolder).rowNormalised();
        Parts parts = Cora.planetoid(numbered(graph));
        Graph edges = Graph.undirected(graph.nodes().size(), graph.from(), graph.to());
        return new ExperimentData(parts.train().to(type), Optional.of(parts.validation().to(type)),
                Optional.of(parts.test().to(type)), Optional.of(new ExperimentData.Nodes(
                        graph.nodes().to(type).all().inputs(), edges.symmetricallyNormalised())));
    }

    /// The same graph with the nodes' numbers as their only feature.
    private static GraphData numbered(GraphData graph) {
        Dataset nodes = graph.nodes();
        Tensor numbers = Tensor.of(IntStream.range(0, nodes.size()).mapToDouble(i -> i).toArray(), nodes.size(), 1)
                .to(ElementType.FLOAT32);
        Dataset numbered = InMemory.classification(nodes.name(), numbers, nodes.all().targets(), nodes.classNames());
        return GraphData.of(numbered, graph.ids(), graph.from(), graph.to());
    }

    private Path file(Entry entry) {
        return entry.pathIn(folder);
    }

    private static CsvLayout layout(Fields fields) {
        return fields.has(HEADER.key())
                ? CsvLayout.DETECTED.withHeader(fields.get(HEADER) ? CsvLayout.Header.PRESENT : CsvLayout.Header.ABSENT)
                : CsvLayout.DETECTED;
    }

    /// A file, or some columns of it: `flowers.csv#sepal,petal`.
    private ArrayFile.Place place(Entry entry) {
        return ArrayFile.Place.of(entry.pathIn(folder).toString());
    }

    private Dataset csv(Fields fields) {
        ArrayFile.Place place = place(fields.require("csv"));
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

    private static String name(Path file) {
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

    /// A table of nodes, one a line, and a table of edges, two numbers of nodes a line, from 0.
    private ExperimentData nodes(Fields fields) {
        ArrayFile.Place place = place(fields.require("nodes"));
        Path file = place.file();
        Entry target = fields.require("target");
        Batch all = Csv.classification(name(file), file, layout(fields), place.columns(), target.text(), notes).to(type)
                .all();
        ArrayFile.Place edgePlace = place(fields.require("edges"));
        Path edgeFile = edgePlace.file();
        Tensor edges = Csv.read(edgeFile, layout(fields), edgePlace.columns(), notes);
        if (edges.length(1) != 2) {
            throw fields.require("edges").refusal(": " + edgeFile + " has " + edges.length(1)
                    + " columns: an edge is two numbers of nodes");
        }
        Graph graph;
        try {
            graph = Graph.undirected(all.size(), column(edges, 0, edgeFile), column(edges, 1, edgeFile));
        } catch (IllegalArgumentException e) {
            throw fields.require("edges").refusal(": " + edgeFile + ": " + Failures.words(e));
        }
        Tensor numbers = Tensor.of(IntStream.range(0, all.size()).mapToDouble(i -> i).toArray(), all.size(), 1)
                .to(type);
        ExperimentData parts = divided(fields, InMemory.classification(name(file), numbers, all.targets()));
        return new ExperimentData(parts.train(), parts.validation(), parts.test(),
                Optional.of(new ExperimentData.Nodes(all.inputs(), graph.symmetricallyNormalised())));
    }

    private static int[] column(Tensor edges, int column, Path file) {
        int[] nodes = new int[edges.length(0)];
        for (int i = 0; i < nodes.length; i++) {
            double number = edges.at(i, column);
            nodes[i] = (int) number;
            if (nodes[i] != number) {
                throw new DataException(file + ": " + number + " in edge " + (i + 1) + " is no number of a node");
            }
        }
        return nodes;
    }

    /// The parts that 'split' asks for.
    private ExperimentData divided(Fields fields, Dataset all) {
        if (!fields.has("split")) {
            return finished(fields, all, Optional.empty(), Optional.empty());
        }
        Fields shares = fields.require("split").fields("validation", "test", "stratified");
        Map<String, Double> given = new TreeMap<>();
        for (String part : List.of("validation", "test")) {
            shares.find(part).ifPresent(entry -> given.put(part, entry.as(SHARE)));
        }
        double validation = given.getOrDefault("validation", 0.0);
        double test = given.getOrDefault("test", 0.0);
        if (given.isEmpty() || validation + test >= 1) {
            throw shares.owner()
                    .refusal(": 'validation' and 'test' are shares of all samples, above 0 and together below 1");
        }
        Splitting splitting = splitting(shares, all);
        if (given.size() == 2) {
            Parts parts = splitting.intoShares(1 - validation - test, validation);
            return finished(fields, parts.train(), Optional.of(parts.validation()), Optional.of(parts.test()));
        }
        Split parts = splitting.intoShares(1 - validation - test);
        return given.containsKey("test")
                ? finished(fields, parts.train(), Optional.empty(), Optional.of(parts.test()))
                : finished(fields, parts.train(), Optional.of(parts.test()), Optional.empty());
    }

    private Splitting splitting(Fields shares, Dataset all) {
        RandomStream drawn = stream.child("split");
        return all.classes() > 0 && shares.get(STRATIFIED)
                ? Splitting.stratified(all, drawn)
                : Splitting.shuffled(all, drawn);
    }

    /// In the shape, normalisation and precision asked for; statistics are those of the training part.
    private ExperimentData finished(Fields fields, Dataset train, Optional<Dataset> validation,
            Optional<Dataset> test) {
        UnaryOperator<Dataset> normalised = switch (fields.get(NORMALISE)) {
            case "standard" -> Normalisation.standard(train, Normalisation.Scope.EACH_FEATURE)::of;
            case "min-max" -> Normalisation.toUnitInterval(train, Normalisation.Scope.EACH_FEATURE)::of;
            default -> data -> data;
        };
        UnaryOperator<Dataset> shaped = fields.has(SHAPE.key())
                ? data -> data.shaped(fields.get(SHAPE).stream().mapToInt(Integer::intValue).toArray())
                : data -> data;
        UnaryOperator<Dataset> aimed = fields.get(RECONSTRUCT) ? Reconstruction::of : data -> data;
        UnaryOperator<Dataset> all = data -> aimed.apply(shaped.apply(normalised.apply(data))).to(type);
        return new ExperimentData(all.apply(train), validation.map(all), test.map(all), Optional.empty());
    }
}

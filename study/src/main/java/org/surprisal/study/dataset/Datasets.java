package org.surprisal.study.dataset;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.surprisal.data.DataException;
import org.surprisal.data.Dataset;
import org.surprisal.data.Parts;
import org.surprisal.data.Split;
import org.surprisal.data.Splitting;
import org.surprisal.data.fetch.RemoteFiles;
import org.surprisal.data.sets.Cora;
import org.surprisal.data.sets.Digits;
import org.surprisal.data.sets.FashionMnist;
import org.surprisal.data.sets.Mnist;
import org.surprisal.data.sets.Moons;
import org.surprisal.data.sets.Names;
import org.surprisal.data.sets.NoisyCurve;
import org.surprisal.data.sets.Spheres;
import org.surprisal.data.sets.Spirals;
import org.surprisal.data.sets.Tishby;
import org.surprisal.data.sets.Xor;
import org.surprisal.tensor.RandomStream;

/// The data sets there are, by name.
///
/// [Entry#open] gives each as training, validation and test part:
///
/// | name | parts | from the seed |
/// |---|---|---|
/// | `mnist`, `fashion-mnist` | 50,000, 10,000, the published 10,000 | the split of 60,000 images, stratified |
/// | `digits` | 10,000, 2,000, 2,000 | the images |
/// | `ising` | 800, 400, 400: 20, 10 and 10 states of each of 40 temperatures | the states |
/// | `names` | 648, 216, 216 of 1,080 names, one-hot | the names, and the split, each language in proportion |
/// | `cora` | 140, 500, 1000 as published | nothing |
/// | `tishby`, `spheres` | 2458, 819, 819 of 4096 patterns | the split, each class in proportion |
/// | `xor`, `moons`, `spirals` | 600, 200, 200 points | the points |
/// | `polynomial` | 30, 30, 1000 points | the points |
public final class Datasets {
    private static final List<Entry> ALL = List.of(
            new Entry("mnist", "handwritten digits: 60,000 training and 10,000 test images, 28x28, ten classes",
                    Optional.of(Mnist.FILES), Published.TEST,
                    (folder, seed) -> withValidation(Mnist.load(folder), seed)),
            new Entry("digits", "drawn digits of MNIST's format, any number of them, from a seed", Optional.empty(),
                    Published.NONE, (_, seed) -> digits(seed)),
            new Entry("fashion-mnist",
                    "clothes in MNIST's format: 60,000 training and 10,000 test images, 28x28, ten classes",
                    Optional.of(FashionMnist.FILES), Published.TEST,
                    (folder, seed) -> withValidation(FashionMnist.load(folder), seed)),
            new Entry("ising",
                    "states of 28x28 Ising spins, 0 or 1, at 40 temperatures, which are the classes; from a seed",
                    Optional.empty(), Published.NONE, (_, seed) -> ising(seed)),
            new Entry("names",
                    "surnames of 18 languages, 12 time steps of 57 symbols; a sample of 60 distinct names each",
                    Optional.of(Names.FILES), Published.NONE, (folder, seed) -> inShares(
                            Names.load(folder).sample(60, stream("names", seed).child("sample")).oneHot(), seed)),
            new Entry("cora", "2708 papers with 1433 words and 5278 citations between them, seven classes",
                    Optional.of(Cora.FILES), Published.ALL, (folder, _) -> Cora.planetoid(Cora.load(folder))),
            new Entry("tishby", "the 12-bit task of the information bottleneck: all 4096 patterns, two classes",
                    Optional.of(Tishby.FILES), Published.NONE, (folder, seed) -> inShares(Tishby.load(folder), seed)),
            new Entry("spheres",
                    "all 4096 patterns on the corners of an icosahedron, two classes that no rotation changes",
                    Optional.empty(), Published.NONE, (_, seed) -> inShares(Spheres.load(), seed)),
            new Entry("xor", "points about the corners of a square, opposite corners in one class, from a seed",
                    Optional.empty(), Published.NONE,
                    (_, seed) -> inTurn(Xor.clouds(1000, 0.15, stream("xor", seed)), 600, 200)),
            new Entry("moons", "points on two half circles that reach into each other, with noise, from a seed",
                    Optional.empty(), Published.NONE,
                    (_, seed) -> inTurn(Moons.draw(1000, 0.1, stream("moons", seed)), 600, 200)),
            new Entry("spirals", "points on two spirals wound around each other, with noise, from a seed",
                    Optional.empty(), Published.NONE,
                    (_, seed) -> inTurn(Spirals.draw(1000, 2, 1.5, 0.02, stream("spirals", seed)), 600, 200)),
            new Entry("polynomial", "values of a polynomial of degree 3 with noise of 0.1, from a seed",
                    Optional.empty(),
                    Published.NONE, (_, seed) -> inTurn(NoisyCurve.draw("polynomial", NoisyCurve::polynomial, 1060, 0.1,
                            stream("polynomial", seed)), 30, 30)));

    private Datasets() {
    }

    /// Which parts of a data set everybody uses alike, so that scores can be compared.
    public enum Published {
        /// None: all parts are drawn.
        NONE,
        /// The test part.
        TEST,
        /// Training, validation and test part.
        ALL
    }

    /// Reads or makes a data set.
    interface Source {
        Parts open(Path dataFolder, long seed);
    }

    /// A data set.
    public static final class Entry {
        private final String name;
        private final String description;
        private final Optional<RemoteFiles> files;
        private final Published published;
        private final Source source;

        Entry(String name, String description, Optional<RemoteFiles> files, Published published, Source source) {
            this.name = name;
            this.description = description;
            this.files = files;
            this.published = published;
            this.source = source;
        }

        /// The name as users write it.
        public String name() {
            return name;
        }

        /// One line.
        public String description() {
            return description;
        }

        /// What must be downloaded; empty for an embedded data set, which needs no file.
        public Optional<RemoteFiles> files() {
            return files;
        }

        /// Which parts are the same for everybody, whatever the seed.
        public Published published() {
            return published;
        }

        /// Whether it is made here and needs no file.
        public boolean embedded() {
            return files.isEmpty();
        }

        /// The data set in three parts, as the table of [Datasets] says; the same folder and seed give the same bits.
        /// Element types are the data set's own ([Dataset#to] converts): float64 for `xor`, `moons`, `spirals` and
        /// `polynomial`, float32 for the others.
        ///
        /// @param dataFolder where files are, see `DataFolder`
        /// @param seed of all that is drawn
        /// @throws DataException when files are missing or damaged
        public Parts open(Path dataFolder, long seed) {
            return source.open(dataFolder, seed);
        }
    }

    /// Every data set.
    public static List<Entry> all() {
        return ALL;
    }

    /// The data set of this name.
    ///
    /// @throws DataException when there is none
    public static Entry named(String name) {
        return ALL.stream().filter(entry -> entry.name().equals(name)).findFirst()
                .orElseThrow(() -> new DataException("no data set '" + name + "'; there are "
                        + ALL.stream().map(Entry::name).collect(Collectors.joining(", "))));
    }

    /// The files to download for the data set of this name.
    ///
    /// @throws DataException when there is no such data set, or it is embedded
    public static RemoteFiles filesOf(String name) {
        return named(name).files().orElseThrow(
                () -> new DataException("data set '" + name + "' is embedded: there is nothing to download"));
    }

    private static RandomStream stream(String name, long seed) {
        return RandomStream.seeded(seed).child(name);
    }

    private static Parts withValidation(Split published, long seed) {
        Dataset train = published.train();
        Split divided = Splitting.stratified(train, stream(train.name(), seed).child("split")).intoCounts(50_000,
                10_000);
        return new Parts(divided.train(), divided.test(), published.test());
    }

    private static Parts digits(long seed) {
        Split drawn = Digits.generate(10_000, 4_000, seed);
        return new Parts(drawn.train(), range(drawn.test(), 0, 2_000), range(drawn.test(), 2_000, 4_000));
    }

    private static Parts ising(long seed) {
        Split drawn = IsingStates.generate(20, 20, seed);
        int half = 10 * IsingStates.CLASSES;
        return new Parts(drawn.train(), range(drawn.test(), 0, half), range(drawn.test(), half, 2 * half));
    }

    private static Parts inShares(Dataset whole, long seed) {
        return Splitting.stratified(whole, stream(whole.name(), seed).child("split")).intoShares(0.6, 0.2);
    }

    /// Parts of samples that were drawn one by one: the first to train, the next to validate, the rest to test.
    private static Parts inTurn(Dataset drawn, int train, int validation) {
        return new Parts(range(drawn, 0, train), range(drawn, train, train + validation),
                range(drawn, train + validation, drawn.size()));
    }

    private static Dataset range(Dataset drawn, int from, int to) {
        return drawn.rows(IntStream.range(from, to).toArray());
    }
}

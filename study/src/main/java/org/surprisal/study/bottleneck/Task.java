package org.surprisal.study.bottleneck;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.surprisal.data.Batch;
import org.surprisal.data.Dataset;
import org.surprisal.data.InMemory;
import org.surprisal.data.Parts;
import org.surprisal.data.Split;
import org.surprisal.data.Splitting;
import org.surprisal.data.sets.Spheres;
import org.surprisal.data.sets.Tishby;
import org.surprisal.study.dataset.Datasets;
import org.surprisal.study.engine.Input;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;

/// What is learnt, and what the layers are measured on.
///
/// @param train what the networks are trained on
/// @param test what they are not trained on; absent where they are trained on everything
/// @param whole the samples that the layers may be measured on
record Task(Dataset train, Optional<Dataset> test, Dataset whole) {
    /// Data sets that are a whole population, so that a training part is drawn from it.
    private static final String TISHBY = "tishby";
    private static final String SPHERES = "spheres";

    /// What a task is made of.
    ///
    /// @param name     of the data set
    /// @param samples  of its training part, at most; `spheres` and `tishby` are taken whole
    /// @param fraction of the samples to train on, in (0, 1], each class in proportion
    /// @param seed     of what is drawn; 0 where nothing is
    record Source(String name, int samples, double fraction, long seed) implements Input<Task> {
        Source {
            seed = fraction == 1 && (name.equals(TISHBY) || name.equals(SPHERES)) ? 0 : seed;
        }

        @Override
        public Task load(Path folder) {
            Dataset whole;
            Optional<Dataset> test = Optional.empty();
            switch (name) {
                case TISHBY -> whole = Tishby.load(folder);
                case SPHERES -> whole = Spheres.load();
                default -> {
                    Parts parts = Datasets.named(name).open(folder, seed);
                    whole = parts.train().first(Math.min(samples, parts.train().size()));
                    test = Optional.of(parts.test());
                }
            }
            Dataset train = whole;
            if (fraction < 1) {
                Split split = Splitting.stratified(whole, RandomStream.seeded(seed).child("fraction"))
                        .intoShares(fraction);
                train = split.train();
                test = test.or(() -> Optional.of(split.test()));
            }
            return new Task(flat(train), test.map(Task::flat), flat(whole));
        }

        @Override
        public Optional<String> dataset() {
            return Optional.of(name);
        }
    }

    static List<String> names() {
        return List.of(SPHERES, TISHBY, "digits", "mnist", "fashion-mnist", "names", "xor", "moons", "spirals");
    }

    /// The samples as rows of float32 that lie in memory: these networks are so small that gathering a batch from views
    /// of views would take longer than the step.
    private static Dataset flat(Dataset data) {
        Dataset rows = data.shaped(data.inputShape().size()).to(ElementType.FLOAT32);
        Batch all = rows.all();
        return InMemory.classification(data.name(), all.inputs(), all.targets(), data.classes());
    }

    /// Samples to measure on: all, or so many drawn at random, in the order of the data set.
    Batch points(int most, long seed) {
        int[] rows = Arrays.copyOf(RandomStream.seeded(seed).child("points").permutation(whole.size()),
                Math.min(most, whole.size()));
        Arrays.sort(rows);
        return whole.batch(rows);
    }

    int features() {
        return train.inputShape().size();
    }
}

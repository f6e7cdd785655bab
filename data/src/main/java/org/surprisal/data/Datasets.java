package org.surprisal.data;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The data sets there are, by name.
public final class Datasets {
    private static final List<Entry> ALL = List.of(
            new Entry("mnist", "handwritten digits: 60,000 training and 10,000 test images, 28x28, ten classes",
                    Optional.of(Mnist.FILES)),
            new Entry("digits", "drawn digits of MNIST's format, any number of them, from a seed", Optional.empty()));

    private Datasets() {
    }

    /// A data set.
    ///
    /// @param name as users write it
    /// @param description one line
    /// @param files what must be downloaded; empty for an embedded data set, which needs no file
    public record Entry(String name, String description, Optional<RemoteFiles> files) {
        /// Whether it is made here and needs no file.
        public boolean embedded() {
            return files.isEmpty();
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
}

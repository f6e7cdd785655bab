package org.surprisal.cli;

import java.util.ArrayList;
import java.util.List;
import org.surprisal.settings.NearestName;
import org.surprisal.study.dataset.Datasets;

/// The names of the data sets, for the shell to complete and for a mistyped one.
final class DatasetNames extends ArrayList<String> {
    private static final long serialVersionUID = 1;

    DatasetNames() {
        super(all());
    }

    /// The data set of this name.
    ///
    /// @throws UsageException with the nearest name, if there is none
    static Datasets.Entry find(String name) {
        if (!all().contains(name)) {
            throw new UsageException("unknown data set '" + name + "'" + NearestName.advice(name, all(), "data sets"));
        }
        return Datasets.named(name);
    }

    private static List<String> all() {
        return Datasets.all().stream().map(Datasets.Entry::name).toList();
    }
}

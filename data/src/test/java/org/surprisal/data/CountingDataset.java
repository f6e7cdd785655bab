package org.surprisal.data;

import java.util.ArrayList;
import java.util.List;
import org.surprisal.tensor.Shape;

/// A data set that remembers which rows were asked for.
public final class CountingDataset implements Dataset {
    private final Dataset original;
    private final List<List<Integer>> asked = new ArrayList<>();

    public CountingDataset(Dataset original) {
        this.original = original;
    }

    /// The rows of each batch since the last call that held any.
    public List<List<Integer>> asked() {
        List<List<Integer>> since = List.copyOf(asked);
        asked.clear();
        return since;
    }

    @Override
    public String name() {
        return original.name();
    }

    @Override
    public int size() {
        return original.size();
    }

    @Override
    public Shape inputShape() {
        return original.inputShape();
    }

    @Override
    public int classes() {
        return original.classes();
    }

    @Override
    public List<String> classNames() {
        return original.classNames();
    }

    @Override
    public Batch batch(int... rows) {
        if (rows.length > 0) {
            List<Integer> these = new ArrayList<>();
            for (int row : rows) {
                these.add(row);
            }
            asked.add(these);
        }
        return original.batch(rows);
    }
}

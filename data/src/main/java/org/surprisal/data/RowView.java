package org.surprisal.data;

import java.util.List;
import java.util.Objects;
import org.surprisal.tensor.Shape;

/// Some rows of another data set, which keeps the numbers.
final class RowView implements Dataset {
    private final Dataset whole;
    private final int[] chosen;

    RowView(Dataset whole, int[] rows) {
        this.whole = whole;
        this.chosen = rows.clone();
        for (int row : chosen) {
            Objects.checkIndex(row, whole.size());
        }
    }

    @Override
    public String name() {
        return whole.name();
    }

    @Override
    public int size() {
        return chosen.length;
    }

    @Override
    public Shape inputShape() {
        return whole.inputShape();
    }

    @Override
    public int classes() {
        return whole.classes();
    }

    @Override
    public List<String> classNames() {
        return whole.classNames();
    }

    @Override
    public Batch batch(int... rows) {
        return whole.batch(inWhole(rows));
    }

    @Override
    public Dataset rows(int... rows) {
        return new RowView(whole, inWhole(rows));
    }

    private int[] inWhole(int[] rows) {
        int[] mapped = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            mapped[i] = chosen[Objects.checkIndex(rows[i], chosen.length)];
        }
        return mapped;
    }
}

package org.surprisal.data;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.surprisal.tensor.Shape;
import org.surprisal.tensor.Tensor;

/// The samples of several data sets one after the other, which keep the numbers. The data sets agree in the shape of a
/// sample and in their classes, as those of a [Split] or of [Parts] do.
final class JoinedDataset implements Dataset {
    private final List<Dataset> parts;
    /// The row at which each part begins, and after them the number of all samples.
    private final int[] begins;

    JoinedDataset(List<Dataset> parts) {
        this.parts = List.copyOf(parts);
        this.begins = new int[parts.size() + 1];
        for (int i = 0; i < parts.size(); i++) {
            begins[i + 1] = Math.addExact(begins[i], parts.get(i).size());
        }
    }

    @Override
    public String name() {
        return parts.getFirst().name();
    }

    @Override
    public int size() {
        return begins[parts.size()];
    }

    @Override
    public Shape inputShape() {
        return parts.getFirst().inputShape();
    }

    @Override
    public int classes() {
        return parts.getFirst().classes();
    }

    @Override
    public List<String> classNames() {
        return parts.getFirst().classNames();
    }

    @Override
    public Batch batch(int... rows) {
        for (int row : rows) {
            Objects.checkIndex(row, size());
        }
        // Part by part, and then back into the order asked for.
        int[] order = new int[rows.length];
        Tensor[] inputs = new Tensor[parts.size()];
        Tensor[] targets = new Tensor[parts.size()];
        int taken = 0;
        for (int part = 0; part < parts.size(); part++) {
            int begin = begins[part];
            int end = begins[part + 1];
            int[] own = Arrays.stream(rows).filter(row -> row >= begin && row < end).map(row -> row - begin).toArray();
            if (own.length == rows.length) {
                return parts.get(part).batch(own);
            }
            Batch batch = parts.get(part).batch(own);
            inputs[part] = batch.inputs();
            targets[part] = batch.targets();
            for (int i = 0; i < rows.length; i++) {
                if (rows[i] >= begin && rows[i] < end) {
                    order[i] = taken++;
                }
            }
        }
        return new Batch(Tensor.concatenate(0, List.of(inputs)).rows(order),
                Tensor.concatenate(0, List.of(targets)).rows(order));
    }
}

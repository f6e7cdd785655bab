package org.surprisal.data;

import java.util.List;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.Shape;
import org.surprisal.tensor.Tensor;

/// Another data set's samples as numbers of one element type.
final class ConvertedDataset implements Dataset {
    private final Dataset original;
    private final ElementType type;

    ConvertedDataset(Dataset original, ElementType type) {
        this.original = original;
        this.type = type;
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
        Batch batch = original.batch(rows);
        return new Batch(converted(batch.inputs()), converted(batch.targets()));
    }

    /// A number beyond float32 would become infinite.
    private Tensor converted(Tensor numbers) {
        Tensor converted = numbers.to(type);
        if (!converted.isFinite()) {
            throw new DataException("data set " + name() + " holds a number that is not finite as " + type
                    + ", which ends at 3.4e38");
        }
        return converted;
    }
}

package org.surprisal.data.transform;

import java.util.List;
import org.surprisal.data.Batch;
import org.surprisal.data.Dataset;
import org.surprisal.tensor.Shape;

/// Samples whose targets are their own inputs, as autoencoders learn them.
public final class Reconstruction {
    private Reconstruction() {
    }

    /// Targets of shape (n, features), in place of those there are: values, so that [Dataset#classes] is 0.
    public static Dataset of(Dataset data) {
        return new Dataset() {
            @Override
            public String name() {
                return data.name();
            }

            @Override
            public int size() {
                return data.size();
            }

            @Override
            public Shape inputShape() {
                return data.inputShape();
            }

            @Override
            public int classes() {
                return 0;
            }

            @Override
            public List<String> classNames() {
                return List.of();
            }

            @Override
            public Batch batch(int... rows) {
                Batch batch = data.batch(rows);
                return new Batch(batch.inputs(), batch.inputs().reshape(rows.length, data.inputShape().size()));
            }
        };
    }
}

package org.surprisal.data;

import org.surprisal.tensor.Shape;
import org.surprisal.tensor.Tensor;

/// A tensor's numbers laid open for gathering rows.
final class Rows {
    private final Tensor tensor;
    private final Object numbers;
    private final int width;

    Rows(Tensor tensor) {
        this.tensor = tensor;
        this.numbers = switch (tensor.type()) {
            case FLOAT32 -> tensor.toFloats();
            case FLOAT64 -> tensor.toDoubles();
        };
        this.width = tensor.length(0) == 0 ? 0 : tensor.size() / tensor.length(0);
    }

    Tensor gather(int[] rows) {
        int[] lengths = tensor.shape().lengths();
        lengths[0] = rows.length;
        int size = Shape.of(lengths).size();
        return switch (tensor.type()) {
            case FLOAT32 -> Tensor.of(copyInto(new float[size], rows), lengths);
            case FLOAT64 -> Tensor.of(copyInto(new double[size], rows), lengths);
        };
    }

    private <A> A copyInto(A gathered, int[] rows) {
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(numbers, rows[i] * width, gathered, i * width, width);
        }
        return gathered;
    }
}

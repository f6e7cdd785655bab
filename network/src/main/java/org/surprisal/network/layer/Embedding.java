package org.surprisal.network.layer;

import java.util.List;
import java.util.stream.IntStream;
import org.surprisal.network.Layer;
import org.surprisal.network.Parameter;
import org.surprisal.network.Pass;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

/// Symbols become vectors: (n, …) of whole numbers from 0 to symbols - 1 becomes (n, …, dimension). -1 stands for no
/// symbol, the padding behind a shorter sequence, and becomes zeros.
///
/// @param weight one vector a row, shape (symbols, dimension)
public record Embedding(Parameter weight) implements Layer {
    /// @throws IllegalArgumentException when the weight is not a matrix
    public Embedding {
        if (weight.value().rank() != 2) {
            throw new IllegalArgumentException(
                    "weight " + weight.value().shape() + " of an embedding must be (symbols, dimension)");
        }
    }

    /// Vectors from N(0, 1).
    public static Embedding start(ElementType type, int symbols, int dimension, RandomStream stream) {
        return new Embedding(Parameter.of("weight", stream.gaussian(type, 0, 1, symbols, dimension)));
    }

    /// @throws IllegalArgumentException for a number that is no symbol
    @Override
    public Tensor forward(Tensor input, Pass pass) {
        int symbols = weight.value().length(0);
        int dimension = weight.value().length(1);
        double[] numbers = input.toDoubles();
        int[] rows = new int[numbers.length];
        double[] present = new double[numbers.length];
        for (int i = 0; i < rows.length; i++) {
            if (!(numbers[i] >= -1 && numbers[i] < symbols) || numbers[i] != Math.rint(numbers[i])) {
                throw new IllegalArgumentException("element " + i + " of the input, " + numbers[i]
                        + ", is not a symbol: an embedding of " + symbols + " symbols takes whole numbers from 0 to "
                        + (symbols - 1) + ", or -1 for no symbol");
            }
            rows[i] = (int) Math.max(0, numbers[i]);
            present[i] = numbers[i] < 0 ? 0 : 1;
        }
        Tensor vectors = weight.value().rows(rows);
        if (IntStream.range(0, rows.length).anyMatch(i -> present[i] == 0)) {
            vectors = vectors.times(Tensor.of(present, rows.length, 1).to(vectors.type()));
        }
        return vectors.reshape(IntStream.concat(IntStream.of(input.shape().lengths()), IntStream.of(dimension))
                .toArray());
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(weight);
    }
}

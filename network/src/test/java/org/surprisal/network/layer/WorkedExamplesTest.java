package org.surprisal.network.layer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.surprisal.network.Parameter;
import org.surprisal.network.Pass;
import org.surprisal.tensor.Shape;
import org.surprisal.tensor.Tensor;
import org.surprisal.tensor.Window;

/// Landsverk's examples of convolutions (Eqs 1.6 to 1.8) and of bags of words (1.16 and 1.17); [GraphTest] has those of
/// graphs.
class WorkedExamplesTest {
    private static Tensor edges(double[] image, int side) {
        Tensor weight = Tensor.of(new double[]{1, 0, -1, 1, 0, -1, 1, 0, -1}, 1, 1, 3, 3);
        return Tensor.of(image, 1, 1, side, side).convolve(weight, Window.of(3));
    }

    @Test
    void anEdgeFilter() {
        double[] bright = {1, 1, 1, 1, 1, 1, 1, 1, 1};
        assertThat(edges(bright, 3).item()).isZero();
        assertThat(edges(new double[]{1, 1, 0, 1, 1, 0, 1, 1, 0}, 3).item()).isEqualTo(3);
        double[] halves = new double[36];
        Arrays.setAll(halves, i -> i % 6 < 3 ? 1 : 0);
        Tensor map = edges(halves, 6);
        assertThat(map.shape()).isEqualTo(Shape.of(1, 1, 4, 4));
        assertThat(map.toDoubles()).containsExactly(0, 3, 3, 0, 0, 3, 3, 0, 0, 3, 3, 0, 0, 3, 3, 0);
    }

    /// A bag of words is the sum of the words' one-hot codes, an embedding by the unit matrix.
    @ParameterizedTest
    @CsvSource({"Robert likes to watch movies. Marie likes movies too., 2 2 1 1 0",
            "Mary also likes to watch football games, 1 0 1 1 1"})
    void bagsOfWords(String text, String counts) {
        List<String> stems = List.of("like", "movie", "to", "watch", "game");
        double[] words = Arrays.stream(text.toLowerCase(Locale.ROOT).split("[ .]+", 0))
                .mapToDouble(word -> stems.indexOf(word.replaceAll("s$", ""))).toArray();
        double[] unit = new double[25];
        Arrays.setAll(unit, i -> i % 6 == 0 ? 1 : 0);
        Embedding oneHot = new Embedding(Parameter.of("weight", Tensor.of(unit, 5, 5)));
        Tensor bag = oneHot.forward(Tensor.of(words, 1, words.length), Pass.evaluation()).sum(1);
        assertThat(bag.toDoubles()).containsExactly(
                Arrays.stream(counts.split(" ", 0)).mapToDouble(Double::parseDouble).toArray());
    }
}

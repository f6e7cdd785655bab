package org.surprisal.study.knowntruths;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReachTest {
    private static List<Readings.At> curve(double... truthsAndMeans) {
        List<Readings.At> curve = new ArrayList<>();
        for (int i = 0; i < truthsAndMeans.length; i += 2) {
            curve.add(new Readings.At(truthsAndMeans[i], new Spread(truthsAndMeans[i + 1], 0)));
        }
        return curve;
    }

    @Test
    void neighboursAreJoined() {
        assertThat(Reach.ofEstimates(curve(0, 0.04, 1, 1.09, 2, 1.81, 4, 3))).isEqualTo("0 to 2");
        assertThat(Reach.ofEstimates(curve(0, 0.06, 1, 1.11, 2, 2, 4, 4.3))).isEqualTo("2 to 4");
        assertThat(Reach.ofEstimates(curve(0, -0.04, 1, 2, 2, 2.1, 4, 5))).isEqualTo("0, 2");
    }

    @Test
    void allAndNoneAreSaid() {
        assertThat(Reach.ofEstimates(curve(0, 0, 8, 8.7))).isEqualTo("all");
        assertThat(Reach.ofEstimates(curve(0, 0.2, 8, 4))).isEqualTo("none");
    }

    @Test
    void bracketsHoldWhatLiesBetween() {
        assertThat(Reach.ofBrackets(curve(0, 0, 1, 0.5, 6, 4, 8, 5), curve(0, 0, 1, 1.5, 6, 6.2, 8, 6.9)))
                .isEqualTo("0 to 6");
    }
}

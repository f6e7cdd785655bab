package org.surprisal.study.trainability;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TrainableDepthTest {
    private static final List<Integer> DEPTHS = List.of(5, 10, 30);

    private static TrainableDepth of(double... accuracies) {
        return TrainableDepth.of(DEPTHS, accuracies, 0.5);
    }

    @Test
    void liesWhereTheLineBetweenTwoAccuraciesIsAtTheThreshold() {
        assertThat(of(0.9, 0.8, 0.2)).isEqualTo(new TrainableDepth.Within(10, 30, 20));
        assertThat(of(0.75, 0, 0.9)).as("the first fall, whatever comes after")
                .isEqualTo(new TrainableDepth.Within(5, 10, 5 + 5 * (0.25 / 0.75)));
        assertThat(of(0.5, 0.4, 0.3)).as("at the threshold itself").isEqualTo(new TrainableDepth.Within(5, 10, 5));
        assertThat(of(0.9, 0.8, 0.2).text()).isEqualTo("20 (10 to 30)");
    }

    @Test
    void aFallOutsideTheGridIsNoNumber() {
        assertThat(of(0.9, 0.8, 0.5)).isEqualTo(new TrainableDepth.Beyond(30));
        assertThat(of(0.4, 0.8, 0.9)).isEqualTo(new TrainableDepth.Before(5));
        assertThat(of(0.9, 0.8, 0.5).text()).isEqualTo("> 30");
    }
}

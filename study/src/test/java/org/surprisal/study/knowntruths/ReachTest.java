package org.surprisal.study.knowntruths;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.surprisal.report.TableCell;
import org.surprisal.study.engine.Estimate;

class ReachTest {
    private static String estimates(double... truthsAndMeans) {
        List<Reach> tried = new ArrayList<>();
        for (int i = 0; i < truthsAndMeans.length; i += 2) {
            tried.add(Reach.ofEstimate(truthsAndMeans[i], Estimate.of(truthsAndMeans[i + 1] - truthsAndMeans[i])));
        }
        return Reach.text(tried);
    }

    @Test
    void neighboursAreJoined() {
        assertThat(estimates(0, 0.04, 1, 1.09, 2, 1.81, 4, 3)).isEqualTo("0 to 2");
        assertThat(estimates(0, 0.06, 1, 1.11, 2, 2, 4, 4.3)).isEqualTo("2 to 4");
        assertThat(estimates(0, -0.04, 1, 2, 2, 2.1, 4, 5)).isEqualTo("0, 2");
    }

    @Test
    void allNoneAndNotTriedAreSaid() {
        assertThat(estimates(0, 0, 8, 8.7)).isEqualTo("all");
        assertThat(estimates(0, 0.2, 8, 4)).isEqualTo("none");
        assertThat(Reach.cell(List.of())).isEqualTo(TableCell.missing());
    }

    @Test
    void boundsAreRightWhereTheTruthLiesBetweenThem() {
        List<Reach> tried = new ArrayList<>();
        double[][] bounds = {{0, 0, 0}, {1, 0.5, 1.5}, {6, 4, 6.2}, {8, 5, 6.9}, {9, 9.1, 9.2}};
        for (double[] each : bounds) {
            tried.add(Reach.ofBounds(each[0], Estimate.of(each[1] - each[0]), Estimate.of(each[2] - each[0])));
        }
        assertThat(Reach.text(tried)).isEqualTo("0 to 6");
    }
}

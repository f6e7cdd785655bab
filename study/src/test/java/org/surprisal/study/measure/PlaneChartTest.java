package org.surprisal.study.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.surprisal.study.engine.Coordinate;
import org.surprisal.study.engine.Index;
import org.surprisal.study.engine.Sample;

/// A caption names what is drawn and nothing else.
class PlaneChartTest {
    private static final PlaneChart CHART = new PlaneChart(2, 1, 2.5, "nat", Object::toString);

    private static Sample input(int seeds, String... kinds) {
        List<Sample.Point> points = new ArrayList<>();
        for (String kind : kinds) {
            for (long seed = 1; seed <= seeds; seed++) {
                SequencedMap<Coordinate, Object> at = new LinkedHashMap<>();
                at.put(Index.SEED, seed);
                at.put(Index.KIND, kind);
                points.add(new Sample.Point(at, 1));
            }
        }
        return new Sample(new PlaneQuantities("").input(), points);
    }

    @Test
    void boundsAndShuffledLabelsAreNamedByTheirStrokes() {
        assertThat(CHART.reading(input(2, "bhattacharyya", "kullback-leibler"), true))
                .isEqualTo("Each layer goes from the ring, the network before training, to the large dot, in means over"
                        + " seeds: solid by the lower bound of I(X;T) (Bhattacharyya), dashed by the upper bound of"
                        + " I(X;T) (Kullback-Leibler) and dotted and grey with shuffled labels. No estimate may exceed"
                        + " H(X) and H(Y), in grey. Tooltips have the standard errors of I(X;T) and I(T;Y) over"
                        + " seeds in"
                        + " brackets.");
    }

    @Test
    void binsAloneHaveNoStrokeToBeToldFrom() {
        assertThat(CHART.reading(input(1, "binned"), false))
                .isEqualTo("Each layer goes from the ring, the network before training, to the large dot: by counting"
                        + " bins. No estimate may exceed H(X) and H(Y), in grey.");
    }

    @Test
    void bottleneckLimitIsNamedWhereAllInputsDiffer() {
        assertThat(new PlaneChart(2, 1, 2, "nat", Object::toString).reading(input(1, "binned"), false))
                .endsWith(" in grey; the bottleneck limit is the most that any T can tell of Y by what it keeps of X.");
    }
}

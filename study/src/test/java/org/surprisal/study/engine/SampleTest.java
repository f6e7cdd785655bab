package org.surprisal.study.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

class SampleTest {
    private static final Quantity WIDTH = Quantity.of("width", "m", "width", Index.LAYER);

    /// Numbers of seeds and layers: 10 · seed + layer.
    private static Sample byLayer(long... seeds) {
        List<Sample.Point> points = new ArrayList<>();
        for (long seed : seeds) {
            for (long layer = 1; layer <= 2; layer++) {
                SequencedMap<Coordinate, Object> at = new LinkedHashMap<>();
                at.put(Index.SEED, seed);
                at.put(Index.LAYER, layer);
                points.add(new Sample.Point(at, 10 * seed + layer));
            }
        }
        return new Sample(WIDTH, points);
    }

    private static List<Double> values(Sample sample) {
        return sample.points().stream().map(Sample.Point::value).toList();
    }

    @Test
    void numberOfATrialIsThePartnerOfEachOfItsLayers() {
        Sample first = byLayer(1, 2).at(Index.LAYER, 1);

        assertThat(values(byLayer(1, 2, 3).minus(first))).containsExactly(0.0, 1.0, 0.0, 1.0);
        assertThat(values(first.minus(byLayer(1, 2)))).isEmpty();
    }

    @Test
    void sentenceNamesTheFirstAndTheLastMean() {
        assertThat(byLayer(1, 2).across(Index.LAYER))
                .isEqualTo("16.0 ± 5.0 m for layer 1 and 17.0 ± 5.0 m for layer 2");
        Sample third = byLayer(1, 2).change(Index.LAYER, Index.LAYER, layer -> (long) layer + 1);
        assertThat(byLayer(1, 2).and(third.where(Index.LAYER, layer -> layer == 3)).across(Index.LAYER))
                .isEqualTo("16.0 ± 5.0 m for layer 1 and 17.0 ± 5.0 m for layer 3");
        assertThat(byLayer(4).where(Index.LAYER, layer -> layer == 2).across(Index.LAYER))
                .isEqualTo("42.0000 m for layer 2");
        assertThat(byLayer().across(Index.LAYER)).isEmpty();
    }

    @Test
    void exceptLeavesOutTrials() {
        assertThat(values(byLayer(1, 2).except(byLayer(2).at(Index.LAYER, 2)))).containsExactly(11.0, 12.0);
        assertThat(values(byLayer(1).except(byLayer()))).containsExactly(11.0, 12.0);
    }

    @Test
    void changedLayerPairsWithItsNeighbour() {
        Sample next = byLayer(1, 2).change(Index.LAYER, Index.LAYER, layer -> (long) layer + 1);

        assertThat(values(byLayer(1, 2).minus(next))).containsExactly(1.0, 1.0);
    }

    @Test
    void curveIsReducedInTheOrderOfItsPositions() {
        assertThat(values(byLayer(1, 2).reduce(Index.LAYER, (x, y) -> x[1] * y[0], WIDTH))).containsExactly(22.0, 42.0);
    }

    @Test
    void partsAreNamedByCoordinatesWithSeveralValues() {
        assertThat(byLayer(1, 2).parts(List.of(Index.SEED, Index.LAYER))).containsOnlyKeys("seed 1, layer 1",
                "seed 1, layer 2", "seed 2, layer 1", "seed 2, layer 2");
        assertThat(byLayer(1).parts(List.of(Index.SEED))).containsOnlyKeys("");
        assertThat(byLayer().parts(List.of(Index.SEED))).isEmpty();
    }
}

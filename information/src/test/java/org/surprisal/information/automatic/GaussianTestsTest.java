package org.surprisal.information.automatic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.surprisal.information.mutual.GaussianCopula;
import org.surprisal.information.task.Task;
import org.surprisal.information.task.Tasks;
import org.surprisal.tensor.RandomStream;

class GaussianTestsTest {

    private static GaussianTests tests(String id, int n, long seed) {
        Task.Pairs pairs = Tasks.find(id).orElseThrow().draw(n, RandomStream.seeded(seed));
        return GaussianTests.of(CanonicalScores.of(GaussianCopula.scores(pairs.x(), new ArrayList<>()).columns(),
                GaussianCopula.scores(pairs.y(), new ArrayList<>()).columns()));
    }

    /// At a level of 0.001, 3 of 200 Gaussian samples are rejected with a probability of 0.0011.
    @ParameterizedTest
    @ValueSource(strings = {"normal-1x1", "dense-5x5", "half-cube-2-pair-3x3"})
    void gaussianCopulasPass(String id) {
        int rejected = 0;
        for (long seed = 1; seed <= 200; seed++) {
            rejected += tests(id, 1000, seed).gaussian() ? 0 : 1;
        }
        assertThat(rejected).isLessThanOrEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"additive-0.75-1x1", "student-1-1x1", "swiss-roll-2x1", "student-3-3x3",
            "spiral-2-pair-3x3", "spiral-2-pair-25x25", "spiral-normal-cdf-2-pair-3x3",
            "spiral-normal-cdf-2-pair-25x25"})
    void othersAreFoundOut(String id) {
        for (long seed = 1; seed <= 5; seed++) {
            assertThat(tests(id, 2000, seed).gaussian()).as(id + " of seed " + seed).isFalse();
        }
    }

    @Test
    void aSummaryStatesTheLargestStatistic() {
        assertThat(new GaussianTests(0.5, 0.25, 0.75).summary()).isEqualTo("normal scores pass every test of a joint"
                + " Gaussian (the largest statistic is 0.75 of its critical value)");
        assertThat(new GaussianTests(0.5, 7.24, 0.75).summary()).isEqualTo("normal scores are not jointly Gaussian (the"
                + " largest statistic is 7.2 times its critical value)");
    }
}

package org.surprisal.bench.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class SummaryTest {
    /// numpy.percentile of [7, 1, 2, 10, 4, 3] at 25, 50, 75.
    @Test
    void quartilesAreInterpolated() {
        assertThat(Summary.of(List.of(7.0, 1.0, 2.0, 10.0, 4.0, 3.0))).isEqualTo(new Summary(3.5, 2.25, 6.25, 6));
    }

    @Test
    void oneNumberIsItsOwnSummary() {
        assertThat(Summary.of(List.of(5.0))).isEqualTo(new Summary(5, 5, 5, 1));
    }

    @Test
    void refusesNothingAndNonsense() {
        assertThatIllegalArgumentException().isThrownBy(() -> Summary.of(List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> Summary.of(List.of(1.0, Double.NaN)))
                .withMessageContaining("finite");
    }
}

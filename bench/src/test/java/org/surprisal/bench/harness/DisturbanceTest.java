package org.surprisal.bench.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class DisturbanceTest {
    /// Rounds in which ours takes so many seconds a step, and the peer ten times as long, times a factor.
    private static List<Timing> timings(double[] ours, double... factors) {
        List<Timing> timings = new ArrayList<>();
        for (int round = 0; round < ours.length; round++) {
            timings.add(new Timing(round, 0, Timing.OURS, 1, ours[round]));
            if (factors.length > 0) {
                timings.add(new Timing(round, 1, Timing.PEER, 1, 10 * ours[round] * factors[round]));
            }
        }
        return timings;
    }

    /// A slow hour is heard by both sides alike.
    @Test
    void roundsThatSlowBothSidesAreUndisturbed() {
        Disturbance disturbance = Disturbance.of(timings(new double[]{1, 2, 3}, 1, 1, 1), OptionalDouble.of(0.05));
        assertThat(disturbance.spread()).isCloseTo(0, within(1e-12));
        assertThat(disturbance.words()).isEmpty();
    }

    /// numpy.percentile of 10 [1, 1.1, 1.3, 1.6, 2] at 25, 50, 75: 11, 13, 16.
    @Test
    void ratiosThatSpreadAreDisturbed() {
        Disturbance disturbance = Disturbance.of(timings(new double[]{1, 1, 1, 1, 1}, 1, 1.1, 1.3, 1.6, 2),
                OptionalDouble.empty());
        assertThat(disturbance.spread()).isCloseTo(5.0 / 13, within(1e-12));
        assertThat(disturbance.words()).contains("the middle half of the rounds spreads by 38 %");
    }

    @Test
    void withoutAnotherSideOurTimesCount() {
        assertThat(Disturbance.of(timings(new double[]{1, 2, 3}), OptionalDouble.empty()).spread())
                .isCloseTo(0.5, within(1e-12));
    }

    @Test
    void otherProgramsDisturb() {
        assertThat(Disturbance.of(timings(new double[]{1, 1}, 1, 1), OptionalDouble.of(0.3)).words())
                .contains("other programs kept 0.30 processors busy");
    }

    /// man 5 proc: user, nice, system, idle, iowait, irq, softirq, steal, guest (counted in user), in hundredths.
    @Test
    void busyTimeIsReadFromTheFirstLineOfStat() {
        assertThat(OtherPrograms.busy("cpu  100 20 30 4000 500 6 7 80 9 0")).hasValue(2.43);
        assertThat(OtherPrograms.busy("cpu 1 2 3")).isEmpty();
        assertThat(OtherPrograms.busy("intr 100 20 30 4000 500 6 7 80 9 0")).isEmpty();
        assertThat(OtherPrograms.busy("")).isEmpty();
        assertThat(OtherPrograms.seconds().isPresent()).isEqualTo(Files.isReadable(Path.of("/proc/stat")));
    }
}

package org.surprisal.bench.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RoundsTest {
    private final AtomicLong now = new AtomicLong();

    private Side taking(long milliseconds) {
        return () -> now.addAndGet(milliseconds * 1_000_000);
    }

    private Contest contest() {
        return new Contest(taking(10), Optional.of(taking(40)), Optional.of(taking(5)), "", List.of());
    }

    @Test
    void blocksTakeTurnsAndTheOrderTurnsRound() {
        List<Timing> timings = new Rounds(3, 0.1, 1, now::get).run(contest().sides());
        assertThat(timings).extracting(Timing::side).containsExactly("surprisal", "pytorch", "limit", "limit",
                "pytorch", "surprisal", "surprisal", "pytorch", "limit");
        assertThat(timings).extracting(Timing::round).containsExactly(0, 0, 0, 1, 1, 1, 2, 2, 2);
        assertThat(timings).extracting(Timing::position).containsExactly(0, 1, 2, 0, 1, 2, 0, 1, 2);
    }

    @Test
    void everySideFillsItsBlock() {
        List<Timing> timings = new Rounds(1, 0.2, 1, now::get).run(contest().sides());
        assertThat(timings).extracting(Timing::steps).containsExactly(20L, 5L, 40L);
        assertThat(timings).allSatisfy(timing -> assertThat(timing.seconds()).isCloseTo(0.2, within(1e-9)));
        assertThat(timings.getFirst().perStep()).isCloseTo(0.01, within(1e-9));
    }

    @Test
    void aStepLongerThanABlockIsDoneOnce() {
        Contest slow = new Contest(taking(3_000), Optional.empty(), Optional.empty(), "", List.of());
        assertThat(new Rounds(1, 0.2, 1, now::get).run(slow.sides())).extracting(Timing::steps).containsExactly(1L);
    }

    @Test
    void refusesNoRounds() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Rounds(0, 1, 1)).withMessageContaining("rounds (=0)");
    }
}

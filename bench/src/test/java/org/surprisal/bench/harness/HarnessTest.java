package org.surprisal.bench.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class HarnessTest {
    private final Harness harness = new Harness(new Scene(Path.of("nowhere"), 1, true),
            new Rounds(3, 1e-4, 1e-4), 1, OptionalDouble::empty);
    private final List<String> closed = new ArrayList<>();

    @Test
    void sidesThatAgreeAreTimed() {
        Outcome outcome = harness.measure(new FakeWorkload("same", 1 + 1e-9, closed));
        assertThat(outcome.isSound()).isTrue();
        assertThat(outcome.agreement().orElseThrow().ours()).containsExactly(1.0, 2.0, 3.0, 4.0);
        assertThat(outcome.timings()).hasSize(6);
        assertThat(outcome.againstPeer().orElseThrow().ratios()).hasSize(3);
        assertThat(outcome.ofLimit()).isEmpty();
        assertThat(closed).hasSize(2);
    }

    /// A clock that a look at it moves on by a millisecond, so each block takes one, and no spread is left.
    private static Harness harness(int attempts, double... othersAtEachLook) {
        AtomicLong now = new AtomicLong();
        Iterator<Double> looks = Arrays.stream(othersAtEachLook).iterator();
        return new Harness(new Scene(Path.of("nowhere"), 1, true),
                new Rounds(3, 0.01, 0.01, () -> now.addAndGet(1_000_000)), attempts,
                () -> OptionalDouble.of(looks.next()));
    }

    @Test
    void disturbedRoundsAreRunAgain() {
        Outcome outcome = harness(3, 0, 1, 1, 2, 2, 2.001).measure(new FakeWorkload("same", 1, closed));
        assertThat(outcome.timed().orElseThrow().attempt()).isEqualTo(3);
        assertThat(outcome.disturbed()).isEmpty();
        assertThat(outcome.timings()).hasSize(6);
        assertThat(OutcomeTable.of(outcome)).contains("rounds run 3 times, because others were disturbed");
    }

    @Test
    void undisturbedRoundsAreRunOnce() {
        Outcome outcome = harness(3, 7, 7.001).measure(new FakeWorkload("same", 1, closed));
        assertThat(outcome.timed().orElseThrow().attempt()).isEqualTo(1);
        assertThat(outcome.timed().orElseThrow().disturbance().spread()).isZero();
    }

    @Test
    void whatStaysDisturbedSaysSo() {
        Outcome outcome = harness(2, 0, 5, 5, 5.05).measure(new FakeWorkload("same", 1, closed));
        assertThat(outcome.timed().orElseThrow().attempt()).isEqualTo(2);
        assertThat(outcome.disturbed().orElseThrow()).matches("other programs kept \\d\\.\\d\\d processors busy");
        assertThat(OutcomeTable.of(outcome)).contains("disturbed: other programs kept");
        assertThat(OutcomeJson.of(outcome).get("disturbed")).isEqualTo(outcome.disturbed().orElseThrow());
    }

    @Test
    void sidesThatDifferAreNotTimed() {
        Outcome outcome = harness.measure(new FakeWorkload("other", 1.001, closed));
        assertThat(outcome.isSound()).isFalse();
        assertThat(outcome.timings()).isEmpty();
        assertThat(outcome.failure().orElseThrow()).isEqualTo(
                "values differ: step 1 gives 1.00000000 here and 1.00100000 there; they may differ by 1.0e-06 of it");
        assertThat(OutcomeTable.of(outcome)).contains("DIFFER", "failed: values differ", "not measured");
        assertThat(closed).hasSize(2);
    }

    @Test
    void notANumberIsADifference() {
        assertThat(harness.measure(new FakeWorkload("nan", Double.NaN, closed)).isSound()).isFalse();
        Agreement both = new Agreement(List.of(Double.NaN), List.of(Double.NaN), 1);
        assertThat(both.holds()).isFalse();
        assertThat(both.mismatch()).contains("NaN");
    }

    @Test
    void targetsSayWhetherTheyWereReached() {
        Outcome outcome = harness.measure(new FakeWorkload("same", 1, closed));
        assertThat(OutcomeTable.of(outcome)).contains("target >= 1.0e+09x PyTorch: not reached", "a note",
                "data: no data", "nothings/s: reached");
        assertThat(new Target.OfLimit(0.8).holds(outcome)).isFalse();
        assertThat(OutcomeTable.verdict(new Target.OfLimit(0.8), outcome)).isEqualTo("not measured");
    }

    @Test
    void jsonHasEveryTiming() {
        JsonMapper mapper = JsonMapper.builder().build();
        Outcome outcome = harness.measure(new FakeWorkload("same", 1, closed));
        JsonNode json = mapper.readTree(mapper.writeValueAsString(OutcomeJson.of(outcome)));
        assertThat(json.get("workload").asString()).isEqualTo("same");
        assertThat(json.get("timings")).hasSize(6).allSatisfy(timing -> {
            assertThat(timing.get("seconds").asDouble()).isPositive();
            assertThat(timing.get("steps").asLong()).isPositive();
        });
        assertThat(json.get("timesAsFastAsPeer").get("ratios")).hasSize(3);
        assertThat(json.get("targets").get(0).get("reached").asBoolean()).isFalse();
        assertThat(json.get("agreement").get("surprisal")).hasSize(4);
        assertThat(json.get("failure").isNull()).isTrue();
    }

    @Test
    void jsonOfAFailureIsJson() {
        JsonMapper mapper = JsonMapper.builder().build();
        Outcome outcome = harness.measure(new FakeWorkload("nan", Double.NaN, closed));
        JsonNode json = mapper.readTree(mapper.writeValueAsString(OutcomeJson.of(outcome)));
        assertThat(json.get("failure").asString()).startsWith("values differ");
        assertThat(json.get("agreement").get("largestDifference").isNull()).isTrue();
        assertThat(json.get("agreement").get("pytorch").get(0).asString()).isEqualTo("NaN");
        assertThat(json.get("timings")).isEmpty();
        assertThat(json.get("secondsPerStep")).isEmpty();
    }
}

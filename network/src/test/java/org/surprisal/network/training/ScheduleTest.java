package org.surprisal.network.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/// Schedules against PyTorch 1.13 and closed forms. `schedules.txt` holds, after each name, the learning rates of
/// twenty steps of torch.optim.lr_scheduler from the rate 1: StepLR(6, 0.3), ExponentialLR(0.9), CosineAnnealingLR(19,
/// 0.05), LinearLR(0.1, 1, 8), SequentialLR of LinearLR(0.1, 1, 5) and CosineAnnealingLR(15, 0.02) at 5, SequentialLR
/// of LinearLR(0.25, 1, 4) and ExponentialLR(0.8) at 4, and ReduceLROnPlateau with the losses below: (factor 0.5,
/// patience 2, threshold 1e-3, min_lr 0.2) and (0.5, 1, 1e-3, cooldown 2).
class ScheduleTest {
    private static final double[] LOSSES = {5, 4, 3.9, 3.95, 3.92, 3.8999, 3.91, 3.5, 3.6, 3.55, 3.52, 3.7, 3.6, 3.5001,
            3.4, 3.41, 3.42, 3.43, 3.44, 3.45};

    private static Map<String, double[]> recorded() throws IOException {
        Map<String, double[]> recorded = new HashMap<>();
        try (InputStream in = ScheduleTest.class.getResourceAsStream("schedules.txt")) {
            new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8).lines().forEach(line -> {
                String[] words = line.split(" ");
                recorded.put(words[0], Arrays.stream(words).skip(1).mapToDouble(Double::parseDouble).toArray());
            });
        }
        return recorded;
    }

    @Test
    void factorsAreThoseOfPyTorch() throws IOException {
        Map<String, Schedule> schedules = Map.of("step", new Schedule.Step(6, 0.3), "exponential",
                new Schedule.Exponential(1, 0.9), "cosine", new Schedule.Cosine(19, 0.05), "warm-up",
                new Schedule.WarmUp(8, 0.1), "warm-up-cosine",
                new Schedule.WarmUp(5, 0.1).then(5, new Schedule.Cosine(15, 0.02)), "warm-up-exponential",
                new Schedule.WarmUp(4, 0.25).then(4, new Schedule.Exponential(1, 0.8)));
        Map<String, double[]> recorded = recorded();
        schedules.forEach((name, schedule) -> {
            double[] expected = Objects.requireNonNull(recorded.get(name), name);
            assertThat(expected).hasSize(20);
            for (int t = 0; t < expected.length; t++) {
                assertThat(schedule.factor(t)).as(name + " at " + t).isCloseTo(expected[t], Offset.offset(1e-14));
            }
        });
    }

    @Test
    void plateausAreThoseOfPyTorch() throws IOException {
        Map<String, double[]> recorded = recorded();
        Map<String, ReduceOnPlateau> plateaus = Map.of("plateau", new ReduceOnPlateau(0.5, 2, 1e-3, 0, 0.2),
                "plateau-cooldown", new ReduceOnPlateau(0.5, 1, 1e-3, 2, 0));
        plateaus.forEach((name, plateau) -> {
            double[] factors = new double[LOSSES.length];
            for (int t = 0; t < LOSSES.length; t++) {
                factors[t] = plateau.factor();
                plateau.observe(LOSSES[t]);
            }
            assertThat(factors).as(name).containsExactly(recorded.get(name), Offset.offset(1e-15));
        });
    }

    @Test
    void aPlateauOfNegativeLossesIsOneToo() {
        ReduceOnPlateau plateau = new ReduceOnPlateau(0.1, 1, 0.01, 0, 0);
        for (double loss : new double[]{-1, -1.02, -1.021, -1.05}) {
            plateau.observe(loss);
        }
        assertThat(plateau.factor()).isEqualTo(1);
        plateau.observe(-1.05);
        plateau.observe(-1.055);
        assertThat(plateau.factor()).isEqualTo(0.1);
    }

    @Test
    void theLectureNotesFormulas() {
        // Epochs 1 to 100: 0.1, 101 to 200: 0.01, 201 to 300: 0.001; epochs finished before are one less.
        Schedule step = new Schedule.Step(100, 0.1);
        long[] epochs = {1, 100, 101, 200, 201, 300};
        double[] rates = {0.1, 0.1, 0.01, 0.01, 0.001, 0.001};
        for (int i = 0; i < epochs.length; i++) {
            assertThat(0.1 * step.factor(epochs[i] - 1)).isCloseTo(rates[i], Offset.offset(1e-17));
        }
        // a0 10^(-t/T)
        Schedule exponential = new Schedule.Exponential(50, 0.1);
        assertThat(exponential.factor(0)).isEqualTo(1);
        assertThat(exponential.factor(50)).isEqualTo(0.1);
        assertThat(exponential.factor(25)).isCloseTo(1 / Math.sqrt(10), Offset.offset(1e-15));
        // a0 (1 + t/T)^(-c)
        assertThat(new Schedule.Power(50, 1).factor(50)).isEqualTo(0.5);
        assertThat(new Schedule.Power(50, 2).factor(100)).isCloseTo(1.0 / 9, Offset.offset(1e-16));
        assertThat(new Schedule.Power(50, 1).factor(0)).isEqualTo(1);
    }

    @Test
    void schedulesStayAtTheirEnds() {
        assertThat(new Schedule.Cosine(10, 0.25).factor(10)).isEqualTo(0.25);
        assertThat(new Schedule.Cosine(10, 0.25).factor(1_000)).isEqualTo(0.25);
        assertThat(new Schedule.WarmUp(10, 0.25).factor(10)).isEqualTo(1);
        assertThat(new Schedule.WarmUp(10, 0.25).factor(1_000)).isEqualTo(1);
    }

    @Test
    void settingsAreNamed() {
        Map<String, ThrowingCallable> wrong = Map.ofEntries(
                Map.entry("period (=0)", () -> new Schedule.Step(0, 0.1)),
                Map.entry("factor (=0.0)", () -> new Schedule.Step(1, 0)),
                Map.entry("factor (=1.5)", () -> new Schedule.Exponential(1, 1.5)),
                Map.entry("exponent (=-1.0)", () -> new Schedule.Power(1, -1)),
                Map.entry("floor (=NaN)", () -> new Schedule.Cosine(1, Double.NaN)),
                Map.entry("start (=0.0)", () -> new Schedule.WarmUp(1, 0)),
                Map.entry("end (=-1)", () -> new Schedule.WarmUp(1, 1).then(-1, new Schedule.Step(1, 1))),
                Map.entry("factor (=1.0)", () -> new ReduceOnPlateau(1, 1)),
                Map.entry("patience (=-1)", () -> new ReduceOnPlateau(0.1, -1)),
                Map.entry("threshold (=1.0)", () -> new ReduceOnPlateau(0.1, 1, 1, 0, 0)),
                Map.entry("cooldown (=-1)", () -> new ReduceOnPlateau(0.1, 1, 0, -1, 0)),
                Map.entry("floor (=2.0)", () -> new ReduceOnPlateau(0.1, 1, 0, 0, 2)),
                Map.entry("loss (=NaN)", () -> new ReduceOnPlateau(0.1, 1).observe(Double.NaN)));
        wrong.forEach((message, call) -> assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message));
    }
}

package org.surprisal.network.optimiser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.surprisal.network.Parameter;
import org.surprisal.network.optimiser.Penalty.L2;
import org.surprisal.network.training.Schedule;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.Gradients;
import org.surprisal.tensor.Tensor;

/// Twenty steps of each optimiser against those of PyTorch 1.13 in float64.
///
/// The script behind the numbers: grid(r, c, a, b, m, d) has the elements (((a i + b j) mod m) - (m - 1) / 2) / d; x is
/// grid(5, 3, 3, 5, 7, 2), y grid(5, 2, 2, 3, 5, 4), k 2 + grid(2, 3, 1, 2, 4, 1), W starts as grid(2, 3, 4, 3, 5, 3)
/// and b as (0.5, -0.25). The loss is the mean of (tanh(x W^T + b) - y)^2 plus sum k W^2 / 2 plus sum b^4 / 8. Each
/// line holds W and b after a step of torch.optim with the hyper-parameters below, 17 digits a number; learning rates
/// that change are those of torch.optim.lr_scheduler, one step of the schedule a step.
class TrajectoryTest {
    private static final int STEPS = 20;

    record Run(Optimiser optimiser, Schedule schedule) {}

    private static Arguments run(String name, Optimiser optimiser) {
        return Arguments.of(name, new Run(optimiser, time -> 1));
    }

    private static Adam adam() {
        return new Adam(0.05, 0.8, 0.99, 1e-3);
    }

    private static Stream<Arguments> optimisers() {
        return Stream.of(run("sgd", new Sgd(0.05, 0)), run("momentum", new Sgd(0.05, 0.8)),
                run("momentum", new HeavyBall(0.05, 0.8)),
                Arguments.of("momentum-step-schedule",
                        new Run(new Sgd(0.05, 0.8), new Schedule.Step(7, 0.3))),
                run("nesterov", new Nesterov(0.05, 0.8)),
                run("sgd-weight-decay", new Penalised(new Sgd(0.05, 0.8), new L2(0.1, Regularised.ALL))),
                run("adagrad", new AdaGrad(0.2, Epsilon.outsideRoot(1e-3))),
                run("rmsprop", new RmsProp(0.02, 0.9, Epsilon.outsideRoot(1e-3))), run("adam", adam()),
                run("adam-weight-decay", new Penalised(adam(), new L2(0.1, Regularised.ALL))),
                run("adamw", new AdamW(adam(), 0.1, Regularised.ALL)),
                run("adamw-weights-only", new AdamW(adam(), 0.1, Regularised.WEIGHTS)),
                Arguments.of("adam-warm-up-cosine",
                        new Run(adam(), new Schedule.WarmUp(5, 0.1).then(5, new Schedule.Cosine(15, 0.02)))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("optimisers")
    void float64(String name, Run run) throws IOException {
        compare(name, run, ElementType.FLOAT64, 1e-10);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("optimisers")
    void float32(String name, Run run) throws IOException {
        compare(name, run, ElementType.FLOAT32, 1e-5);
    }

    private static Tensor grid(ElementType type, int rows, int columns, int a, int b, int m, double d, double shift) {
        double[] values = new double[rows * columns];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                values[i * columns + j] = shift + ((a * i + b * j) % m - (m - 1) / 2.0) / d;
            }
        }
        return Tensor.of(values, rows, columns).to(type);
    }

    /// Differences of each step are held against the largest element of its tensor.
    private static void compare(String name, Run run, ElementType type, double tolerance) throws IOException {
        Tensor x = grid(type, 5, 3, 3, 5, 7, 2, 0);
        Tensor y = grid(type, 5, 2, 2, 3, 5, 4, 0);
        Tensor k = grid(type, 2, 3, 1, 2, 4, 1, 2);
        Parameter weight = Parameter.of("weight", grid(type, 2, 3, 4, 3, 5, 3, 0));
        Parameter bias = Parameter.of("bias", Tensor.of(new double[]{0.5, -0.25}).to(type));
        List<double[]> recorded = recorded(name);
        assertThat(recorded).hasSize(STEPS);
        for (int step = 0; step < STEPS; step++) {
            Tensor w = weight.value();
            Tensor b = bias.value();
            Tensor loss = x.linear(w, b).tanh().minus(y).square().mean().plus(k.times(w.square()).sum().times(0.5))
                    .plus(b.square().square().sum().times(0.125));
            run.optimiser().step(List.of(weight, bias), Gradients.of(loss, w, b),
                    run.optimiser().learningRate() * run.schedule().factor(step));
            double[] line = recorded.get(step);
            String where = name + ", step " + (step + 1);
            close(where, w.toDoubles(), Arrays.copyOfRange(line, 0, 6), tolerance);
            close(where, b.toDoubles(), Arrays.copyOfRange(line, 6, 8), tolerance);
        }
    }

    private static void close(String where, double[] got, double[] expected, double tolerance) {
        double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
        for (int i = 0; i < expected.length; i++) {
            assertThat(Math.abs(got[i] - expected[i])).as(where + ", element " + i)
                    .isLessThanOrEqualTo(tolerance * largest);
        }
    }

    private static List<double[]> recorded(String name) throws IOException {
        try (InputStream in = TrajectoryTest.class.getResourceAsStream(name + ".txt")) {
            List<double[]> lines = new ArrayList<>();
            new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8).lines()
                    .forEach(line -> lines
                            .add(Arrays.stream(line.split(" ")).mapToDouble(Double::parseDouble).toArray()));
            return lines;
        }
    }
}

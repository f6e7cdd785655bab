package org.surprisal.network.perceptron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.surprisal.data.Dataset;
import org.surprisal.data.InMemory;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

class PerceptronRuleTest {
    private static Dataset data(int features, double[] x, double... y) {
        return InMemory.classification("test", Tensor.of(x, y.length, features), Tensor.of(y), 2);
    }

    private static ThresholdUnit zeros(int inputs) {
        return new ThresholdUnit(0, new double[inputs]);
    }

    @Test
    void theWorkedUpdateOfTheNotes() {
        // Zahn, Fig. 35
        ThresholdUnit before = new ThresholdUnit(0.5, 1, 0.5);
        assertThat(before.output(0, -0.5)).isEqualTo(1);
        ThresholdUnit after = new PerceptronRule(0.5, 1).update(before, 0, 0, -0.5);
        assertThat(after.weights()).containsExactly(1, 0.75);
        assertThat(after.bias()).isZero();
        assertThat(after.output(0, -0.5)).isZero();
        assertThat(new PerceptronRule(0.5, 1).update(after, 0, 0, -0.5)).isSameAs(after);
        ThresholdUnit up = new PerceptronRule(0.25, 1).update(new ThresholdUnit(-1, 0), 1, 2);
        assertThat(up.weights()).containsExactly(0.5);
        assertThat(up.bias()).isEqualTo(-0.75);
    }

    /// Points of [-1, 1]^d that keep away from a random plane through the middle half of the cube.
    private record Separable(Dataset data, double bound) {
        static Separable draw(int features, int n, RandomStream stream) {
            double[] normal = new double[features];
            double bias = 0;
            double length = 0;
            for (int k = 0; k < features; k++) {
                normal[k] = stream.nextGaussian();
                bias -= normal[k] * stream.nextDouble(-0.5, 0.5);
                length += normal[k] * normal[k];
            }
            length += bias * bias;
            ThresholdUnit plane = new ThresholdUnit(bias, normal);
            double[] x = new double[n * features];
            double[] y = new double[n];
            double longest = 0;
            double nearest = Double.POSITIVE_INFINITY;
            for (int i = 0; i < n;) {
                double[] point = new double[features];
                double square = 1;
                for (int k = 0; k < features; k++) {
                    point[k] = stream.nextDouble(-1, 1);
                    square += point[k] * point[k];
                }
                double distance = Math.abs(plane.logit(point)) / Math.sqrt(length);
                if (distance > 0.02) {
                    System.arraycopy(point, 0, x, i * features, features);
                    y[i++] = plane.output(point);
                    longest = Math.max(longest, Math.sqrt(square));
                    nearest = Math.min(nearest, distance);
                }
            }
            return new Separable(PerceptronRuleTest.data(features, x, y), Math.pow(longest / nearest, 2));
        }
    }

    private static int mistakes(ThresholdUnit unit, Dataset data) {
        double[] labels = data.all().targets().toDoubles();
        int wrong = 0;
        for (int i = 0; i < labels.length; i++) {
            wrong += unit.output(data.all().inputs().rows(i).toDoubles()) == labels[i] ? 0 : 1;
        }
        return wrong;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 10})
    void separableSetsAreLearntWithinNovikoffsBound(int features) {
        for (int seed = 0; seed < 20; seed++) {
            RandomStream stream = RandomStream.seeded(seed).child(features);
            Separable set = Separable.draw(features, 60, stream);
            PerceptronRule rule = new PerceptronRule(0.1, 100_000);
            for (PerceptronRule.Result result : List.of(rule.fit(zeros(features), set.data()),
                    rule.fit(zeros(features), set.data(), stream.child("order")))) {
                assertThat(result.converged()).isTrue();
                assertThat(mistakes(result.unit(), set.data())).isZero();
                assertThat((double) result.updates()).isBetween(1.0, set.bound());
                assertThat(result.epochs()).isLessThanOrEqualTo((int) result.updates() + 1);
            }
        }
    }

    @Test
    void theOrderComesFromTheStream() {
        Dataset data = Separable.draw(3, 60, RandomStream.seeded(4)).data();
        PerceptronRule rule = new PerceptronRule(0.1, 100_000);
        double[] once = rule.fit(zeros(3), data, RandomStream.seeded(1)).unit().weights();
        assertThat(rule.fit(zeros(3), data, RandomStream.seeded(1)).unit().weights()).isEqualTo(once);
        assertThat(rule.fit(zeros(3), data, RandomStream.seeded(2)).unit().weights()).isNotEqualTo(once);
        assertThat(rule.fit(zeros(3), data).unit().weights()).isNotEqualTo(once);
    }

    @Test
    void xorIsNeverLearntButGoesRound() {
        Dataset xor = data(2, new double[]{0, 0, 0, 1, 1, 0, 1, 1}, 0, 1, 1, 0);
        PerceptronRule.Result long1 = new PerceptronRule(1, 2000).fit(zeros(2), xor);
        assertThat(long1.converged()).isFalse();
        assertThat(long1.epochs()).isEqualTo(2000);
        assertThat(long1.updates()).isGreaterThanOrEqualTo(2000);
        assertThat(new PerceptronRule(0.1, 2000).fit(zeros(2), xor, RandomStream.seeded(1)).converged()).isFalse();
        // A unit that comes back at the end of an epoch comes back for ever.
        Set<String> seen = new HashSet<>();
        ThresholdUnit unit = zeros(2);
        int epochs = 0;
        while (seen.add(unit.toString())) {
            assertThat(mistakes(unit, xor)).isPositive();
            unit = new PerceptronRule(1, 1).fit(unit, xor).unit();
            assertThat(++epochs).isLessThan(100);
        }
    }

    @Test
    void thePlaneFoundIsNeitherUniqueNorTheBest() {
        // Hulls x + y <= 0 and x + y >= 4, nearest in (0, 0) and (2, 2): no corridor is wider than 2 sqrt 2.
        Dataset data = data(2, new double[]{0, 0, -1, 0.5, 1, -2, 0, -1, 2, 2, 3, 1.5, 1, 4, 5, 0}, 0, 0, 0, 0, 1, 1, 1,
                1);
        assertThat(halfCorridor(new ThresholdUnit(-2, 1, 1), data)).isCloseTo(Math.sqrt(2), Offset.offset(1e-15));
        Set<String> planes = new HashSet<>();
        for (int seed = 0; seed < 10; seed++) {
            PerceptronRule.Result result = new PerceptronRule(0.1, 1000).fit(zeros(2), data,
                    RandomStream.seeded(seed));
            assertThat(halfCorridor(result.unit(), data)).isBetween(0.0, 0.99 * Math.sqrt(2));
            planes.add(result.unit().toString());
        }
        assertThat(planes).hasSizeGreaterThan(1);
    }

    /// The distance of the nearest sample on its right side; negative if one is on the wrong side.
    private static double halfCorridor(ThresholdUnit unit, Dataset data) {
        double[] labels = data.all().targets().toDoubles();
        double nearest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < labels.length; i++) {
            double distance = unit.distance(data.all().inputs().rows(i).toDoubles());
            nearest = Math.min(nearest, labels[i] == 1 ? distance : -distance);
        }
        return nearest;
    }

    @Test
    void hebbsRuleHasNoEnd() {
        HebbRule rule = new HebbRule(0.5);
        ThresholdUnit unit = new ThresholdUnit(-1, 0.25, 0.25);
        for (int step = 1; step <= 1000; step++) {
            unit = rule.update(unit, 3, 4);
            assertThat(unit.weights()).containsExactly(0.25 + 1.5 * step, 0.25 + 2.0 * step);
        }
        assertThat(unit.bias()).isEqualTo(-1);
        assertThat(rule.update(unit, -3, -4)).isSameAs(unit);
        assertThatIllegalArgumentException().isThrownBy(() -> new HebbRule(0)).withMessageContaining("rate (=0.0)");
    }

    @Test
    void badArguments() {
        assertThatIllegalArgumentException().isThrownBy(() -> new PerceptronRule(-1, 1))
                .withMessage("rate (=-1.0) must be positive and finite");
        assertThatIllegalArgumentException().isThrownBy(() -> new PerceptronRule(1, 0))
                .withMessage("maxEpochs (=0) must be at least 1");
        PerceptronRule rule = new PerceptronRule(1, 1);
        assertThatIllegalArgumentException().isThrownBy(() -> rule.update(zeros(1), 2, 1))
                .withMessage("label (=2) must be 0 or 1");
        assertThatIllegalArgumentException().isThrownBy(() -> rule.fit(zeros(3), data(2, new double[]{1, 2}, 1)))
                .withMessageContaining("(1, 2)").withMessageContaining("a unit of 3 inputs");
        assertThatIllegalArgumentException().isThrownBy(() -> rule.fit(zeros(2),
                InMemory.classification("three", Tensor.of(new double[]{1, 2}, 1, 2), Tensor.of(new double[]{2}), 3)))
                .withMessageContaining("three has 3 classes");
    }
}

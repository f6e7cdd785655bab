package org.surprisal.theory.bottleneck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

/// Joints with many different p(y|x): no point of a curve may be beaten by an encoder that is known at no cost.
class BottleneckOfManySymbolsTest {
    private static final double[] BETAS = {0.5, 5, 20, 30, 40, 60, 100, 1000};
    private static final int STEPS = 3_000;

    /// Uniform numbers, divided by their sum.
    static JointDistribution random(int x, int y, long seed) {
        RandomStream random = RandomStream.seeded(seed);
        double[] table = new double[x * y];
        for (int i = 0; i < table.length; i++) {
            table[i] = random.nextDouble();
        }
        return JointDistribution.normalised(Tensor.of(table, x, y));
    }

    private static void assertNoneIsBeaten(JointDistribution joint, List<BottleneckSolution> solutions) {
        double entropy = joint.sufficientStatistic().joint().entropyOfX();
        double information = joint.mutualInformation();
        List<BottleneckCurve.Point> known = new ArrayList<>();
        known.add(new BottleneckCurve.Point(0, 0));
        known.add(new BottleneckCurve.Point(entropy, information));
        solutions.forEach(
                one -> known.add(new BottleneckCurve.Point(one.keptInformation(), one.relevantInformation())));
        for (BottleneckSolution solution : solutions) {
            for (BottleneckCurve.Point point : known) {
                double lagrangian = point.keptInformation() - solution.beta() * point.relevantInformation();
                assertThat(solution.lagrangian()).as("beta %s", solution.beta())
                        .isLessThanOrEqualTo(lagrangian + 1e-10 * (1 + Math.abs(lagrangian)));
            }
        }
        for (int i = 1; i < solutions.size(); i++) {
            assertThat(solutions.get(i).keptInformation())
                    .isGreaterThanOrEqualTo(solutions.get(i - 1).keptInformation() - 1e-8);
            assertThat(solutions.get(i).relevantInformation())
                    .isGreaterThanOrEqualTo(solutions.get(i - 1).relevantInformation() - 1e-8);
        }
    }

    @ParameterizedTest
    @CsvSource({"200, 50, 1", "70, 3, 2", "65, 20, 3", "12, 5, 4"})
    void noPointIsBeatenByAnotherOrByKeepingAllOrNothing(int x, int y, long seed) {
        JointDistribution joint = random(x, y, seed);
        List<BottleneckSolution> solutions = InformationBottleneck.of(joint).withMostIterations(STEPS)
                .solutions(BETAS, RandomStream.seeded(seed));

        assertNoneIsBeaten(joint, solutions);
        // three values of y and 70 conditionals make a flat Lagrangian, on which the last steps are short
        assertThat(solutions).allMatch(solution -> solution.converged() || solution.iterations() == STEPS);
        assertThat(solutions.getLast().converged()).isTrue();
    }

    /// At a large β keeping all of X is best: T = X has the entropy of X and all its information.
    @Test
    void everythingIsKeptAtALargeBetaHoweverManyConditionalsThereAre() {
        JointDistribution joint = random(200, 50, 5);
        BottleneckSolution last = InformationBottleneck.of(joint)
                .solutions(new double[]{30, 100, 1000}, RandomStream.seeded(1)).getLast();

        assertThat(last.keptInformation()).isCloseTo(joint.entropyOfX(), within(1e-9));
        assertThat(last.relevantInformation()).isCloseTo(joint.mutualInformation(), within(1e-9));
        assertThat(last.encoder().shape().toString()).isEqualTo("(200, 200)");
    }

    /// With 300 different conditionals and 256 symbols T = X takes over where 256 symbols lose too much; no step was
    /// made from there.
    @Test
    void moreConditionalsThanSymbolsAreKeptWhereThatIsBetter() {
        JointDistribution joint = random(300, 4, 6);
        InformationBottleneck bottleneck = InformationBottleneck.of(joint);
        List<BottleneckSolution> solutions = bottleneck.solutions(new double[]{2, 1e6}, RandomStream.seeded(1));

        assertThat(bottleneck.distinctConditionals()).isEqualTo(300);
        assertThat(bottleneck.symbols()).isEqualTo(256);
        assertNoneIsBeaten(joint, solutions);
        BottleneckSolution last = solutions.getLast();
        assertThat(last.relevantInformation()).isCloseTo(joint.mutualInformation(), within(1e-12));
        assertThat(last.converged()).isFalse();
        assertThat(last.encoder().shape().toString()).isEqualTo("(300, 300)");
        assertThat(last.encoder().at(299, last.encoder().length(1) - 1)).isEqualTo(1);
    }

    /// A T that is asked to have few symbols has them, loses little by how X is grouped, and is not called converged
    /// where T = X is better.
    @Test
    void fewSymbolsGroupSimilarConditionals() {
        JointDistribution joint = random(200, 2, 7);
        BottleneckSolution few = InformationBottleneck.of(joint).withSymbols(16)
                .solutions(new double[]{1e4}, RandomStream.seeded(1)).getFirst();

        assertThat(few.encoder().shape().toString()).isEqualTo("(200, 16)");
        assertThat(few.relevantInformation()).isBetween(0.99 * joint.mutualInformation(), joint.mutualInformation());
        assertThat(few.converged()).isFalse();
    }

    @Test
    void conditionalsWithoutCommonValuesAreGrouped() {
        double[] table = new double[9 * 9];
        for (int i = 0; i < 9; i++) {
            table[10 * i] = 1.0 / 9;
        }
        BottleneckSolution three = InformationBottleneck.of(JointDistribution.of(Tensor.of(table, 9, 9)))
                .withSymbols(3).solutions(new double[]{50}, RandomStream.seeded(1)).getFirst();

        // two symbols tell no more than ln 2
        assertThat(three.relevantInformation()).isBetween(Math.log(2) + 0.1, Math.log(3) + 1e-9)
                .isCloseTo(three.keptInformation(), within(1e-9));
    }
}

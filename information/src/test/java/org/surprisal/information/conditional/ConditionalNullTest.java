package org.surprisal.information.conditional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.surprisal.information.conditional.RebuiltSeries.variable;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.surprisal.information.mutual.Continuous;
import org.surprisal.information.mutual.Discrete;
import org.surprisal.information.mutual.GaussianInformation;
import org.surprisal.information.mutual.PermutationNull;
import org.surprisal.information.mutual.PlugIn;
import org.surprisal.information.mutual.Surrogates;
import org.surprisal.tensor.RandomStream;

class ConditionalNullTest {

    private static final RandomStream STREAM = RandomStream.seeded(5);

    /// Noisy functions of Z, independent given it.
    private static Continuous[] commonCause(int run) {
        RandomStream draws = RandomStream.seeded(run);
        double[] z = new double[200];
        Arrays.setAll(z, i -> draws.nextGaussian());
        return new Continuous[]{variable("x", Arrays.stream(z).map(v -> v * v + draws.nextGaussian()).toArray()),
                variable("y", Arrays.stream(z).map(v -> Math.sin(v) + v * v + draws.nextGaussian()).toArray()),
                variable("z", z)};
    }

    /// Of 200 p-values 20 should be at most 0.1. Five neighbours of 200 points in Z are not at the same place, so that
    /// 37 are; of shuffled rows, which lose what they have in common with Z, 67.
    @Test
    void localPermutationsNearlyHoldTheirLevelGivenACommonCause() {
        ConditionalKraskov estimator = ConditionalKraskov.standard(STREAM);
        long local = 0;
        long shuffled = 0;
        for (int run = 0; run < 200; run++) {
            Continuous[] v = commonCause(run);
            RandomStream draws = RandomStream.seeded(run).child("null");
            local += ConditionalNull.of(estimator, v[0], v[1], v[2], 19, LocalPermutations.USUAL, draws)
                    .pValue() <= 0.1 ? 1 : 0;
            shuffled += ConditionalNull.of(estimator, v[0], v[1], v[2], 19, Surrogates.SHUFFLE, draws)
                    .pValue() <= 0.1 ? 1 : 0;
        }
        assertThat(local).isBetween(8L, 45L);
        assertThat(shuffled).isGreaterThan(local + 20);
    }

    /// Symbols are at the same place: of 200 uniform p-values fewer than 8 or more than 35 are at most 0.1 once in
    /// 1,000 times.
    @Test
    void permutationsWithinSymbolsHoldTheirLevel() {
        ConditionalPlugIn counts = new ConditionalPlugIn(PlugIn.Correction.NONE);
        long small = IntStream.range(0, 200).filter(run -> {
            RandomStream draws = RandomStream.seeded(run);
            int[] z = IntStream.range(0, 300).map(i -> draws.nextInt(4)).toArray();
            int[] x = Arrays.stream(z).map(v -> (v + draws.nextInt(3)) % 4).toArray();
            int[] y = Arrays.stream(z).map(v -> (v + draws.nextInt(2)) % 4).toArray();
            return ConditionalNull.of(counts, Discrete.labels("x", x), Discrete.labels("y", y),
                    Discrete.labels("z", z), 19, LocalPermutations.USUAL, draws.child("null")).pValue() <= 0.1;
        }).count();
        assertThat(small).isBetween(8L, 35L);
    }

    @Test
    void rowsOfASymbolArePermutedAmongThemselves() {
        RandomStream draws = RandomStream.seeded(1);
        Discrete z = Discrete.labels("z", IntStream.range(0, 60).map(i -> draws.nextInt(4)).toArray());

        int[][] orders = LocalPermutations.USUAL.orders(z, 3, STREAM);

        assertThat(orders).hasDimensions(3, 60);
        for (int[] order : orders) {
            assertThat(order).containsExactlyInAnyOrder(IntStream.range(0, 60).toArray());
            assertThat(IntStream.range(0, 60)).allMatch(i -> z.code(order[i]) == z.code(i));
        }
    }

    @Test
    void rowsAreExchangedWithNeighboursOnly() {
        Continuous z = variable("z", IntStream.range(0, 50).asDoubleStream().toArray());

        for (int[] order : new LocalPermutations(3).orders(z, 4, STREAM)) {
            assertThat(IntStream.range(1, 49)).allMatch(i -> Math.abs(order[i] - i) <= 1);
            assertThat(Arrays.stream(order).distinct().count()).isGreaterThan(40);
        }
    }

    @Test
    void informationThatIsThereStandsOut() {
        double[][] both = RebuiltSeries.coupled(0.5, 0.5, 0.5, 500, RandomStream.seeded(3));
        Embedding.Series series = Embedding.ofOne().of(variable("x", both[0]), variable("y", both[1]));
        ConditionalGaussian gaussian = new ConditionalGaussian(false);

        for (Surrogates how : new Surrogates[]{Surrogates.ROTATE, new Surrogates.Blocks(25), Surrogates.SHUFFLE}) {
            assertThat(ConditionalNull.of(gaussian, series.source(), series.present(), series.past(), 39, how, STREAM)
                    .pValue()).isEqualTo(1.0 / 40);
        }
        PermutationNull local = ConditionalNull.of(gaussian, series.source(), series.present(), series.past(), 39,
                LocalPermutations.USUAL, STREAM);
        assertThat(local.pValue()).isEqualTo(1.0 / 40);
        assertThat(local.observed().warnings()).first().asString()
                .startsWith("rows of past of x and of y depend on the row before (lag-1 correlations 0.");
    }

    @Test
    void whatCannotBePermutedIsRefused() {
        Continuous few = variable("z", new double[]{1, 2, 3});
        assertThatIllegalArgumentException().isThrownBy(() -> new LocalPermutations(1))
                .withMessage("neighbours = 1, at least 2 needed to permute rows");
        assertThatIllegalArgumentException().isThrownBy(() -> LocalPermutations.USUAL.orders(few, 2, STREAM))
                .withMessage("5 neighbours in z asked for, and there are 3 rows");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConditionalNull.of(new ConditionalPlugIn(PlugIn.Correction.NONE),
                        Discrete.labels("x", 1, 2, 1), Discrete.labels("y", 1, 2, 1), Discrete.labels("z", 1, 1, 1), 1,
                        Surrogates.SHUFFLE, STREAM))
                .withMessage("permutations = 1, at least 2 needed (19 for a p-value of 0.05)");
    }

    private static double share(int pairs, double coefficient, int n, Pair test) {
        return IntStream.range(0, pairs).filter(run -> {
            double[][] both = RebuiltSeries.coupled(coefficient, coefficient, 0, n, RandomStream.seeded(run));
            return test.run(variable("x", both[0]), variable("y", both[1]), RandomStream.seeded(run).child("null"))
                    .pValue() <= 0.05;
        }).count() / (double) pairs;
    }

    private interface Pair {
        PermutationNull run(Continuous x, Continuous y, RandomStream stream);
    }

    private static Surrogates surrogates(String name) {
        return name.equals("rotate") ? Surrogates.ROTATE : new Surrogates.Blocks(Integer.parseInt(name));
    }

    /// 5 % ± 1.5 of 2,000 pairs of independent AR(1) series of 1,000 rows have p <= 0.05; one standard error is 0.5 %.
    @ParameterizedTest
    @Tag("slow")
    @CsvSource({"0.5, rotate", "0.9, rotate", "0.5, 50", "0.9, 100"})
    void mutualInformationOfIndependentSeries(double coefficient, String how) {
        double share = share(2000, coefficient, 1000, (x, y, stream) -> PermutationNull.of(new GaussianInformation(), x,
                y, 19, surrogates(how), stream));

        assertThat(share).isBetween(0.035, 0.065);
    }

    /// The same of transfer entropies, with one value of each past.
    @ParameterizedTest
    @Tag("slow")
    @CsvSource({"0.5, rotate", "0.9, rotate", "0.9, 100"})
    void transferEntropyOfIndependentSeries(double coefficient, String how) {
        double share = share(2000, coefficient, 1000, (x, y, stream) -> {
            Embedding.Series series = Embedding.ofOne().of(x, y);
            return ConditionalNull.of(new ConditionalGaussian(false), series.source(), series.present(), series.past(),
                    19, surrogates(how), stream);
        });

        assertThat(share).isBetween(0.035, 0.065);
    }
}

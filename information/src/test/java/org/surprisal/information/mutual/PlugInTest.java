package org.surprisal.information.mutual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.surprisal.information.mutual.PlugIn.Correction;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

class PlugInTest {

    private static final PlugIn PLAIN = new PlugIn(Correction.NONE);

    /// Joint counts ((3, 1), (2, 4)) of 10; the number from the definition, Σ p ln (p / (p p)).
    @Test
    void twoByTwoTableByHand() {
        MutualInformation estimate = PLAIN.estimate(Discrete.labels("x", 0, 0, 0, 0, 1, 1, 1, 1, 1, 1),
                Discrete.labels("y", 5, 5, 5, 6, 5, 5, 6, 6, 6, 6));

        double truth = 0.3 * Math.log(0.3 / (0.4 * 0.5)) + 0.1 * Math.log(0.1 / (0.4 * 0.5))
                + 0.2 * Math.log(0.2 / (0.6 * 0.5)) + 0.4 * Math.log(0.4 / (0.6 * 0.5));
        assertThat(estimate.value()).isCloseTo(truth, within(1e-14));
        assertThat(estimate.component("entropyX"))
                .isCloseTo(-0.4 * Math.log(0.4) - 0.6 * Math.log(0.6), within(1e-14));
        assertThat(estimate.ceiling().orElseThrow()).isEqualTo(estimate.component("entropyX"));
    }

    /// Recorded from scikit-learn: metrics.mutual_info_score of x = i² mod 7 and y = (3 i + i² mod 5) mod 4, i = 0
    /// … 199.
    @Test
    void agreesWithScikitLearn() {
        Discrete x = Discrete.labels("x", IntStream.range(0, 200).map(i -> i * i % 7).toArray());
        Discrete y = Discrete.labels("y", IntStream.range(0, 200).map(i -> (3 * i + i * i % 5) % 4).toArray());

        assertThat(PLAIN.estimate(x, y).value()).isCloseTo(SCIKIT_LEARN, within(1e-13));
    }

    private static final double SCIKIT_LEARN = 0.006931500519638006;

    /// All inputs of parity: the pair tells all, each input bit alone nothing.
    @Test
    void exactOnAWholePopulation() {
        Discrete x = Discrete.rows("x", Tensor.of(new double[]{0, 0, 0, 1, 1, 0, 1, 1}, 4, 2));
        Discrete y = Discrete.labels("y", 0, 1, 1, 0);

        assertThat(PLAIN.estimate(x, y).value()).isCloseTo(Math.log(2), within(1e-15));
        assertThat(PLAIN.estimate(Discrete.labels("first", 0, 0, 1, 1), y).value()).isCloseTo(0, within(1e-15));
    }

    /// 2000 samples of independent uniform symbols, 5 and 8: the plug-in is off by (40 - 5 - 8 + 1)/4000 = 0.007 nat on
    /// average, Miller and Madow's correction takes that out.
    @Test
    void correctionTakesTheBiasOut() {
        double plain = 0;
        double corrected = 0;
        int runs = 40;
        for (int run = 0; run < runs; run++) {
            RandomStream stream = RandomStream.seeded(run);
            Discrete x = Discrete.labels("x", IntStream.range(0, 2000).map(i -> stream.nextInt(5)).toArray());
            Discrete y = Discrete.labels("y", IntStream.range(0, 2000).map(i -> stream.nextInt(8)).toArray());
            plain += PLAIN.estimate(x, y).value() / runs;
            corrected += new PlugIn(Correction.MILLER_MADOW).estimate(x, y).value() / runs;
        }
        // One estimate scatters as chi-square of 28 degrees over 4000: sd 0.0019, of the mean 0.0003.
        assertThat(plain).isCloseTo(0.007, within(0.001));
        assertThat(corrected).isCloseTo(0, within(0.001));
    }

    /// A binary symmetric channel, flip probability 0.1: the scatter of the estimate over 300 runs is the standard
    /// error.
    @Test
    void standardErrorIsTheScatter() {
        double[] values = new double[300];
        double error = 0;
        for (int run = 0; run < values.length; run++) {
            RandomStream stream = RandomStream.seeded(1000 + run);
            int[] bits = IntStream.range(0, 1000).map(i -> stream.nextInt(2)).toArray();
            int[] sent = IntStream.of(bits).map(b -> stream.nextDouble() < 0.1 ? 1 - b : b).toArray();
            MutualInformation estimate = PLAIN.estimate(Discrete.labels("x", bits), Discrete.labels("y", sent));
            values[run] = estimate.value();
            error += estimate.standardError().orElseThrow() / values.length;
        }
        double mean = IntStream.range(0, 300).mapToDouble(i -> values[i]).average().orElseThrow();
        double variance = IntStream.range(0, 300).mapToDouble(i -> Math.pow(values[i] - mean, 2)).sum() / 299;

        assertThat(mean).isCloseTo(Math.log(2) + 0.1 * Math.log(0.1) + 0.9 * Math.log(0.9), within(0.005));
        // A standard deviation from 300 values is known to 4 %.
        assertThat(Math.sqrt(variance)).isCloseTo(error, within(0.15 * error));
    }

    @Test
    void saysWhenSamplesAreTooFew() {
        Discrete unique = Discrete.labels("x", IntStream.range(0, 30).toArray());
        Discrete half = Discrete.labels("y", IntStream.range(0, 30).map(i -> i % 2).toArray());

        MutualInformation estimate = PLAIN.estimate(unique, half);

        assertThat(estimate.value()).isCloseTo(Math.log(2), within(1e-14));
        assertThat(estimate.warnings()).anyMatch(w -> w.contains("most are seen once or twice"));
        assertThat(PLAIN.estimate(half, Discrete.labels("c", new int[30])).warnings())
                .containsExactly("c is constant: it carries no information");
        Discrete many = Discrete.labels("m", IntStream.range(0, 30).map(i -> i * i * i % 11).toArray());
        Discrete others = Discrete.labels("o", IntStream.range(0, 30).map(i -> i * i % 13).toArray());
        assertThat(PLAIN.estimate(many, others).warnings()).anyMatch(w -> w.contains("nat too large"));
    }

    @Test
    void refusesWhatCannotBeCounted() {
        Discrete y = Discrete.labels("y", 0, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PLAIN.estimate(Continuous.of("x", Tensor.of(new double[]{1, 2})), y))
                .withMessageStartingWith("x is continuous");
        assertThatIllegalArgumentException().isThrownBy(() -> PLAIN.estimate(y.take(0), y.take(1)))
                .withMessage("y and y have 1 sample(s), at least 2 needed");
    }
}

package org.surprisal.information.conditional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.surprisal.information.conditional.RebuiltSeries.variable;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.surprisal.information.mutual.Continuous;
import org.surprisal.information.mutual.Discrete;
import org.surprisal.information.mutual.PlugIn;
import org.surprisal.information.mutual.Scaling;
import org.surprisal.tensor.RandomStream;

class TransferEntropyTest {

    private static final RandomStream STREAM = RandomStream.seeded(5);
    private static final Continuous X = variable("x", RebuiltSeries.X);
    private static final Continuous Y = variable("y", RebuiltSeries.DRIVEN);

    private static TransferEntropy raw(int k, int theiler, Embedding embedding) {
        return new TransferEntropy(new ConditionalKraskov(k, 0, Scaling.NONE, theiler, STREAM), embedding);
    }

    /// Recorded from JIDT (github.com/jlizier/jidt): TransferEntropyCalculatorKraskov with NORMALISE false, no noise,
    /// initialise(target history, target delay, source history, source delay, lag), and DYN_CORR_EXCL for the Theiler
    /// window.
    @ParameterizedTest
    @CsvSource({"4, 0, 1, 1, 1, 1, 1, 0.38553069005136287", "4, 0, 2, 2, 2, 1, 1, 0.6201985353356929",
            "3, 0, 2, 1, 1, 1, 2, 0.2593252951179891", "3, 5, 1, 1, 2, 3, 1, 0.40965558601140306"})
    void neighboursAreThoseOfJidt(int k, int theiler, int targetHistory, int targetDelay, int sourceHistory,
            int sourceDelay, int lag, double recorded) {
        Embedding embedding = new Embedding(targetHistory, targetDelay, sourceHistory, sourceDelay, lag);

        assertThat(raw(k, theiler, embedding).estimate(X, Y).value()).isCloseTo(recorded, within(1e-12));
    }

    @Test
    void theOtherDirectionIsThatOfJidt() {
        assertThat(raw(4, 0, Embedding.ofOne()).estimate(Y, X).value()).isCloseTo(0.07015162294733313, within(1e-12));
    }

    /// Recorded from JIDT's TransferEntropyCalculatorDiscrete(2, k), in bits, of x below and above 1/2, and of a target
    /// that is mostly their exclusive or.
    @ParameterizedTest
    @CsvSource({"1, 0.27389396494572793", "2, 0.26877657574611313"})
    void countsAreThoseOfJidt(int targetHistory, double bits) {
        int[] source = Arrays.stream(RebuiltSeries.X).mapToInt(v -> v < 0.5 ? 0 : 1).toArray();
        int[] target = new int[300];
        for (int i = 1; i < 300; i++) {
            target[i] = RebuiltSeries.NOISE[i] < 0.7
                    ? source[i - 1] ^ target[i - 1]
                    : RebuiltSeries.OTHER[i] < 0.5 ? 0 : 1;
        }
        TransferEntropy transfer = new TransferEntropy(new ConditionalPlugIn(PlugIn.Correction.NONE),
                Embedding.ofHistories(targetHistory, 1));

        assertThat(transfer.estimate(Discrete.labels("s", source), Discrete.labels("t", target)).value())
                .isCloseTo(bits * Math.log(2), within(1e-12));
    }

    /// The exact transfer entropy of coupled autoregressive series, forth; there is none back.
    @ParameterizedTest
    @CsvSource({"0.5, 0.5, 0.5", "0.9, 0.3, 0.4", "0.2, -0.6, 1", "0.7, 0.7, 0"})
    void coupledAutoregressiveSeries(double a, double b, double c) {
        double[] gaussian = new double[2];
        double[] neighbours = new double[2];
        for (int run = 0; run < 5; run++) {
            double[][] both = RebuiltSeries.coupled(a, b, c, 20_000, RandomStream.seeded(run));
            Continuous x = variable("x", both[0]);
            Continuous y = variable("y", both[1]);
            int[] few = IntStream.range(0, 2000).toArray();
            TransferEntropy closed = new TransferEntropy(new ConditionalGaussian(false), Embedding.ofOne());
            TransferEntropy near = new TransferEntropy(ConditionalKraskov.standard(STREAM), Embedding.ofOne());
            gaussian[0] += closed.estimate(x, y).value() / 5;
            gaussian[1] += closed.estimate(y, x).value() / 5;
            neighbours[0] += near.estimate(x.take(few), y.take(few)).value() / 5;
            neighbours[1] += near.estimate(y.take(few), x.take(few)).value() / 5;
        }
        double truth = RebuiltSeries.transfer(a, b, c);

        assertThat(gaussian[0]).isCloseTo(truth, within(0.008));
        assertThat(gaussian[1]).isCloseTo(0, within(0.001));
        assertThat(neighbours[0]).isCloseTo(truth, within(0.04));
        assertThat(neighbours[1]).isCloseTo(0, within(0.04));
    }

    @Test
    void anEmbeddingTakesTheRowsItNames() {
        Continuous times = variable("t", IntStream.range(0, 10).asDoubleStream().toArray());

        Embedding.Series series = new Embedding(2, 3, 2, 1, 2).of(times, times);

        assertThat(((Continuous) series.present()).values().toDoubles()).containsExactly(4, 5, 6, 7, 8, 9);
        assertThat(((Continuous) series.past()).columns())
                .isDeepEqualTo(new double[][]{{3, 4, 5, 6, 7, 8}, {0, 1, 2, 3, 4, 5}});
        assertThat(((Continuous) series.source()).columns())
                .isDeepEqualTo(new double[][]{{2, 3, 4, 5, 6, 7}, {1, 2, 3, 4, 5, 6}});
        assertThat(series.source().name()).isEqualTo("past of t");
    }

    @Test
    void whatCannotBeEmbeddedIsRefused() {
        Continuous few = X.take(0, 1, 2, 3);
        assertThatIllegalArgumentException().isThrownBy(() -> Embedding.ofHistories(0, 1))
                .withMessage("target history = 0, at least 1 needed");
        assertThatIllegalArgumentException().isThrownBy(() -> new Embedding(1, 1, 1, 1, 0))
                .withMessage("lag = 0, at least 1 needed");
        assertThatIllegalArgumentException().isThrownBy(() -> Embedding.ofHistories(3, 1).of(few, few))
                .withMessage("x has 4 rows, and histories reach 3 rows back: at least 5 rows needed");
        assertThatIllegalArgumentException().isThrownBy(() -> Embedding.ofOne().of(X, few))
                .withMessage("x has 300 sample(s), x has 4: pairs needed");
    }
}

package org.surprisal.information.mutual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.surprisal.information.mutual.Binning.Bins;
import org.surprisal.information.mutual.PlugIn.Correction;
import org.surprisal.tensor.Tensor;

class BinningTest {

    @Test
    void fixedWidthIsFloor() {
        assertThat(new Bins.FixedWidth(0.5).of(new double[]{-0.6, -0.5, -0.1, 0, 0.49, 0.5, 7}))
                .containsExactly(-2, -1, -1, 0, 0, 1, 14);
    }

    @Test
    void valuesOutsideGoToTheEndBins() {
        assertThat(new Bins.Equal(4, -1, 1).of(new double[]{-9, -1, -0.5, 0, 0.49, 0.5, 1, 1e300}))
                .containsExactly(0, 0, 1, 2, 2, 3, 3, 3);
    }

    @Test
    void equalCountsKeepTiesTogether() {
        var quarters = new Bins.EqualCount(4);

        assertThat(quarters.of(new double[]{5, 1, 8, 2, 7, 3, 6, 4})).containsExactly(2, 0, 3, 0, 3, 1, 2, 1);
        assertThat(quarters.of(new double[]{1, 1, 1, 1, 1, 9, 9, 9})).containsExactly(0, 0, 0, 0, 0, 2, 2, 2);
        assertThat(quarters.of(new double[]{3, 3, 3})).containsExactly(0, 0, 0);
    }

    /// Eight samples of two units and two classes, binned by hand. Rows of bin numbers, with the classes of their
    /// samples: fixed width 0.5: (-2,0) a a b, (-1,1) b, (0,0) a b, (2,3) a, (5,-7) b; two equal bins on [-1, 1],
    /// values outside in the end bins: (0,1) a a b b, (1,1) a a b, (1,0) b; two bins of equal counts a unit: (0,0) a,
    /// (0,1) a b b, (1,0) a b b, (1,1) a.
    @Test
    void twoUnitsByHand() {
        Continuous t = Continuous.of("t", Tensor.of(
                new double[]{-0.9, 0.1, -0.6, 0.4, -0.7, 0.3, -0.2, 0.9, 0.0, 0.2, 0.4, 0.0, 1.2, 1.7, 2.6, -3.1}, 8,
                2));
        Discrete y = Discrete.labels("y", 0, 0, 1, 1, 0, 1, 0, 1);

        MutualInformation fixed = new Binning(new Bins.FixedWidth(0.5), Correction.NONE).estimate(t, y);
        assertThat(fixed.component("entropyX")).isCloseTo(
                3.0 / 8 * Math.log(8.0 / 3) + 0.25 * Math.log(4) + 3.0 / 8 * Math.log(8), within(1e-14));
        // H(Y|T): of the three a a b, and one bit of the two a b.
        double left = 3.0 / 8 * (Math.log(3) - 2.0 / 3 * Math.log(2)) + 0.25 * Math.log(2);
        assertThat(fixed.value()).isCloseTo(Math.log(2) - left, within(1e-14));

        MutualInformation equal = new Binning(new Bins.Equal(2, -1, 1), Correction.NONE).estimate(t, y);
        assertThat(equal.component("entropyX")).isCloseTo(
                0.5 * Math.log(2) + 3.0 / 8 * Math.log(8.0 / 3) + 1.0 / 8 * Math.log(8), within(1e-14));
        left = 0.5 * Math.log(2) + 3.0 / 8 * (Math.log(3) - 2.0 / 3 * Math.log(2));
        assertThat(equal.value()).isCloseTo(Math.log(2) - left, within(1e-14));

        MutualInformation adaptive = new Binning(new Bins.EqualCount(2), Correction.NONE).estimate(t, y);
        assertThat(adaptive.component("entropyX")).isCloseTo(
                0.75 * Math.log(8.0 / 3) + 0.25 * Math.log(8), within(1e-14));
        left = 0.75 * (Math.log(3) - 2.0 / 3 * Math.log(2));
        assertThat(adaptive.value()).isCloseTo(Math.log(2) - left, within(1e-14));
    }

    /// I(T;Y) = H(T) - Σ p_c H(T|c), put together from entropies of the parts.
    @Test
    void informationAboutLabelsIsTheDifferenceOfEntropies() {
        double[] t = IntStream.range(0, 120).mapToDouble(i -> Math.sin(i)).toArray();
        Discrete y = Discrete.labels("y", IntStream.range(0, 120).map(i -> Math.cos(2.0 * i) > 0.3 ? 1 : 0).toArray());
        Continuous layer = Continuous.of("t", Tensor.of(t, 60, 2));
        Discrete labels = y.take(IntStream.range(0, 60).map(i -> 2 * i).toArray());
        Binning binning = new Binning(new Bins.FixedWidth(0.5), Correction.NONE);
        Discrete binned = binning.symbols(layer);

        double expected = PlugIn.entropy(binned);
        for (int[] members : labels.members()) {
            expected -= members.length / 60.0 * PlugIn.entropy(binned.take(members));
        }
        MutualInformation estimate = binning.estimate(layer, labels);

        assertThat(estimate.value()).isCloseTo(expected, within(1e-13));
        assertThat(estimate.settings()).containsEntry("binWidth", 0.5).containsEntry("correction", "none");
        assertThat(estimate.estimator()).isEqualTo("binning");
    }

    /// With inputs that are all different, I(X;T) is H(T).
    @Test
    void informationAboutDifferentInputsIsTheEntropy() {
        Continuous layer = Continuous.of("t",
                Tensor.of(IntStream.range(0, 50).mapToDouble(i -> Math.sin(i)).toArray()));
        Discrete inputs = Discrete.labels("x", IntStream.range(0, 50).toArray());
        Binning binning = new Binning(new Bins.Equal(30, -1, 1), Correction.NONE);

        assertThat(binning.estimate(inputs, layer).value())
                .isCloseTo(PlugIn.entropy(binning.symbols(layer)), within(1e-13));
    }

    /// Recorded from NumPy: floor(t / 0.07) and floor((t + 1) 15) of t = tanh((7919 i mod 1009)/252 - 2), 400 rows of
    /// 2, entropies in nats from unique(axis=0, return_counts=True).
    @Test
    void agreesWithNumPy() {
        double[] t = IntStream.range(0, 800).mapToDouble(i -> Math.tanh((7919L * i % 1009) / 252.0 - 2)).toArray();
        Continuous layer = Continuous.of("t", Tensor.of(t, 400, 2));

        assertThat(PlugIn.entropy(new Binning(new Bins.FixedWidth(0.07), Correction.NONE).symbols(layer)))
                .isCloseTo(FIXED, within(1e-13));
        assertThat(PlugIn.entropy(new Binning(new Bins.Equal(30, -1, 1), Correction.NONE).symbols(layer)))
                .isCloseTo(EQUAL, within(1e-13));
    }

    private static final double FIXED = 3.70130744017079;
    private static final double EQUAL = 3.65700627193656;

    /// A strictly rising map moves no sample to another bin of equal counts.
    @Test
    void equalCountsIgnoreMonotoneMaps() {
        double[] t = IntStream.range(0, 90).mapToDouble(i -> Math.sin(i)).toArray();
        double[] mapped = Arrays.stream(t).map(Math::exp).toArray();
        var bins = new Bins.EqualCount(7);

        assertThat(bins.of(mapped)).isEqualTo(bins.of(t));
    }

    @Test
    void refusesWhatAreNoBins() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Bins.FixedWidth(0))
                .withMessage("bin width = 0.0, a finite value > 0 needed");
        assertThatIllegalArgumentException().isThrownBy(() -> new Bins.Equal(0, 0, 1))
                .withMessage("bins = 0, at least 1 needed");
        assertThatIllegalArgumentException().isThrownBy(() -> new Bins.Equal(3, 1, 1))
                .withMessage("bins from 1.0 to 1.0, a finite interval with low < high needed");
        assertThatIllegalArgumentException().isThrownBy(() -> new Bins.EqualCount(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Bins.FixedWidth(1e-300).of(new double[]{1}))
                .withMessage("bin width = 1.0E-300 is too small for the value 1.0");
    }

    /// ReLU activations up to 3 in bins that were made for tanh.
    @Test
    void valuesOutsideTheBinsAreCountedInAWarning() {
        Continuous t = Continuous.of("relu", Tensor.of(new double[]{0, 0.5, 1, 2, 3}, 5));
        Discrete y = Discrete.labels("y", 0, 0, 0, 1, 1);

        assertThat(new Binning(new Binning.Bins.Equal(30, -1, 1), PlugIn.Correction.NONE).estimate(t, y).warnings())
                .contains("40 % of the values of relu lie outside the bins from -1.0 to 1.0 and count in the end bins");
        assertThat(new Binning(new Binning.Bins.Equal(30, -1, 3), PlugIn.Correction.NONE).estimate(t, y).warnings())
                .noneMatch(warning -> warning.contains("outside"));
    }
}

package org.surprisal.theory.meanfield;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RelativeEntropyPredictionTest {

    /// Of the pixels in [0, 1] of the first test image of MNIST, a seven.
    private static final double FIRST_TEST_IMAGE = 0.0754703450007454;

    /// Two simulations of 130 random networks each, width 784, σ_b² = 0.05, normalised: the means that the documents'
    /// formulas were checked with, and means and standard deviations from NumPy (normal weights of default_rng, the
    /// image through 30 layers, 300 Monte Carlo samples a network). A standard deviation of 130 numbers is known to 6
    /// %.
    @ParameterizedTest
    @CsvSource({"1.5, 1, .1192, .1189, .0068", "1.5, 3, .2345, .2349, .0140", "1.5, 5, .2752, .2737, .0173",
            "1.5, 10, .2892, .2898, .0176", "1.5, 29, .2928, .2913, .0239", "2.5, 1, .1818, .1802, .0053",
            "2.5, 3, .3504, .3463, .0117", "2.5, 5, .3911, .3863, .0133", "2.5, 10, .3999, .3957, .0148",
            "2.5, 29, .4009, .3959, .0148"})
    void isWhatSimulatedNetworksDo(double sigmaW2, int layer, double mean, double secondMean, double spread) {
        RelativeEntropyPrediction prediction = prediction(sigmaW2);
        double unit = prediction.normalisation().orElseThrow();
        RelativeEntropyPrediction.Layer predicted = prediction.layers().get(layer);
        double standardError = spread / Math.sqrt(130);

        assertThat(predicted.mean() / unit).isCloseTo(mean, within(3 * standardError));
        assertThat(predicted.mean() / unit).isCloseTo(secondMean, within(3 * standardError));
        assertThat(predicted.standardDeviation() / unit).isCloseTo(spread, within(3 * spread / Math.sqrt(2 * 129)));
    }

    private static RelativeEntropyPrediction prediction(double sigmaW2) {
        return RelativeEntropyPrediction.of(new MeanField(SaturatingActivation.TANH, sigmaW2, 0.05),
                FIRST_TEST_IMAGE, 784, 29);
    }

    @Test
    void theReferenceIsZeroAndTheAsymptoteThatOfTheVariances() {
        MeanField theory = new MeanField(SaturatingActivation.TANH, 1.5, 0.05);
        RelativeEntropyPrediction prediction = RelativeEntropyPrediction.of(theory, 1, 784, 60);

        assertThat(prediction.layers().getFirst())
                .isEqualTo(new RelativeEntropyPrediction.Layer(0, 0, 0, 0));
        // an input of unit mean square: ln(q*/1.55) / ln(2 pi e 1.5)
        assertThat(prediction.layers().getLast().leadingOrder() / prediction.normalisation().orElseThrow())
                .isCloseTo(-0.404, within(5e-4));
    }

    /// The mean over the neurons counts where φ² is not even. ReLU, layer 1, by pen: σ_w² E[φ²] is half of σ_w² q, T =
    /// 1, c_1 = 1/π, samples share nothing but the mean: variance q_0, times the square of σ_w² √q_0 √(2/π).
    @Test
    void aRectifiedNetworkByPen() {
        RelativeEntropyPrediction.Layer layer = RelativeEntropyPrediction
                .of(new MeanField(PiecewiseLinear.RELU, 2, 0), 0.5, 100, 1).layers().get(1);
        double variance = 4 * 2 / Math.PI + 2 / (Math.PI * Math.PI);

        assertThat(layer.leadingOrder()).isCloseTo(0, within(1e-10));
        assertThat(layer.standardDeviation()).isCloseTo(5 * Math.sqrt(variance), within(1e-10));
    }

    /// A linear network without biases, layer 1 from here by pen: V is linear with slope σ_w², so T = 1; two samples
    /// stay uncorrelated; Var φ² = 2q². The mean's correction is 0 + 1 + 1 + (2 + 2)/2 + 1 - 2 = 3, the variance 0: the
    /// fluctuation of Q_1 is that of σ_0², which cancels.
    @Test
    void aLinearNetworkByPen() {
        RelativeEntropyPrediction.Layer layer = RelativeEntropyPrediction
                .of(new MeanField(PiecewiseLinear.IDENTITY, 1.2, 0), 0.5, 100, 1).layers().get(1);

        assertThat(layer.leadingOrder()).isCloseTo(50 * Math.log(1.2), within(1e-11));
        assertThat(layer.mean() - layer.leadingOrder()).isCloseTo(1.5, within(1e-10));
        assertThat(layer.standardDeviation()).isCloseTo(0, within(1e-5));
    }

    @Test
    void leadingOrdersGrowWithTheWidth() {
        MeanField theory = new MeanField(SaturatingActivation.TANH, 2, 0.05);
        RelativeEntropyPrediction.Layer narrow = RelativeEntropyPrediction.of(theory, 0.1, 100, 5).layers().get(5);
        RelativeEntropyPrediction.Layer wide = RelativeEntropyPrediction.of(theory, 0.1, 400, 5).layers().get(5);

        assertThat(wide.leadingOrder()).isCloseTo(4 * narrow.leadingOrder(), within(1e-10));
        assertThat(wide.standardDeviation()).isCloseTo(2 * narrow.standardDeviation(), within(1e-10));
        assertThat(wide.mean() - wide.leadingOrder()).isCloseTo(narrow.mean() - narrow.leadingOrder(), within(1e-10));
    }

    @Test
    void weakWeightsHaveNoNormalisation() {
        MeanField weak = new MeanField(SaturatingActivation.TANH, 0.05, 0.05);
        assertThat(RelativeEntropyPrediction.of(weak, 1, 10, 2).normalisation()).isEmpty();
    }

    @Test
    void badInputIsOneLine() {
        MeanField theory = new MeanField(SaturatingActivation.TANH, 2, 0);
        assertThatThrownBy(() -> RelativeEntropyPrediction.of(theory, 0, 10, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("layer 0: the variance is 0.0, a positive one needed for a relative entropy");
        assertThatThrownBy(() -> RelativeEntropyPrediction.of(theory, 9000, 10, 2))
                .hasMessageStartingWith("q0 = 18000.0, at most");
        assertThatThrownBy(() -> RelativeEntropyPrediction.of(theory, 1, 1, 2))
                .hasMessage("width = 1, at least 2 needed");
        assertThatThrownBy(() -> RelativeEntropyPrediction.of(theory, 1, 10, -2))
                .hasMessage("layers = -2, at least 0 needed");
    }
}

package org.surprisal.study.controls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.surprisal.study.controls.FinerMeasure.Comparison;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

class FinerMeasureTest {

    private static Tensor normals(long seed, double mean) {
        return RandomStream.seeded(seed).gaussian(ElementType.FLOAT32, mean, 1, 400, 6);
    }

    /// Means 0.5 apart in each of six neurons: 6 x 0.125 nat. The direction of the shift is the first component, so
    /// that almost all of it is on two; nearest neighbours underrate it there by about a tenth, of the layers as of
    /// normal samples.
    @Test
    void everyMeasureFindsAKnownDivergence() {
        Comparison comparison = Comparison.of(normals(1, 0.5), normals(2, 0), 2, 4, RandomStream.seeded(3));
        assertThat(comparison.divergences().getOrDefault(FinerMeasure.PER_NEURON, Double.NaN)).isCloseTo(0.75,
                within(0.2));
        assertThat(comparison.divergences().getOrDefault(FinerMeasure.COVARIANCE, Double.NaN)).isCloseTo(0.75,
                within(0.2));
        assertThat(comparison.divergences().getOrDefault(FinerMeasure.COMPONENTS, Double.NaN)).isCloseTo(0.75,
                within(0.2));
        assertThat(comparison.divergences().getOrDefault(FinerMeasure.NEIGHBOURS, Double.NaN)).isCloseTo(0.68,
                within(0.25));
        assertThat(comparison.divergences().getOrDefault(FinerMeasure.NEIGHBOURS_OF_NORMALS, Double.NaN)).isCloseTo(
                0.68,
                within(0.25));
        assertThat(comparison.neuronsLeftOut()).isZero();
    }

    /// Two values only: the density that nearest neighbours ask for is not there, the Gaussians are.
    @Test
    void whatAnEstimatorRefusesHasNoNumberAndTheRestHas() {
        Tensor steps = normals(4, 0).sign();
        Comparison comparison = Comparison.of(steps, normals(5, 0).sign(), 2, 1, RandomStream.seeded(6));
        assertThat(comparison.divergences()).doesNotContainKey(FinerMeasure.NEIGHBOURS);
        assertThat(comparison.divergences()).containsKey(FinerMeasure.PER_NEURON);
        assertThat(comparison.divergences()).containsKey(FinerMeasure.NEIGHBOURS_OF_NORMALS);

        Comparison collapsed = Comparison.of(Tensor.full(ElementType.FLOAT32, 1, 10, 6), normals(7, 0), 2, 1,
                RandomStream.seeded(6));
        assertThat(collapsed.divergences()).isEmpty();
    }

    @Test
    void constantNeuronsAreCounted() {
        double[] values = normals(8, 0).toDoubles();
        for (int i = 0; i < 400; i++) {
            values[i * 6 + 2] = 3;
        }
        Comparison comparison = Comparison.of(Tensor.of(values, 400, 6), normals(9, 0), 2, 4,
                RandomStream.seeded(6));
        assertThat(comparison.neuronsLeftOut()).isEqualTo(1);
        assertThat(comparison.divergences().getOrDefault(FinerMeasure.PER_NEURON, Double.NaN)).isCloseTo(0,
                within(0.1));
    }

    @Test
    void alignedDoesNotKnowOneNeuronFromAnother() {
        Tensor p = normals(10, 0);
        assertThat(FinerMeasure.aligned(p.take(1, 5, 3, 1, 0, 2, 4), p)).isCloseTo(0, within(1e-12));
    }
}

package org.surprisal.information;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

class RelativeEntropyRefusalTest {

    private static DenseLayer random(int out, int in) {
        RandomStream random = RandomStream.seeded(out * 31L + in);
        return new DenseLayer(random.gaussian(ElementType.FLOAT32, 0, 1, out, in),
                random.gaussian(ElementType.FLOAT32, 0, 1, out));
    }

    private static void refused(List<DenseLayer> layers, String message) {
        assertThatIllegalArgumentException().isThrownBy(() -> RelativeEntropy.of(layers, z -> z))
                .withMessage(message);
    }

    @Test
    void shapesThatDoNotChain() {
        refused(List.of(random(4, 3), random(4, 5)),
                "layer 1: weight (4, 5) does not take the 4 outputs of layer 0, whose weight is (4, 3) (out, in)");
        refused(List.of(random(4, 3), new DenseLayer(Tensor.of(new float[16], 4, 4), Tensor.of(new float[3]))),
                "layer 1: bias (3) does not fit weight (4, 4) (out, in)");
        refused(List.of(new DenseLayer(Tensor.of(new float[4]), Tensor.of(new float[4]))),
                "layer 0: weight has shape (4), (out, in) needed");
        refused(List.of(), "there are no layers: the first maps the input to the reference");
    }

    @Test
    void unequalWidths() {
        refused(List.of(random(7, 9), random(7, 7), random(4, 7), random(2, 4)),
                "layer 2 has 4 neurons, layer 0 has 7: relative entropy needs equal widths, leave out the layers"
                        + " from 2 on");
        refused(List.of(random(1, 3)), "layer 0 has 1 neuron(s), a variance over neurons needs at least 2");
    }

    @Test
    void mixedElementTypes() {
        refused(List.of(random(4, 3), new DenseLayer(Tensor.of(new double[16], 4, 4), Tensor.of(new double[4]))),
                "layer 1: weight is FLOAT64 and bias FLOAT64, the weight of layer 0 is FLOAT32");
    }

    @Test
    void weightsAndInputsThatAreNotFinite() {
        float[] weight = new float[16];
        weight[6] = Float.NaN;
        refused(List.of(random(4, 3), new DenseLayer(Tensor.of(weight, 4, 4), Tensor.of(new float[4]))),
                "layer 1: weight[1, 2] = NaN, a finite value needed");
        float[] bias = {0, 0, Float.NEGATIVE_INFINITY, 0};
        refused(List.of(random(4, 3), new DenseLayer(Tensor.of(new float[16], 4, 4), Tensor.of(bias))),
                "layer 1: bias[2] = -Infinity, a finite value needed");

        RelativeEntropy measure = RelativeEntropy.of(List.of(random(4, 3)), z -> z);
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> measure.profile(Tensor.of(new float[]{0, Float.NaN, 0}), RandomStream.seeded(1)))
                .withMessage("input[1] = NaN, a finite value needed");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> measure.profiles(
                        Tensor.of(new float[]{0, 0, 0, 0, 0, Float.POSITIVE_INFINITY}, 2, 3), RandomStream.seeded(1)))
                .withMessage("inputs[1, 2] = Infinity, a finite value needed");
    }

    @Test
    void inputsOfAnotherShape() {
        RelativeEntropy measure = RelativeEntropy.of(List.of(random(4, 3)), z -> z);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> measure.profile(Tensor.of(new float[4]), RandomStream.seeded(1)))
                .withMessage("input has shape (4), layer 0 takes (3)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> measure.profiles(Tensor.of(new float[3]), RandomStream.seeded(1)))
                .withMessage("inputs have shape (3), layer 0 takes (n, 3) with n >= 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> measure.profiles(Tensor.of(new float[0], 0, 3), RandomStream.seeded(1)))
                .withMessageContaining("n >= 1");
    }

    @Test
    void aLayerWithoutVariance() {
        List<DenseLayer> layers = new ArrayList<>(List.of(random(4, 3), random(4, 4)));
        layers.add(new DenseLayer(Tensor.of(new float[16], 4, 4), Tensor.of(new float[]{2, 2, 2, 2})));
        RelativeEntropy measure = RelativeEntropy.of(layers, z -> z);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> measure.profile(Tensor.of(new float[3]), RandomStream.seeded(1)))
                .withMessage("layer 2: all 4 pre-activations of input 0 are 2.0, a variance over neurons is needed");
    }

    @Test
    void aForwardPassThatOverflows() {
        float[] huge = new float[16];
        for (int i = 0; i < 4; i++) {
            huge[5 * i] = 1e30f;
        }
        var explosive = new DenseLayer(Tensor.of(huge, 4, 4), Tensor.of(new float[]{1, 2, 3, 4}));
        RelativeEntropy measure = RelativeEntropy.of(List.of(explosive, explosive, explosive), z -> z);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> measure.profile(Tensor.of(new float[]{1, 0, 0, 0}), RandomStream.seeded(1)))
                .withMessageContaining("layer 1: a pre-activation of input 0 is").withMessageContaining("overflows");
    }

    @Test
    void settingsOutOfRange() {
        RelativeEntropy measure = RelativeEntropy.of(List.of(random(4, 3), random(4, 4)), z -> z);
        assertThatIllegalArgumentException().isThrownBy(() -> measure.withSamples(1))
                .withMessage("samples = 1, at least 2 needed");
        assertThatIllegalArgumentException().isThrownBy(() -> measure.withReferenceLayer(2))
                .withMessage("reference layer = 2, 0 to 1 needed");
        assertThatIllegalArgumentException().isThrownBy(() -> measure.withReferenceLayer(-1));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.0585, 0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void aNormalisationThatIsNotPositive(double sigmaW2) {
        RelativeEntropy measure = RelativeEntropy.of(List.of(random(4, 3)), z -> z);
        assertThatIllegalArgumentException().isThrownBy(() -> measure.withSigmaW2(sigmaW2))
                .withMessageStartingWith("sigma_w2 = " + sigmaW2);
    }
}

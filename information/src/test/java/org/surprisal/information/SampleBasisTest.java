package org.surprisal.information;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.surprisal.information.entropy.GaussianDivergence;
import org.surprisal.information.entropy.GaussianEntropy;
import org.surprisal.information.mutual.Continuous;
import org.surprisal.information.mutual.GaussianInformation;
import org.surprisal.information.mutual.MutualInformation;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

/// Linear dependence as every Gaussian measure sees it: what rounding hides is refused by name, what is small but there
/// is measured.
class SampleBasisTest {

    private static final int N = 2000;

    private static Tensor normals(String label, int d) {
        return RandomStream.seeded(5).child(label).gaussian(ElementType.FLOAT64, 0, 1, N, d);
    }

    private static Tensor column(IntToDoubleFunction value) {
        double[] values = new double[N];
        Arrays.setAll(values, value);
        return Tensor.of(values, N, 1);
    }

    private static Tensor beside(Tensor... columns) {
        return Tensor.concatenate(1, Arrays.asList(columns));
    }

    /// Softmax of a random linear map of x, computed in one of the two types as frameworks do it, with the sum in eight
    /// strands.
    private static Tensor softmax(Tensor x, int classes, ElementType type) {
        double[] weights = RandomStream.seeded(6).gaussian(ElementType.FLOAT64, 0, 1, x.length(1), classes).toDoubles();
        double[] out = new double[N * classes];
        for (int i = 0; i < N; i++) {
            double[] strands = new double[8];
            for (int c = 0; c < classes; c++) {
                double logit = 0;
                for (int j = 0; j < x.length(1); j++) {
                    logit += x.at(i, j) * weights[j * classes + c];
                }
                out[i * classes + c] = type == ElementType.FLOAT32 ? (float) Math.exp((float) logit) : Math.exp(logit);
                strands[c % 8] = type == ElementType.FLOAT32
                        ? (float) strands[c % 8] + (float) out[i * classes + c]
                        : strands[c % 8] + out[i * classes + c];
            }
            double sum = 0;
            for (double strand : strands) {
                sum = type == ElementType.FLOAT32 ? (float) sum + (float) strand : sum + strand;
            }
            for (int c = 0; c < classes; c++) {
                out[i * classes + c] = type == ElementType.FLOAT32
                        ? (float) out[i * classes + c] / (float) sum
                        : out[i * classes + c] / sum;
            }
        }
        return Tensor.of(out, N, classes);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 10, 100})
    void softmaxOutputsAreLinearlyDependentInEitherType(int classes) {
        Tensor x = normals("x", 4);
        for (ElementType type : ElementType.values()) {
            // Kept in float64, as files and frameworks do, and in its own type.
            for (Tensor kept : new Tensor[]{softmax(x, classes, type), softmax(x, classes, type).to(type)}) {
                Continuous outputs = Continuous.of("s", kept);
                assertThatIllegalArgumentException().as("%s kept in %s", type, kept.type())
                        .isThrownBy(() -> new GaussianInformation().estimate(outputs, Continuous.of("x", x)))
                        .withMessage(
                                "the coordinates of s are linearly dependent: leave out those that others determine");
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> new GaussianEntropy().estimate(outputs)).withMessage(
                                "s has no Gaussian entropy: a coordinate is constant or a combination of others");
                assertThatIllegalArgumentException().isThrownBy(
                        () -> new GaussianDivergence(GaussianDivergence.Model.FULL).estimate(outputs, outputs))
                        .withMessageContaining("s has no normal model with a full covariance")
                        .withMessageContaining("component " + (classes - 1));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(ElementType.class)
    void theOtherOutputsHaveAllTheInformation(ElementType type) {
        Tensor x = normals("x", 4);
        Tensor s = softmax(x, 3, type);
        Continuous of = Continuous.of("x", x);

        double first = new GaussianInformation().estimate(Continuous.of("s", s.slice(1, 0, 2)), of).value();
        double last = new GaussianInformation().estimate(Continuous.of("s", s.slice(1, 1, 3)), of).value();

        assertThat(first).isCloseTo(last, within(1e-4)).isGreaterThan(0.5);
    }

    /// Gaussian information does not change by an invertible linear map: (c, c + 1e-7 e) has what (c, e) has.
    @ParameterizedTest
    @ValueSource(doubles = {1e-2, 1e-5, 1e-7, 1e-9})
    void aCopyWithALittleNoiseHasTheInformationOfTheNoise(double noise) {
        Tensor c = normals("c", 1);
        Tensor e = normals("e", 1);
        Tensor y = c.plus(e).plus(normals("f", 1));
        double truth = new GaussianInformation()
                .estimate(Continuous.of("x", beside(c, e)), Continuous.of("y", y)).value();

        MutualInformation answer = new GaussianInformation()
                .estimate(Continuous.of("x", beside(c, c.plus(e.times(noise)))), Continuous.of("y", y));

        assertThat(answer.value()).isCloseTo(truth, within(1e-6));
        assertThat(new GaussianEntropy().estimate(Continuous.of("x", beside(c, c.plus(e.times(noise))))).value())
                .isCloseTo(new GaussianEntropy().estimate(Continuous.of("x", beside(c, e))).value() + Math.log(noise),
                        within(1e-6));
    }

    /// 1 - r² = Var(y | x) / Var(y), which for y = x + s e is s² Var(e | x) / Var(y), found without cancellation.
    @ParameterizedTest
    @ValueSource(doubles = {1e-3, 1e-6, 1e-9})
    void nearlyDeterministicPairsHaveTheirLargeInformation(double noise) {
        Tensor x = normals("x", 1);
        Tensor e = normals("e", 1);
        double dependence = 2
                * new GaussianInformation().estimate(Continuous.of("x", x), Continuous.of("e", e)).value();
        double varianceOfE = Moments.of(e.toDoubles()).variance();
        Tensor y = x.plus(e.times(noise));
        double truth = -0.5 * (2 * Math.log(noise) + Math.log(varianceOfE) - dependence
                - Math.log(Moments.of(y.toDoubles()).variance()));

        assertThat(new GaussianInformation().estimate(Continuous.of("x", x), Continuous.of("y", y)).value())
                .isCloseTo(truth, within(1e-5));
    }

    @Test
    void sumsInFloat32HaveInfiniteInformation() {
        Tensor x = normals("x", 2).to(ElementType.FLOAT32);
        Tensor sum = x.slice(1, 0, 1).plus(x.slice(1, 1, 2));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GaussianInformation().estimate(Continuous.of("x", x), Continuous.of("y", sum)))
                .withMessageEndingWith("their information is infinite");
    }

    /// Samples far from 0 are stored more coarsely: at 1e9 float64 has steps of 1.2e-7, which is no noise of that size.
    @Test
    void samplesFarFromZeroAreComparedWithTheirOwnRounding() {
        Tensor a = normals("a", 1);
        Tensor far = column(i -> 1e9 + a.at(i, 0));
        Tensor twice = column(i -> 2e9 + 2 * a.at(i, 0));

        assertThatIllegalArgumentException().isThrownBy(
                () -> new GaussianEntropy().estimate(Continuous.of("x", beside(far, twice))));
        assertThat(new GaussianEntropy().estimate(Continuous.of("x", beside(far, normals("b", 1)))).value())
                .isCloseTo(2 * (0.5 * Math.log(2 * Math.PI * Math.E)), within(0.1));
    }

    /// Two points, each as often as the other, have no covariance in two dimensions; Ledoit and Wolf shrink it by
    /// nothing.
    @Test
    void twoPointsHaveNoShrunkFit() {
        Tensor points = beside(column(i -> i % 2 == 0 ? 0.1 : 0.7), column(i -> i % 2 == 0 ? 0.3 : -0.2));

        assertThatIllegalArgumentException().isThrownBy(() -> LedoitWolf.fit(points))
                .withMessageContaining("not positive definite");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GaussianEntropy().estimate(Continuous.of("x", points)));
    }
}

package org.surprisal.information;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

class RelativeEntropyTest {

    private static final int N = SmallNetwork.WIDTH;
    private static final int DEPTH = SmallNetwork.DEPTH;

    /// Recorded from NumPy 2.4: the same network in double precision, 10^6 samples of default_rng(12345) in blocks of
    /// 50,000, D_m from the mean of ||z - μ_m||², its error from their standard deviation. Layer 0 is the reference.
    private static final double[] RECORDED = {0, 2.70859262143394, -0.07721967243957373, 1.1271028104019392,
            1.0250875200558873, 2.695592864658697};
    private static final double[] RECORDED_ERROR = {0, 0.0028062859656581194, 0.0025324519854220255,
            0.0033344242521705816, 0.0036513577467137234, 0.0029309538971105382};

    /// The same samples with Q_m divided by 2σ_0².
    private static final double[] RECORDED_SLIP = {0, 6.5142828320309505, 1.9804841025136906, 4.081079275873586,
            2.2698248016149645, 7.8078721069946795};
    private static final double[] RECORDED_SLIP_ERROR = {0, 0.003958577117673955, 0.003227473170613342,
            0.004569266025542174, 0.004113566720255056, 0.004930011647711219};

    private static final double[] RECORDED_MEAN = {0.33416650457109504, -0.5093331668371118, -0.09417703195568702,
            -0.24071238356252245, 0.05682019672505041, -0.0019732422676145443};
    private static final double[] RECORDED_VARIANCE = {0.945156688118775, 1.3332481735609738, 1.2045511111322242,
            1.2951778229851194, 1.0647998271796584, 1.5898010152706221};

    private static RelativeEntropy measure(ElementType type) {
        return RelativeEntropy.of(SmallNetwork.layers(type), Tensor::tanh);
    }

    private static Tensor input() {
        return Tensor.of(SmallNetwork.input());
    }

    @ParameterizedTest
    @EnumSource
    void agreesWithNumPyWithinTheErrorsOfBoth(ElementType type) {
        RelativeEntropyProfile profile = measure(type).withSamples(40_000).profile(input(), RandomStream.seeded(1));

        assertThat(profile.layers()).hasSize(DEPTH);
        for (RelativeEntropyProfile.Layer layer : profile.layers()) {
            int m = layer.layer();
            assertThat(layer.mean()).isCloseTo(RECORDED_MEAN[m], within(type == ElementType.FLOAT64 ? 1e-14 : 1e-6));
            assertThat(layer.variance()).isCloseTo(RECORDED_VARIANCE[m],
                    within(type == ElementType.FLOAT64 ? 1e-14 : 1e-6));
            double bound = 4 * Math.hypot(layer.standardError(), RECORDED_ERROR[m]);
            assertThat(layer.value()).as("layer %d", m).isCloseTo(RECORDED[m], within(bound));
            assertThat(layer.standardError()).isCloseTo(5 * RECORDED_ERROR[m], within(0.03 * 5 * RECORDED_ERROR[m]));
        }
    }

    @Test
    void theReferenceCodesFormDividesByTheReferencesVariance() {
        RelativeEntropyProfile profile = measure(ElementType.FLOAT64).withForm(RelativeEntropy.Form.REFERENCE_CODE)
                .withSamples(20_000).profile(input(), RandomStream.seeded(2));

        for (RelativeEntropyProfile.Layer layer : profile.layers()) {
            int m = layer.layer();
            double bound = 4 * Math.hypot(layer.standardError(), RECORDED_SLIP_ERROR[m]);
            assertThat(layer.value()).as("layer %d", m).isCloseTo(RECORDED_SLIP[m], within(bound));
        }
    }

    @Test
    void theReferenceIsExactlyZero() {
        RelativeEntropyProfile.Layer first = measure(ElementType.FLOAT32).withSigmaW2(1.5)
                .profile(input(), RandomStream.seeded(3)).layers().getFirst();

        assertThat(first.value()).isZero();
        assertThat(first.standardError()).isZero();
        assertThat(first.normalised()).hasValue(0);
    }

    /// Nothing clamps what the definition makes negative: layer 2 of the recorded network is.
    @Test
    void negativeValuesStay() {
        RelativeEntropyProfile profile = measure(ElementType.FLOAT64).withSamples(20_000).profile(input(),
                RandomStream.seeded(4));

        assertThat(profile.layers().get(2).value()).isNegative();
    }

    /// The definition written out with plain loops, on the very samples the measure draws (input 0: child(0), row by
    /// row).
    @Test
    void isTheDefinitionWrittenOut() {
        int samples = 300;
        RelativeEntropyProfile profile = measure(ElementType.FLOAT64).withSamples(samples).profile(input(),
                RandomStream.seeded(5));

        double[] z = SmallNetwork.linear(SmallNetwork.weight(0), SmallNetwork.bias(0), SmallNetwork.input());
        double mean0 = SmallNetwork.mean(z);
        double variance0 = SmallNetwork.variance(z);
        RandomStream random = RandomStream.seeded(5).child(0);
        double[][] drawn = new double[samples][N];
        for (double[] row : drawn) {
            for (int i = 0; i < N; i++) {
                row[i] = mean0 + Math.sqrt(variance0) * random.nextGaussian();
            }
        }
        for (int m = 1; m < DEPTH; m++) {
            z = SmallNetwork.linear(SmallNetwork.weight(m), SmallNetwork.bias(m), SmallNetwork.tanh(z));
            double mean = SmallNetwork.mean(z);
            double variance = SmallNetwork.variance(z);
            double[] q = new double[samples];
            for (int s = 0; s < samples; s++) {
                drawn[s] = SmallNetwork.linear(SmallNetwork.weight(m), SmallNetwork.bias(m),
                        SmallNetwork.tanh(drawn[s]));
                for (double x : drawn[s]) {
                    q[s] += (x - mean) * (x - mean);
                }
            }
            double value = -0.5 * N * Math.log(2 * Math.PI * Math.E * variance0)
                    + 0.5 * N * Math.log(2 * Math.PI * variance) + SmallNetwork.mean(q) / (2 * variance);
            double error = Math.sqrt(SmallNetwork.variance(q) / (samples - 1)) / (2 * variance);

            assertThat(profile.layers().get(m).value()).as("layer %d", m).isCloseTo(value, within(1e-11));
            assertThat(profile.layers().get(m).standardError()).isCloseTo(error, within(1e-12));
            assertThat(profile.meanFieldCurve()[m]).isCloseTo(0.5 * N * Math.log(variance / variance0), within(1e-12));
        }
    }

    /// Schmidt's own form (2.116): Q_m as a double sum over neurons of the first and second moments of the activations
    /// f_j = <φ_j>, f_jk = <φ_j φ_k>, here those of the samples, so that the two forms must agree to rounding.
    @Test
    void isTheDoubleSumOverNeurons() {
        int samples = 200;
        RelativeEntropyProfile profile = measure(ElementType.FLOAT64).withSamples(samples).profile(input(),
                RandomStream.seeded(6));
        RelativeEntropyProfile.Layer reference = profile.layers().getFirst();
        RandomStream random = RandomStream.seeded(6).child(0);
        double[][] z = new double[samples][N];
        for (double[] row : z) {
            for (int i = 0; i < N; i++) {
                row[i] = reference.mean() + Math.sqrt(reference.variance()) * random.nextGaussian();
            }
        }
        for (int m = 1; m < DEPTH; m++) {
            RelativeEntropyProfile.Layer layer = profile.layers().get(m);
            double[][] weight = SmallNetwork.weight(m);
            double[] bias = SmallNetwork.bias(m);
            double[] f = new double[N];
            double[][] ff = new double[N][N];
            for (int s = 0; s < samples; s++) {
                double[] phi = SmallNetwork.tanh(z[s]);
                for (int j = 0; j < N; j++) {
                    f[j] += phi[j] / samples;
                    for (int k = 0; k < N; k++) {
                        ff[j][k] += phi[j] * phi[k] / samples;
                    }
                }
                z[s] = SmallNetwork.linear(weight, bias, phi);
            }
            double q = 0;
            for (int i = 0; i < N; i++) {
                double offset = bias[i] - layer.mean();
                q += offset * offset;
                for (int j = 0; j < N; j++) {
                    q += 2 * f[j] * weight[i][j] * offset;
                    for (int k = 0; k < N; k++) {
                        q += ff[j][k] * weight[i][j] * weight[i][k];
                    }
                }
            }
            double value = 0.5 * N * (Math.log(layer.variance() / reference.variance()) - 1)
                    + q / (2 * layer.variance());

            assertThat(layer.value()).as("layer %d", m).isCloseTo(value, within(1e-10));
        }
    }

    /// At layer 1 the activations are independent, so Q_1 = ||W||_F² Var φ + ||W <φ> + b - μ||² with two
    /// one-dimensional integrals, here by the trapezoid rule; 200 Gauss-Hermite nodes in NumPy gave D_1 =
    /// 2.708017847472785.
    @Test
    void layerOneIsAQuadrature() {
        RelativeEntropyProfile profile = RelativeEntropy
                .of(SmallNetwork.layers(ElementType.FLOAT64).subList(0, 2), Tensor::tanh).withSamples(40_000)
                .profile(input(),
                        RandomStream.seeded(7));
        RelativeEntropyProfile.Layer reference = profile.layers().getFirst();
        RelativeEntropyProfile.Layer layer = profile.layers().get(1);
        double first = 0;
        double second = 0;
        for (double t = -10; t < 10; t += 0.005) {
            double phi = Math.tanh(reference.mean() + Math.sqrt(reference.variance()) * t);
            double weight = new Gaussian(0, 1).density(t) * 0.005;
            first += phi * weight;
            second += phi * phi * weight;
        }
        double frobenius = 0;
        double shift = 0;
        for (int i = 0; i < N; i++) {
            double center = SmallNetwork.bias(1)[i] - layer.mean();
            for (double w : SmallNetwork.weight(1)[i]) {
                frobenius += w * w;
                center += w * first;
            }
            shift += center * center;
        }
        double q = frobenius * (second - first * first) + shift;
        double value = 0.5 * N * (Math.log(layer.variance() / reference.variance()) - 1) + q / (2 * layer.variance());

        assertThat(value).isCloseTo(2.708017847472785, within(1e-12));
        assertThat(layer.value()).isCloseTo(value, within(4 * layer.standardError()));
    }

    /// Twelve samples more than one block of 2^20 elements holds: the blocks draw on from one stream, so the first
    /// samples of a longer run are those of a shorter one, and no row is lost or doubled.
    @Test
    void blocksOfSamplesLeaveNoSeam() {
        int samples = (1 << 20) / N + 12;
        double[] values = new double[samples];
        RelativeEntropyProfile profile = RelativeEntropy
                .of(SmallNetwork.layers(ElementType.FLOAT64).subList(0, 2), z -> z).withSamples(samples)
                .profile(input(), RandomStream.seeded(8));
        RelativeEntropyProfile.Layer reference = profile.layers().getFirst();
        RelativeEntropyProfile.Layer layer = profile.layers().get(1);
        RandomStream random = RandomStream.seeded(8).child(0);
        double[] z = new double[N];
        for (int s = 0; s < samples; s++) {
            for (int i = 0; i < N; i++) {
                z[i] = reference.mean() + Math.sqrt(reference.variance()) * random.nextGaussian();
            }
            for (double x : SmallNetwork.linear(SmallNetwork.weight(1), SmallNetwork.bias(1), z)) {
                values[s] += (x - layer.mean()) * (x - layer.mean());
            }
        }
        double value = 0.5 * N * (Math.log(layer.variance() / reference.variance()) - 1)
                + SmallNetwork.mean(values) / (2 * layer.variance());

        assertThat(layer.value()).isCloseTo(value, within(1e-10));
    }

    @Test
    void singlePrecisionFollowsDoublePrecisionOnTheSameSamples() {
        RelativeEntropyProfile single = measure(ElementType.FLOAT32).profile(input(), RandomStream.seeded(9));
        RelativeEntropyProfile twice = measure(ElementType.FLOAT64).profile(input(), RandomStream.seeded(9));

        for (int m = 1; m < DEPTH; m++) {
            assertThat(single.layers().get(m).value()).isCloseTo(twice.layers().get(m).value(), within(1e-4));
        }
    }

    @Test
    void equalStreamsGiveEqualBits() {
        RelativeEntropy measure = measure(ElementType.FLOAT32);

        assertThat(measure.profile(input(), RandomStream.seeded(10)))
                .isEqualTo(measure.profile(input(), RandomStream.seeded(10)))
                .isNotEqualTo(measure.profile(input(), RandomStream.seeded(11)));
    }

    /// With layer 2 as reference the network behind it is a network of its own that starts at z^(2).
    @Test
    void anotherReferenceMeasuresTheRestOfTheNetwork() {
        double[] z = SmallNetwork.input();
        for (int l = 0; l < 2; l++) {
            z = SmallNetwork.tanh(SmallNetwork.linear(SmallNetwork.weight(l), SmallNetwork.bias(l), z));
        }
        List<DenseLayer> rest = SmallNetwork.layers(ElementType.FLOAT64).subList(2, DEPTH);

        RelativeEntropyProfile whole = measure(ElementType.FLOAT64).withReferenceLayer(2).profile(input(),
                RandomStream.seeded(12));
        RelativeEntropyProfile part = RelativeEntropy.of(rest, Tensor::tanh).profile(Tensor.of(z),
                RandomStream.seeded(12));

        assertThat(whole.layers()).hasSize(4);
        for (int k = 0; k < 4; k++) {
            assertThat(whole.layers().get(k).layer()).isEqualTo(k + 2);
            assertThat(whole.layers().get(k).value()).isCloseTo(part.layers().get(k).value(), within(1e-10));
        }
        assertThat(whole.meanFieldCurve()).containsExactly(part.meanFieldCurve(), within(1e-12));
        assertThat(measure(ElementType.FLOAT64).withReferenceLayer(5).profile(input(), RandomStream.seeded(1)).layers())
                .singleElement().satisfies(only -> assertThat(only.value()).isZero());
    }

    /// ln(2πe 1.5) = 3.2433, times N/2 = 10.
    @Test
    void normalisesByTheHyperParameter() {
        RelativeEntropyProfile profile = measure(ElementType.FLOAT32).withSigmaW2(1.5).profile(input(),
                RandomStream.seeded(13));

        double divisor = profile.normalisation().orElseThrow();
        assertThat(divisor).isCloseTo(10 * (Math.log(17.07946844534713) + Math.log(1.5)), within(1e-10));
        for (RelativeEntropyProfile.Layer layer : profile.layers()) {
            assertThat(layer.normalised()).hasValue(layer.value() / divisor);
        }
        assertThat(measure(ElementType.FLOAT32).profile(input(), RandomStream.seeded(13)).layers().get(1).normalised())
                .isEmpty();
    }
}

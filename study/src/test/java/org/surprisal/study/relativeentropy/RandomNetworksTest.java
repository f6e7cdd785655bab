package org.surprisal.study.relativeentropy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.surprisal.data.sets.Mnist;
import org.surprisal.information.DenseLayer;
import org.surprisal.information.Moments;
import org.surprisal.information.RelativeEntropy;
import org.surprisal.information.RelativeEntropyProfile;
import org.surprisal.network.initialisation.Initialisation;
import org.surprisal.network.layer.Activation;
import org.surprisal.network.layer.Linear;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

/// Twenty random networks 784 wide on the first MNIST test image, against numbers that were made without this code.
///
/// The expected values are those of the specification: means over 130 networks of the normalised measure at layers 1,
/// 3, 5, 10, 29, from an independent simulation.
class RandomNetworksTest {
    private static final int NETWORKS = 20;
    private static final int[] LAYERS = {1, 3, 5, 10, 29};

    @ParameterizedTest
    @CsvSource({"1.5, .1192 .2345 .2752 .2892 .2928", "2.5, .1818 .3504 .3911 .3999 .4009"})
    void curvesMeetTheRecordedValuesAndTheGaussianEntropyDifference(double sigmaW2, String recorded) {
        Path data = data();
        assumeThat(Files.isDirectory(data.resolve("mnist")))
                .as("MNIST is not in %s: set SURPRISAL_DATA to run this test", data).isTrue();
        Tensor image = Mnist.load(data).test().batch(0).inputs().reshape(784);
        List<RelativeEntropyProfile> profiles = IntStream.range(0, NETWORKS)
                .mapToObj(seed -> profile(image, sigmaW2, RandomStream.seeded(seed))).toList();
        double[] expected = numbers(recorded);
        for (int i = 0; i < LAYERS.length; i++) {
            int m = LAYERS[i];
            Moments moments = Moments.of(profiles.stream()
                    .mapToDouble(profile -> profile.layers().get(m).normalised().orElseThrow()).toArray());
            double error = Math.sqrt(moments.sampleVariance() / NETWORKS);
            assertThat(Math.abs(moments.mean() - expected[i])).as("layer " + m).isLessThan(3 * error);
        }
        assertThat(deviation(profiles)).isLessThan(0.05);
    }

    /// The measure's distance from (N/2) ln(σ_m²/σ_0²), both averaged over networks: root mean square over depth, as a
    /// fraction of the latter's.
    private static double deviation(List<RelativeEntropyProfile> profiles) {
        double squares = 0;
        double scale = 0;
        for (int m = 1; m < 30; m++) {
            int layer = m;
            double value = profiles.stream().mapToDouble(p -> p.layers().get(layer).value()).average().orElseThrow();
            double formula = profiles.stream().mapToDouble(p -> p.meanFieldCurve()[layer]).average().orElseThrow();
            squares += (value - formula) * (value - formula);
            scale += formula * formula;
        }
        return Math.sqrt(squares / scale);
    }

    private static RelativeEntropyProfile profile(Tensor image, double sigmaW2, RandomStream stream) {
        List<DenseLayer> layers = new ArrayList<>();
        Initialisation start = new Initialisation.Gaussian(sigmaW2, 0.05);
        for (int width : Collections.nCopies(30, 784)) {
            Linear linear = start.linear(ElementType.FLOAT32, width, width, stream.child(layers.size()));
            layers.add(new DenseLayer(linear.weight().value(), linear.bias().value()));
        }
        return RelativeEntropy.of(layers, Activation.TANH).withSamples(200).withSigmaW2(sigmaW2).profile(image,
                stream.child("monte-carlo"));
    }

    private static double[] numbers(String text) {
        return List.of(text.strip().split(" +", -1)).stream().mapToDouble(Double::parseDouble).toArray();
    }

    private static Path data() {
        String set = System.getenv("SURPRISAL_DATA");
        return Path.of(set != null ? set : "../../shared/data");
    }
}

package org.surprisal.data.sets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.surprisal.data.ClassLabels;
import org.surprisal.data.DataException;
import org.surprisal.data.ImageSet;
import org.surprisal.data.SharedData;
import org.surprisal.data.Split;
import org.surprisal.data.fetch.RemoteFiles;
import org.surprisal.data.transform.ClassSelection;

class MnistTest {
    @Test
    void theOriginalFilesHoldWhatIsPublished() {
        Split mnist = Mnist.load(SharedData.folder("mnist"));
        ImageSet train = (ImageSet) mnist.train();
        assertThat(train.size()).isEqualTo(60_000);
        assertThat(mnist.test().size()).isEqualTo(10_000);
        assertThat(train.inputShape().lengths()).containsExactly(784);
        // The well-known first labels and class counts of the training set (NumPy: bincount of the label file).
        assertThat(IntStream.range(0, 10).map(train::label)).containsExactly(5, 0, 4, 1, 9, 2, 1, 3, 1, 4);
        int[] counts = new int[10];
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < train.size(); i++) {
            counts[train.label(i)]++;
            for (float pixel : train.image(i)) {
                sum += pixel;
                squares += pixel * pixel;
            }
        }
        assertThat(counts).containsExactly(5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949);
        // Mean 0.1307 and standard deviation 0.3081, the constants everybody normalises by.
        double mean = sum / (60_000.0 * 784);
        assertThat(mean).isCloseTo(0.1307, within(5e-5));
        assertThat(Math.sqrt(squares / (60_000.0 * 784) - mean * mean)).isCloseTo(0.3081, within(5e-5));
    }

    @Test
    void unpackedFilesAreReadToo(@TempDir Path folder) throws IOException {
        Path packed = SharedData.folder("mnist");
        Files.createDirectories(folder.resolve("mnist"));
        for (RemoteFiles.File file : Mnist.FILES.files()) {
            try (InputStream in = new GZIPInputStream(
                    Files.newInputStream(Mnist.FILES.in(packed).resolve(file.name())))) {
                Files.copy(in, folder.resolve("mnist").resolve(file.name().replace(".gz", "")));
            }
        }
        assertThat(Mnist.load(folder).test().batch(0).targets().toFloats()).containsExactly(7);
    }

    @Test
    void missingFilesAreNamedWithTheCommandThatGetsThem(@TempDir Path folder) throws IOException {
        assertThatThrownBy(() -> Mnist.load(folder)).isInstanceOf(DataException.class).hasMessageContainingAll(
                "train-images-idx3-ubyte.gz, train-labels-idx1-ubyte.gz", folder.resolve("mnist").toString(),
                "surprisal data fetch mnist");
        Files.createDirectories(folder.resolve("mnist"));
        for (RemoteFiles.File file : Mnist.FILES.files().subList(0, 3)) {
            Files.createFile(folder.resolve("mnist").resolve(file.name()));
        }
        assertThatThrownBy(() -> Mnist.load(folder)).isInstanceOf(DataException.class)
                .hasMessageStartingWith("mnist: no t10k-labels-idx1-ubyte.gz in");
    }

    /// Row 3.5 of the lecture notes counts the ones and sevens of all 70,000 images.
    @Test
    void onesAndSevensOfMnist() {
        Split both = ClassSelection.of(Mnist.load(SharedData.folder("mnist")), 1, 7);
        int[] train = ClassLabels.counts(both.train());
        int[] test = ClassLabels.counts(both.test());
        assertThat(train).hasSize(2);
        assertThat(train[0] + test[0]).isEqualTo(7877);
        assertThat(train[1] + test[1]).isEqualTo(7293);
        assertThat(both.train().classNames()).containsExactly("1", "7");
    }
}

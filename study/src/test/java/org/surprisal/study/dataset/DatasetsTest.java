package org.surprisal.study.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.surprisal.data.DataException;
import org.surprisal.data.Dataset;
import org.surprisal.data.Parts;
import org.surprisal.data.fetch.RemoteFiles;
import org.surprisal.data.sets.Mnist;

class DatasetsTest {
    @TempDir
    private Path folder;

    @Test
    void namesLeadToDataSetsAndTheirFiles() {
        assertThat(Datasets.all()).extracting(Datasets.Entry::name).containsExactly("mnist", "digits", "fashion-mnist",
                "ising", "names", "cora", "tishby", "spheres", "xor", "moons", "spirals", "polynomial");
        assertThat(Datasets.all()).allSatisfy(entry -> assertThat(entry.description()).isNotBlank()
                .hasSizeLessThan(100).doesNotContain("\n"));
        assertThat(Datasets.named("digits").embedded()).isTrue();
        assertThat(Datasets.filesOf("mnist")).isEqualTo(Mnist.FILES);
        assertThatThrownBy(() -> Datasets.named("minst")).isInstanceOf(DataException.class)
                .hasMessageStartingWith("no data set 'minst'; there are mnist, digits, fashion-mnist");
        assertThatThrownBy(() -> Datasets.filesOf("digits")).isInstanceOf(DataException.class)
                .hasMessageContaining("embedded");
    }

    @Test
    void remoteFilesAreInTheirDataSetsFolder() {
        for (Datasets.Entry entry : Datasets.all()) {
            entry.files().ifPresent(files -> {
                assertThat(files.dataset()).isEqualTo(entry.name());
                assertThat(files.files()).allSatisfy(file -> assertThat(file.sha256()).matches("[0-9a-f]{64}"))
                        .extracting(RemoteFiles.File::name).doesNotHaveDuplicates();
                assertThatThrownBy(() -> entry.open(folder, 1)).isInstanceOf(DataException.class)
                        .hasMessageContaining("'surprisal data fetch " + entry.name() + "'");
            });
        }
    }

    @ParameterizedTest
    @CsvSource({"digits, 10000, 2000, 2000, 784, 10", "ising, 800, 400, 400, 784, 40", "spheres, 2458, 819, 819, 12, 2",
            "xor, 600, 200, 200, 2, 2",
            "moons, 600, 200, 200, 2, 2", "spirals, 600, 200, 200, 2, 2", "polynomial, 30, 30, 1000, 1, 0"})
    void embeddedSetsOpenFromASeed(String name, int train, int validation, int test, int inputs, int classes) {
        assertParts(name, folder, train, validation, test, inputs, classes);
        assertThat(Datasets.named(name).published()).isEqualTo(Datasets.Published.NONE);
    }

    @ParameterizedTest
    @CsvSource({"mnist, 50000, 10000, 10000, 784, 10, TEST", "names, 648, 216, 216, 684, 18, NONE",
            "cora, 140, 500, 1000, 1433, 7, ALL", "tishby, 2458, 819, 819, 12, 2, NONE"})
    void downloadedSetsOpenFromAFolder(String name, int train, int validation, int test, int inputs, int classes,
            Datasets.Published published) {
        assertParts(name, SharedData.folder(name), train, validation, test, inputs, classes);
        assertThat(Datasets.named(name).published()).isEqualTo(published);
    }

    private static void assertParts(String name, Path folder, int train, int validation, int test, int inputs,
            int classes) {
        Parts parts = Datasets.named(name).open(folder, 3);
        assertThat(List.of(parts.train().size(), parts.validation().size(), parts.test().size()))
                .containsExactly(train, validation, test);
        assertThat(parts.train().inputShape().size()).isEqualTo(inputs);
        assertThat(parts.train().classes()).isEqualTo(classes);
        assertThat(parts.train().name()).isEqualTo(name);
        Parts again = Datasets.named(name).open(folder, 3);
        Parts other = Datasets.named(name).open(folder, 4);
        for (List<Dataset> three : List.of(List.of(parts.train(), again.train(), other.train()),
                List.of(parts.validation(), again.validation(), other.validation()))) {
            double[] first = firstInputs(three.get(0));
            assertThat(firstInputs(three.get(1))).isEqualTo(first);
            if (Datasets.named(name).published() != Datasets.Published.ALL) {
                assertThat(firstInputs(three.get(2))).as("another seed").isNotEqualTo(first);
            }
        }
    }

    private static double[] firstInputs(Dataset data) {
        return data.first(20).all().inputs().toDoubles();
    }
}

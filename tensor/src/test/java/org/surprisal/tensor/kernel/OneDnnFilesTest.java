package org.surprisal.tensor.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.surprisal.tensor.kernel.OneDnnFiles.LibraryFile;

class OneDnnFilesTest {
    private static URL source(OneDnnFiles files, LibraryFile file) {
        Optional<URL> source = ResourceSearch.find(OneDnn.class, files.resource(file), "dnnl");
        assumeTrue(source.isPresent(), "the class path has no " + files.coordinates());
        return source.get();
    }

    @Test
    void recordedDigestsAreThoseOfTheJarOnTheClassPath() throws Exception {
        OneDnnFiles files = OneDnnFiles.ofThisPlatform();
        for (LibraryFile file : new LibraryFile[]{files.openMp(), files.library()}) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (InputStream in = source(files, file).openStream()) {
                byte[] block = new byte[1 << 16];
                for (int read = in.read(block); read >= 0; read = in.read(block)) {
                    digest.update(block, 0, read);
                }
            }
            assertThat(file.sha256()).as(file.name()).isEqualTo(HexFormat.of().formatHex(digest.digest()));
        }
    }

    @Test
    void recordedVersionIsThatOfTheJarAndOfTheBuild() throws Exception {
        OneDnnFiles files = OneDnnFiles.ofThisPlatform();
        assertThat(source(files, files.library()).toString())
                .contains("dnnl-" + OneDnnFiles.VERSION + "-" + files.platform() + ".jar!/");
        Path pom = Path.of("..", "pom.xml");
        assumeTrue(Files.exists(pom), "not run in the module's folder");
        assertThat(pom).content().contains("<onednn.version>" + OneDnnFiles.VERSION + "</onednn.version>");
    }

    @ParameterizedTest
    @CsvSource({"Linux, amd64, linux-x86_64", "Linux, x86_64, linux-x86_64", "Linux, aarch64, linux-arm64",
            "Mac OS X, aarch64, macosx-arm64", "LINUX, AMD64, linux-x86_64"})
    void systemAndProcessorNameThePlatform(String system, String processor, String platform) throws IOException {
        assertThat(OneDnnFiles.of(system, processor).platform()).isEqualTo(platform);
    }

    @ParameterizedTest
    @CsvSource({"Windows 11, amd64, no oneDNN library for windows 11 on amd64",
            "Linux, riscv64, no oneDNN library for linux on riscv64",
            "Mac OS X, x86_64, no oneDNN library for mac os x on x86_64"})
    void platformWithoutLibraryIsNamed(String system, String processor, String message) {
        assertThatThrownBy(() -> OneDnnFiles.of(system, processor)).isInstanceOf(IOException.class).hasMessage(message);
    }
}

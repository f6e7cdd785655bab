package org.surprisal.data.sets;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.surprisal.data.Split;

class FashionMnistTest {
    @TempDir
    private Path folder;

    /// The loader's own check of a published file is its SHA-256; here two files of the format.
    @Test
    void clothesAreReadFromIdxFiles() throws IOException {
        Path own = Files.createDirectories(folder.resolve("fashion-mnist"));
        byte[] images = ByteBuffer.allocate(16 + 4).putInt(0x803).putInt(1).putInt(2).putInt(2)
                .put(new byte[]{0, 51, (byte) 255, 102}).array();
        byte[] labels = ByteBuffer.allocate(9).putInt(0x801).putInt(1).put((byte) 9).array();
        Files.write(own.resolve("train-images-idx3-ubyte"), images);
        Files.write(own.resolve("train-labels-idx1-ubyte"), labels);
        Files.write(own.resolve("t10k-images-idx3-ubyte.gz"), images);
        Files.write(own.resolve("t10k-labels-idx1-ubyte.gz"), labels);
        Split clothes = FashionMnist.load(folder);
        assertThat(clothes.train().all().inputs().toFloats()).containsExactly(0, 0.2f, 1, 0.4f);
        assertThat(clothes.test().name()).isEqualTo("fashion-mnist");
        assertThat(clothes.test().classNames()).hasSize(10).endsWith("Ankle boot");
        assertThat(clothes.test().all().targets().toFloats()).containsExactly(9);
    }
}

package org.surprisal.data.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.surprisal.data.Batch;
import org.surprisal.data.DataException;
import org.surprisal.data.ImageSet;
import org.surprisal.data.Mutations;

class IdxTest {
    @TempDir
    Path folder;

    private static byte[] images(int count, int height, int width, byte... pixels) {
        return ByteBuffer.allocate(16 + pixels.length).putInt(0x803).putInt(count).putInt(height).putInt(width)
                .put(pixels).array();
    }

    private static byte[] labels(int count, byte... labels) {
        return ByteBuffer.allocate(8 + labels.length).putInt(0x801).putInt(count).put(labels).array();
    }

    private static final byte[] TWO_IMAGES = images(2, 2, 3, (byte) 0, (byte) 51, (byte) 255, (byte) 1, (byte) 2,
            (byte) 3, (byte) 4, (byte) 5, (byte) 6, (byte) 7, (byte) 8, (byte) 102);
    private static final byte[] TWO_LABELS = labels(2, (byte) 9, (byte) 0);

    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    private ImageSet read(byte[] images, byte[] labels) throws IOException {
        return Idx.read("mnist", Mutations.write(folder.resolve("images.gz"), images),
                Mutations.write(folder.resolve("labels.gz"), labels), 10);
    }

    private void refused(byte[] images, byte[] labels, String... words) {
        assertThatThrownBy(() -> read(images, labels)).isInstanceOf(DataException.class).hasMessageContainingAll(words);
    }

    @Test
    void contentDecidesWhetherAFileIsZipped() throws IOException {
        for (ImageSet set : new ImageSet[]{read(TWO_IMAGES, TWO_LABELS), read(gzip(TWO_IMAGES), gzip(TWO_LABELS))}) {
            assertThat(set.size()).isEqualTo(2);
            assertThat(set.height()).isEqualTo(2);
            assertThat(set.width()).isEqualTo(3);
            assertThat(set.label(0)).isEqualTo(9);
            assertThat(set.image(0)).startsWith(0, 0.2f, 1);
            Batch batch = set.batch(1);
            assertThat(batch.inputs().shape().lengths()).containsExactly(1, 6);
            assertThat(batch.inputs().at(0, 5)).isEqualTo(0.4f);
            assertThat(batch.targets().toFloats()).containsExactly(0);
        }
    }

    @Test
    void swappedAndUnequalFilesAreNamed() {
        refused(TWO_LABELS, TWO_LABELS, "images.gz holds labels (magic 0x801)", "images (magic 0x803) are wanted");
        refused(TWO_IMAGES, TWO_IMAGES, "labels.gz holds images");
        refused(TWO_IMAGES, labels(1, (byte) 1), "2 images", "1 labels");
        refused(TWO_IMAGES, labels(2, (byte) 1, (byte) 10), "label 1 is 10", "0 … 9");
    }

    @Test
    void damagedFilesAreNamed() {
        refused("<html>404</html>".getBytes(StandardCharsets.US_ASCII), TWO_LABELS,
                "is a web page (HTML), not data: download the file itself");
        refused(new byte[0], TWO_LABELS, "truncated");
        refused(Arrays.copyOf(TWO_IMAGES, 10), TWO_LABELS, "truncated", "header");
        byte[] packed = gzip(TWO_IMAGES);
        refused(Arrays.copyOf(packed, packed.length - 12), TWO_LABELS, "images.gz");
        refused(gzip(Arrays.copyOf(TWO_IMAGES, 20)), TWO_LABELS, "truncated", "4 of the 12 bytes of shape (2, 2, 3)");
        refused(Arrays.copyOf(TWO_IMAGES, 40), TWO_LABELS, "goes on after");
        assertThatThrownBy(() -> Idx.read("mnist", folder.resolve("none"), folder.resolve("none"), 10))
                .isInstanceOf(DataException.class).hasMessageContaining("none does not exist");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 60_000, 0x4000_0000})
    void headersThatClaimTooMuchAreRefusedBeforeAnyIsAllocated(int count) {
        refused(images(count, 28, 28), TWO_LABELS, "claims shape (" + Integer.toUnsignedString(count) + ", 28, 28)");
        refused(gzip(images(count, 2800, 2800)), TWO_LABELS, "claims shape");
        refused(images(count, 0, 0x7FFF_FFFF), TWO_LABELS, "images.gz");
    }

    @Test
    void aThousandDamagedFilesAreRefusedOrRead() throws Exception {
        int refused = Mutations.refused(TWO_IMAGES, 1, damaged -> read(damaged, TWO_LABELS));
        refused += Mutations.refused(gzip(TWO_IMAGES), 2, damaged -> read(damaged, TWO_LABELS));
        refused += Mutations.refused(TWO_LABELS, 3, damaged -> read(TWO_IMAGES, damaged));
        assertThat(refused).isGreaterThan(1500);
    }
}

package org.surprisal.data.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.surprisal.data.DataException;
import org.surprisal.data.InMemory;
import org.surprisal.data.Mutations;
import org.surprisal.data.RecordedFiles;
import org.surprisal.data.SharedData;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.Shape;
import org.surprisal.tensor.Tensor;

class MatTest {
    private static final int HEADER = 128;

    @TempDir
    Path folder;

    private static byte[] bytes(String name) {
        return RecordedFiles.bytes("mat-fixtures.txt", name);
    }

    private Path file(String name) throws IOException {
        return Files.write(folder.resolve(name + ".mat"), bytes(name));
    }

    private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String... words) {
        assertThatThrownBy(call).isInstanceOf(DataException.class).hasMessageContainingAll(words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "zipped"})
    void arraysOfEveryClassAreRead(String name) throws IOException {
        Path file = file(name);
        assertThat(Mat.names(file)).containsExactly("d", "s", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "truth",
                "cube", "none", "scalar");
        assertThat(Mat.read(file, "d").toDoubles()).containsExactly(1.5, -2, 3, 4, 5.25, -6);
        assertThat(Mat.read(file, "d").shape()).isEqualTo(Shape.of(2, 3));
        assertThat(Mat.read(file, "d").type()).isEqualTo(ElementType.FLOAT64);
        assertThat(Mat.read(file, "s").toFloats()).containsExactly(1.5f, -2, 3, 4, 5.25f, -6);
        assertThat(Mat.read(file, "s").type()).isEqualTo(ElementType.FLOAT32);
        Tensor cube = Mat.read(file, "cube");
        assertThat(cube.shape()).isEqualTo(Shape.of(2, 3, 4));
        assertThat(cube.toDoubles()).containsExactly(IntStream.range(0, 24).asDoubleStream().toArray());
        assertThat(Mat.read(file, "none").shape()).isEqualTo(Shape.of(0, 3));
        assertThat(Mat.read(file, "scalar").shape()).isEqualTo(Shape.of(1, 1));
        assertThat(Mat.read(file, "scalar").item()).isEqualTo(2.5);
        assertThat(Mat.read(file, "i1").shape()).isEqualTo(name.equals("plain") ? Shape.of(1, 3) : Shape.of(3, 1));
        assertThat(Mat.readAll(file).keySet()).containsExactlyElementsOf(Mat.names(file));
    }

    @ParameterizedTest
    @CsvSource({"i1, -128, 0, 127", "i2, -32768, 5, 32767", "i4, -2147483648, 7, 2147483647",
            "i8, -9007199254740992, 7, 9007199254740992", "u1, 0, 200, 255", "u2, 0, 40000, 65535",
            "u4, 0, 3000000000, 4294967295", "u8, 0, 1, 9007199254740992", "truth, 1, 0, 1"})
    void wholeNumbersAreExact(String name, double first, double second, double third) throws IOException {
        assertThat(Mat.read(file("plain"), name).toDoubles()).containsExactly(first, second, third);
        assertThat(Mat.read(file("zipped"), name).toDoubles()).containsExactly(first, second, third);
    }

    @Test
    void bigEndianFilesAreRead() throws IOException {
        Path file = file("big");
        assertThat(Mat.names(file)).containsExactly("d", "s", "small", "short", "u4", "truth");
        assertThat(Mat.read(file, "d").toDoubles()).containsExactly(1.5, -2, 3, 4, 5.25, -6);
        assertThat(Mat.read(file, "s").toFloats()).containsExactly(1.5f, -2, 3, 4, 5.25f, -6);
        assertThat(Mat.read(file, "small").toDoubles()).as("doubles stored as bytes").containsExactly(7, 8, 255);
        assertThat(Mat.read(file, "short").toDoubles()).containsExactly(-300, 300);
        assertThat(Mat.read(file, "u4").item()).isEqualTo(4294967295.0);
        assertThat(Mat.read(file, "truth").toDoubles()).as("truth values").containsExactly(1, 0, 1);
    }

    @ParameterizedTest
    @CsvSource({"text, is text", "cell, is a cell array", "struct, is a struct", "sparse, is sparse",
            "complex, holds complex numbers"})
    void otherVariablesAreNamedForWhatTheyAre(String name, String words) throws IOException {
        Path file = file("zipped");
        assertRefused(() -> Mat.read(file, name), "zipped.mat#" + name, words);
    }

    @Test
    void wrongFilesAndNamesAreNamed() throws IOException {
        assertRefused(() -> Mat.read(file("one"), "y"), "one.mat holds no array 'y'; it holds x");
        assertRefused(() -> Mat.read(file("huge"), "x"), "huge.mat#x holds 9007199254740993", "2^53");
        assertRefused(() -> Mat.names(file("v73")), "version 7.3 (HDF5)", "-v7");
        assertRefused(() -> Mat.names(file("v4")), "not a MAT-file of level 5");
        assertRefused(() -> Mat.names(folder.resolve("none.mat")), "none.mat does not exist");
        assertRefused(() -> Mat.names(folder), "cannot be read");
        byte[] other = bytes("one");
        other[HEADER - 3] = 3;
        Path file = Files.write(folder.resolve("x.mat"), other);
        assertRefused(() -> Mat.names(file), "version 0x300");
        Files.write(file, new byte[0]);
        assertRefused(() -> Mat.names(file), "not a MAT-file");
    }

    @Test
    void claimsAreComparedWithTheFile() throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(bytes("one")).order(ByteOrder.LITTLE_ENDIAN);
        Path file = folder.resolve("x.mat");
        // The axis lengths stand behind the tag, the flags with theirs, and a tag of their own.
        int axes = HEADER + 8 + 16 + 8;
        assertThat(bytes.getInt(axes)).isEqualTo(2);
        bytes.putInt(axes, 46_341).putInt(axes + 4, 46_341);
        Files.write(file, bytes.array());
        assertRefused(() -> Mat.read(file, "x"), "x.mat#x", "more numbers than one array holds");
        bytes.putInt(axes, 20_000).putInt(axes + 4, 20_000);
        Files.write(file, bytes.array());
        assertRefused(() -> Mat.read(file, "x"), "shape (20000, 20000) takes 3200000000 bytes, but it has 48");
        bytes.putInt(axes, -2);
        Files.write(file, bytes.array());
        assertRefused(() -> Mat.names(file), "an axis has length -2");
    }

    @Test
    void compressedClaimsAreCountedBeforeTheyAreBelieved() throws IOException {
        byte[] inside = inflated(bytes("zeros"));
        ByteBuffer words = ByteBuffer.wrap(inside).order(ByteOrder.LITTLE_ENDIAN);
        int length = words.getInt(4);
        words.putInt(4, length + 400_000_000);
        Path file = Files.write(folder.resolve("x.mat"), deflated(bytes("zeros"), inside));
        assertRefused(() -> Mat.read(file, "x"), "claims 4000", "more than compression can give");
        words.putInt(4, length + 20_000);
        Files.write(file, deflated(bytes("zeros"), inside));
        assertRefused(() -> Mat.read(file, "x"), "compressed ones become " + inside.length);
    }

    @Test
    void aBrokenChecksumIsSeen() throws IOException {
        byte[] broken = bytes("oneZipped");
        broken[broken.length - 1] ^= 1;
        Path file = Files.write(folder.resolve("x.mat"), broken);
        assertThat(Mat.names(file)).containsExactly("x");
        assertRefused(() -> Mat.read(file, "x"), "x.mat is damaged", "compressed data are broken");
    }

    @Test
    void theTwelveBitTaskIsRead() {
        Path file = SharedData.folder("tishby").resolve("tishby").resolve("var_u.mat");
        Tensor inputs = Mat.read(file, "F");
        assertThat(inputs.shape()).isEqualTo(Shape.of(4096, 12));
        for (int row : new int[]{0, 1, 2047, 4095}) {
            for (int bit = 0; bit < 12; bit++) {
                assertThat(inputs.at(row, bit)).isEqualTo(row >> (11 - bit) & 1);
            }
        }
        Tensor labels = Mat.read(file, "y");
        assertThat(labels.shape()).isEqualTo(Shape.of(1, 4096));
        assertThat(labels.sum().item()).isEqualTo(2118);
        assertThat(InMemory.classification("tishby", inputs, labels).classes()).isEqualTo(2);
    }

    @Test
    void aThousandDamagedFilesAreRefusedOrRead() throws Exception {
        Path file = folder.resolve("x.mat");
        for (String name : new String[]{"plain", "zipped", "big", "oneZipped"}) {
            int refused = Mutations.refused(bytes(name), 11, damaged -> Mat.readAll(Mutations.write(file, damaged)));
            assertThat(refused).as(name).isGreaterThan(400);
        }
    }

    @Test
    void aThousandFilesDamagedBeforeTheyWereCompressedAreRefusedOrRead() throws Exception {
        Path file = folder.resolve("x.mat");
        byte[] zipped = bytes("oneZipped");
        int refused = Mutations.refused(inflated(zipped), 12,
                damaged -> Mat.readAll(Mutations.write(file, deflated(zipped, damaged))));
        assertThat(refused).isGreaterThan(100);
    }

    @Test
    void everyTruncationIsRefused() throws IOException {
        byte[] valid = bytes("oneZipped");
        for (int length = 0; length < valid.length; length++) {
            Path file = Files.write(folder.resolve("x.mat"), Arrays.copyOf(valid, length));
            if (length == HEADER) {
                assertThat(Mat.names(file)).as("a header alone").isEmpty();
            } else {
                assertRefused(() -> Mat.readAll(file), "x.mat");
            }
        }
    }

    /// What the only variable of a file is compressed from.
    private static byte[] inflated(byte[] file) throws IOException {
        try (InputStream in = new InflaterInputStream(
                new ByteArrayInputStream(file, HEADER + 8, file.length - HEADER - 8))) {
            return in.readAllBytes();
        }
    }

    /// The file's header with one variable compressed from these bytes.
    private static byte[] deflated(byte[] file, byte[] inside) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
            out.write(inside);
        }
        return ByteBuffer.allocate(HEADER + 8 + packed.size()).order(ByteOrder.LITTLE_ENDIAN).put(file, 0, HEADER)
                .putInt(15).putInt(packed.size()).put(packed.toByteArray()).array();
    }
}

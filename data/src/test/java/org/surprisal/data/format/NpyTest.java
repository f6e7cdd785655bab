package org.surprisal.data.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.surprisal.data.DataException;
import org.surprisal.data.Mutations;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Shape;
import org.surprisal.tensor.Tensor;

class NpyTest {
    @TempDir
    Path folder;

    private Tensor fixture(String name) throws IOException {
        return Npy.read(NumpyFixtures.file(folder, name, ".npy"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"f4", "f8", "f8be", "f4be", "f2", "f4F", "v2", "v3"})
    void everyLayoutOfOneMatrixReadsTheSame(String name) throws IOException {
        Tensor array = fixture(name);
        assertThat(array.shape()).isEqualTo(Shape.of(2, 3));
        assertThat(array.toDoubles()).containsExactly(1.5, -2, 3, 4, 5.25, -6);
        boolean single = name.startsWith("f4") || name.startsWith("v");
        assertThat(array.type()).isEqualTo(single ? ElementType.FLOAT32 : ElementType.FLOAT64);
    }

    @Test
    void fortranOrderOfThreeAxesIsUndone() throws IOException {
        Tensor array = fixture("f8F3");
        assertThat(array.shape()).isEqualTo(Shape.of(2, 3, 4));
        assertThat(array.toDoubles()).containsExactly(IntStream.range(0, 24).asDoubleStream().toArray());
    }

    @ParameterizedTest
    @CsvSource({"i1, -128, 0, 127", "i2be, -32768, 5, 32767", "i4, -2147483648, 7, 2147483647",
            "i8, -9007199254740992, 7, 9007199254740992", "u1, 0, 200, 255", "u2, 0, 40000, 65535",
            "u4be, 0, 3000000000, 4294967295", "u8, 0, 1, 9007199254740992", "b1, 1, 0, 1"})
    void wholeNumbersAreExact(String name, double first, double second, double third) throws IOException {
        assertThat(fixture(name).toDoubles()).containsExactly(first, second, third);
    }

    @Test
    void scalarsAndEmptyArraysKeepTheirShape() throws IOException {
        assertThat(fixture("scalar").shape()).isEqualTo(Shape.of());
        assertThat(fixture("scalar").item()).isEqualTo(2.5);
        assertThat(fixture("empty").shape()).isEqualTo(Shape.of(0, 3));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '"', value = {"c8; <c8", "U; <U2", "S; |S2", "obj; |O", "M; <M8[D]",
            "struct; [('a', '<i4'), ('b', '<f8')]", "i8big; 9007199254740993 as number 0",
            "u8big; 18446744073709551615 as number 0"})
    void otherDtypesAreRefusedByName(String name, String words) {
        assertThatThrownBy(() -> fixture(name)).isInstanceOf(DataException.class)
                .hasMessageContainingAll(name + ".npy", words);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '"', value = {
            "{'descr': '<f8', 'fortran_order': False, 'shape': (3,), 'x': 1}; unknown key",
            "{'descr': '<f8', 'fortran_order': False}; missing", "{'descr': '<f8'; ends too early",
            "[]; '{' is missing",
            "{'descr': '<f8', 'fortran_order': 0, 'shape': ()}; neither True nor False",
            "{'descr': '<f8', 'fortran_order': False, 'shape': (-3,)}; axis length",
            "{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999999999999,)}; axis length",
            "{'descr': '<f8', 'fortran_order': False, 'shape': (65536, 65536, 65536, 65536)}; one array holds",
            "{'descr': '<f8', 'fortran_order': False, 'shape': (2147483647, 0, 3000000000)}; one array holds",
            "{'descr': '<f8', 'fortran_order': False, 'shape': (2147483647,)}; takes 17179869176 bytes",
            "{'descr': '<f8', 'fortran_order': False, 'shape': (2,)}; 24 follow its header",
            "{'descr': '<f8', 'fortran_order': False, 'shape': (4,)}; 24 follow its header",
            "{'descr': '<f8', 'fortran_order': False, 'shape': (3,)} 1; text after",
            "{'descr': '|f8', 'fortran_order': False, 'shape': (3,)}; dtype |f8"})
    void malformedHeadersAreRefused(String header, String words) throws IOException {
        Path file = Files.write(folder.resolve("x.npy"), withHeader(header, 24));
        assertThatThrownBy(() -> Npy.read(file)).isInstanceOf(DataException.class).hasMessageContainingAll("x.npy",
                words);
    }

    @Test
    void python2LengthsAreRead() throws IOException {
        Path file = Files.write(folder.resolve("x.npy"),
                withHeader("{'descr': '<f8', 'fortran_order': False, 'shape': (3L, 1L)}", 24));
        assertThat(Npy.read(file).shape()).isEqualTo(Shape.of(3, 1));
    }

    private static byte[] withHeader(String header, int numbers) {
        byte[] text = header.getBytes(StandardCharsets.US_ASCII);
        byte[] file = new byte[10 + text.length + numbers];
        byte[] start = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) text.length, (byte) (text.length >> 8)};
        System.arraycopy(start, 0, file, 0, 10);
        System.arraycopy(text, 0, file, 10, text.length);
        return file;
    }

    @Test
    void otherFilesAreRefused() throws IOException {
        Path text = Files.writeString(folder.resolve("x.npy"), "1,2,3\n4,5,6\n");
        assertThatThrownBy(() -> Npy.read(text)).isInstanceOf(DataException.class)
                .hasMessageContaining("not an NPY file");
        byte[] future = NumpyFixtures.bytes("f8");
        future[6] = 4;
        Files.write(text, future);
        assertThatThrownBy(() -> Npy.read(text)).isInstanceOf(DataException.class).hasMessageContaining("version 4.0");
        Files.write(text, new byte[]{(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 2, 0, -1, -1, -1, -1});
        assertThatThrownBy(() -> Npy.read(text)).isInstanceOf(DataException.class).hasMessageContaining("4294967295");
        assertThatThrownBy(() -> Npy.read(folder.resolve("none.npy"))).isInstanceOf(DataException.class)
                .hasMessageContaining("none.npy does not exist");
        assertThatThrownBy(() -> Npy.read(folder)).isInstanceOf(DataException.class)
                .hasMessageContaining("cannot be read");
    }

    @Test
    void whatIsWrittenIsWhatNumpyWrites() throws IOException {
        for (String name : new String[]{"f4", "f8", "scalar", "empty"}) {
            Path file = folder.resolve("again.npy");
            Npy.write(file, fixture(name));
            assertThat(Files.readAllBytes(file)).as(name).isEqualTo(NumpyFixtures.bytes(name));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8191, 16_384, 16_385, 50_001})
    void numbersSurviveTheRoundTrip(int size) {
        for (ElementType type : ElementType.values()) {
            Tensor array = RandomStream.seeded(size).gaussian(type, 0, 1, size, 1);
            Path file = folder.resolve("round.npy");
            Npy.write(file, array);
            assertThat(Npy.read(file).toDoubles()).isEqualTo(array.toDoubles());
            assertThat(Npy.read(file).type()).isEqualTo(type);
        }
    }

    @Test
    void numbersThatAreNotFiniteComeAsTheyAre() {
        Path file = folder.resolve("x.npy");
        Npy.write(file, Tensor.of(new double[]{Double.NaN, Double.NEGATIVE_INFINITY, -0.0}));
        assertThat(Npy.read(file).toDoubles()).containsExactly(Double.NaN, Double.NEGATIVE_INFINITY, -0.0);
    }

    @Test
    void aFailedWriteLeavesNothing() throws IOException {
        Path taken = folder.resolve("taken.npy");
        Files.createDirectories(taken.resolve("inside"));
        assertThatThrownBy(() -> Npy.write(taken, Tensor.of(new double[]{1})))
                .isInstanceOf(DataException.class).hasMessageContaining("taken.npy cannot be written");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactly(taken);
        }
    }

    @Test
    void aThousandDamagedFilesAreRefusedOrRead() throws Exception {
        for (String name : new String[]{"f8", "v3", "f8F3", "i8"}) {
            int refused = Mutations.refused(NumpyFixtures.bytes(name), 7,
                    damaged -> Npy.read(Mutations.write(folder.resolve("x.npy"), damaged)));
            assertThat(refused).as(name).isGreaterThan(500);
        }
    }

    @Test
    void everyTruncationIsRefused() throws IOException {
        byte[] valid = NumpyFixtures.bytes("f8");
        for (int length = 0; length < valid.length; length++) {
            Path file = Files.write(folder.resolve("x.npy"), Arrays.copyOf(valid, length));
            assertThatThrownBy(() -> Npy.read(file)).isInstanceOf(DataException.class);
        }
    }

    /// A file of nearly 17 GB with holes for numbers: its header is read, its size found right, and the heap found too
    /// small.
    @Test
    void anArrayBeyondTheHeapIsToldWhatItNeeds() throws IOException {
        long count = Integer.MAX_VALUE - 8L;
        assumeTrue(Runtime.getRuntime().maxMemory() < 2 * count * Double.BYTES, "the heap holds any array");
        String text = String.format(Locale.ROOT, "{'descr': '<f8', 'fortran_order': False, 'shape': (%d,), }", count);
        String header = text + " ".repeat(117 - text.length()) + "\n";
        Path file = folder.resolve("wide.npy");
        try (RandomAccessFile wide = new RandomAccessFile(file.toFile(), "rw")) {
            wide.write(new byte[]{(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 118, 0});
            wide.write(header.getBytes(StandardCharsets.US_ASCII));
            wide.setLength(128 + count * Double.BYTES);
        }

        assertThatThrownBy(() -> Npy.read(file)).isInstanceOf(DataException.class)
                .hasMessageContainingAll("wide.npy needs 32767 MiB", "the heap has", "-Xmx");
    }
}

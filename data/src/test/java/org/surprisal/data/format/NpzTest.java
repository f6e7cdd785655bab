package org.surprisal.data.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.surprisal.data.DataException;
import org.surprisal.data.Mutations;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Shape;
import org.surprisal.tensor.Tensor;

class NpzTest {
    @TempDir
    Path folder;

    private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String... words) {
        assertThatThrownBy(call).isInstanceOf(DataException.class).hasMessageContainingAll(words);
    }

    @Test
    void numpysFilesAreRead() throws IOException {
        Path stored = NumpyFixtures.file(folder, "npz", ".npz");
        assertThat(Npz.names(stored)).containsExactly("W1", "b1");
        assertThat(Npz.read(stored, "W1").toFloats()).containsExactly(1.5f, -2, 3, 4, 5.25f, -6);
        assertThat(Npz.read(stored, "b1").toDoubles()).containsExactly(7, 8);
        Tensor deflated = Npz.read(NumpyFixtures.file(folder, "npzc", ".npz"), "x");
        assertThat(deflated.toDoubles()).hasSize(1000).containsOnly(3);
    }

    @Test
    void referencesNameArrays() throws IOException {
        String two = NumpyFixtures.file(folder, "npz", ".npz").toString();
        String one = NumpyFixtures.file(folder, "npzc", ".npz").toString();
        String plain = NumpyFixtures.file(folder, "f4", ".npy").toString();
        assertThat(ArrayFile.read(two + "#b1").toDoubles()).containsExactly(7, 8);
        assertThat(ArrayFile.read(one).size()).isEqualTo(1000);
        assertThat(ArrayFile.read(plain).shape()).isEqualTo(Shape.of(2, 3));
        Path marked = Files.copy(Path.of(plain), folder.resolve("run#3.npy"));
        assertThat(ArrayFile.read(marked.toString()).shape()).isEqualTo(Shape.of(2, 3));
        assertRefused(() -> ArrayFile.read(two), "holds 2 arrays", "npz.npz#NAME", "W1, b1");
        assertRefused(() -> ArrayFile.read(two + "#W2"), "no array 'W2'", "W1, b1");
        assertRefused(() -> ArrayFile.read(plain + "#x"), "takes no #NAME");
        assertRefused(() -> ArrayFile.read("x.pickle"), "x.pickle", "FILE.npy, FILE.npz#NAME");
        assertRefused(() -> ArrayFile.read(folder.resolve("none.npz") + "#a"), "none.npz does not exist");
        assertRefused(() -> ArrayFile.read("a\0.npy"), "cannot be the path of a file");
    }

    @Test
    void arraysSurviveTheRoundTripInOrderAndTheBytesAreTheSameAgain() throws IOException {
        SequencedMap<String, Tensor> arrays = new LinkedHashMap<>();
        RandomStream stream = RandomStream.seeded(1);
        for (String name : new String[]{"W2", "layer/1.weight", "b1"}) {
            arrays.put(name, stream.gaussian(ElementType.FLOAT32, 0, 1, 5, 7));
        }
        Path file = folder.resolve("new").resolve("w.npz");
        Npz.write(file, arrays);
        SequencedMap<String, Tensor> read = Npz.readAll(file);
        assertThat(read.keySet()).containsExactly("W2", "layer/1.weight", "b1");
        arrays.forEach((name, array) -> assertThat(read.get(name)).satisfies(
                r -> assertThat(r == null ? new float[0] : r.toFloats()).isEqualTo(array.toFloats())));
        byte[] first = Files.readAllBytes(file);
        Npz.write(file, arrays);
        assertThat(Files.readAllBytes(file)).isEqualTo(first);
        Npz.write(file, new LinkedHashMap<>());
        assertThat(Npz.names(file)).isEmpty();
        assertRefused(() -> ArrayFile.read(file.toString()), "holds 0 arrays");
        assertRefused(() -> Npz.read(file, "x"), "it holds none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../evil", "/etc/x", "a\\b", "", " ", "a/../b", "a\nb"})
    void oddNamesAreRefused(String name) throws IOException {
        SequencedMap<String, Tensor> arrays = new LinkedHashMap<>();
        arrays.put(name, Tensor.of(new double[]{1}));
        Path file = folder.resolve("x.npz");
        assertRefused(() -> Npz.write(file, arrays), "cannot be the name");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
        zip(file, name + ".npy", NumpyFixtures.bytes("f8"));
        assertRefused(() -> Npz.names(file), "x.npz", "cannot be the name");
    }

    /// TensorFlow's names of variables.
    @Test
    void namesWithSlashesAndColonsAreRead() throws IOException {
        Path file = folder.resolve("x.npz");
        zip(file, "dense/kernel:0.npy", NumpyFixtures.bytes("f8"));
        assertThat(Npz.names(file)).containsExactly("dense/kernel:0");
    }

    @Test
    void archivesOfOtherThingsAreRefused() throws IOException {
        Path file = folder.resolve("x.npz");
        zip(file, "data.pkl", new byte[10]);
        assertRefused(() -> Npz.names(file), "x.npz holds no array (*.npy), but data.pkl");
        zip(file, "a.npy", new byte[10]);
        assertRefused(() -> Npz.read(file, "a"), "x.npz#a is not an NPY file");
        Files.write(file, NumpyFixtures.bytes("f8"));
        assertRefused(() -> Npz.names(file), "cannot be read as NPZ");
        Files.write(file, new byte[0]);
        assertRefused(() -> Npz.names(file), "cannot be read as NPZ");
        assertRefused(() -> Npz.readAll(folder), "cannot be read as NPZ");
    }

    /// One bit of each byte in turn, of files that numpy.savez and numpy.savez_compressed wrote.
    @ParameterizedTest
    @ValueSource(strings = {"npz", "npzc"})
    void flippedBitInEachByteIsRefusedOrChangesNothing(String fixture) throws IOException {
        byte[] whole = NumpyFixtures.bytes(fixture);
        Path file = folder.resolve("x.npz");
        SequencedMap<String, Tensor> expected = Npz.readAll(Files.write(file, whole));
        int directory = indexOf(whole, new byte[]{'P', 'K', 1, 2});
        int refused = 0;
        for (int i = 0; i < directory; i++) {
            byte[] flipped = whole.clone();
            flipped[i] ^= (byte) (1 << (i % 8));
            Files.write(file, flipped);
            try {
                SequencedMap<String, Tensor> read = Npz.readAll(file);
                // The headers of the entries stand again in the directory; only arrays count.
                read.forEach((name, array) -> assertThat(array.toDoubles()).isEqualTo(java.util.Objects
                        .requireNonNull(expected.get(name)).toDoubles()));
            } catch (DataException e) {
                refused++;
                assertThat(e).hasMessageStartingWith(file.toString());
            }
        }
        assertThat(refused).isGreaterThan(directory / 2);
    }

    @Test
    void wrongSumNamesFileAndArray() throws IOException {
        SequencedMap<String, Tensor> arrays = new LinkedHashMap<>();
        arrays.put("a", Tensor.of(new double[]{1, 2}));
        arrays.put("W/1", Tensor.of(new double[]{3, 4}));
        Path file = folder.resolve("x.npz");
        Npz.write(file, arrays);
        byte[] bytes = Files.readAllBytes(file);
        int four = indexOf(bytes, new byte[]{0, 0, 0, 0, 0, 0, 0x10, 0x40});
        bytes[four] = 1;
        Files.write(file, bytes);
        assertRefused(() -> Npz.read(file, "W/1"), "x.npz#W/1 is damaged: the CRC-32 of its bytes is ",
                ", and the archive has ");
        assertRefused(() -> Npz.readAll(file), "x.npz#W/1 is damaged");
        assertThat(Npz.read(file, "a").toDoubles()).containsExactly(1, 2);
    }

    @Test
    void otherFilesBesideTheArraysArePassedOver() throws IOException {
        Path file = folder.resolve("x.npz");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (String name : new String[]{"README.txt", "a.npy", "__MACOSX/", "__MACOSX/._a.npy", ".DS_Store",
                    "sub/", "sub/b.npy", "sub/._b.npy"}) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write((name.endsWith("a.npy") && !name.contains("_")) || name.equals("sub/b.npy")
                        ? NumpyFixtures.bytes("f8")
                        : new byte[0]);
                zip.closeEntry();
            }
        }
        List<String> notes = new ArrayList<>();
        assertThat(Npz.names(file)).containsExactly("a", "sub/b");
        assertThat(Npz.read(file, "a").size()).isEqualTo(6);
        assertThat(Npz.readAll(file, notes::add).keySet()).containsExactly("a", "sub/b");
        assertThat(notes)
                .containsExactly(file + " holds other things than arrays (*.npy), which are passed over: README.txt,"
                        + " __MACOSX/._a.npy, .DS_Store, sub/._b.npy");
    }

    @Test
    void bombsAreRefusedBeforeAnythingIsAllocated() throws IOException {
        byte[] honest = NumpyFixtures.bytes("npzc");
        ByteBuffer bytes = ByteBuffer.wrap(honest.clone()).order(ByteOrder.LITTLE_ENDIAN);
        int directory = indexOf(honest, new byte[]{'P', 'K', 1, 2});
        bytes.putInt(directory + 24, Integer.MAX_VALUE);
        Path file = Files.write(folder.resolve("x.npz"), bytes.array());
        assertRefused(() -> Npz.read(file, "x"), "claims 2147483647 bytes", "more than compression can give");
        bytes.putInt(directory + 24, 8000 + 128 - 8);
        Files.write(file, bytes.array());
        assertRefused(() -> Npz.read(file, "x"), "x.npz#x", "takes 8000 bytes, but 7992 follow");
    }

    @Test
    void aThousandDamagedFilesAreRefusedOrRead() throws Exception {
        for (String name : new String[]{"npz", "npzc"}) {
            int refused = Mutations.refused(NumpyFixtures.bytes(name), 9,
                    damaged -> Npz.readAll(Mutations.write(folder.resolve("x.npz"), damaged)));
            assertThat(refused).as(name).isGreaterThan(300);
        }
    }

    @Test
    void aThousandArraysDamagedBeforeTheyWereZippedAreRefusedOrRead() throws Exception {
        Path file = folder.resolve("x.npz");
        int refused = Mutations.refused(NumpyFixtures.bytes("f8"), 10, damaged -> {
            Files.deleteIfExists(file);
            zip(file, "a.npy", damaged);
            Npz.readAll(file);
        });
        assertThat(refused).isGreaterThan(400);
    }

    @Test
    void claimsBeyondTheUsualAreCountedFirst() throws IOException {
        byte[] header = NpyHeader.write("<f8", Shape.of(1000, 100));
        byte[] zeros = Arrays.copyOf(header, header.length + 8 * 100_000);
        Path file = folder.resolve("x.npz");
        zip(file, "a.npy", zeros);
        assertThat(Npz.read(file, "a").size()).as("honest").isEqualTo(100_000);
        zip(file, "a.npy", Arrays.copyOf(zeros, zeros.length - 8));
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(indexOf(bytes.array(), new byte[]{'P', 'K', 1, 2}) + 24, zeros.length);
        Files.write(file, bytes.array());
        assertRefused(() -> Npz.read(file, "a"), "x.npz#a claims " + zeros.length + " bytes",
                "become " + (zeros.length - 8));
    }

    @Test
    void arraysThatShareTheirBytesAreRefused() throws IOException {
        // The directory is told to hold the one array four times, under four names, before its end.
        byte[] one = NumpyFixtures.bytes("npzc");
        int directory = indexOf(one, new byte[]{'P', 'K', 1, 2});
        int end = indexOf(one, new byte[]{'P', 'K', 5, 6});
        ByteBuffer bytes = ByteBuffer.allocate(one.length + 3 * (end - directory)).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(one, 0, directory);
        for (int i = 0; i < 4; i++) {
            int name = bytes.position() + 46;
            bytes.put(one, directory, end - directory).put(name, (byte) ('a' + i));
        }
        int moved = bytes.position();
        bytes.put(one, end, one.length - end);
        bytes.putShort(moved + 8, (short) 4).putShort(moved + 10, (short) 4).putInt(moved + 12, 4 * (end - directory));
        Path file = Files.write(folder.resolve("x.npz"), bytes.array());
        assertRefused(() -> Npz.names(file), "x.npz is damaged", "more compressed bytes than the file has");
    }

    private static int indexOf(byte[] bytes, byte[] wanted) {
        int at = 0;
        while (!Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
            at++;
        }
        return at;
    }

    private static void zip(Path file, String name, byte[] content) throws IOException {
        try (OutputStream out = Files.newOutputStream(file); ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content);
            zip.closeEntry();
        }
    }
}

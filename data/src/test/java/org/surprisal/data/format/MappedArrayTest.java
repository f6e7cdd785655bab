package org.surprisal.data.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.surprisal.data.Batch;
import org.surprisal.data.DataException;
import org.surprisal.data.Dataset;
import org.surprisal.data.InMemory;
import org.surprisal.data.Mutations;
import org.surprisal.data.RecordedFiles;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Shape;
import org.surprisal.tensor.Tensor;

class MappedArrayTest {
    @TempDir
    Path folder;

    private Path numpy(String name) throws IOException {
        return NumpyFixtures.file(folder, name, ".npy");
    }

    private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String... words) {
        assertThatThrownBy(call).isInstanceOf(DataException.class).hasMessageContainingAll(words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"f4", "f8", "f8be", "f4be", "f2", "v2", "v3"})
    void rowsAreThoseOfTheWholeArray(String name) throws IOException {
        MappedArray array = MappedArray.npy(numpy(name));
        assertThat(array.length()).isEqualTo(2);
        assertThat(array.rowShape()).isEqualTo(Shape.of(3));
        assertThat(array.type()).isEqualTo(Npy.read(numpy(name)).type());
        Tensor rows = array.rows(1, 0, 1);
        assertThat(rows.type()).isEqualTo(array.type());
        assertThat(rows.shape()).isEqualTo(Shape.of(3, 3));
        assertThat(rows.toDoubles()).containsExactly(4, 5.25, -6, 1.5, -2, 3, 4, 5.25, -6);
        assertThat(array.rows().shape()).isEqualTo(Shape.of(0, 3));
        assertThatThrownBy(() -> array.rows(2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> array.rows(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"i1", "i2be", "i4", "i8", "u1", "u2", "u4be", "u8", "b1"})
    void wholeNumbersAreThoseOfTheWholeArray(String name) throws IOException {
        MappedArray array = MappedArray.npy(numpy(name));
        assertThat(array.rowShape()).isEqualTo(Shape.of());
        assertThat(array.rows(2, 1, 0).toDoubles()).containsExactly(reversed(Npy.read(numpy(name)).toDoubles()));
    }

    private static double[] reversed(double[] values) {
        return new double[]{values[2], values[1], values[0]};
    }

    @Test
    void arraysWithoutRowsInOnePieceAreRefused() throws IOException {
        assertRefused(() -> MappedArray.npy(numpy("f4F")), "f4F.npy is in Fortran order", "ascontiguousarray");
        assertRefused(() -> MappedArray.npy(numpy("scalar")), "scalar.npy has shape ()");
        assertRefused(() -> MappedArray.npy(numpy("obj")), "obj.npy has dtype |O");
        assertRefused(() -> MappedArray.npy(folder.resolve("none.npy")), "none.npy does not exist");
        assertRefused(() -> MappedArray.npy(numpy("i8big")).rows(0), "i8big.npy holds 9007199254740993 as number 0");
        assertThat(MappedArray.npy(numpy("empty")).length()).isZero();
    }

    @Test
    void aSafetensorsTensorIsReadByRows() throws IOException {
        Path file = Files.write(folder.resolve("x.safetensors"),
                RecordedFiles.bytes("safetensors-fixtures.txt", "all"));
        for (String name : new String[]{"d", "s", "h", "bf"}) {
            MappedArray array = MappedArray.safetensors(file, name);
            assertThat(array.rows(1).toDoubles()).as(name).containsExactly(4, 5.25, -6);
            assertThat(array.type()).isEqualTo(name.equals("s") ? ElementType.FLOAT32 : ElementType.FLOAT64);
        }
        assertRefused(() -> MappedArray.safetensors(file, "none there"), "holds no array 'none there'");
    }

    @Test
    void filesLargerThanAnArrayAreReadByRows() throws IOException {
        // A sparse file of 3 x 2^30 bytes, of which a few are written.
        Path file = folder.resolve("large.npy");
        int width = 1 << 20;
        byte[] start = NpyHeader.write("|u1", Shape.of(1, width));
        String header = new String(start, StandardCharsets.ISO_8859_1).replace("(1, 1048576)", "(3072, 1048576)");
        header = header.replace("   \n", "\n");
        long size = header.length() + 3072L * width;
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(size);
            sparse.write(header.getBytes(StandardCharsets.ISO_8859_1));
            sparse.seek(size - 1);
            sparse.write(200);
        }
        MappedArray array = MappedArray.npy(file);
        assertThat(array.length()).isEqualTo(3072);
        assertThat(array.rows(3071).at(0, width - 1)).isEqualTo(200);
        assertThat(array.rows(0).sum().item()).isZero();
        assertRefused(() -> array.rows(new int[3000]), "more numbers than one tensor holds");
        assertRefused(() -> Npy.read(file), "more numbers than one array holds");
        Files.delete(file);
    }

    @Test
    void aFileCutShortMeanwhileIsNamed() throws IOException {
        Path file = folder.resolve("x.npy");
        Npy.write(file, Tensor.zeros(ElementType.FLOAT64, 100, 1000));
        MappedArray array = MappedArray.npy(file);
        assertThat(array.rows(99).sum().item()).isZero();
        try (RandomAccessFile cut = new RandomAccessFile(file.toFile(), "rw")) {
            cut.setLength(4096);
        }
        assertRefused(() -> array.rows(99), "x.npy was cut short");
    }

    @Test
    void batchesReadTheirRows() throws IOException {
        Path file = folder.resolve("x.npy");
        Tensor inputs = RandomStream.seeded(1).gaussian(ElementType.FLOAT64, 0, 1, 7, 2, 3);
        Npy.write(file, inputs);
        Tensor labels = Tensor.of(new double[]{0, 1, 2, 0, 1, 2, 0}, 1, 7);
        Dataset mapped = MappedDataset.classification("m", MappedArray.npy(file), labels);
        Dataset memory = InMemory.classification("m", inputs, labels);
        assertThat(mapped.name()).isEqualTo("m");
        assertThat(mapped.size()).isEqualTo(7);
        assertThat(mapped.inputShape()).isEqualTo(Shape.of(2, 3));
        assertThat(mapped.classNames()).containsExactly("0", "1", "2").isEqualTo(memory.classNames());
        assertThat(mapped.classes()).isEqualTo(3);
        Batch batch = mapped.rows(6, 4, 2).batch(0, 2, 0);
        Batch same = memory.rows(6, 4, 2).batch(0, 2, 0);
        assertThat(batch.inputs().toDoubles()).isEqualTo(same.inputs().toDoubles());
        assertThat(batch.inputs().shape()).isEqualTo(same.inputs().shape());
        assertThat(batch.targets().toDoubles()).isEqualTo(same.targets().toDoubles()).containsExactly(0, 2, 0);
        assertThatThrownBy(() -> mapped.batch(7)).isInstanceOf(IndexOutOfBoundsException.class);
        Dataset values = MappedDataset.regression("v", MappedArray.npy(file), Tensor.zeros(ElementType.FLOAT32, 7, 2));
        assertThat(values.batch(3).targets().shape()).isEqualTo(Shape.of(1, 2));
        assertThat(values.classes()).isZero();
    }

    @Test
    void samplesThatDoNotFitAreRefused() throws IOException {
        Path file = folder.resolve("x.npy");
        Npy.write(file, Tensor.of(new double[]{1, 2, 3, Double.NaN, 5, 6}, 3, 2));
        MappedArray array = MappedArray.npy(file);
        assertRefused(() -> MappedDataset.classification("m", array, Tensor.of(new double[]{0, 1})), "3 rows",
                "2 targets");
        assertRefused(() -> MappedDataset.classification("m", array, Tensor.of(new double[]{0, 1, 1.5})), "1.5");
        assertRefused(() -> MappedDataset.classification("m", array, Tensor.of(new double[]{0, 1, -1})), "-1.0");
        assertRefused(() -> MappedDataset.classification("m", array, Tensor.of(new double[]{0, 1, Double.NaN})), "NaN");
        assertRefused(() -> MappedDataset.classification("m", array, Tensor.of(new double[]{0, 1, 1e6})), "1000000.0");
        assertRefused(() -> MappedDataset.classification("m", array, Tensor.of(new double[6], 3, 2)), "(3, 2)");
        assertRefused(() -> MappedDataset.regression("m", array, Tensor.of(new double[3])), "(3, outputs)");
        assertRefused(() -> MappedDataset.regression("m", array, Tensor.of(new double[]{1, Double.NaN, 2}, 3, 1)),
                "finite");
        Dataset data = MappedDataset.classification("m", array, Tensor.of(new double[]{0, 1, 1}));
        assertThat(data.batch(0, 2).inputs().toDoubles()).containsExactly(1, 2, 5, 6);
        assertRefused(() -> data.batch(2, 1), "x.npy holds NaN in row 1");
    }

    @Test
    void datasetsAreConvertedBatchByBatch() throws IOException {
        Path file = folder.resolve("x.npy");
        Npy.write(file, Tensor.of(new double[]{0.1, 2, 3, 4}, 2, 2));
        Dataset single = MappedDataset.classification("m", MappedArray.npy(file), Tensor.of(new double[]{1, 0}))
                .to(ElementType.FLOAT32);
        assertThat(single.batch(0).inputs().toFloats()).containsExactly(0.1f, 2);
        assertThat(single.batch(0).inputs().type()).isEqualTo(ElementType.FLOAT32);
        assertThat(single.batch(0).targets().type()).isEqualTo(ElementType.FLOAT32);
        assertThat(single.all().targets().toFloats()).containsExactly(1, 0);
        assertThat(single.name()).isEqualTo("m");
        assertThat(single.size()).isEqualTo(2);
        assertThat(single.classes()).isEqualTo(2);
        assertThat(single.classNames()).containsExactly("0", "1");
        assertThat(single.inputShape()).isEqualTo(Shape.of(2));
        Dataset large = InMemory
                .regression("l", Tensor.of(new double[]{1, 1e39}, 2, 1), Tensor.zeros(ElementType.FLOAT64, 2, 1))
                .to(ElementType.FLOAT32);
        assertThat(large.batch(0).inputs().item()).isEqualTo(1);
        assertRefused(() -> large.batch(1), "data set l", "3.4e38");
    }

    @Test
    void aThousandDamagedFilesAreRefusedOrRead() throws Exception {
        for (String name : new String[]{"f8", "i8"}) {
            int refused = Mutations.refused(NumpyFixtures.bytes(name), 16, damaged -> {
                readEnds(MappedArray.npy(Mutations.write(folder.resolve("x.npy"), damaged)));
            });
            assertThat(refused).as(name).isGreaterThan(400);
        }
        int refused = Mutations.refused(RecordedFiles.bytes("safetensors-fixtures.txt", "ints"), 17, damaged -> {
            readEnds(MappedArray.safetensors(Mutations.write(folder.resolve("x.safetensors"), damaged), "images"));
        });
        assertThat(refused).isGreaterThan(400);
    }

    private static void readEnds(MappedArray array) {
        if (array.length() > 0) {
            array.rows(0, array.length() - 1);
        }
    }
}

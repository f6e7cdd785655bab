package org.surprisal.data.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.surprisal.data.DataException;
import org.surprisal.data.image.ImageFolder;
import org.surprisal.data.sets.Mnist;
import org.surprisal.tensor.Shape;
import org.surprisal.tensor.Tensor;

/// Files that cannot be read are answered with what makes them readable.
class FileCureTest {
    @TempDir
    Path folder;

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static void assertRefused(Path file, String message) {
        assertThatThrownBy(() -> ArrayFile.read(file.toString())).isInstanceOf(DataException.class).hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x.npy", "x.npz", "x.safetensors", "x.mat", "x.csv"})
    void pointersAndWebPagesAreNamed(String name) throws IOException {
        Path pointer = file(name, "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n");
        assertRefused(pointer, pointer + " is a pointer of Git LFS, not the data: get the data with 'git lfs pull'");
        Path page = file(name, "\n<!DOCTYPE html>\n<html><title>Not Found</title></html>");
        assertRefused(page, page + " is a web page (HTML), not data: download the file itself");
    }

    @Test
    void pointersInImageFoldersAndIdxFilesAreNamed() throws IOException {
        Files.createDirectory(folder.resolve("cat"));
        Path picture = file("cat/x.png", "version https://git-lfs.github.com/spec/v1\n");
        assertThatThrownBy(() -> ImageFolder.read(folder, ImageFolder.Colour.GREY)).isInstanceOf(DataException.class)
                .hasMessage(picture + " is a pointer of Git LFS, not the data: get the data with 'git lfs pull'");
        Path page = file("images", "<html>");
        assertThatThrownBy(() -> Idx.read("mnist", page, page, 10)).isInstanceOf(DataException.class)
                .hasMessage(page + " is a web page (HTML), not data: download the file itself");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "model.pth | is of PyTorch's own format, which can run code when it is read; convert it in Python: "
                    + "safetensors.torch.save_file(torch.load('FILE', weights_only=True), 'FILE.safetensors')",
            "x.pkl | is a pickle, which can run code when it is read; save its arrays in Python: "
                    + "numpy.savez('FILE.npz', NAME=array)",
            "x.h5 | is of HDF5; save its arrays in Python: numpy.savez('FILE.npz', NAME=array)",
            "x.txt | is no array file"})
    void otherFormatsAreToldHowToConvert(String name, String what) {
        assertRefused(Path.of(name), "'" + name + "' " + what + ": FILE.npy, FILE.npz#NAME, FILE.safetensors#NAME,"
                + " FILE.mat#NAME, FILE.csv[#COLUMN,...], FILE.tsv[#COLUMN,...] can be read");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', quoteCharacter = '"', value = {
            "|O! an array of objects; where all are numbers: array.astype('f8')",
            "<U5! words; numbers for them: numpy.unique(array, return_inverse=True)[1]",
            "|S3! words; numbers for them: numpy.unique(array, return_inverse=True)[1]",
            "<M8[ns]! dates; seconds since 1970: array.astype('datetime64[s]').astype('f8')",
            "<m8[s]! durations; seconds: array / numpy.timedelta64(1, 's')",
            "<c16! complex numbers: array.real, array.imag or abs(array)",
            "|V4! raw bytes, which have no numbers", "<f16! NumPy: array.astype('f8')"})
    void dtypesAreToldWhatMakesNumbersOfThem(String dtype, String cure) throws IOException {
        Path file = Files.write(folder.resolve("x.npy"), NpyHeader.write(dtype, Shape.of(2)));
        assertRefused(file,
                file + " has dtype " + dtype + ", which cannot be read: numbers of f2, f4, f8, i1 to i8, u1 to"
                        + " u8 and b1 can (" + cure + ")");
    }

    @Test
    void fieldsOfAStructureAreSavedByThemselves() throws IOException {
        byte[] header = new String(NpyHeader.write("<f8", Shape.of(2)), StandardCharsets.ISO_8859_1)
                .replace("'<f8'", "[('a', '<f8')]").getBytes(StandardCharsets.ISO_8859_1);
        header[8] = (byte) (header[8] + 9);
        Path file = Files.write(folder.resolve("x.npy"), header);
        assertThatThrownBy(() -> Npy.read(file)).hasMessageContaining("save its fields each by itself: array['NAME']");
    }

    /// `numpy.save` twice with one open file.
    @Test
    void twoArraysInOneFileAreNamed() throws IOException {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        Npy.write(both, Tensor.of(new double[]{1, 2, 3}));
        Npy.write(both, Tensor.of(new double[]{4}));
        Path file = Files.write(folder.resolve("x.npy"), both.toByteArray());
        assertRefused(file,
                file + " is damaged: shape (3) of f8 takes 24 bytes, but 160 follow its header (of several arrays"
                        + " saved into one file, each needs its own: numpy.savez)");
    }

    /// The reference implementation takes no metadata and `null` for the same.
    @Test
    void metadataMayBeNull() throws IOException {
        String header = "{\"__metadata__\":null,\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}";
        ByteBuffer bytes = ByteBuffer.allocate(8 + header.length() + 4).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(header.length()).put(header.getBytes(StandardCharsets.US_ASCII)).putFloat(2.5f);
        Path file = Files.write(folder.resolve("x.safetensors"), bytes.array());
        assertThat(Safetensors.read(file, "a").item()).isEqualTo(2.5);
        assertThat(Safetensors.metadata(file)).isEmpty();
    }

    @Test
    void unpackedFilesOfMnistHaveEitherName() throws IOException {
        Path mnist = Files.createDirectory(folder.resolve("mnist"));
        for (String name : new String[]{"train-images.idx3-ubyte", "train-labels.idx1-ubyte", "t10k-images-idx3-ubyte",
                "t10k-labels-idx1-ubyte.gz"}) {
            Files.createFile(mnist.resolve(name));
        }
        assertThat(Mnist.FILES.present(folder)).extracting(Path::getFileName).map(Path::toString).containsExactly(
                "train-images.idx3-ubyte", "train-labels.idx1-ubyte", "t10k-images-idx3-ubyte",
                "t10k-labels-idx1-ubyte.gz");
    }
}

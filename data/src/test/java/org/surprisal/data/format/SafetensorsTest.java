package org.surprisal.data.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.surprisal.data.DataException;
import org.surprisal.data.Mutations;
import org.surprisal.data.RecordedFiles;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Shape;
import org.surprisal.tensor.Tensor;

class SafetensorsTest {
    @TempDir
    Path folder;

    private static byte[] bytes(String name) {
        return RecordedFiles.bytes("safetensors-fixtures.txt", name);
    }

    private Path file(String name) throws IOException {
        return Files.write(folder.resolve(name + ".safetensors"), bytes(name));
    }

    /// A file with this header and so many bytes of numbers.
    private Path withHeader(String header, int numbers) throws IOException {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        byte[] bytes = ByteBuffer.allocate(8 + text.length + numbers).order(ByteOrder.LITTLE_ENDIAN)
                .putLong(text.length).put(text).array();
        return Files.write(folder.resolve("x.safetensors"), bytes);
    }

    private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String... words) {
        assertThatThrownBy(call).isInstanceOf(DataException.class).hasMessageContainingAll(words);
    }

    @Test
    void tensorsOfEveryKindAreRead() throws IOException {
        Path file = file("all");
        assertThat(Safetensors.names(file)).containsExactly("d", "s", "h", "bf", "i64", "i32", "i16", "u32", "u16",
                "u64", "i8", "u8", "truth", "scalar", "none", "größe/weight#1");
        for (String name : new String[]{"d", "s", "h", "bf"}) {
            Tensor tensor = Safetensors.read(file, name);
            assertThat(tensor.shape()).isEqualTo(Shape.of(2, 3));
            assertThat(tensor.toDoubles()).as(name).containsExactly(1.5, -2, 3, 4, 5.25, -6);
            assertThat(tensor.type()).isEqualTo(name.equals("s") ? ElementType.FLOAT32 : ElementType.FLOAT64);
        }
        assertThat(Safetensors.read(file, "scalar").shape()).isEqualTo(Shape.of());
        assertThat(Safetensors.read(file, "scalar").item()).isEqualTo(2.5);
        assertThat(Safetensors.read(file, "none").shape()).isEqualTo(Shape.of(0, 3));
        assertThat(Safetensors.read(file, "größe/weight#1").item()).isEqualTo(9);
        assertThat(Safetensors.readAll(file).keySet()).containsExactlyElementsOf(Safetensors.names(file));
        assertThat(Safetensors.metadata(file)).containsExactly(Map.entry("format", "pt"),
                Map.entry("note", "by hand"));
    }

    @ParameterizedTest
    @CsvSource({"i8, -128, 0, 127", "i16, -32768, 5, 32767", "i32, -2147483648, 7, 2147483647",
            "i64, -9007199254740992, 7, 9007199254740992", "u8, 0, 200, 255", "u16, 0, 40000, 65535",
            "u32, 0, 3000000000, 4294967295", "u64, 0, 1, 9007199254740992", "truth, 1, 0, 1"})
    void wholeNumbersAreExact(String name, double first, double second, double third) throws IOException {
        assertThat(Safetensors.read(file("all"), name).toDoubles()).containsExactly(first, second, third);
    }

    @Test
    void theHeadersOrderNeedNotBeThatOfTheNumbers() throws IOException {
        Path file = file("reversed");
        assertThat(Safetensors.names(file)).containsExactly("i8", "s", "d");
        assertThat(Safetensors.read(file, "i8").toDoubles()).containsExactly(-128, 0, 127);
        assertThat(Safetensors.read(file, "d").toDoubles()).containsExactly(1.5, -2, 3, 4, 5.25, -6);
        assertThat(Safetensors.metadata(file)).isEmpty();
    }

    @Test
    void whatCannotBeReadIsNamed() throws IOException {
        assertRefused(() -> Safetensors.read(file("one"), "y"), "one.safetensors holds no array 'y'; it holds x");
        Path eight = file("f8");
        assertThat(Safetensors.read(eight, "y").toDoubles()).as("beside one that cannot be read").hasSize(6);
        assertRefused(() -> Safetensors.read(eight, "x"), "f8.safetensors#x has dtype F8_E4M3", "BF16");
        assertRefused(() -> Safetensors.names(folder.resolve("none")), "none does not exist");
        assertRefused(() -> Safetensors.names(folder), "cannot be read");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {"[1] |0| does not start with '{'",
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}} |7| claims bytes 0 to 8 of 7",
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}} |9| take 8 bytes, but 9 follow",
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}} |8| shape (3) of F32 takes 12 bytes,"
                    + " but it has 8",
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}} |8| claims bytes 8 to 0",
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}} |8| should start at 0",
            "{\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4]},"
                    + "\"b\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[3,7]}} |7| x.safetensors#b claims"
                    + " bytes 3 to 7",
            "{\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4]},"
                    + "\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[4,8]}} |8| a name occurs twice",
            "{\"a\":{\"dtype\":\"U8\",\"dtype\":\"I8\",\"shape\":[4],\"data_offsets\":[0,4]}} |4| a name occurs twice",
            "{\"a\":{\"dtype\":\"U8\",\"shape\":[4]}} |4| lacks one of dtype, shape and two data_offsets",
            "{\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,2,4]}} |4| lacks one of",
            "{\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4],\"x\":1}} |4| unknown key 'x'",
            "{\"a\":{\"dtype\":\"U8\",\"shape\":[-4],\"data_offsets\":[0,4]}} |4| shape of 'a' holds -4",
            "{\"a\":{\"dtype\":\"U8\",\"shape\":[4.5],\"data_offsets\":[0,4]}} |4| shape of 'a' holds no whole number",
            "{\"a\":{\"dtype\":\"U8\",\"shape\":[99999999999999999999],\"data_offsets\":[0,4]}} |4| malformed",
            "{\"a\":{\"dtype\":\"U8\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,4]}} |4| is damaged:"
                    + " shape (4294967296, 4294967296)",
            "{\"a\":7} |0| 'a' is no object", "{\"__metadata__\":{\"a\":7}} |0| holds 'a', which is no word",
            "{\"a\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]} |0| malformed", "{} x |0| malformed"})
    void malformedHeadersAreRefused(String header, int numbers, String words) throws IOException {
        Path file = withHeader(header, numbers);
        assertRefused(() -> Safetensors.readAll(file), "x.safetensors", words);
    }

    @Test
    void longNamesAreCutInMessages() throws IOException {
        Path file = withHeader("{\"" + "n".repeat(40_000) + "\":7}", 0);
        assertThatThrownBy(() -> Safetensors.names(file)).isInstanceOf(DataException.class)
                .hasMessageContaining("x.safetensors").hasMessageContaining("is no object")
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(3000));
    }

    @Test
    void anEmptyFileOfTensorsIsOne() throws IOException {
        assertThat(Safetensors.readAll(withHeader("{}", 0))).isEmpty();
        assertThat(Safetensors.readAll(withHeader("{}    ", 0))).isEmpty();
    }

    @Test
    void headersThatClaimTooMuchAreRefused() throws IOException {
        Path file = folder.resolve("x.safetensors");
        for (long length : new long[]{0, 1, 100, Integer.MAX_VALUE, Long.MAX_VALUE, -1}) {
            Files.write(file, ByteBuffer.allocate(20).order(ByteOrder.LITTLE_ENDIAN).putLong(length).array());
            assertRefused(() -> Safetensors.names(file), "claims a header of " + Long.toUnsignedString(length));
        }
        Files.write(file, new byte[7]);
        assertRefused(() -> Safetensors.names(file), "it has 7 bytes");
    }

    @Test
    void tensorsAndMetadataSurviveTheRoundTrip() throws IOException {
        RandomStream stream = RandomStream.seeded(1);
        SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("single", stream.gaussian(ElementType.FLOAT32, 0, 1, 3, 1));
        tensors.put("double", stream.gaussian(ElementType.FLOAT64, 0, 1, 2, 5));
        tensors.put("none", Tensor.zeros(ElementType.FLOAT32, 0, 2));
        tensors.put("scalar \"ü\"", Tensor.of(new double[]{7}, new int[0]));
        SequencedMap<String, String> metadata = new LinkedHashMap<>();
        metadata.put("made by", "a test\nof two lines");
        Path file = folder.resolve("new").resolve("w.safetensors");
        Safetensors.write(file, tensors, metadata);
        assertThat(Safetensors.metadata(file)).isEqualTo(metadata);
        SequencedMap<String, Tensor> read = Safetensors.readAll(file);
        assertThat(read.keySet()).containsExactlyElementsOf(tensors.keySet());
        tensors.forEach((name, tensor) -> {
            Tensor again = Safetensors.read(file, name);
            assertThat(again.type()).isEqualTo(tensor.type());
            assertThat(again.shape()).isEqualTo(tensor.shape());
            assertThat(again.toDoubles()).isEqualTo(tensor.toDoubles());
        });
        byte[] first = Files.readAllBytes(file);
        Safetensors.write(file, tensors, metadata);
        assertThat(Files.readAllBytes(file)).isEqualTo(first);
    }

    @Test
    void whatIsWrittenIsWhatIsWrittenByHand() throws IOException {
        Path file = folder.resolve("again.safetensors");
        SequencedMap<String, Tensor> tensors = Safetensors.readAll(file("one"));
        Safetensors.write(file, tensors);
        assertThat(Files.readAllBytes(file)).isEqualTo(bytes("one"));
    }

    @Test
    void aFailedWriteLeavesNothing() throws IOException {
        SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("__metadata__", Tensor.of(new double[]{1}));
        assertRefused(() -> Safetensors.write(folder.resolve("x.safetensors"), tensors), "cannot be the name");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void aThousandDamagedFilesAreRefusedOrRead() throws Exception {
        Path file = folder.resolve("x.safetensors");
        for (String name : new String[]{"all", "reversed", "ints"}) {
            int refused = Mutations.refused(bytes(name), 13, damaged -> {
                Safetensors.readAll(Mutations.write(file, damaged));
                Safetensors.metadata(file);
            });
            assertThat(refused).as(name).isGreaterThan(400);
        }
    }

    @Test
    void everyTruncationIsRefused() throws IOException {
        byte[] valid = bytes("reversed");
        for (int length = 0; length < valid.length; length++) {
            Path file = Files.write(folder.resolve("x.safetensors"), Arrays.copyOf(valid, length));
            assertRefused(() -> Safetensors.readAll(file), "x.safetensors");
        }
    }
}

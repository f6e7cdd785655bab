package org.surprisal.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.surprisal.data.DataException;
import org.surprisal.data.Mutations;
import org.surprisal.data.RecordedFiles;
import org.surprisal.data.image.ImageFolder.Colour;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.Shape;

class ImageFolderTest {
    private static final int AREA = 6 * 9;

    @TempDir
    Path root;

    private static List<byte[]> fixture(String name) {
        return RecordedFiles.words("image-fixtures.txt", name);
    }

    private Path put(String path, byte[] bytes) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.write(file, bytes);
    }

    private Path put(String folder, String fixture) throws IOException {
        return put(folder + "/" + fixture, fixture(fixture).getFirst());
    }

    private static float[] intensities(byte[] bytes) {
        float[] intensities = new float[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            intensities[i] = (bytes[i] & 0xFF) / 255f;
        }
        return intensities;
    }

    private void assertRefused(Colour colour, String... words) {
        assertThatThrownBy(() -> ImageFolder.read(root, colour)).isInstanceOf(DataException.class)
                .hasMessageContainingAll(words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"grey.png", "grey16.png", "rgb.png", "rgba.png", "greyAlpha.png", "palette.png",
            "bilevel.png", "rgb.bmp", "grey.bmp", "palette.gif"})
    void pixelsAreThosePillowReads(String name) throws IOException {
        put("a", name);
        ImageFolder rgb = ImageFolder.read(root, Colour.RGB);
        assertThat(rgb.batch(0).inputs().toFloats()).containsExactly(intensities(fixture(name).get(1)));
        ImageFolder grey = ImageFolder.read(root, Colour.GREY);
        assertThat(grey.batch(0).inputs().toFloats()).containsExactly(intensities(fixture(name).get(2)));
    }

    /// Decoders of JPEG may differ by rounding in the cosine transform and in the turn from luma and chroma to colours.
    @ParameterizedTest
    @CsvSource({"grey.jpg, 1", "rgb.jpg, 3"})
    void pixelsOfJpegAreNearThosePillowReads(String name, int levels) throws IOException {
        put("a", name);
        float[] wanted = intensities(fixture(name).get(1));
        float[] read = ImageFolder.read(root, Colour.RGB).batch(0).inputs().toFloats();
        assertThat(read).hasSameSizeAs(wanted);
        for (int i = 0; i < read.length; i++) {
            assertThat(read[i]).isBetween(wanted[i] - levels / 255f - 1e-6f, wanted[i] + levels / 255f + 1e-6f);
        }
    }

    /// Every shorter file, byte by byte, up to the bytes that fill up or end a format: a JPEG's decoder makes the rest
    /// grey.
    @ParameterizedTest
    @CsvSource({"rgb.jpg, 2", "grey.jpg, 2", "rgb.png, 12", "palette.png, 12", "rgb.bmp, 1", "palette.gif, 3"})
    void truncatedImagesAreRefused(String name, int end) throws IOException {
        byte[] whole = fixture(name).getFirst();
        for (int length = 0; length < whole.length - end; length++) {
            Path file = put("a/" + name, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> ImageFolder.read(root, Colour.RGB)).as(name + " " + length)
                    .isInstanceOf(DataException.class).hasMessageContaining(file.toString());
        }
    }

    @Test
    void jpegThatIsCutOffIsToldByItsDecoder() throws IOException {
        byte[] whole = fixture("rgb.jpg").getFirst();
        put("a/half.jpg", Arrays.copyOf(whole, whole.length - 20));
        assertRefused(Colour.RGB, "half.jpg is damaged: its decoder says 'Truncated File - Missing EOI marker'");
    }

    /// Cameras write such files: libjpeg warns of them, and every pixel is there.
    @Test
    void harmlessWarningsOfTheDecoderRefuseNoWholeJpeg() throws IOException {
        byte[] whole = fixture("rgb.jpg").getFirst();
        put("a/whole.jpg", whole);
        float[] pixels = ImageFolder.read(root, Colour.RGB).batch(0).inputs().toFloats();
        byte[] odd = whole.clone();
        int scan = 0;
        while (odd[scan] != (byte) 0xff || odd[scan + 1] != (byte) 0xda) {
            scan++;
        }
        // The end of the spectral selection, which a sequential scan has at 63 and some cameras write as 0.
        odd[scan + 2 + odd[scan + 3] - 2] = 0;
        byte[] padded = Arrays.copyOf(whole, whole.length + 8);
        Arrays.fill(padded, whole.length - 2, padded.length, (byte) 0);
        padded[padded.length - 2] = (byte) 0xff;
        padded[padded.length - 1] = (byte) 0xd9;
        for (byte[] harmless : List.of(odd, padded)) {
            put("a/whole.jpg", harmless);
            assertThat(ImageFolder.read(root, Colour.RGB).batch(0).inputs().toFloats()).containsExactly(pixels);
        }
        // libjpeg passes on its first warning only.
        put("a/whole.jpg", Arrays.copyOf(odd, odd.length - 20));
        assertThatThrownBy(() -> ImageFolder.read(root, Colour.RGB)).isInstanceOf(DataException.class)
                .hasMessageContaining("whole.jpg is damaged");
    }

    /// One bit of each byte in turn: of the pixels, the palette, and the header.
    @ParameterizedTest
    @ValueSource(strings = {"rgb.png", "palette.png"})
    void flippedBitsOfAPngAreRefused(String name) throws IOException {
        byte[] whole = fixture(name).getFirst();
        Path file = put("a/" + name, whole);
        for (int i = 8; i < whole.length - 12; i++) {
            byte[] flipped = whole.clone();
            flipped[i] ^= (byte) (1 << (i % 8));
            Files.write(file, flipped);
            assertRefused(Colour.RGB, name);
        }
    }

    @Test
    void wrongSumOfAPaletteIsNamed() throws IOException {
        byte[] bytes = fixture("palette.png").getFirst().clone();
        int palette = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("PLTE");
        bytes[palette + 4] ^= 64;
        put("a/x.png", bytes);
        assertRefused(Colour.RGB, "x.png is damaged: the CRC-32 of its chunk PLTE is ", ", and the file has ");
    }

    /// Two pixels of four bits, colours 0 and 2, and a palette of two colours.
    @Test
    void colourThatThePaletteLacksIsRefused() throws IOException {
        put("a/x.png", png(1, 2, 4, 3, new byte[6], new byte[]{0, 0x02}));
        assertRefused(Colour.RGB, "x.png is damaged: pixel 1 of row 0 has colour 2 of a palette of 2");
        put("a/x.png", png(1, 2, 4, 3, new byte[9], new byte[]{0, 0x02}));
        assertThat(ImageFolder.read(root, Colour.RGB).size()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"3, 4", "12, 18", "6, 2", "1, 1", "9, 5"})
    void resizedImagesAreThosePillowMakes(int height, int width) throws IOException {
        put("a", "rgb.png");
        float[] wanted = intensities(fixture("resized" + height + "x" + width).get(1));
        ImageFolder images = ImageFolder.read(root, Colour.RGB, height, width);
        assertThat(images.height()).isEqualTo(height);
        assertThat(images.width()).isEqualTo(width);
        float[] read = images.batch(0).inputs().toFloats();
        assertThat(read).hasSameSizeAs(wanted);
        for (int i = 0; i < read.length; i++) {
            // Pillow rounds to whole levels after the rows as well as after the columns.
            assertThat(read[i]).isBetween(wanted[i] - 1.001f / 255, wanted[i] + 1.001f / 255);
        }
    }

    @Test
    void classesAreFoldersInTheOrderOfTheirNames() throws IOException {
        put("dog", "grey.png");
        put("cat", "rgb.png");
        put("cat", "palette.png");
        put("cat/.hidden", new byte[3]);
        put("cat/Thumbs.db", new byte[3]);
        put("Zebra", "rgb.bmp");
        put("notes.txt", new byte[3]);
        Files.move(root.resolve("dog/grey.png"), root.resolve("dog/GREY.PNG"));
        ImageFolder images = ImageFolder.read(root, Colour.RGB);
        assertThat(images.name()).isEqualTo(root.getFileName().toString());
        assertThat(images.classNames()).containsExactly("Zebra", "cat", "dog");
        assertThat(images.classes()).isEqualTo(3);
        assertThat(images.size()).isEqualTo(4);
        assertThat(images.channels()).isEqualTo(3);
        assertThat(images.height()).isEqualTo(6);
        assertThat(images.width()).isEqualTo(9);
        assertThat(images.inputShape()).isEqualTo(Shape.of(3 * AREA));
        assertThat(images.all().targets().toFloats()).containsExactly(0, 1, 1, 2);
        assertThat(images.all().inputs().type()).isEqualTo(ElementType.FLOAT32);
        assertThat(images.batch(2, 1).inputs().toFloats())
                .startsWith(intensities(fixture("rgb.png").get(1)))
                .endsWith(intensities(fixture("palette.png").get(1)));
        assertThatThrownBy(() -> images.batch(4)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void foldersThatHoldSomethingElseAreRefused() throws IOException {
        assertRefused(Colour.RGB, "holds no folders");
        Path stray = put("stray.png", fixture("rgb.png").getFirst());
        assertRefused(Colour.RGB, "stray.png is in no class");
        Files.delete(stray);
        put("cat", "rgb.png");
        Path text = put("cat/x.webp", new byte[4]);
        assertRefused(Colour.RGB, "x.webp is no image", ".png, .jpg");
        Files.delete(text);
        Files.createDirectory(root.resolve("dog"));
        assertRefused(Colour.RGB, "dog holds no image");
        put("dog/x.png", "PNG?".getBytes(StandardCharsets.US_ASCII));
        assertRefused(Colour.RGB, "x.png is no PNG, JPEG, BMP or GIF image");
        assertThatThrownBy(() -> ImageFolder.read(root.resolve("none"), Colour.RGB)).isInstanceOf(DataException.class)
                .hasMessageContaining("none does not exist");
        assertThatThrownBy(() -> ImageFolder.read(root.resolve("cat/rgb.png"), Colour.RGB))
                .isInstanceOf(DataException.class).hasMessageContaining("is not a folder");
        assertThatThrownBy(() -> ImageFolder.read(root, Colour.RGB, 0, 5)).isInstanceOf(DataException.class)
                .hasMessageContaining("0x5");
    }

    @Test
    void imagesOfSeveralSizesAreRefusedUnlessResized() throws IOException {
        put("a", "rgb.png");
        put("b/two.png", png(2, 2));
        assertRefused(Colour.GREY, "two.png has 2x2 pixels", "rgb.png has 6x9", "resized");
        ImageFolder images = ImageFolder.read(root, Colour.GREY, 2, 2);
        assertThat(images.all().inputs().shape()).isEqualTo(Shape.of(2, 4));
    }

    @Test
    void bombsAreRefusedByTheirHeaders() throws IOException {
        Path bomb = put("a/x.png", png(100_000, 100_000));
        assertRefused(Colour.GREY, "x.png claims 100000x100000 pixels", "16777216");
        Files.write(bomb, png(4096, 4096));
        assertRefused(Colour.GREY, "x.png claims 4096x4096 pixels in", "more than compression can give");
        Files.write(bomb, png(500, 500));
        assertRefused(Colour.GREY, "x.png");
        Files.write(bomb, png(0, 5));
        assertRefused(Colour.GREY, "x.png");
    }

    @Test
    void filesWithinBitmapsAreRefused() throws IOException {
        byte[] bytes = fixture("rgb.bmp").getFirst().clone();
        for (int compression : new int[]{4, 5}) {
            bytes[30] = (byte) compression;
            put("a/x.bmp", bytes);
            assertRefused(Colour.GREY, "x.bmp holds a JPEG or PNG file within a BMP file");
        }
    }

    @Test
    void moreImagesThanTheHeapHoldsAreRefusedBeforeTheyAreDecoded() throws IOException {
        put("a", "rgb.png");
        for (int i = 0; i <= Runtime.getRuntime().maxMemory() / 2 / (3 << 24); i++) {
            put("a/z" + i + ".png", new byte[0]);
        }
        assertThatThrownBy(() -> ImageFolder.read(root, Colour.RGB, 4096, 4096)).isInstanceOf(DataException.class)
                .hasMessageContainingAll("images of 3x4096x4096 take", "half of the heap", "-Xmx");
    }

    /// A grey PNG file with one black row of two pixels, whatever its header claims.
    private static byte[] png(int height, int width) {
        return png(height, width, 8, 0, new byte[0], new byte[6]);
    }

    private static byte[] png(int height, int width, int bits, int kind, byte[] palette, byte[] rows) {
        ByteBuffer file = ByteBuffer.allocate(200);
        file.putLong(0x89504E470D0A1A0AL);
        chunk(file, "IHDR", ByteBuffer.allocate(13).putInt(width).putInt(height).put((byte) bits).put((byte) kind)
                .put(new byte[3]).array());
        if (palette.length > 0) {
            chunk(file, "PLTE", palette);
        }
        Deflater deflater = new Deflater();
        deflater.setInput(rows);
        deflater.finish();
        byte[] packed = new byte[50];
        int length = deflater.deflate(packed);
        deflater.end();
        chunk(file, "IDAT", Arrays.copyOf(packed, length));
        chunk(file, "IEND", new byte[0]);
        return Arrays.copyOf(file.array(), file.position());
    }

    private static void chunk(ByteBuffer file, String type, byte[] content) {
        CRC32 sum = new CRC32();
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        sum.update(name);
        sum.update(content);
        file.putInt(content.length).put(name).put(content).putInt((int) sum.getValue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rgb.png", "palette.png", "rgb.jpg", "grey.jpg", "rgb.bmp", "grey.bmp", "palette.gif"})
    void aThousandDamagedFilesAreRefusedOrRead(String name) throws Exception {
        Path file = put("a", name);
        // Images in one colour shrink by factors of hundreds to thousands, so a header may claim as much.
        int refused = Mutations.refused(fixture(name).getFirst(), 18, 16 << 10, damaged -> {
            Mutations.write(file, damaged);
            assertThat(ImageFolder.read(root, Colour.RGB).size()).isEqualTo(1);
        });
        assertThat(refused).isGreaterThan(100);
    }
}

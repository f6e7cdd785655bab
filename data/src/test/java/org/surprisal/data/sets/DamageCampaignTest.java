package org.surprisal.data.sets;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.TimeUnit;
import java.util.function.IntToDoubleFunction;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.surprisal.data.DataException;
import org.surprisal.data.Mutations;
import org.surprisal.data.format.Csv;
import org.surprisal.data.format.CsvLayout;
import org.surprisal.data.format.Idx;
import org.surprisal.data.format.MappedArray;
import org.surprisal.data.format.Mat;
import org.surprisal.data.format.Npy;
import org.surprisal.data.format.Npz;
import org.surprisal.data.format.Safetensors;
import org.surprisal.data.image.ImageFolder;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

/// A campaign of seeded damage over every reader of files: each damaged file is read, or refused by a [DataException]
/// of one line that names the file. Nothing else may come out of a reader, and formats with checksums may give no
/// content that was never written.
///
/// The files are made here, from seeds; the damage is [Damage]'s.
class DamageCampaignTest {
    private static final int QUICK = 600;
    private static final int LONG = 24_000;
    /// Faults of one reader before the campaign goes on to the next.
    private static final int SHOWN = 5;

    /// Names of classes, and words of the JDK. What a message quotes is the file's.
    private static final Pattern FOREIGN = Pattern.compile("Exception|out of bounds|For input string|Cannot invoke|"
            + "Optional|\\[[A-Z];|@[0-9a-f]{6}|No value present");

    @TempDir
    private Path folder;

    /// A reader, and what it reads.
    ///
    /// @param file  its name, by whose ending formats are told
    /// @param valid writes the whole content
    /// @param other writes another file of the same format, whose parts are mixed in
    /// @param check reads the file at a path, which every use of the format does first, and may judge what it read
    private record Target(String name, String file, Supplier<byte[]> valid, Supplier<byte[]> other, Reader check) {
        Target(String name, String file, byte[] valid, byte[] other, Reader check) {
            this(name, file, valid::clone, other::clone, check);
        }
    }

    private interface Reader {
        void read(Path file) throws Exception;
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void damagedFilesAreReadOrRefused() throws Exception {
        assertHeld(QUICK);
    }

    @Test
    @Tag("slow")
    @Timeout(value = 2, unit = TimeUnit.HOURS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void manyDamagedFilesAreReadOrRefused() throws Exception {
        assertHeld(LONG);
    }

    private void assertHeld(int mutants) throws Exception {
        List<String> faults = new ArrayList<>();
        for (Target target : targets()) {
            Path place = Files.createDirectories(folder.resolve(target.name()).resolve("class"));
            Path file = place.resolve(target.file());
            target.check().read(Mutations.write(file, target.valid().get()));
            target.check().read(Mutations.write(file, target.other().get()));
            Damage damage = new Damage(target.valid().get(), target.other().get());
            int refused = 0;
            int before = faults.size();
            for (int i = 0; i < mutants && faults.size() < before + SHOWN; i++) {
                RandomStream stream = RandomStream.seeded(2026).child(target.name()).child(i);
                String which = target.name() + ", mutant " + i + ": ";
                try {
                    target.check().read(Mutations.write(file, damage.one(stream)));
                } catch (DataException e) {
                    refused++;
                    String message = String.valueOf(e.getMessage());
                    if (message.lines().count() != 1 || message.length() > 2100 || !message.contains(target.name())
                            || message.chars().anyMatch(Character::isISOControl) || message.contains("java.")
                            || FOREIGN.matcher(message.replaceAll("'[^']*'", "")).find()) {
                        faults.add(which + "refused with '" + message + "'");
                    }
                } catch (Exception | AssertionError | OutOfMemoryError | StackOverflowError e) {
                    faults.add(which + e);
                }
            }
            assertThat(refused + faults.size() - before).as("refusals of " + target.name()).isPositive();
        }
        assertThat(faults).isEmpty();
    }

    private static List<Target> targets() throws IOException {
        List<Target> targets = new ArrayList<>();
        RandomStream stream = RandomStream.seeded(7);
        Tensor doubles = stream.gaussian(ElementType.FLOAT64, 0, 1, 6, 5);
        Tensor floats = stream.gaussian(ElementType.FLOAT32, 0, 1, 3, 4);
        Tensor counts = Tensor.of(new double[]{0, 1, 2, 1}, 4);

        targets.add(new Target("npy", "x.npy", npy(doubles), npy(floats), Npy::read));
        targets.add(new Target("npy-mapped", "x.npy", npy(doubles), npy(floats),
                file -> ends(MappedArray.npy(file))));
        List<Tensor> arrays = List.of(doubles, floats, counts);
        targets.add(new Target("npz-stored", "x.npz", npz(false, doubles, counts), npz(false, floats),
                file -> assertAmong(arrays, Npz.readAll(file))));
        targets.add(new Target("npz-deflated", "x.npz", npz(true, doubles, counts), npz(true, floats),
                file -> assertAmong(arrays, Npz.readAll(file))));
        targets.add(new Target("safetensors", "x.safetensors", safetensors(doubles, counts), safetensors(floats),
                Safetensors::readAll));
        targets.add(new Target("safetensors-mapped", "x.safetensors", safetensors(doubles, counts), safetensors(floats),
                file -> ends(MappedArray.safetensors(file, "a0"))));
        targets.add(new Target("mat", "x.mat", mat(false), mat(true), Mat::readAll));
        targets.add(new Target("mat-compressed", "x.mat", mat(true), mat(false), Mat::readAll));
        byte[] tishby = tishby();
        targets.add(new Target("tishby", "var_u.mat", tishby, tishby,
                file -> Tishby.task(file, Mat.read(file, "F"), Mat.read(file, "y"))));
        targets.add(new Target("idx", "images", idx(stream, 12), idx(stream, 12), file -> Idx.read("set", file,
                Files.write(file.resolveSibling("labels"), idxLabels(12)), 3)));
        targets.add(new Target("idx-labels", "labels", idxLabels(12),
                new byte[]{0, 0, 8, 1, 0, 0, 0, 12, 2, 1, 0, 2, 1, 0, 2, 1, 0, 2, 1, 0}, file -> Idx.read("set",
                        Files.write(file.resolveSibling("images"), idx(RandomStream.seeded(1), 12)), file, 3)));
        targets.add(new Target("csv", "x.csv", csv(','), csv(';'), Csv::read));
        targets.add(new Target("tsv", "x.tsv", csv('\t'), csv(','), Csv::read));
        targets.add(new Target("csv-classes", "x.csv", csv(','), csv('\t'),
                file -> Csv.classification("set", file, CsvLayout.DETECTED, "kind")));
        List<BufferedImage> pictures = List.of(picture(stream, BufferedImage.TYPE_INT_RGB, 13),
                picture(stream, BufferedImage.TYPE_BYTE_INDEXED, 9), picture(stream, BufferedImage.TYPE_BYTE_GRAY, 7));
        List<Tensor> pixels = new ArrayList<>();
        for (String format : List.of("png", "jpg", "gif", "bmp")) {
            for (int i = 0; i < pictures.size() - 1; i++) {
                byte[] valid = encoded(pictures.get(i), format);
                byte[] other = encoded(pictures.get(i + 1), format);
                String name = format + "-" + i;
                targets.add(new Target(name, "x." + format, valid, other, file -> {
                    Tensor read = ImageFolder.read(file.resolve("../..").normalize(), ImageFolder.Colour.RGB).all()
                            .inputs();
                    if (format.equals("png") && pixels.stream()
                            .noneMatch(one -> Arrays.equals(one.toDoubles(), read.toDoubles()))) {
                        throw new AssertionError("read a picture that was never written");
                    }
                }));
            }
        }
        for (BufferedImage picture : pictures) {
            pixels.add(pixels(picture));
        }
        targets.add(new Target("cora-content", "content", coraContent(30), coraContent(20),
                file -> LinqsFiles.read("cora", file, Files.write(file.resolveSibling("cites"), coraCites()),
                        List.of("A", "B"), 8)));
        targets.add(new Target("cora-cites", "cites", coraCites(), "p0 p1\np2\tp4\n".getBytes(StandardCharsets.UTF_8),
                file -> LinqsFiles.read("cora", Files.write(file.resolveSibling("content"), coraContent(30)), file,
                        List.of("A", "B"), 8)));
        targets.add(new Target("names", "Polish.txt", "Żółć\nKowalski\nNowak\n".getBytes(StandardCharsets.UTF_8),
                "O'Neill\nde la Cruz\n".getBytes(StandardCharsets.UTF_8), file -> Names.read(List.of(file))));
        return targets;
    }

    private static void ends(MappedArray array) {
        if (array.length() > 0) {
            array.rows(0, array.length() - 1);
        }
    }

    /// Checksums cover content and shape; names they do not.
    private static void assertAmong(List<Tensor> written, SequencedMap<String, Tensor> read) {
        read.forEach((name, array) -> {
            if (written.stream().noneMatch(one -> array.shape().equals(one.shape())
                    && Arrays.equals(array.toDoubles(), one.toDoubles()))) {
                throw new AssertionError("read as '" + name + "' what was never written: " + array);
            }
        });
    }

    private static byte[] npy(Tensor array) throws IOException {
        Path file = Files.createTempFile("damage", ".npy");
        try {
            Npy.write(file, array);
            return Files.readAllBytes(file);
        } finally {
            Files.delete(file);
        }
    }

    private static byte[] npz(boolean deflated, Tensor... arrays) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i < arrays.length; i++) {
                byte[] content = npy(arrays[i]);
                ZipEntry entry = new ZipEntry("a" + i + ".npy");
                if (!deflated) {
                    CRC32 sum = new CRC32();
                    sum.update(content);
                    entry.setMethod(ZipEntry.STORED);
                    entry.setSize(content.length);
                    entry.setCrc(sum.getValue());
                }
                zip.putNextEntry(entry);
                zip.write(content);
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] safetensors(Tensor... arrays) throws IOException {
        SequencedMap<String, Tensor> named = new LinkedHashMap<>();
        for (Tensor array : arrays) {
            named.put("a" + named.size(), array);
        }
        Path file = Files.createTempFile("made", ".safetensors");
        try {
            Safetensors.write(file, named);
            return Files.readAllBytes(file);
        } finally {
            Files.delete(file);
        }
    }

    /// A MAT-5 file of a 2 x 3 matrix 'm' and a 1 x 1 matrix 'n' of doubles.
    private static byte[] mat(boolean compressed) throws IOException {
        return mat(compressed, matrix("m", 2, 3, i -> i + 0.5), matrix("n", 1, 1, i -> i + 0.5));
    }

    /// The patterns (4096, 12) and as many labels of the 12-bit task, compressed; labels are those of the highest bit.
    private static byte[] tishby() throws IOException {
        return mat(true, matrix("F", 4096, 12, i -> (i % 4096) >> (11 - i / 4096) & 1),
                matrix("y", 1, 4096, i -> i >> 11));
    }

    private static byte[] mat(boolean compressed, byte[]... matrices) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        byte[] header = new byte[128];
        Arrays.fill(header, 0, 116, (byte) ' ');
        System.arraycopy("MATLAB 5.0 MAT-file".getBytes(StandardCharsets.US_ASCII), 0, header, 0, 19);
        header[125] = 1;
        header[126] = 'I';
        header[127] = 'M';
        file.write(header);
        for (byte[] matrix : matrices) {
            if (compressed) {
                ByteArrayOutputStream packed = new ByteArrayOutputStream();
                try (DeflaterOutputStream out = new DeflaterOutputStream(packed, new Deflater(9))) {
                    out.write(matrix);
                }
                file.write(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putInt(15).putInt(packed.size())
                        .array());
                file.write(packed.toByteArray());
            } else {
                file.write(matrix);
            }
        }
        return file.toByteArray();
    }

    private static byte[] matrix(String name, int rows, int columns, IntToDoubleFunction number) {
        // As MATLAB and SciPy store small whole numbers: as bytes, whatever the class of the matrix.
        boolean bytes = rows * columns >= 4096;
        int size = (bytes ? 1 : 8) * rows * columns;
        ByteBuffer inside = ByteBuffer.allocate(16 + 16 + 8 + 8 + size).order(ByteOrder.LITTLE_ENDIAN);
        inside.putInt(6).putInt(8).putInt(6).putInt(0);
        inside.putInt(5).putInt(8).putInt(rows).putInt(columns);
        inside.putShort((short) 1).putShort((short) name.length()).put(name.getBytes(StandardCharsets.US_ASCII));
        inside.position(40);
        inside.putInt(bytes ? 2 : 9).putInt(size);
        for (int i = 0; i < rows * columns; i++) {
            if (bytes) {
                inside.put((byte) number.applyAsDouble(i));
            } else {
                inside.putDouble(number.applyAsDouble(i));
            }
        }
        return ByteBuffer.allocate(8 + inside.capacity()).order(ByteOrder.LITTLE_ENDIAN).putInt(14)
                .putInt(inside.capacity()).put(inside.array()).array();
    }

    private static byte[] idx(RandomStream stream, int count) {
        ByteBuffer bytes = ByteBuffer.allocate(16 + count * 20);
        bytes.putInt(0x803).putInt(count).putInt(4).putInt(5);
        while (bytes.hasRemaining()) {
            bytes.put((byte) stream.nextInt(256));
        }
        return bytes.array();
    }

    private static byte[] idxLabels(int count) {
        ByteBuffer bytes = ByteBuffer.allocate(8 + count).putInt(0x801).putInt(count);
        for (int i = 0; i < count; i++) {
            bytes.put((byte) (i % 3));
        }
        return bytes.array();
    }

    private static byte[] csv(char separator) {
        StringBuilder text = new StringBuilder("width,height,kind\n");
        for (int i = 0; i < 25; i++) {
            text.append(i * 0.25).append(',').append(-i).append("e-1,").append(i % 3).append('\n');
        }
        return text.toString().replace(',', separator).getBytes(StandardCharsets.UTF_8);
    }

    private static BufferedImage picture(RandomStream stream, int type, int side) {
        BufferedImage picture = new BufferedImage(side, side, type);
        for (int i = 0; i < side * side; i++) {
            picture.setRGB(i % side, i / side,
                    new Color(stream.nextInt(256), stream.nextInt(256), stream.nextInt(256)).getRGB());
        }
        return picture;
    }

    private static byte[] encoded(BufferedImage picture, String format) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        assertThat(ImageIO.write(picture, format, bytes)).as(format).isTrue();
        return bytes.toByteArray();
    }

    /// Channel by channel, from 0 to 1, as the reader gives them.
    private static Tensor pixels(BufferedImage picture) throws IOException {
        Path root = Files.createTempDirectory("written");
        Path file = Files.createDirectories(root.resolve("class")).resolve("x.png");
        try {
            Files.write(file, encoded(picture, "png"));
            return ImageFolder.read(root, ImageFolder.Colour.RGB).all().inputs();
        } finally {
            Files.delete(file);
            Files.delete(file.getParent());
            Files.delete(root);
        }
    }

    private static byte[] coraContent(int papers) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < papers; i++) {
            text.append('p').append(i).append("\t0\t1\t0\t0\t1\t1\t0\t").append(i % 2).append('\t')
                    .append(i % 3 == 0 ? "A" : "B").append('\n');
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] coraCites() {
        StringBuilder text = new StringBuilder();
        for (int i = 1; i < 20; i++) {
            text.append('p').append(i).append("\tp").append(i / 2).append('\n');
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}

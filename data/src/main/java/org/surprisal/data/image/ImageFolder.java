package org.surprisal.data.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.surprisal.data.Batch;
import org.surprisal.data.DataException;
import org.surprisal.data.Dataset;
import org.surprisal.tensor.Shape;
import org.surprisal.tensor.Tensor;

/// Images in one folder a class: `root/cat/1.png`, `root/dog/a.jpg`. PNG, JPEG, BMP and GIF (its first frame) are read;
/// classes, and images within them, are in the order of their names.
///
/// Inputs are float32 in [0, 1], an intensity's byte over 255, one image a flat row of channels * height * width
/// numbers: channel after channel, each row-major from the top left. Images of more than 8 bits are rounded to 8.
/// Transparency, gamma and the rotation that a camera noted are left out.
///
/// All images are decoded once and kept as bytes: training sees every image many times, and to decode one takes far
/// longer than to copy it. What they take is known from the first header, and refused before any is decoded when it is
/// more than half of the heap. An image whose header claims more than 2^24 pixels, or more than its file can hold, is
/// refused before it is decoded.
public final class ImageFolder implements Dataset {
    private static final List<String> ENDINGS = List.of(".png", ".jpg", ".jpeg", ".bmp", ".gif");
    private static final Comparator<Path> BY_NAME = Comparator.comparing(ImageFolder::nameOf);

    private final String name;
    private final List<String> classNames;
    private final Colour colour;
    private final Picture.Size size;
    private final List<byte[]> images;
    private final int[] labels;

    /// What is kept of an image's colours.
    public enum Colour {
        /// One channel: luma (ITU-R BT.601) of images in colour.
        GREY(1),
        /// Three channels: red, green, blue, the same of images in grey.
        RGB(3);

        private final int channels;

        Colour(int channels) {
            this.channels = channels;
        }

        /// How many numbers a pixel has.
        public int channels() {
            return channels;
        }
    }

    private ImageFolder(String name, List<String> classNames, Colour colour, Picture.Size size, List<byte[]> images,
            int[] labels) {
        this.name = name;
        this.classNames = classNames;
        this.colour = colour;
        this.size = size;
        this.images = images;
        this.labels = labels;
    }

    /// Images that are all of one size.
    ///
    /// @throws DataException when a folder or image is missing, damaged, of another size or too large
    public static ImageFolder read(Path root, Colour colour) {
        return read(root, colour, Optional.empty());
    }

    /// Images of any size, brought to one: linear between pixels, and where they shrink each pixel counts. Proportions
    /// change when they differ.
    ///
    /// @param height pixels from top to bottom that every image shall have
    /// @param width pixels from left to right that every image shall have
    /// @throws DataException when a folder or image is missing, damaged or too large
    public static ImageFolder read(Path root, Colour colour, int height, int width) {
        if (height < 1 || width < 1 || (long) height * width > Picture.MOST_PIXELS) {
            throw new DataException("images cannot be resized to " + height + "x" + width + ": 1 to "
                    + Picture.MOST_PIXELS + " pixels");
        }
        return read(root, colour, Optional.of(new Picture.Size(height, width)));
    }

    private static ImageFolder read(Path root, Colour colour, Optional<Picture.Size> wanted) {
        List<Path> folders = classFolders(root);
        List<List<Path>> files = folders.stream().map(ImageFolder::images).toList();
        int count = files.stream().mapToInt(List::size).sum();
        Path first = files.getFirst().getFirst();
        Picture.Size size = wanted.orElseGet(() -> Picture.size(first));
        requireRoom(root, count, colour, size);
        List<byte[]> images = new ArrayList<>(count);
        int[] labels = new int[count];
        for (int label = 0; label < files.size(); label++) {
            for (Path file : files.get(label)) {
                labels[images.size()] = label;
                Picture picture = Picture.read(file, colour);
                if (wanted.isEmpty() && !picture.size().equals(size)) {
                    throw new DataException(file + " has " + picture.size() + " pixels, but "
                            + first + " has " + size + ": images are of one size, or resized");
                }
                images.add(picture.resized(size).intensities());
            }
        }
        List<String> classNames = folders.stream().map(ImageFolder::nameOf).toList();
        return new ImageFolder(nameOf(root.toAbsolutePath().normalize()), classNames, colour, size,
                images, labels);
    }

    private static void requireRoom(Path root, int count, Colour colour, Picture.Size size) {
        long bytes = (long) count * colour.channels * size.height() * size.width();
        long heap = Runtime.getRuntime().maxMemory();
        if (bytes > heap / 2) {
            throw new DataException(root + ": " + count + " images of " + colour.channels + "x" + size + " take "
                    + (bytes >> 20) + " MiB, more than half of the heap of " + (heap >> 20)
                    + " MiB: resize them, or give Java more (-Xmx)");
        }
    }

    private static List<Path> classFolders(Path root) {
        List<Path> folders = new ArrayList<>();
        for (Path entry : entries(root)) {
            if (Files.isDirectory(entry)) {
                folders.add(entry);
            } else if (isImage(entry)) {
                throw new DataException(entry + " is in no class: images are in one folder a class, such as "
                        + root.resolve("cat").resolve(nameOf(entry)));
            }
        }
        if (folders.isEmpty()) {
            throw new DataException(root + " holds no folders: images are in one folder a class");
        }
        return folders;
    }

    private static List<Path> images(Path folder) {
        List<Path> images = entries(folder);
        for (Path image : images) {
            if (!isImage(image) || Files.isDirectory(image)) {
                throw new DataException(
                        image + " is no image: the folder of a class holds " + String.join(", ", ENDINGS)
                                + " only");
            }
        }
        if (images.isEmpty()) {
            throw new DataException(folder + " holds no image: it is the folder of a class");
        }
        return images;
    }

    /// What a folder holds, by name; file managers leave hidden files.
    private static List<Path> entries(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new DataException(folder + (Files.exists(folder) ? " is not a folder" : " does not exist"));
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> !isHidden(nameOf(entry))).sorted(BY_NAME).toList();
        } catch (IOException e) {
            throw DataException.about(folder, "cannot be read", e);
        }
    }

    /// The last name of a path; a file system's root has none.
    private static String nameOf(Path path) {
        Path last = path.getFileName();
        return last == null ? path.toString() : last.toString();
    }

    private static boolean isHidden(String name) {
        return name.startsWith(".") || name.equals("Thumbs.db") || name.equals("desktop.ini");
    }

    private static boolean isImage(Path file) {
        String name = nameOf(file).toLowerCase(Locale.ROOT);
        return ENDINGS.stream().anyMatch(name::endsWith);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int size() {
        return labels.length;
    }

    /// Numbers a pixel: 1 or 3.
    public int channels() {
        return colour.channels;
    }

    /// Pixels from top to bottom.
    public int height() {
        return size.height();
    }

    /// Pixels from left to right.
    public int width() {
        return size.width();
    }

    @Override
    public Shape inputShape() {
        return Shape.of(colour.channels * size.height() * size.width());
    }

    @Override
    public int classes() {
        return classNames.size();
    }

    @Override
    public List<String> classNames() {
        return classNames;
    }

    @Override
    public Batch batch(int... rows) {
        int width = inputShape().size();
        float[] inputs = new float[Shape.of(rows.length, width).size()];
        float[] targets = new float[rows.length];
        for (int i = 0; i < rows.length; i++) {
            int row = Objects.checkIndex(rows[i], labels.length);
            targets[i] = labels[row];
            byte[] image = images.get(row);
            for (int j = 0; j < width; j++) {
                inputs[i * width + j] = (image[j] & 0xFF) / 255f;
            }
        }
        return new Batch(Tensor.of(inputs, rows.length, width), Tensor.of(targets, rows.length));
    }
}

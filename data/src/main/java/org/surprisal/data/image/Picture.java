package org.surprisal.data.image;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;
import org.surprisal.data.DataException;
import org.surprisal.data.internal.Inflation;
import org.surprisal.data.internal.Placeholder;

/// One image of a file as bytes: an intensity from 0 to 255 a pixel and channel, channel after channel, each row-major
/// from the top left.
final class Picture {
    /// The most pixels that are decoded, as many as 4096 x 4096 have: a few bytes can claim billions.
    static final long MOST_PIXELS = 1 << 24;

    private static final Pattern UNUSED_PARTS = Pattern.compile("(?i)\\b(icc|profile|thumbnail)\\b");
    /// What libjpeg says of whole pictures of some cameras: parameters that a sequential scan does not need, another
    /// revision of JFIF, bytes that fill up the file before its end marker.
    private static final Pattern HARMLESS = Pattern.compile("Invalid SOS parameters for sequential JPEG"
            + "|unknown JFIF revision number|extraneous bytes before marker 0xd9");
    private static final int BMP_COMPRESSION = 30;
    private static final int BMP_OF_JPEG = 4;
    private static final int BMP_OF_PNG = 5;

    /// The formats that are read, and how many pixels of an image in one colour a byte can hold.
    private enum Format {
        /// Deflate's ratio, over the bytes that a pixel takes before.
        PNG(Inflation.LARGEST_RATIO),
        /// A bit for a block of 64 pixels.
        JPEG(8 * 64),
        /// A run of 255 pixels in two bytes.
        BMP(128),
        /// The longest string in a full table of 4096, behind a code of twelve bits.
        GIF(4096 * 8 / 12);

        private final long pixels;

        Format(long pixels) {
            this.pixels = pixels;
        }

        static @Nullable Format of(ImageReader reader) throws IOException {
            String name = reader.getFormatName().toUpperCase(Locale.ROOT);
            return Arrays.stream(values()).filter(format -> format.name().equals(name)).findFirst().orElse(null);
        }

        long mostPixels(ImageReader reader, long bytes) throws IOException {
            return this == PNG
                    ? bytes * pixels * 8 / reader.getRawImageType(0).getColorModel().getPixelSize()
                    : bytes * pixels;
        }
    }

    private final int channels;
    private final Size size;
    private final byte[] intensities;

    private Picture(int channels, Size size, byte[] intensities) {
        this.channels = channels;
        this.size = size;
        this.intensities = intensities;
    }

    /// What becomes of an image whose file is opened.
    private interface Reading<R> {
        R of(ImageReader reader) throws IOException;
    }

    /// The numbers of pixels from top to bottom and from left to right.
    record Size(int height, int width) {
        @Override
        public String toString() {
            return height + "x" + width;
        }
    }

    /// The size that a file's header tells.
    ///
    /// @throws DataException when it is no image that can be read, or too large to be decoded
    static Size size(Path file) {
        return withReader(file, reader -> size(file, reader));
    }

    /// The image of a file; of a moving one the first. Transparency is left out.
    ///
    /// @throws DataException when it is no image that can be read, damaged, or too large to be decoded
    static Picture read(Path file, ImageFolder.Colour colour) {
        return withReader(file, reader -> {
            Size size = size(file, reader);
            int colours = Format.of(reader) == Format.PNG ? PngChunks.read(file).colours() : 0;
            BufferedImage image = decoded(file, reader);
            requireColours(file, image, colours);
            if (image.getHeight() != size.height || image.getWidth() != size.width) {
                throw new DataException(file + " is damaged: its header claims " + size + " pixels, but it has "
                        + image.getHeight() + "x" + image.getWidth());
            }
            return switch (colour) {
                case GREY -> new Picture(1, size, grey(image));
                case RGB -> new Picture(3, size, rgb(image));
            };
        });
    }

    /// The JDK's decoder of JPEG fills up what is missing with grey, and says so to a listener alone. Its sentences
    /// about colour profiles and thumbnails, which are not used here, tell of no damage. libjpeg passes on its first
    /// warning only: after a harmless one, the end marker has to show that the picture is whole.
    private static BufferedImage decoded(Path file, ImageReader reader) throws IOException {
        List<String> warnings = new ArrayList<>();
        reader.addIIOReadWarningListener((_, warning) -> warnings.add(warning));
        BufferedImage image = reader.read(0);
        if (Format.of(reader) != Format.PNG) {
            warnings.stream()
                    .filter(warning -> !UNUSED_PARTS.matcher(warning).find() && !HARMLESS.matcher(warning).find())
                    .findFirst().ifPresent(warning -> {
                        throw new DataException(file + " is damaged: its decoder says '" + warning + "'");
                    });
            if (warnings.stream().anyMatch(warning -> HARMLESS.matcher(warning).find()) && !hasEndMarker(file)) {
                throw new DataException(file + " is damaged: its last scan has no end marker");
            }
        }
        return image;
    }

    /// Whether a JPEG file has the marker of an end (FF D9) after that of its last scan (FF DA).
    private static boolean hasEndMarker(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        for (int i = bytes.length - 2; i >= 0; i--) {
            if (bytes[i] == (byte) 0xff && (bytes[i + 1] == (byte) 0xd9 || bytes[i + 1] == (byte) 0xda)) {
                return bytes[i + 1] == (byte) 0xd9;
            }
        }
        return false;
    }

    /// A pixel whose colour the palette does not have would be black.
    ///
    /// @param colours of a PNG file's palette, which the decoder fills up; 0: the decoder's own number
    private static void requireColours(Path file, BufferedImage image, int colours) {
        if (!(image.getColorModel() instanceof IndexColorModel palette)) {
            return;
        }
        int count = colours == 0 ? palette.getMapSize() : colours;
        Raster raster = image.getRaster();
        int[] line = new int[image.getWidth()];
        for (int y = 0; y < image.getHeight(); y++) {
            raster.getSamples(0, y, line.length, 1, 0, line);
            for (int x = 0; x < line.length; x++) {
                if (line[x] >= count) {
                    throw new DataException(file + " is damaged: pixel " + x + " of row " + y + " has colour " + line[x]
                            + " of a palette of " + count);
                }
            }
        }
    }

    private static <R> R withReader(Path file, Reading<R> reading) {
        try (ImageInputStream in = new FileImageInputStream(file.toFile())) {
            ImageReader reader = reader(file, in);
            try {
                reader.setInput(in, true, true);
                return reading.of(reader);
            } finally {
                reader.dispose();
            }
        } catch (DataException e) {
            throw e;
        } catch (IOException e) {
            throw DataException.about(file, "cannot be read as an image", e);
        } catch (RuntimeException e) {
            // The JDK's decoders answer some damage with an index out of bounds, an illegal argument and the like.
            throw new DataException(file + " is damaged: its image cannot be decoded", e);
        }
    }

    private static ImageReader reader(Path file, ImageInputStream in) throws IOException {
        for (Iterator<ImageReader> readers = ImageIO.getImageReaders(in); readers.hasNext();) {
            ImageReader reader = readers.next();
            Format format = Format.of(reader);
            if (format == Format.BMP) {
                requirePixels(file, in);
            }
            if (format != null) {
                return reader;
            }
            reader.dispose();
        }
        Placeholder.refuse(file);
        throw new DataException(file + " is no PNG, JPEG, BMP or GIF image");
    }

    /// A BMP file, made for a printer, may hold a whole JPEG or PNG file, for which the JDK takes as much memory as the
    /// header claims.
    private static void requirePixels(Path file, ImageInputStream in) throws IOException {
        in.mark();
        in.setByteOrder(ByteOrder.LITTLE_ENDIAN);
        in.seek(BMP_COMPRESSION);
        int compression = in.length() < BMP_COMPRESSION + Integer.BYTES ? 0 : in.readInt();
        in.setByteOrder(ByteOrder.BIG_ENDIAN);
        in.reset();
        if (compression == BMP_OF_JPEG || compression == BMP_OF_PNG) {
            throw new DataException(file + " holds a JPEG or PNG file within a BMP file, which cannot be read");
        }
    }

    private static Size size(Path file, ImageReader reader) throws IOException {
        Size size = new Size(reader.getHeight(0), reader.getWidth(0));
        long pixels = (long) size.height * size.width;
        if (size.height < 1 || size.width < 1 || pixels > MOST_PIXELS) {
            throw new DataException(file + " claims " + size + " pixels: images of 1 to " + MOST_PIXELS + " are read");
        }
        Format format = Format.of(reader);
        if (format == null || pixels > format.mostPixels(reader, Files.size(file))) {
            throw new DataException(file + " claims " + size + " pixels in " + Files.size(file)
                    + " bytes, more than compression can give");
        }
        return size;
    }

    private static byte[] grey(BufferedImage image) {
        if (isGrey(image)) {
            return ownGrey(image);
        }
        int width = image.getWidth();
        byte[] grey = new byte[width * image.getHeight()];
        int[] line = new int[width];
        for (int y = 0; y < image.getHeight(); y++) {
            image.getRGB(0, y, width, 1, line, 0, width);
            for (int x = 0; x < width; x++) {
                int red = line[x] >> 16 & 0xFF;
                int green = line[x] >> 8 & 0xFF;
                int blue = line[x] & 0xFF;
                // Luma of ITU-R BT.601, as other programs turn colour into grey.
                grey[y * width + x] = (byte) Math.round(0.299 * red + 0.587 * green + 0.114 * blue);
            }
        }
        return grey;
    }

    private static byte[] rgb(BufferedImage image) {
        int area = image.getWidth() * image.getHeight();
        byte[] planes = new byte[3 * area];
        if (isGrey(image)) {
            byte[] grey = ownGrey(image);
            for (int channel = 0; channel < 3; channel++) {
                System.arraycopy(grey, 0, planes, channel * area, area);
            }
            return planes;
        }
        int width = image.getWidth();
        int[] line = new int[width];
        for (int y = 0; y < image.getHeight(); y++) {
            image.getRGB(0, y, width, 1, line, 0, width);
            for (int x = 0; x < width; x++) {
                int at = y * width + x;
                planes[at] = (byte) (line[x] >> 16);
                planes[area + at] = (byte) (line[x] >> 8);
                planes[2 * area + at] = (byte) line[x];
            }
        }
        return planes;
    }

    private static boolean isGrey(BufferedImage image) {
        return !(image.getColorModel() instanceof IndexColorModel)
                && image.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_GRAY;
    }

    /// The file's own grey levels: the JDK takes them for linear light, and its colours would be other numbers.
    private static byte[] ownGrey(BufferedImage image) {
        Raster raster = image.getRaster();
        int width = image.getWidth();
        int largest = (1 << raster.getSampleModel().getSampleSize(0)) - 1;
        byte[] grey = new byte[width * image.getHeight()];
        int[] line = new int[width];
        for (int y = 0; y < image.getHeight(); y++) {
            raster.getSamples(0, y, width, 1, 0, line);
            for (int x = 0; x < width; x++) {
                grey[y * width + x] = (byte) Math.round(255.0 * line[x] / largest);
            }
        }
        return grey;
    }

    Size size() {
        return size;
    }

    /// The bytes themselves, which nobody changes.
    byte[] intensities() {
        return intensities;
    }

    /// This picture in another size.
    Picture resized(Size to) {
        if (to.equals(size)) {
            return this;
        }
        TriangleFilter down = new TriangleFilter(size.height, to.height);
        TriangleFilter across = new TriangleFilter(size.width, to.width);
        byte[] resized = new byte[channels * to.height * to.width];
        for (int channel = 0; channel < channels; channel++) {
            float[] plane = new float[size.height * size.width];
            for (int i = 0; i < plane.length; i++) {
                plane[i] = intensities[channel * plane.length + i] & 0xFF;
            }
            float[] small = down.columns(across.rows(plane, size.height), to.width);
            for (int i = 0; i < small.length; i++) {
                resized[channel * small.length + i] = (byte) Math.round(small[i]);
            }
        }
        return new Picture(channels, to, resized);
    }
}

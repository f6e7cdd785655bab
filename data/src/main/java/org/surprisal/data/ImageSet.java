package org.surprisal.data;

import java.util.List;
import java.util.Objects;
import org.surprisal.tensor.Shape;
import org.surprisal.tensor.Tensor;

/// Labelled grey images, kept as bytes: 60,000 of 28x28 take 47 MB.
///
/// Inputs are float32 in [0, 1], a pixel's byte over 255, one image a flat row of height * width numbers, row-major
/// from the top left.
public final class ImageSet implements Dataset {
    private final String name;
    private final int height;
    private final int width;
    private final List<String> classNames;
    private final byte[] pixels;
    private final byte[] labels;

    private ImageSet(String name, int height, int width, List<String> classNames, byte[] pixels, byte[] labels) {
        this.name = name;
        this.height = height;
        this.width = width;
        this.classNames = classNames;
        this.pixels = pixels;
        this.labels = labels;
    }

    /// Images and their labels, copied.
    ///
    /// @param height pixels from top to bottom
    /// @param width pixels from left to right
    /// @param pixels unsigned bytes, image after image, each row-major
    /// @param labels unsigned bytes, one an image
    /// @throws DataException when there is not one label an image, or a label is not below `classes`
    public static ImageSet of(String name, int height, int width, int classes, byte[] pixels, byte[] labels) {
        return adopt(name, height, width, classes, pixels.clone(), labels.clone());
    }

    /// As [#of], without a copy: takes the arrays over, and the caller gives up writing to them.
    ///
    /// @throws DataException when there is not one label an image, or a label is not below `classes`
    public static ImageSet adopt(String name, int height, int width, int classes, byte[] pixels, byte[] labels) {
        if (height < 1 || width < 1 || classes < 1 || classes > 256) {
            throw new IllegalArgumentException("images of " + height + "x" + width + " in " + classes
                    + " classes: sizes must be positive, and a label is one byte");
        }
        if ((long) labels.length * height * width != pixels.length) {
            throw new DataException("image set " + name + ": " + pixels.length + " pixels and " + labels.length
                    + " labels do not make one label an image of " + height + "x" + width);
        }
        for (int row = 0; row < labels.length; row++) {
            if ((labels[row] & 0xFF) >= classes) {
                throw new DataException("image set " + name + ": label " + (labels[row] & 0xFF) + " of image " + row
                        + " is not in 0 … " + (classes - 1));
            }
        }
        return new ImageSet(name, height, width, ClassIndices.names(classes), pixels, labels);
    }

    /// The same images with names for their classes.
    ///
    /// @throws DataException when there is not one name a class
    public ImageSet withClassNames(List<String> names) {
        if (names.size() != classes()) {
            throw new DataException("image set " + name + ": " + names.size() + " names for " + classes() + " classes");
        }
        return new ImageSet(name, height, width, List.copyOf(names), pixels, labels);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int size() {
        return labels.length;
    }

    /// Pixels from top to bottom.
    public int height() {
        return height;
    }

    /// Pixels from left to right.
    public int width() {
        return width;
    }

    @Override
    public Shape inputShape() {
        return Shape.of(height * width);
    }

    @Override
    public int classes() {
        return classNames.size();
    }

    @Override
    public List<String> classNames() {
        return classNames;
    }

    /// The class of one image.
    public int label(int row) {
        return labels[Objects.checkIndex(row, labels.length)] & 0xFF;
    }

    /// One image: height * width intensities in [0, 1], row-major.
    public float[] image(int row) {
        float[] intensities = new float[height * width];
        copyImage(row, intensities, 0);
        return intensities;
    }

    @Override
    public Batch batch(int... rows) {
        int area = height * width;
        float[] inputs = new float[Shape.of(rows.length, area).size()];
        float[] targets = new float[rows.length];
        for (int i = 0; i < rows.length; i++) {
            copyImage(rows[i], inputs, i * area);
            targets[i] = labels[rows[i]] & 0xFF;
        }
        return new Batch(Tensor.of(inputs, rows.length, area), Tensor.of(targets, rows.length));
    }

    private void copyImage(int row, float[] to, int offset) {
        int area = height * width;
        int from = Objects.checkIndex(row, labels.length) * area;
        for (int i = 0; i < area; i++) {
            to[offset + i] = (pixels[from + i] & 0xFF) / 255f;
        }
    }
}

package org.surprisal.data.sets;

import java.util.List;
import org.surprisal.data.DataException;
import org.surprisal.data.ImageSet;
import org.surprisal.data.Split;
import org.surprisal.tensor.RandomStream;

/// The data set `digits`: drawn handwritten digits of MNIST's format, 28x28 grey pixels in ten classes, made here and
/// needing no file.
///
/// A digit is a pen's path, chosen among a few usual ways to write it and distorted at random ([Handwriting]). The
/// spread of the distortions is set so that a linear classifier stays well behind a network with one hidden layer.
///
/// Images are independent, their classes uniform. Image i of a seed depends on the seed and i alone, so a larger set
/// begins with the smaller one.
public final class Digits {
    /// Pixels a side.
    public static final int SIDE = 28;

    /// Number of classes.
    public static final int CLASSES = 10;

    private static final int AREA = SIDE * SIDE;

    private Digits() {
    }

    /// Training and test images, drawn from independent streams of one seed.
    ///
    /// @param train number of training images
    /// @param test number of test images
    public static Split generate(int train, int test, long seed) {
        RandomStream stream = RandomStream.seeded(seed).child("digits");
        return new Split(draw(train, stream.child("train")), draw(test, stream.child("test")));
    }

    private static ImageSet draw(int count, RandomStream stream) {
        if (count < 0 || count > Integer.MAX_VALUE / AREA) {
            throw new DataException("digits: " + count + " images cannot be drawn; one set holds 0 … "
                    + Integer.MAX_VALUE / AREA);
        }
        byte[] pixels = new byte[count * AREA];
        byte[] labels = new byte[count];
        Ink sheet = new Ink(SIDE);
        for (int i = 0; i < count; i++) {
            RandomStream own = stream.child(i);
            int digit = own.nextInt(CLASSES);
            labels[i] = (byte) digit;
            List<Glyph> ways = DigitGlyphs.of(digit);
            sheet.clear();
            Handwriting.write(ways.get(own.nextInt(ways.size())), sheet, own);
            scan(sheet, pixels, i * AREA, own);
        }
        return ImageSet.adopt("digits", SIDE, SIDE, CLASSES, pixels, labels);
    }

    /// Turns coverage into grey levels: ink is nearly black and a little uneven, paper is exactly 0 as in MNIST.
    private static void scan(Ink sheet, byte[] pixels, int offset, RandomStream own) {
        double blackness = own.nextDouble(0.93, 1);
        for (int i = 0; i < AREA; i++) {
            float coverage = sheet.coverage(i);
            if (coverage > 0) {
                double unevenness = Math.min(0.03 * Math.abs(own.nextGaussian()), 1);
                pixels[offset + i] = (byte) Math.round(255 * coverage * blackness * (1 - unevenness));
            }
        }
    }
}

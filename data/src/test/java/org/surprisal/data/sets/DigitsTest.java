package org.surprisal.data.sets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.surprisal.data.DataException;
import org.surprisal.data.ImageSet;
import org.surprisal.data.Split;

class DigitsTest {
    @Test
    void anImageDependsOnItsSeedAndNumberAlone() {
        Split small = Digits.generate(20, 10, 3);
        Split large = Digits.generate(50, 30, 3);
        assertThat(small.train().all().inputs().toFloats())
                .isEqualTo(large.train().first(20).all().inputs().toFloats());
        assertThat(small.test().all().targets().toFloats())
                .isEqualTo(large.test().first(10).all().targets().toFloats());
        assertThat(small.train().first(10).all().inputs().toFloats())
                .isNotEqualTo(small.test().all().inputs().toFloats());
        assertThat(Digits.generate(20, 0, 4).train().all().inputs().toFloats())
                .isNotEqualTo(small.train().all().inputs().toFloats());
    }

    /// MNIST's mean is 0.1307 and its standard deviation 0.3081.
    @Test
    void inkIsSpreadAsInMnist() {
        float[] pixels = Digits.generate(3000, 0, 11).train().all().inputs().toFloats();
        double sum = 0;
        double squares = 0;
        for (float pixel : pixels) {
            assertThat(pixel).isBetween(0f, 1f);
            sum += pixel;
            squares += pixel * pixel;
        }
        double mean = sum / pixels.length;
        assertThat(mean).isCloseTo(0.1307, within(0.015));
        assertThat(Math.sqrt(squares / pixels.length - mean * mean)).isCloseTo(0.3081, within(0.015));
    }

    /// Independent uniform classes: each count of 10,000 has mean 1000 and standard deviation 30.
    @Test
    void classesAreUniform() {
        int[] counts = new int[Digits.CLASSES];
        ImageSet digits = (ImageSet) Digits.generate(10_000, 0, 5).train();
        for (int i = 0; i < digits.size(); i++) {
            counts[digits.label(i)]++;
        }
        for (int count : counts) {
            assertThat(count).isCloseTo(1000, within(150));
        }
    }

    @Test
    void inkStaysOffTheBorder() {
        ImageSet digits = (ImageSet) Digits.generate(2000, 0, 6).train();
        int touching = 0;
        for (int i = 0; i < digits.size(); i++) {
            float[] image = digits.image(i);
            boolean touches = false;
            for (int k = 0; k < Digits.SIDE; k++) {
                touches |= image[k] > 0.5 || image[27 * 28 + k] > 0.5 || image[28 * k] > 0.5
                        || image[28 * k + 27] > 0.5;
            }
            touching += touches ? 1 : 0;
        }
        assertThat(touching).isLessThan(100);
    }

    @Test
    void impossibleCountsAreRefused() {
        assertThatThrownBy(() -> Digits.generate(-1, 0, 1)).isInstanceOf(DataException.class);
        assertThatThrownBy(() -> Digits.generate(Integer.MAX_VALUE, 0, 1)).isInstanceOf(DataException.class);
        assertThat(Digits.generate(0, 0, 1).train().size()).isZero();
    }

    @Test
    void splinesPassThroughTheirPointsAndTurnOnlyAtCorners() {
        Glyph.Stroke stroke = Glyph.of("0,0 10,0 20,0! 20,10 20,20").strokes().getFirst();
        double[] x = stroke.spline(new double[]{0, 0.1, 0.2, 0.2, 0.2}, 4);
        // Straight pieces on both sides of the corner: no overshoot past it, and evenly spaced points.
        for (int k = 0; k <= 8; k++) {
            assertThat(x[k]).isCloseTo(0.025 * k, within(1e-15));
            assertThat(x[8 + k]).isCloseTo(0.2, within(1e-15));
        }
        // Catmull-Rom through 0, 1, 0 has its halfway points at 1/2 (0 + 1) + 1/8 (slopes 1 and 0) = 0.625 when ends
        // are free.
        double[] bow = Glyph.of("0,0 1,1 2,0").strokes().getFirst().spline(new double[]{0, 1, 0}, 2);
        assertThat(bow).containsExactly(new double[]{0, 0.625, 1, 0.625, 0}, within(1e-15));
    }

    @Test
    void strokesAreAsWideAsThePen() {
        Ink sheet = new Ink(9);
        sheet.draw(-5, 4, 1.5, 20, 4, 1.5, 1);
        // Distances 0, 1, 2 from the middle line: covered wholly (depth 2 and 1), and not at all (depth 0).
        assertThat(sheet.coverage(4 * 9 + 4)).isEqualTo(1);
        assertThat(sheet.coverage(3 * 9 + 4)).isEqualTo(1);
        assertThat(sheet.coverage(2 * 9 + 4)).isZero();
        sheet.clear();
        sheet.draw(4, 4, 1.25, 4, 4, 1.25, 1);
        assertThat(sheet.coverage(4 * 9 + 5)).isEqualTo(0.75f);
        assertThat(sheet.coverage(5 * 9 + 5)).isCloseTo((float) (1.75 - Math.sqrt(2)), within(1e-6f));
    }
}

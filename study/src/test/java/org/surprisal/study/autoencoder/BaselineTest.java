package org.surprisal.study.autoencoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.surprisal.data.Dataset;
import org.surprisal.data.InMemory;
import org.surprisal.tensor.Tensor;

class BaselineTest {
    private static final int PIXELS = AutoencoderImages.PIXELS;

    /// Images whose upper and lower halves are of one grey each.
    private static Dataset images(double... halves) {
        int count = halves.length / 2;
        double[] values = new double[count * PIXELS];
        for (int half = 0; half < halves.length; half++) {
            Arrays.fill(values, half * PIXELS / 2, (half + 1) * PIXELS / 2, halves[half]);
        }
        return InMemory.classification("halves", Tensor.of(values, count, PIXELS), Tensor.of(new double[count]), 1);
    }

    /// The mean training image is 0.4 everywhere. Its squared errors are 0.36 of a white image, and 0.16 and 0.36 of
    /// the halves of an image that is half black; the mean grey of the former is right, that of the latter off by 0.5.
    @Test
    void errorsAreThoseWorkedOutByHand() {
        Dataset train = images(0.2, 0.2, 0.6, 0.6);
        Dataset test = images(1, 1, 0, 1);

        assertThat(Baseline.MEAN_IMAGE.error(train, test)).isCloseTo((0.36 + (0.16 + 0.36) / 2) / 2, within(1e-12));
        assertThat(Baseline.MEAN_GREY.error(train, test)).isCloseTo((0 + 0.25) / 2, within(1e-12));
    }

    /// More images than are read at a time.
    @Test
    void imagesOfAllBlocksCount() {
        double[] halves = new double[2 * 2001];
        halves[halves.length - 1] = 1;

        assertThat(Baseline.MEAN_IMAGE.error(images(0, 0), images(halves))).isCloseTo(0.5 / 2001, within(1e-15));
        assertThat(Baseline.MEAN_IMAGE.error(images(halves), images(0, 1)))
                .isCloseTo(0.5 * Math.pow(1 - 1.0 / 2001, 2), within(1e-12));
    }
}

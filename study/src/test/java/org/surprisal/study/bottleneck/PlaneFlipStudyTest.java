package org.surprisal.study.bottleneck;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// When the order of layers counts as turned over.
class PlaneFlipStudyTest {
    private static final double[] EPOCHS = {1, 2, 4, 8};

    @Test
    void theFlipIsTheFirstEpochFromWhichOnTheLastLayerLeads() {
        assertThat(PlaneFlipStudy.flip(EPOCHS, new double[]{-1, 0.5, 0.2, 0.3})).isEqualTo(2);
        assertThat(PlaneFlipStudy.flip(EPOCHS, new double[]{0.5, -0.5, 0.2, 0.3})).isEqualTo(4);
    }

    @Test
    void aLeadThatIsLostAgainOrIsRoundingIsNone() {
        assertThat(PlaneFlipStudy.flip(EPOCHS, new double[]{0.5, 0.5, 0.5, -0.1})).isInfinite();
        assertThat(PlaneFlipStudy.flip(EPOCHS, new double[]{0, 0, 0, 1e-9})).isInfinite();
    }
}

package org.surprisal.study.autoencoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.surprisal.study.autoencoder.Profiles.Inputs;

class ProfilesTest {
    @Test
    void levelAndVariationLeaveTheReferenceOut() {
        double[] curve = {0, 0.5, 0.75, 0.25, 0.5};
        assertThat(Profiles.level(curve)).isCloseTo(0.5, within(1e-15));
        assertThat(Profiles.totalVariation(curve)).isCloseTo(1, within(1e-15));
        assertThat(Profiles.totalVariation(new double[]{0, 7, 7, 7})).isZero();
        assertThat(Profiles.level(new double[]{0})).isZero();
    }

    @Test
    void everyInputIsDownMixedOrUp() {
        for (double share : new double[]{0, 0.2, 0.25, 0.5, 0.75, 0.8, 1}) {
            assertThat(Inputs.values()).filteredOn(inputs -> inputs.holds(share)).hasSize(2).contains(Inputs.ALL);
        }
        assertThat(Inputs.DOWN.holds(0.2)).isTrue();
        assertThat(Inputs.MIXED.holds(0.25)).isTrue();
        assertThat(Inputs.UP.holds(0.8)).isTrue();
    }
}

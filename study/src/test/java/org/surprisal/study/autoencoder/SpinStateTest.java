package org.surprisal.study.autoencoder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;
import org.surprisal.theory.ising.IsingModel;
import org.surprisal.theory.ising.Start;
import org.surprisal.theory.ising.WolffClusters;

class SpinStateTest {
    private static SpinState only(Tensor images) {
        List<SpinState> states = SpinState.of(images);
        assertThat(states).hasSize(1);
        return states.getFirst();
    }

    /// The samplers of the theory count bonds and spins by themselves.
    @ParameterizedTest
    @ValueSource(doubles = {1.5, 2.269, 4})
    void magnetisationAndEnergyAreThoseOfTheSampler(double temperature) {
        IsingModel model = IsingModel.of(28, temperature);
        WolffClusters chain = new WolffClusters(model, Start.RANDOM, RandomStream.seeded(3));
        int[] bonds = new int[1];
        int[] total = new int[1];
        for (int i = 0; i < 5; i++) {
            chain.sweep();
            chain.observe(bonds, total);
            byte[] spins = chain.spins(0);
            float[] pixels = new float[spins.length];
            for (int j = 0; j < pixels.length; j++) {
                pixels[j] = spins[j] > 0 ? 1 : 0;
            }
            SpinState state = only(Tensor.of(pixels, 1, pixels.length));
            assertThat(state.energy()).isEqualTo(model.energy(bonds[0], total[0]) / model.spins());
            assertThat(state.magnetisation()).isEqualTo((double) total[0] / model.spins());
        }
    }

    @Test
    void statesThatAreKnownWithoutCounting() {
        assertThat(only(Tensor.of(new float[16], 1, 16))).isEqualTo(new SpinState(-1, -2));
        float[] up = new float[16];
        java.util.Arrays.fill(up, 1);
        assertThat(only(Tensor.of(up, 1, 16))).isEqualTo(new SpinState(1, -2));
        float[] board = new float[16];
        float[] flipped = up.clone();
        for (int i = 0; i < 16; i++) {
            board[i] = (i / 4 + i) % 2;
        }
        assertThat(only(Tensor.of(board, 1, 16))).isEqualTo(new SpinState(0, 2));
        // One spin against the others breaks its four bonds of 32.
        flipped[5] = 0;
        assertThat(only(Tensor.of(flipped, 1, 16))).isEqualTo(new SpinState(14 / 16.0, (-32 + 8) / 16.0));
    }

    @Test
    void aBlurredPictureIsReadAtOneHalf() {
        float[] blurred = {0.51f, 0.5f, -3, 7};
        assertThat(only(Tensor.of(blurred, 1, 4)).magnetisation()).isZero();
        assertThat(SpinState.agreement(Tensor.of(blurred, 1, 4), Tensor.of(new float[]{1, 1, 0, 1}, 1, 4)))
                .isEqualTo(0.75);
    }

    @Test
    void rowsAreStatesOfTheirOwn() {
        assertThat(SpinState.of(Tensor.of(new float[]{1, 1, 1, 1, 0, 0, 0, 0}, 2, 4)))
                .containsExactly(new SpinState(1, -2), new SpinState(-1, -2));
    }
}

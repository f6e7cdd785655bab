package org.surprisal.theory.ising;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.surprisal.tensor.RandomStream;

class MultiSpinMetropolisTest {
    private static final RandomStream STREAM = RandomStream.seeded(8);

    @Test
    void sumsOfAllReplicasAreThoseOfTheirSpins() {
        IsingModel model = new IsingModel(7, 2.5, 1, 0);
        MultiSpinMetropolis sampler = new MultiSpinMetropolis(model, Start.RANDOM, STREAM);
        sampler.warmUp(3);
        int[] bondSums = new int[64];
        int[] magnetisations = new int[64];
        sampler.observe(bondSums, magnetisations);

        for (int r = 0; r < 64; r++) {
            byte[] spins = sampler.spins(r);
            int bonds = 0;
            int sum = 0;
            for (int y = 0; y < 7; y++) {
                for (int x = 0; x < 7; x++) {
                    bonds += spins[7 * y + x] * (spins[7 * y + (x + 1) % 7] + spins[(y + 1) % 7 * 7 + x]);
                    sum += spins[7 * y + x];
                }
            }
            assertThat(bondSums[r]).isEqualTo(bonds);
            assertThat(magnetisations[r]).isEqualTo(sum);
        }
    }

    /// In an ordered lattice the first spin breaks four bonds; it is flipped with 7/8 exp(-8/T), and in a field with
    /// that of eight bonds' worth and the field's.
    @Test
    void flipsAreTakenAsOftenAsTheirProbabilitySays() {
        for (double field : new double[]{0, -1, 2}) {
            IsingModel model = new IsingModel(3, 6, 1, field);
            int runs = 4_000;
            int flipped = 0;
            for (int i = 0; i < runs; i++) {
                MultiSpinMetropolis sampler = new MultiSpinMetropolis(model, Start.ORDERED, STREAM.child(i));
                sampler.sweep();
                for (int r = 0; r < 64; r++) {
                    flipped += sampler.spins(r)[0] < 0 ? 1 : 0;
                }
            }
            double p = 0.875 * Math.exp(-(8 + 2 * field) / 6);
            double n = 64.0 * runs;
            assertThat(flipped / n).isCloseTo(p, within(4 * Math.sqrt(p * (1 - p) / n)));
        }
    }

    /// Of independent replicas the variances add up: shared random bits would make their sum vary much more. The
    /// ratio's standard error is √(2 · 2τ / n), with an autocorrelation time below 2 sweeps at this temperature.
    @Test
    void replicasAreIndependent() {
        MultiSpinMetropolis sampler = new MultiSpinMetropolis(IsingModel.of(8, 4), Start.RANDOM, STREAM);
        sampler.warmUp(200);
        int n = 8_000;
        int[] bondSums = new int[64];
        int[] magnetisations = new int[64];
        double[][] moments = new double[65][2];
        for (int i = 0; i < n; i++) {
            sampler.sweep();
            sampler.observe(bondSums, magnetisations);
            double all = 0;
            for (int r = 0; r < 64; r++) {
                moments[r][0] += bondSums[r];
                moments[r][1] += (double) bondSums[r] * bondSums[r];
                all += bondSums[r];
            }
            moments[64][0] += all;
            moments[64][1] += all * all;
        }
        double separate = Arrays.stream(moments, 0, 64).mapToDouble(m -> variance(m, n)).sum();
        assertThat(variance(moments[64], n) / separate).isCloseTo(1, within(4 * Math.sqrt(8.0 / n)));
    }

    private static double variance(double[] moments, int n) {
        return moments[1] / n - moments[0] / n * (moments[0] / n);
    }
}

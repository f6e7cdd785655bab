package org.surprisal.study.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.surprisal.data.Batch;
import org.surprisal.data.DataException;
import org.surprisal.data.Dataset;
import org.surprisal.data.Split;
import org.surprisal.tensor.RandomStream;
import org.surprisal.theory.ising.IsingModel;
import org.surprisal.theory.ising.IsingSimulation;
import org.surprisal.theory.ising.KaufmanTorus;
import org.surprisal.theory.ising.Start;
import org.surprisal.theory.ising.WolffClusters;

class IsingStatesTest {
    private static final int SIDE = IsingStates.SIDE;

    /// Chains of the kind that the set is drawn from have forgotten their start within two sweeps, and have the energy
    /// of the exact solution, from either start and at every temperature. The error of their mean comes from the exact
    /// specific heat: a cold chain may meet no excitation at all, and would estimate its own as nothing.
    @ParameterizedTest
    @EnumSource(Start.class)
    void chainsAreInEquilibriumAtEveryTemperature(Start start) {
        int sweeps = 1000;
        for (int label = 0; label < IsingStates.CLASSES; label++) {
            double temperature = IsingStates.temperature(label);
            IsingSimulation run = IsingSimulation.run(new WolffClusters(IsingModel.of(SIDE, temperature), start,
                    RandomStream.seeded(2).child(label)), 100, sweeps);
            KaufmanTorus exact = KaufmanTorus.at(SIDE, temperature);
            double error = temperature * Math.sqrt(
                    exact.specificHeat() * 2 * run.energyAutocorrelationTime() / (SIDE * SIDE * (double) sweeps));

            assertThat(run.energyAutocorrelationTime()).as("T = " + temperature).isLessThan(2.5);
            assertThat(run.magnetisationAutocorrelationTime()).as("T = " + temperature).isLessThan(2.5);
            assertThat(run.energyPerSpin().value()).as("T = " + temperature).isCloseTo(exact.energyPerSpin(),
                    within(4 * error + 1e-12));
        }
    }

    /// Independent states have energies that scatter about Kaufman's by his specific heat, and so does the sum of
    /// squares of what they are off.
    @Test
    void energiesAreKaufmansAndTheStatesIndependent() {
        int each = 40;
        Batch states = IsingStates.generate(each, 1, 7).train().all();
        double squares = 0;
        int compared = 0;
        for (int label = 0; label < IsingStates.CLASSES; label++) {
            double temperature = IsingStates.temperature(label);
            double mean = 0;
            for (int j = 0; j < each; j++) {
                int row = j * IsingStates.CLASSES + label;
                assertThat(states.targets().at(row)).isEqualTo(label);
                mean += energy(states, row) / each;
            }
            KaufmanTorus exact = KaufmanTorus.at(SIDE, temperature);
            double error = temperature * Math.sqrt(exact.specificHeat() / (SIDE * SIDE * each));
            if (error > 1e-4) {
                double z = (mean - exact.energyPerSpin()) / error;
                assertThat(z).as("T = " + temperature).isBetween(-4.0, 4.0);
                squares += z * z;
                compared++;
            } else {
                assertThat(mean).isCloseTo(exact.energyPerSpin(), within(1e-3));
            }
        }
        assertThat(compared).isGreaterThan(30);
        assertThat(squares).isCloseTo(compared, within(4 * Math.sqrt(2.0 * compared)));
    }

    private static double energy(Batch states, int row) {
        double sum = 0;
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                sum -= spin(states, row, y, x) * (spin(states, row, y, (x + 1) % SIDE)
                        + spin(states, row, (y + 1) % SIDE, x));
            }
        }
        return sum / (SIDE * SIDE);
    }

    private static double spin(Batch states, int row, int y, int x) {
        double pixel = states.inputs().at(row, y * SIDE + x);
        assertThat(pixel == 0 || pixel == 1).isTrue();
        return 2 * pixel - 1;
    }

    /// Cold lattices are all light or all dark, as a fair coin has it: 100 of them, four standard deviations.
    @Test
    void coldStatesLieEitherWay() {
        Dataset states = IsingStates.generate(100, 1, 3).train();
        int light = 0;
        for (int j = 0; j < 100; j++) {
            double sum = Arrays.stream(states.batch(j * IsingStates.CLASSES).inputs().toDoubles()).sum();
            assertThat(sum == 0 || sum == SIDE * SIDE).isTrue();
            light += sum == 0 ? 0 : 1;
        }
        assertThat(light).isCloseTo(50, within(20));
    }

    @Test
    void classesAreTemperaturesInEqualSteps() {
        assertThat(IsingStates.temperature(0)).isEqualTo(0.1);
        assertThat(IsingStates.temperature(39)).isCloseTo(5, within(1e-12));
        assertThat(IsingStates.temperature(20) - IsingStates.temperature(19)).isCloseTo(4.9 / 39, within(1e-12));
        Split drawn = IsingStates.generate(1, 1, 1);
        assertThat(drawn.train().classNames()).hasSize(40).startsWith("T = 0.100").endsWith("T = 5.000");
        assertThat(drawn.train().inputShape().size()).isEqualTo(784);
        assertThatThrownBy(() -> IsingStates.temperature(40)).hasMessageContaining("class 40 is not in 0 … 39");
        assertThatThrownBy(() -> IsingStates.generate(0, 1, 1)).isInstanceOf(DataException.class)
                .hasMessageContaining("0 states of each temperature");
    }

    @Test
    void largerSetsBeginWithTheSmallerOnes() {
        double[] small = IsingStates.generate(1, 1, 9).train().all().inputs().toDoubles();
        double[] large = IsingStates.generate(3, 1, 9).train().first(40).all().inputs().toDoubles();
        assertThat(large).isEqualTo(small);
        Split drawn = IsingStates.generate(1, 1, 9);
        assertThat(drawn.test().all().inputs().toDoubles()).isNotEqualTo(small);
        assertThat(IsingStates.generate(1, 1, 10).train().all().inputs().toDoubles()).isNotEqualTo(small);
    }
}

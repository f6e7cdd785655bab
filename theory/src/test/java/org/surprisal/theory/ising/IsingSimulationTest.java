package org.surprisal.theory.ising;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.surprisal.tensor.RandomStream;

class IsingSimulationTest {
    private static final RandomStream STREAM = RandomStream.seeded(20).child("simulation test");

    private static IsingSimulation simulate(Algorithm algorithm, IsingModel model, Start start, int warmUp,
            int sweeps) {
        return IsingSimulation.run(algorithm.sampler(model, start, STREAM.child(algorithm.label())), warmUp, sweeps);
    }

    private static void assertMeasures(Measured measured, double exact, String what) {
        assertThat((measured.value() - exact) / measured.standardError()).as(what + " is " + measured + ", exactly "
                + exact).isBetween(-4.0, 4.0);
    }

    @Test
    void eachMeasuredSweepIsTold() {
        List<Integer> told = new ArrayList<>();
        IsingSimulation quiet = simulate(Algorithm.WOLFF, IsingModel.of(4, 2.5), Start.ORDERED, 10, 70);
        IsingSimulation heard = IsingSimulation.run(Algorithm.WOLFF.sampler(IsingModel.of(4, 2.5), Start.ORDERED,
                STREAM.child(Algorithm.WOLFF.label())), 10, 70, told::add);
        assertThat(heard).isEqualTo(quiet);
        assertThat(told).hasSize(70).startsWith(1, 2, 3).endsWith(70);
    }

    static Stream<Arguments> smallModels() {
        return Stream.of(new IsingModel(3, 2.5, 1, 0), new IsingModel(3, 3, 1, 0.5), new IsingModel(3, 4, -1, 0.3),
                new IsingModel(4, 2.2, 1, 0), new IsingModel(4, 5, 2, -0.7), new IsingModel(4, 2.8, -1, 0),
                new IsingModel(4, 2.8, -1, 1.5), new IsingModel(4, 1.5, 0, 0.6), new IsingModel(2, 5, 1, 0))
                .flatMap(model -> Stream.of(Algorithm.values())
                        .filter(algorithm -> algorithm != Algorithm.CHECKERBOARD || model.size() % 2 == 0)
                        .map(algorithm -> Arguments.of(algorithm, model)));
    }

    @ParameterizedTest
    @MethodSource("smallModels")
    void smallLatticesAreThoseOfAllTheirStates(Algorithm algorithm, IsingModel model) {
        int sweeps = algorithm == Algorithm.MULTISPIN ? 4_000 : 60_000;
        IsingSimulation run = simulate(algorithm, model, Start.RANDOM, 200, sweeps);
        Enumeration exact = Enumeration.of(model);

        assertMeasures(run.energyPerSpin(), exact.energyPerSpin(), "energy");
        assertMeasures(run.magnetisation(), exact.magnetisation(), "magnetisation");
        assertMeasures(run.absMagnetisation(), exact.absMagnetisation(), "|magnetisation|");
        assertMeasures(run.specificHeat(), exact.specificHeat(), "specific heat");
        assertMeasures(run.susceptibility(), exact.susceptibility(), "susceptibility");
        assertMeasures(run.binderCumulant(), exact.binderCumulant(), "Binder cumulant");
    }

    @ParameterizedTest
    @CsvSource({"MULTISPIN, 1.5, 400", "MULTISPIN, 2.0, 400", "MULTISPIN, 2.269, 1500", "MULTISPIN, 2.5, 400",
            "MULTISPIN, 3.5, 400", "WOLFF, 1.5, 2000", "WOLFF, 2.0, 2000", "WOLFF, 2.269, 2000", "WOLFF, 2.5, 2000",
            "WOLFF, 3.5, 2000", "CHECKERBOARD, 2.0, 6000", "METROPOLIS, 2.5, 6000"})
    void latticesOf64HaveKaufmansEnergyAndSpecificHeat(Algorithm algorithm, double temperature, int sweeps) {
        IsingSimulation run = simulate(algorithm, IsingModel.of(64, temperature), Start.ORDERED, sweeps / 2, sweeps);
        KaufmanTorus exact = KaufmanTorus.at(64, temperature);

        assertMeasures(run.energyPerSpin(), exact.energyPerSpin(), "energy");
        assertMeasures(run.specificHeat(), exact.specificHeat(), "specific heat");
        // small enough for the comparison to say something
        assertThat(run.energyPerSpin().standardError()).isLessThan(3e-3);
        if (temperature <= 2) {
            assertMeasures(run.absMagnetisation(), Onsager.at(temperature).spontaneousMagnetisation(),
                    "|magnetisation|");
        }
    }

    /// 925 to 972 are 3.6 standard deviations about 950.
    @Test
    @Tag("slow")
    void intervalsHoldTheExactEnergyAsOftenAsTheySay() {
        IsingModel model = IsingModel.of(32, 2.5);
        int held = 0;
        for (int seed = 0; seed < 1000; seed++) {
            Measured energy = IsingSimulation.run(
                    new MultiSpinMetropolis(model, Start.ORDERED, RandomStream.seeded(seed)), 300, 300).energyPerSpin();
            held += Math.abs(energy.value() + 1.1072916610) <= energy.halfWidth() ? 1 : 0;
        }
        assertThat(held).isBetween(925, 972);
    }

    /// The same for stretches of one chain, a hundred autocorrelation times long.
    @Test
    @Tag("slow")
    void intervalsOfOneChainDoSoToo() {
        IsingModel model = IsingModel.of(8, 3.5);
        double exact = KaufmanTorus.at(8, 3.5).energyPerSpin();
        double heat = KaufmanTorus.at(8, 3.5).specificHeat();
        int energies = 0;
        int heats = 0;
        for (int seed = 0; seed < 1000; seed++) {
            IsingSimulation run = IsingSimulation.run(
                    new WolffClusters(model, Start.ORDERED, RandomStream.seeded(seed)), 100, 64 * 100);
            energies += Math.abs(run.energyPerSpin().value() - exact) <= run.energyPerSpin().halfWidth() ? 1 : 0;
            heats += Math.abs(run.specificHeat().value() - heat) <= run.specificHeat().halfWidth() ? 1 : 0;
        }
        assertThat(energies).isBetween(925, 972);
        assertThat(heats).isBetween(925, 972);
    }

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void theSameSeedGivesTheSameNumbers(Algorithm algorithm) {
        IsingModel model = new IsingModel(6, 2, 1, 0.1);

        IsingSimulation first = simulate(algorithm, model, Start.RANDOM, 10, 100);
        assertThat(simulate(algorithm, model, Start.RANDOM, 10, 100)).isEqualTo(first);
        assertThat(IsingSimulation.run(algorithm.sampler(model, Start.RANDOM, RandomStream.seeded(1)), 10, 100))
                .isNotEqualTo(first);
    }

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void theFrozenLatticeHasNoErrorsAndNoNaN(Algorithm algorithm) {
        IsingSimulation run = simulate(algorithm, IsingModel.of(8, 0.01), Start.ORDERED, 20, 100);

        assertThat(run.energyPerSpin()).isEqualTo(new Measured(-2, 0, 63));
        assertThat(run.absMagnetisation()).isEqualTo(new Measured(1, 0, 63));
        assertThat(run.specificHeat()).isEqualTo(new Measured(0, 0, 63));
        assertThat(run.susceptibility()).isEqualTo(new Measured(0, 0, 63));
        assertThat(run.energyAutocorrelationTime()).isEqualTo(0.5);
    }

    @Test
    void stretchesThatAreTooShortAreTold() {
        IsingModel model = IsingModel.of(16, 2.269);

        assertThat(simulate(Algorithm.METROPOLIS, model, Start.ORDERED, 100, 1000).autocorrelationTimesInGroup())
                .isLessThan(5);
        assertThat(simulate(Algorithm.WOLFF, model, Start.ORDERED, 100, 10_000).autocorrelationTimesInGroup())
                .isGreaterThan(50);
    }

    @Test
    void runsThatAreNoneAreRefused() {
        IsingModel odd = IsingModel.of(5, 2);
        IsingSampler plain = new RandomSiteMetropolis(odd, Start.ORDERED, STREAM);

        assertThatThrownBy(() -> IsingSimulation.run(plain, 0, 63)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("sweeps = 63, at least 64 needed for an error");
        assertThatThrownBy(() -> IsingSimulation.run(new MultiSpinMetropolis(odd, Start.ORDERED, STREAM), 0, 1))
                .hasMessage("sweeps = 1, at least 2 needed for an error");
        assertThatThrownBy(() -> IsingSimulation.run(plain, -1, 100)).hasMessageContaining("warm-up = -1");
        assertThatThrownBy(() -> new CheckerboardMetropolis(odd, Start.ORDERED, STREAM))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("lattice size = 5, an even one needed for a checkerboard");
        assertThatThrownBy(() -> plain.spins(1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    /// Quantiles of Student's t at 0.975 as tables print them.
    @ParameterizedTest
    @CsvSource({"10, 2.2281", "30, 2.0423", "63, 1.9983"})
    void intervalsAreStudents(int degreesOfFreedom, double quantile) {
        assertThat(new Measured(0, 2, degreesOfFreedom).halfWidth() / 2).isBetween(quantile - 1.5e-4,
                quantile + 1.5e-4);
    }
}

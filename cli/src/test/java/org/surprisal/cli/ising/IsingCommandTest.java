package org.surprisal.cli.ising;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.surprisal.cli.CommandRun;
import tools.jackson.databind.JsonNode;

class IsingCommandTest {
    @TempDir
    private Path folder;

    private static CommandRun ising(String arguments) {
        return CommandRun.of(("ising " + arguments).split(" "));
    }

    /// Kaufman's energy of 32 x 32 at T = 2.5 is -1.1072916610; Onsager's formula with SciPy's elliptic integrals gives -1.1060792037.
    @ParameterizedTest
    @ValueSource(strings = {"metropolis", "checkerboard", "multispin", "wolff"})
    void averagesAreThoseOfTheExactSolution(String algorithm) {
        CommandRun run = ising(
                "--size 32 --temperature 2.5 --sweeps 4000 --algorithm " + algorithm + " --seed 1 --json");
        JsonNode answer = run.json();

        assertThat(run.code()).isZero();
        JsonNode energy = answer.get("energyPerSpin");
        assertThat(energy.get("value").asDouble()).isCloseTo(-1.1072916610,
                within(4 * energy.get("standardError").asDouble()));
        assertThat(energy.get("standardError").asDouble()).isBetween(1e-5, 1e-2);
        JsonNode heat = answer.get("specificHeat");
        assertThat(heat.get("value").asDouble()).isCloseTo(answer.get("kaufman").get("specificHeat").asDouble(),
                within(4 * heat.get("standardError").asDouble()));
        for (String name : new String[]{"magnetisation", "absMagnetisation", "susceptibility", "binderCumulant"}) {
            assertThat(answer.get(name).get("value").isNumber()).isTrue();
            assertThat(answer.get(name).get("standardError").asDouble()).isPositive();
        }
        assertThat(answer.get("kaufman").get("energyPerSpin").asDouble()).isCloseTo(-1.1072916610, within(1e-10));
        assertThat(answer.get("onsager").get("energyPerSpin").asDouble()).isCloseTo(-1.1060792037, within(1e-10));
        assertThat(answer.get("onsager").get("absMagnetisation").asDouble()).isZero();
        assertThat(answer.get("settings").get("replicas").asInt()).isEqualTo(algorithm.equals("multispin") ? 64 : 1);
        assertThat(answer.get("settings").get("warmUp").asInt()).isEqualTo(800);
        assertThat(answer.get("settings").get("sweeps").asInt()).isEqualTo(4000);
    }

    @Test
    void theSameSeedGivesTheSameAnswer() {
        String arguments = "--size 6 --temperature 2 --sweeps 100 --json --seed ";
        assertThat(ising(arguments + 5).out()).isEqualTo(ising(arguments + 5).out())
                .isNotEqualTo(ising(arguments + 6).out());
    }

    @Test
    void theCriticalPointIsAnsweredAsSuch() {
        JsonNode onsager = ising("--size 4 --temperature 2.269185314213022 --sweeps 64 --json").json().get("onsager");

        assertThat(onsager.get("specificHeat").asString()).isEqualTo("Infinity");
        assertThat(onsager.get("energyPerSpin").asDouble()).isCloseTo(-Math.sqrt(2), within(1e-12));
    }

    /// Without coupling a spin has magnetisation tanh(h/T); no exact solution is claimed for what has none.
    @Test
    void couplingAndFieldAreHeard() {
        JsonNode free = ising("--size 16 --temperature 2 --coupling 0 --field 1 --sweeps 2000 --warm-up 0"
                + " --algorithm multispin --start random --json").json();
        JsonNode magnetisation = free.get("magnetisation");
        assertThat(magnetisation.get("value").asDouble()).isCloseTo(Math.tanh(0.5),
                within(0.01));
        assertThat(free.get("onsager").isNull()).isTrue();
        assertThat(free.get("kaufman").isNull()).isTrue();

        JsonNode doubled = ising("--size 8 --temperature 5 --coupling 2 --sweeps 4000 --json").json();
        assertThat(doubled.get("onsager").get("energyPerSpin").asDouble()).isCloseTo(2 * -1.1060792037, within(1e-9));
        assertThat(doubled.get("energyPerSpin").get("value").asDouble()).isCloseTo(
                doubled.get("kaufman").get("energyPerSpin").asDouble(),
                within(4 * doubled.get("energyPerSpin").get("standardError").asDouble()));

        JsonNode frustrated = ising("--size 5 --temperature 1 --coupling -1 --sweeps 100 --json").json();
        assertThat(frustrated.get("kaufman").isNull()).isTrue();
        assertThat(frustrated.get("onsager").get("absMagnetisation").asDouble()).isZero();
    }

    @Test
    void aPersonGetsATable() {
        CommandRun run = ising("--size 16 --temperature 2.5 --sweeps 20000");

        assertThat(run.code()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines().toList()).hasSize(9).first().asString()
                .isEqualTo("16 x 16 spins, T = 2.5, J = 1.0, h = 0.0: 20000 sweeps of one lattice");
        assertThat(run.out()).contains("energyPerSpin", "-1.106079", "autocorrelation time:");
    }

    @Test
    void runsThatAreTooShortAreWarnedOf() {
        CommandRun run = ising("--size 32 --temperature 2.269 --sweeps 200 --algorithm metropolis --warm-up 10");

        assertThat(run.code()).isZero();
        assertThat(run.errorLines()).hasSize(2).allMatch(line -> line.startsWith("surprisal: warning: "));
        assertThat(run.err()).contains("errors are too small", "the warm-up of 10 sweeps");
    }

    @Test
    void statesAreDrawnByTemperature() {
        CommandRun run = ising("--size 12 --temperature 2 --sweeps 64 --figure " + folder.resolve("new") + " --json");

        assertThat(run.code()).isZero();
        assertThat(Stream.of("ising-states.png", "ising-states.svg")
                .map(name -> folder.resolve("new").resolve(name).toFile().length())).allMatch(length -> length > 1000);
        assertThat(run.json().get("figures")).hasSize(2);
    }
}

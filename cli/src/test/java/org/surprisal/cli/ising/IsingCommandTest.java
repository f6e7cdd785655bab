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

    /// Kaufman's energy of 32 x 32 at T = 2.5 is -1.1072916610; Onsager's formula with SciPy's elliptic integrals
    /// gives -1.1060792037.
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
        JsonNode answer = ising("--size 4 --temperature 2.269185314213022 --sweeps 64 --json").json();
        JsonNode onsager = answer.get("onsager");

        assertThat(onsager.get("specificHeat").isNull()).isTrue();
        assertThat(onsager.get("specificHeatDiverges").asBoolean()).isTrue();
        assertThat(answer.get("warnings").get(0).asString()).isEqualTo(
                "the specific heat of the infinite lattice diverges at its critical temperature: no number is given"
                        + " for it");
        assertThat(ising("--size 4 --temperature 2.269185314213022 --sweeps 64").out())
                .containsPattern("specific heat .* diverges\\R");
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
        assertThat(run.out().lines().skip(1)).first().asString()
                .matches(" +value  std\\. error  this lattice   infinite");
        assertThat(run.out()).contains("energy per spin", "Binder cumulant", "-1.106079", "autocorrelation time:");
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

    /// Every number of an answer is a number, whatever the temperature, the coupling and the field.
    @ParameterizedTest
    @ValueSource(strings = {"--temperature 1e-310", "--temperature 1e-300",
            "--temperature 1e-300 --start random --warm-up 0",
            "--temperature 1e-3 --field 1e130", "--temperature 1e7", "--temperature 1e20", "--temperature 1e300",
            "--temperature 1e300 --coupling 1e-130", "--temperature 1e-300 --coupling -1e130 --field 1e-130",
            "--temperature 1e130 --coupling 1e130 --field 0", "--temperature 2 --coupling 0 --field 1e-130"})
    void answersAreNumbersAtExtremes(String words) {
        for (String algorithm : new String[]{"metropolis", "checkerboard", "multispin", "wolff"}) {
            CommandRun run = ising("--size 4 --sweeps 64 --json --algorithm " + algorithm + " " + words);

            assertThat(run.code()).isZero();
            assertThat(run.out()).doesNotContain("NaN", "Infinity");
            JsonNode answer = run.json();
            for (String name : new String[]{"energyPerSpin", "magnetisation", "susceptibility", "binderCumulant"}) {
                assertThat(answer.get(name).isNull() || answer.get(name).get("value").isNumber()).isTrue();
            }
        }
    }

    /// A random start of T = 1e-300 is not in equilibrium; the variance of its energy over T² has no number.
    @Test
    void anAverageBeyondTheRangeOfNumbersIsNullWithAWord() {
        JsonNode answer = ising(
                "--size 4 --sweeps 64 --temperature 1e-300 --start random --warm-up 0 --algorithm metropolis --seed"
                        + " 2 --json")
                .json();

        assertThat(answer.get("specificHeat").isNull()).isTrue();
        assertThat(answer.get("warnings").toString())
                .contains("specificHeat is beyond the range of numbers: no number is given for it");
    }

    /// The exact numbers of a hot lattice are those of the first term of its series, for any coupling.
    @ParameterizedTest
    @ValueSource(doubles = {1e5, 1e7, 1e8, 1e20, 1e50, 1e150})
    void exactNumbersOfAHotLatticeKeepTheirDigits(double ratio) {
        for (double coupling : new double[]{1, -3, 1e100}) {
            double temperature = ratio * Math.abs(coupling);
            JsonNode answer = ising("--size 6 --sweeps 64 --json --temperature " + temperature + " --coupling "
                    + coupling).json();
            for (String name : new String[]{"onsager", "kaufman"}) {
                assertThat(answer.get(name).get("energyPerSpin").asDouble())
                        .isCloseTo(-2 * Math.abs(coupling) / ratio,
                                within((1e-9 + 10 / ratio / ratio) * Math.abs(coupling) / ratio));
                assertThat(answer.get(name).get("specificHeat").asDouble()).isCloseTo(2 / ratio / ratio,
                        within((1e-9 + 10 / ratio / ratio) / ratio / ratio));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--coupling 1e131", "--coupling -1e-131", "--field 1e308", "--field NaN"})
    void energiesOutOfRangeAreWrongUsage(String words) {
        CommandRun run = ising("--size 4 --temperature 2 " + words);

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.errorLines()).containsExactly("surprisal: " + words.replace("1e131", "1.0E131")
                .replace("-1e-131", "-1.0E-131").replace("1e308", "1.0E308")
                + ": must be 0 or of a magnitude from 1.0E-130 to 1.0E130; try 'surprisal ising --help'");
    }

    /// Whoever runs Wolff's clusters is not advised to run them; in a field single flips are better.
    @Test
    void theAdviceIsNotWhatRunsAlready() {
        String words = "--size 16 --temperature 2.4 --sweeps 64 --warm-up 0 ";
        assertThat(ising(words).err()).contains(": more --sweeps\n").doesNotContain("--algorithm");
        assertThat(ising(words + "--field 0.5 --algorithm wolff").err())
                .doesNotContain("--algorithm wolff");
        assertThat(ising(words + "--algorithm metropolis").err()).contains("more --sweeps, or --algorithm wolff\n");
        assertThat(ising(words + "--algorithm metropolis --field 0.001").err()).contains("more --sweeps\n");
    }
}

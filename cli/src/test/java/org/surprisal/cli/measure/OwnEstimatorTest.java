package org.surprisal.cli.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.surprisal.cli.CommandRun;
import org.surprisal.cli.UserClasses;
import org.surprisal.data.format.Npy;
import org.surprisal.tensor.Tensor;
import tools.jackson.databind.JsonNode;

/// The estimator of docs/extending.md, compiled from the document and found on the class path as a user's estimator is.
class OwnEstimatorTest {
    @TempDir
    private Path folder;

    private UserClasses classes = new UserClasses(Path.of(""));
    private String x = "";
    private String y = "";

    /// Two variables of mean 0.
    @BeforeEach
    void write() throws IOException {
        x = write("x.npy", Tensor.of(new double[]{-2, -1, 0, 1, 2}));
        y = write("y.npy", Tensor.of(new double[]{-1, -2, 2, -1, 2}));
        classes = UserClasses.of(folder, "PearsonKind", UserClasses.documented("extending.md", "PearsonKind"),
                "org.surprisal.estimate.EstimatorKind");
    }

    private String write(String name, Tensor array) {
        Npy.write(folder.resolve(name), array);
        return folder.resolve(name).toString();
    }

    /// The products of the pairs sum to 7, the squares to 10 and 14: r = 7 / sqrt(140).
    @Test
    void estimatorOfAUserMeasures() throws IOException {
        JsonNode plain = classes
                .run("measure", "mi", "--estimator", "pearson", "--x", x, "--y", y, "--permutations", "9",
                        "--json")
                .json();
        assertThat(plain.get("value").asDouble()).isCloseTo(-0.5 * Math.log(1 - 49.0 / 140), within(1e-14));
        assertThat(plain.get("kind").asString()).isEqualTo("estimate");
        assertThat(plain.get("permutations").get("pValue").asDouble()).isBetween(0.0, 1.0);
        JsonNode shrunk = classes
                .run("measure", "mi", "--estimator", "pearson", "--set", "shrink=0.5", "--x", x, "--y", y,
                        "--json")
                .json();
        assertThat(shrunk.get("value").asDouble()).isCloseTo(-0.5 * Math.log(1 - 49.0 / 4 / 140), within(1e-14));
        assertThat(shrunk.get("settings").get("shrink").asDouble()).isEqualTo(0.5);
    }

    @Test
    void estimatorOfAUserIsListedWithItsSettings() throws IOException {
        assertThat(classes.run("list", "estimators").out()).contains("pearson", "for dependences that are not linear",
                "shrink=0", "share taken off the correlation [a number from 0 to 0.99]");
        JsonNode last = classes.run("list", "estimators", "--json").json().get("estimators").valueStream()
                .filter(entry -> entry.get("name").asString().equals("pearson")).findFirst().orElseThrow();
        assertThat(last.get("measure").asString()).isEqualTo("mi");
        assertThat(last.get("settings").get(0).get("key").asString()).isEqualTo("shrink");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', value = {
            "--set shrink=2|setting shrink=2: must be a number from 0 to 0.99",
            "--set shrnk=0.5|unknown setting 'shrnk'; did you mean 'shrink'?",
            "--set shrink|--set shrink: must be KEY=VALUE", "--k 3|--k is not an option of pearson, which takes --set"})
    void wrongSettingIsAnsweredInOneLine(String options, String answer) throws IOException {
        String[] given = options.split(" ", -1);
        CommandRun run = classes.run("measure", "mi", "--estimator", "pearson", "--x", x, "--y", y, given[0], given[1]);
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.errorLines()).anySatisfy(line -> assertThat(line).startsWith("surprisal: " + answer));
    }

    @Test
    void refusalsOfTheEstimatorAreShownWithItsName() throws IOException {
        String wide = write("wide.npy", Tensor.of(new double[10], 5, 2));
        CommandRun run = classes.run("measure", "mi", "--estimator", "pearson", "--x", wide, "--y", y);
        assertThat(run.code()).isNotZero();
        assertThat(run.errorLines()).containsExactly(
                "surprisal: pearson: " + wide + " must be numbers, one a sample");
    }

    @Test
    void optionOfOwnEstimatorsIsRefusedForOthers() throws IOException {
        CommandRun run = classes.run("measure", "mi", "--estimator", "gaussian", "--set", "a=1", "--x", x, "--y", y);
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("--set is not an option of gaussian, which takes none");
    }
}

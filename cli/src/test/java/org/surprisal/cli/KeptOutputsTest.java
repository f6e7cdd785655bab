package org.surprisal.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.surprisal.study.Studies;
import tools.jackson.databind.JsonNode;

/// What probes of an experiment keep goes into `measure plane` as it is.
class KeptOutputsTest {
    @TempDir
    private Path folder;

    @Test
    void planeIsMeasuredOfTheOutputsThatARunKept() throws IOException {
        Path file = Files.writeString(folder.resolve("my.yaml"), """
                data: {set: moons, train: 100, test: 60}
                network: [{linear: 5}, tanh, {linear: 2}]
                loss: cross-entropy
                optimiser: {adam: 0.01}
                training: {epochs: 1}
                probes:
                  - {layer: [tanh0, output], part: test, measure: mutual-information, noise-variance: 0.1, keep: true}
                """);
        Path out = folder.resolve("run");
        CommandRun run = CommandRun.of(Studies.builtIn(), "run", file.toString(), "--out", out.toString());
        assertThat(run.code()).as(run.err()).isZero();

        Path arrays = out.resolve("trials/seed=1/arrays");
        String samples = arrays.resolve("samples-test-60.npz").toString();
        JsonNode plane = CommandRun.of("measure", "plane", "--x", samples + "#input", "--labels", samples + "#target",
                "--layers", arrays.resolve("tanh0-epoch-1.npz").toString(),
                arrays.resolve("output-epoch-1.npz").toString(), "--noise-variance", "0.1", "--json").json();

        assertThat(plane.get("n").asInt()).isEqualTo(60);
        assertThat(plane.get("inputEntropy").asDouble()).isCloseTo(Math.log(60), within(1e-12));
        for (int layer = 0; layer < 2; layer++) {
            String name = layer == 0 ? "tanh0" : "output";
            String row = Files.readAllLines(out.resolve("metrics.csv")).stream().filter(line -> line.startsWith("1,,1,,"
                    + name + ",\"bhattacharyya, noise 0.1\",label-information,")).findFirst().orElseThrow();
            double recorded = Double.parseDouble(row.replaceFirst(".*label-information,([^,]*),.*", "$1"));
            assertThat(plane.get("layers").get(layer).get("iTY").asDouble()).as(name)
                    .isCloseTo(recorded, within(1e-9));
        }
    }
}

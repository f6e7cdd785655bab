package org.surprisal.tensor.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.surprisal.tensor.NarrowPerceptron;

/// The bits of a narrow perceptron's training and of eigenvalues on machines of other vector widths: each is a process
/// that is told to use no wider ones, and one has no Vector API at all.
class VectorWidthTest {
    private static final String PROGRAM = """
            import java.util.*;
            import java.util.stream.*;
            import org.surprisal.tensor.*;

            public class Program {
                public static void main(String[] arguments) {
                    RandomStream stream = RandomStream.seeded(1);
                    Tensor samples = stream.child("x").gaussian(ElementType.FLOAT32, 0, 1, 45, 70);
                    int[] classes = IntStream.range(0, 45).map(i -> i % 3).toArray();
                    List<NarrowPerceptron.Level> levels = new ArrayList<>();
                    int[] widths = {70, 7, 5, 3};
                    for (int l = 0; l < 3; l++) {
                        levels.add(new NarrowPerceptron.Level(
                                stream.child(l).gaussian(ElementType.FLOAT32, 0, 0.3, widths[l + 1], widths[l]),
                                Optional.of(Tensor.zeros(ElementType.FLOAT32, widths[l + 1])),
                                l == 2 ? Optional.empty() : Optional.of(ActivationKernel.TANH)));
                    }
                    NarrowPerceptron perceptron = new NarrowPerceptron(levels);
                    int hash = 0;
                    for (int step = 0; step < 20; step++) {
                        NarrowPerceptron.Pass pass = perceptron.crossEntropy(samples, classes);
                        hash = 31 * hash + Double.hashCode(pass.loss());
                        for (int l = 0; l < 3; l++) {
                            InPlace.blend(levels.get(l).weight(), -1, pass.gradients().get(2 * l), 1);
                            InPlace.blend(levels.get(l).bias().get(), -1, pass.gradients().get(2 * l + 1), 1);
                            hash = 31 * hash + Arrays.hashCode(levels.get(l).weight().toFloats());
                        }
                    }
                    double[][] matrix = new double[256][256];
                    for (int i = 0; i < 256; i++) {
                        for (int j = 0; j < 256; j++) {
                            matrix[i][j] = Math.cos(i * j) + i + j;
                        }
                    }
                    SymmetricEigen eigen = SymmetricEigen.of("the matrix", matrix);
                    hash = 31 * hash + Arrays.hashCode(eigen.values());
                    hash = 31 * hash + Arrays.deepHashCode(eigen.vectors());
                    System.out.println("bits " + hash + ", " + Machine.current().elementwise());
                }
            }
            """;

    @TempDir
    private Path folder;

    private String bits(String... options) throws IOException, InterruptedException {
        Path program = Files.writeString(folder.resolve("Program.java"), PROGRAM);
        Path out = folder.resolve("out");
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m",
                        "-XX:TieredStopAtLevel=1", "-Dsurprisal.native=off", "-cp",
                        NarrowPerceptron.class.getProtectionDomain().getCodeSource().getLocation().getPath()));
        command.addAll(List.of(options));
        command.add(program.toString());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile()).start();
        try {
            assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("ends within two minutes").isTrue();
        } finally {
            process.destroyForcibly();
        }
        return Files.readAllLines(out).stream().filter(line -> line.startsWith("bits ")).findFirst()
                .orElseThrow(() -> new IllegalStateException("no bits"));
    }

    @Test
    void widthOfVectorsChangesNoBit() throws Exception {
        String vector = "--add-modules=jdk.incubator.vector";
        String plain = bits();
        assertThat(plain).contains("plain (module jdk.incubator.vector is absent)");
        String expected = plain.substring(0, plain.indexOf(','));
        assertThat(bits(vector)).startsWith(expected + ", SIMD");
        assertThat(bits(vector, "-XX:MaxVectorSize=32")).startsWith(expected + ", SIMD");
        assertThat(bits(vector, "-XX:MaxVectorSize=16")).isEqualTo(expected + ", SIMD, 4 lanes");
    }
}

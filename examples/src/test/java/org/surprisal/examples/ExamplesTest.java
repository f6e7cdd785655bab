package org.surprisal.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.surprisal.tensor.Tensor;

/// Each example does what its first comment says to expect, is short, and is listed where a newcomer looks.
class ExamplesTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path SOURCES = Path.of("src/main/java/org/surprisal/examples").toAbsolutePath();
    private static final String NUMBER = "(-?[0-9.]+(?:e[-+][0-9]+)?)";

    private static Stream<Path> examples() throws IOException {
        try (Stream<Path> files = Files.list(SOURCES)) {
            return files.filter(file -> !file.endsWith("package-info.java")).sorted().toList().stream();
        }
    }

    @Test
    void thereAreTen() throws IOException {
        assertThat(examples()).hasSize(10);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void eachIsUnderSixtyLines(Path file) throws IOException {
        assertThat(Files.readAllLines(file)).hasSizeLessThan(60);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void theReadmeNamesEach(Path file) throws IOException {
        assertThat(ROOT.resolve("README.md")).content().contains("](" + unix(ROOT.relativize(file)) + ")");
    }

    private static String unix(Path path) {
        return path.toString().replace(File.separatorChar, '/');
    }

    /// What the program prints.
    private static String printed(Consumer<String[]> main) {
        PrintStream before = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
            System.setOut(out);
            main.accept(new String[0]);
        } finally {
            System.setOut(before);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /// Every number that is printed behind these words.
    private static List<Double> numbers(String output, String words) {
        List<Double> numbers = new ArrayList<>();
        Matcher matcher = Pattern.compile(words + " " + NUMBER).matcher(output);
        while (matcher.find()) {
            numbers.add(Double.valueOf(matcher.group(1)));
        }
        assertThat(numbers).as("numbers behind '%s' in%n%s", words, output).isNotEmpty();
        return numbers;
    }

    private static double number(String output, String words) {
        List<Double> numbers = numbers(output, words);
        assertThat(numbers).as("numbers behind '%s' in%n%s", words, output).hasSize(1);
        return numbers.getFirst();
    }

    @Test
    void exclusiveOrIsRightAtEachCorner() {
        String output = printed(ExclusiveOr::main);
        assertThat(output.lines()).hasSize(4).satisfiesExactly(line -> assertThat(line).startsWith("0 xor 0 = 0"),
                line -> assertThat(line).startsWith("0 xor 1 = 1"), line -> assertThat(line).startsWith("1 xor 0 = 1"),
                line -> assertThat(line).startsWith("1 xor 1 = 0"));
        assertThat(numbers(output, "probability")).allSatisfy(p -> assertThat(p).isBetween(0.95, 1.0));
    }

    @Test
    void thePerceptronLearnsWhatALineParts() {
        String output = printed(PerceptronLearning::main);
        assertThat(output.lines().map(line -> line.replaceAll(" +", " "))).containsSubsequence("y 0 0 0 1",
                "y 0 1 1 1");
        assertThat(output).contains("AND: learnt", "OR: learnt", "XOR: not learnt");
    }

    @Test
    void aMultilayerPerceptronReadsDigits() {
        String output = printed(DrawnDigits::main);
        List<Double> losses = numbers(output, "test loss");
        assertThat(losses.getLast()).isLessThan(losses.getFirst() / 2);
        assertThat(number(output, "test accuracy")).isGreaterThan(0.8);
    }

    @Test
    void leNetReadsDigits() {
        String output = printed(LeNetDigits::main);
        assertThat(output).contains("21,840");
        assertThat(number(output, "before training")).isBetween(0.02, 0.25);
        assertThat(number(output, "after training")).isGreaterThan(0.9);
    }

    @Test
    void anLstmRemembersTheFirstSymbol() {
        String output = printed(SequenceMemory::main);
        assertThat(number(output, "test accuracy")).isGreaterThan(0.95);
        assertThat(number(output, "loss")).isLessThan(Math.log(4) / 4);
    }

    @Test
    void graphConvolutionsFindCommunities() {
        assertThat(number(printed(GraphCommunities::main), "test accuracy")).isGreaterThan(0.8);
    }

    @Test
    void anAutoencoderBeatsTheMeanImage() {
        String output = printed(DigitAutoencoder::main);
        assertThat(number(output, "squared error")).isLessThan(number(output, "variance of the pixels") / 2);
        assertThat(output.lines()).hasSize(15);
    }

    @Test
    void anOwnLayerLearns() {
        String output = printed(OwnLayer::main);
        assertThat(output).contains("radial.centres(16, 2)");
        assertThat(number(output, "test accuracy")).isGreaterThan(0.95);
    }

    @Test
    void anOwnListenerSeesGradientsVanish() {
        String output = printed(OwnListener::main);
        List<Double> sigmoid = numbers(output, "sigmoid, linear[0-9]\\.weight: mean gradient norm");
        List<Double> tanh = numbers(output, "tanh, linear[0-9]\\.weight: mean gradient norm");
        assertThat(sigmoid).hasSize(6);
        assertThat(sigmoid.getFirst()).isLessThan(sigmoid.getLast() / 100);
        assertThat(tanh).hasSize(6).allSatisfy(norm -> assertThat(norm).isBetween(tanh.getLast() / 10,
                tanh.getLast() * 10));
    }

    @Test
    void ownMeasureIsTheNumberOfEvenDimensions() {
        // Points at ±1 on three of five axes spread evenly over three dimensions.
        double[] points = {1, 0, 0, 0, 0, -1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, -1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, -1, 0};
        assertThat(OwnMeasure.dimensions(Tensor.of(points, 6, 5))).isCloseTo(3,
                within(1e-12));
    }

    @Test
    void digitsTakeFewerDimensionsWithDepth() {
        String output = printed(OwnMeasure::main);
        List<Double> dimensions = output.lines().filter(line -> line.endsWith(" dimensions"))
                .map(line -> number(line, "linear[0-9]:")).toList();
        assertThat(dimensions).hasSize(6).isSortedAccordingTo((a, b) -> Double.compare(b, a));
        assertThat(dimensions.getFirst()).isLessThan(100);
        assertThat(dimensions.getLast()).isGreaterThan(1);
        List<Double> relativeEntropies = numbers(output, "relative entropy");
        assertThat(relativeEntropies.getFirst()).isZero();
        assertThat(relativeEntropies.getLast()).isPositive();
    }

    /// The README's command, on this build's class path in place of the launcher's: the last one given counts. Another
    /// process prints the same, too.
    @Test
    void anExampleRunsFromItsSource() throws IOException, InterruptedException {
        String classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.startsWith(Path.of("target").toAbsolutePath().toString()))
                .reduce((a, b) -> a + File.pathSeparator + b).orElseThrow();
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@examples/options", "-cp", classPath,
                unix(ROOT.relativize(SOURCES.resolve("ExclusiveOr.java"))))
                .directory(ROOT.toFile()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        assertThat(output).isEqualTo(printed(ExclusiveOr::main));
    }
}

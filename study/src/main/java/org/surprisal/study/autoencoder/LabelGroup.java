package org.surprisal.study.autoencoder;

import java.awt.Color;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.surprisal.report.Palette;
import org.surprisal.report.Wording;
import org.surprisal.study.dataset.IsingStates;

/// Images that get one colour: those of one class, or Ising states of one range of temperatures.
///
/// @param name   in the legend
/// @param colour of its points
/// @param rows   which images, by their place among the labels
record LabelGroup(String name, Color colour, List<Integer> rows) {
    /// Ranges of temperature, each of as many temperatures.
    private static final int RANGES = 5;
    /// More points hide each other.
    private static final int MOST_POINTS = 200;

    /// Every group that has an image, in the order of the classes; of many images a part of each group.
    static List<LabelGroup> of(double[] labels, boolean spins) {
        int size = spins ? IsingStates.CLASSES / RANGES : 1;
        List<Integer> numbers = Arrays.stream(labels).mapToObj(label -> (int) label / size).distinct().sorted()
                .toList();
        List<Color> colours = Palette.sequential(spins ? RANGES : numbers.getLast() + 1);
        return numbers.stream().map(number -> new LabelGroup(spins ? range(number * size, size) : "class " + number,
                colours.get(number),
                some(IntStream.range(0, labels.length).filter(row -> (int) labels[row] / size == number).toArray(),
                        Math.ceilDiv(labels.length, MOST_POINTS))))
                .toList();
    }

    private static List<Integer> some(int[] rows, int every) {
        return IntStream.range(0, rows.length).filter(i -> i % every == 0).mapToObj(i -> rows[i]).toList();
    }

    /// How many of so many images are points of a figure, in the words of a caption; nothing if all are.
    static String words(int images) {
        int every = Math.ceilDiv(images, MOST_POINTS);
        return every == 1 ? "" : " Of every " + every + " images of a group one is drawn; the arrays have all.";
    }

    private static String range(int first, int size) {
        return String.format(Locale.ROOT, "T = %.2f to %.2f J/k_B", IsingStates.temperature(first),
                IsingStates.temperature(first + size - 1));
    }

    /// The numbers of these images.
    double[] of(double[] numbers) {
        return rows.stream().mapToDouble(row -> numbers[row]).toArray();
    }

    /// A single class in a few words: `T = 2.11`, `class 7`.
    static String word(int label, boolean spins) {
        return spins ? "T = " + Wording.fixed(IsingStates.temperature(label), 2) : "class " + label;
    }
}

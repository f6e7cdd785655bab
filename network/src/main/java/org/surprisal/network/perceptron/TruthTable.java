package org.surprisal.network.perceptron;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What a circuit of units does for each combination of 0/1 inputs, intermediate sums included: one line a quantity,
/// one column a combination (Zahn, exercise of section 2.2.1).
///
/// ```java
/// System.out.println(TruthTable.of(2).with("x1+x2", x -> x[0] + x[1]).with("y", x -> x[0] + x[1] >= 2 ? 1 : 0));
/// // x1    0 0 1 1
/// // x2    0 1 0 1
/// // x1+x2 0 1 1 2
/// // y     0 0 0 1
/// ```
public final class TruthTable {
    private static final int MOST_INPUTS = 16;

    private final int inputs;
    private final Map<String, List<Double>> lines;

    private TruthTable(int inputs, Map<String, List<Double>> lines) {
        this.inputs = inputs;
        this.lines = lines;
    }

    /// The inputs alone: lines `x1`, `x2`, …, of which the last changes fastest.
    ///
    /// @param inputs 1 to 16
    public static TruthTable of(int inputs) {
        if (inputs < 1 || inputs > MOST_INPUTS) {
            throw new IllegalArgumentException("inputs (=" + inputs + ") must be 1 to " + MOST_INPUTS);
        }
        TruthTable table = new TruthTable(inputs, Map.of());
        for (int k = 0; k < inputs; k++) {
            int input = k;
            table = table.with("x" + (k + 1), x -> x[input]);
        }
        return table;
    }

    /// This table with one line more.
    ///
    /// @param name a name that no line has yet
    /// @param quantity a number for each combination of inputs
    public TruthTable with(String name, ToDoubleFunction<int[]> quantity) {
        if (lines.containsKey(name)) {
            throw new IllegalArgumentException("there is a line '" + name + "' already");
        }
        Map<String, List<Double>> more = new LinkedHashMap<>(lines);
        more.put(name, IntStream.range(0, 1 << inputs)
                .mapToObj(column -> quantity.applyAsDouble(combination(column))).toList());
        return new TruthTable(inputs, more);
    }

    private int[] combination(int column) {
        return IntStream.range(0, inputs).map(k -> (column >> (inputs - 1 - k)) & 1).toArray();
    }

    /// Every line by its name, in order; values in order of the columns.
    public Map<String, List<Double>> lines() {
        return Collections.unmodifiableMap(lines);
    }

    /// The values of one line.
    ///
    /// @throws IllegalArgumentException for an unknown line; the message lists those there are
    public List<Double> line(String name) {
        List<Double> line = lines.get(name);
        if (line == null) {
            throw new IllegalArgumentException(
                    "no line '" + name + "'; there are " + String.join(", ", lines.keySet()));
        }
        return line;
    }

    /// The table with aligned columns; whole numbers are written without a point.
    @Override
    public String toString() {
        int head = lines.keySet().stream().mapToInt(String::length).max().orElseThrow();
        int cell = lines.values().stream().flatMap(List::stream).mapToInt(x -> written(x).length()).max()
                .orElseThrow();
        return lines.entrySet().stream()
                .map(line -> padded(line.getKey(), -head) + line.getValue().stream()
                        .map(x -> " " + padded(written(x), cell)).collect(Collectors.joining()))
                .collect(Collectors.joining("\n"));
    }

    private static String written(double x) {
        return x == Math.rint(x) && Math.abs(x) < 1e9 ? Long.toString((long) x) : Double.toString(x);
    }

    private static String padded(String text, int width) {
        return ("%" + width + "s").formatted(text);
    }
}

package org.surprisal.information.automatic;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.function.BiFunction;
import org.surprisal.information.mutual.Continuous;
import org.surprisal.information.mutual.Discrete;
import org.surprisal.information.mutual.Variable;
import org.surprisal.information.task.Tasks;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

/// Pairs of independent variables with marginals of many kinds: tails, dimensions, ties.
final class IndependentPairs {

    /// A pair of variables without information.
    record Pair(Variable x, Variable y) {}

    /// By a name; a function of the number of samples and the stream.
    static final SequencedMap<String, BiFunction<Integer, RandomStream, Pair>> ALL = new LinkedHashMap<>();

    static {
        add("normal", IndependentPairs::normal);
        add("Cauchy", (n, s) -> columns(n, 1, s, (own, all) -> own.nextGaussian() / all));
        add("cubes, 3 coordinates", (n, s) -> columns(n, 3, s, (own, all) -> Math.pow(own.nextGaussian(), 3)));
        add("one factor, 3 coordinates", (n, s) -> columns(n, 3, s, (own, all) -> all + own.nextGaussian()));
        add("one divisor, 2 coordinates", (n, s) -> columns(n, 2, s, (own, all) -> own.nextGaussian() / all));
        add("one divisor, 5 coordinates", (n, s) -> columns(n, 5, s, (own, all) -> own.nextGaussian() / all));
        add("exponential, 10 coordinates", (n, s) -> columns(n, 10, s, (own, all) -> -Math.log(own.nextDouble())));
        add("rounded to halves", (n, s) -> columns(n, 1, s, (own, all) -> Math.rint(2 * own.nextGaussian()) / 2));
        add("rounded to thousandths",
                (n, s) -> columns(n, 1, s, (own, all) -> Math.rint(1000 * own.nextGaussian()) / 1000));
        add("ReLU", (n, s) -> columns(n, 1, s, (own, all) -> Math.max(0, own.nextGaussian())));
        ALL.put("normal, four labels", (n, s) -> new Pair(normal(n, s.child("x")), symbols("y", n, 4, s.child("y"))));
        ALL.put("eight symbols",
                (n, s) -> new Pair(symbols("x", n, 8, s.child("x")), symbols("y", n, 8, s.child("y"))));
        ALL.put("spiral of normals, Student", (n, s) -> new Pair(
                Tasks.find("spiral-2-pair-3x3").orElseThrow().draw(n, s.child("x")).x(),
                Tasks.find("student-2-3x3").orElseThrow().draw(n, s.child("y")).y()));
    }

    private IndependentPairs() {
    }

    /// Pairs of a name.
    static Pair of(String name, int n, RandomStream stream) {
        return Objects.requireNonNull(ALL.get(name), name).apply(n, stream);
    }

    private static void add(String name, BiFunction<Integer, RandomStream, Variable> marginal) {
        ALL.put(name, (n, s) -> new Pair(marginal.apply(n, s.child("x")), marginal.apply(n, s.child("y"))));
    }

    private static Variable normal(int n, RandomStream stream) {
        return columns(n, 1, stream, (own, all) -> own.nextGaussian());
    }

    private interface Value {
        double of(RandomStream own, double all);
    }

    /// @param value of one coordinate, from the stream and a normal number that all coordinates of a sample share
    private static Variable columns(int n, int d, RandomStream stream, Value value) {
        double[] values = new double[n * d];
        for (int i = 0; i < n; i++) {
            double all = stream.nextGaussian();
            for (int j = 0; j < d; j++) {
                values[i * d + j] = value.of(stream, all);
            }
        }
        return Continuous.of("v", Tensor.of(values, n, d));
    }

    private static Variable symbols(String name, int n, int count, RandomStream stream) {
        int[] symbols = new int[n];
        Arrays.setAll(symbols, i -> (int) (count * stream.nextDouble()));
        return Discrete.labels(name, symbols);
    }
}

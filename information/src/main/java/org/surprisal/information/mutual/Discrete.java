package org.surprisal.information.mutual;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.surprisal.tensor.Tensor;

/// Samples of a discrete variable. Its symbols are numbered 0, 1, … in the order in which they first appear; what they
/// stand for (a class, a whole row of numbers) makes no difference to an information.
public final class Discrete implements Variable {

    /// Classes that a warning lists by name.
    private static final int MOST_NAMED = 5;

    private final String name;
    private final int[] codes;
    private final String[] symbols;

    private Discrete(String name, int[] codes, String[] symbols) {
        this.name = name;
        this.codes = codes;
        this.symbols = symbols;
    }

    /// Class labels.
    ///
    /// @param name what messages call it
    /// @param labels shape (n) or (n, 1), integers
    /// @throws IllegalArgumentException if there are none, the shape is another, or a label is no integer
    public static Discrete labels(String name, Tensor labels) {
        if (labels.rank() == 0 || labels.size() == 0 || labels.size() != labels.length(0)) {
            throw new IllegalArgumentException(
                    "%s of shape %s are no labels, shape (n) or (n, 1) needed".formatted(name, labels.shape()));
        }
        double[] values = labels.toDoubles();
        long[] integers = new long[values.length];
        for (int i = 0; i < values.length; i++) {
            // Above 2^53 neighbouring integers are one number.
            if (values[i] != Math.rint(values[i]) || Math.abs(values[i]) > 0x1p53) {
                throw new IllegalArgumentException(
                        String.format(Locale.ROOT, "%s[%d] = %s is no label, an integer needed", name, i, values[i]));
            }
            integers[i] = (long) values[i];
        }
        return ofLabels(name, integers);
    }

    /// Class labels.
    ///
    /// @param name what messages call it
    /// @param labels at least one
    /// @throws IllegalArgumentException if there are none
    public static Discrete labels(String name, int... labels) {
        return ofLabels(name, Arrays.stream(labels).asLongStream().toArray());
    }

    /// Classes by their names.
    ///
    /// @param name what messages call it
    /// @param words the class of each sample, at least one
    /// @throws IllegalArgumentException if there are none
    public static Discrete words(String name, List<String> words) {
        if (words.isEmpty()) {
            throw new IllegalArgumentException(name + " has no labels, at least one needed");
        }
        Map<String, Integer> seen = new LinkedHashMap<>();
        int[] codes = words.stream().mapToInt(word -> code(seen, word)).toArray();
        return new Discrete(name, codes, seen.keySet().toArray(String[]::new));
    }

    private static Discrete ofLabels(String name, long[] labels) {
        if (labels.length == 0) {
            throw new IllegalArgumentException(name + " has no labels, at least one needed");
        }
        Map<Long, Integer> seen = new LinkedHashMap<>();
        int[] codes = new int[labels.length];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = code(seen, labels[i]);
        }
        return new Discrete(name, codes, seen.keySet().stream().map(String::valueOf).toArray(String[]::new));
    }

    /// Whole rows as symbols: two samples are one symbol where all their numbers are equal (-0 and 0 are).
    ///
    /// @param name what messages call it
    /// @param values shape (n), (n, d) or (n, …), as for [Continuous#of]
    /// @throws IllegalArgumentException as [Continuous#of]
    public static Discrete rows(String name, Tensor values) {
        Tensor matrix = Continuous.of(name, values).values();
        double[] flat = matrix.toDoubles();
        int d = matrix.length(1);
        long[][] bits = new long[matrix.length(0)][d];
        for (int i = 0; i < flat.length; i++) {
            // Adding 0 turns -0 into 0.
            bits[i / d][i % d] = Double.doubleToLongBits(flat[i] + 0.0);
        }
        return ofRows(name, bits);
    }

    /// Whole rows of integers as symbols, bin numbers say.
    static Discrete ofRows(String name, long[][] rows) {
        Map<Row, Integer> seen = new HashMap<>();
        int[] codes = new int[rows.length];
        String[] symbols = new String[rows.length];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = code(seen, new Row(rows[i]));
            if (codes[i] == seen.size() - 1 && symbols[codes[i]] == null) {
                symbols[codes[i]] = "of row " + i;
            }
        }
        return new Discrete(name, codes, Arrays.copyOf(symbols, seen.size()));
    }

    private static <K> int code(Map<K, Integer> seen, K key) {
        Integer known = seen.putIfAbsent(key, seen.size());
        return known == null ? seen.size() - 1 : known;
    }

    private static final class Row {
        private final long[] values;

        Row(long[] values) {
            this.values = values;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Row row && Arrays.equals(values, row.values);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(values);
        }
    }

    /// The pairs of two variables as one variable.
    ///
    /// @throws IllegalArgumentException if the numbers of samples differ
    public static Discrete joint(Discrete x, Discrete y) {
        int n = Variable.requirePairs(x, y, 1);
        long[][] pairs = new long[n][];
        for (int i = 0; i < n; i++) {
            pairs[i] = new long[]{x.codes[i], y.codes[i]};
        }
        return ofRows("(%s, %s)".formatted(x.name, y.name), pairs);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int count() {
        return codes.length;
    }

    /// Number of different symbols among the samples, at least 1.
    public int symbols() {
        return symbols.length;
    }

    /// The number of sample i's symbol, 0 … symbols-1.
    public int code(int i) {
        return codes[i];
    }

    /// The symbol numbers, copied: shape (n).
    public int[] codes() {
        return codes.clone();
    }

    /// The label of a symbol; of a symbol that is a row, which row it first was.
    public String symbol(int code) {
        return symbols[code];
    }

    /// How many samples have each symbol, all at least 1.
    public int[] counts() {
        int[] counts = new int[symbols.length];
        for (int code : codes) {
            counts[code]++;
        }
        return counts;
    }

    /// Names the classes of `fewest` to `most` samples at the start of a sentence that goes on with their number:
    /// "class 8 of y has" or "2 classes of y (8, 9) have"; empty if there are none.
    Optional<String> classesOf(int fewest, int most) {
        int[] counts = counts();
        List<String> names = IntStream.range(0, counts.length).filter(c -> fewest <= counts[c] && counts[c] <= most)
                .mapToObj(this::symbol).toList();
        if (names.isEmpty()) {
            return Optional.empty();
        }
        if (names.size() == 1) {
            return Optional.of("class %s of %s has".formatted(names.getFirst(), name));
        }
        String shown = String.join(", ", names.subList(0, Math.min(names.size(), MOST_NAMED)));
        return Optional.of(String.format(Locale.ROOT, "%d classes of %s (%s%s) have", names.size(), name, shown,
                names.size() > MOST_NAMED ? ", …" : ""));
    }

    /// The samples of each symbol: element `[c]` holds the rising sample numbers of symbol c.
    int[][] members() {
        int[] counts = counts();
        int[][] members = new int[counts.length][];
        Arrays.setAll(members, c -> new int[counts[c]]);
        int[] next = new int[counts.length];
        for (int i = 0; i < codes.length; i++) {
            members[codes[i]][next[codes[i]]++] = i;
        }
        return members;
    }

    /// The variable under another name.
    public Discrete named(String other) {
        return new Discrete(other, codes, symbols);
    }

    @Override
    public Discrete take(int... samples) {
        Map<Integer, Integer> seen = new LinkedHashMap<>();
        int[] taken = new int[samples.length];
        for (int i = 0; i < taken.length; i++) {
            taken[i] = code(seen, codes[samples[i]]);
        }
        return new Discrete(name, taken, seen.keySet().stream().map(c -> symbols[c]).toArray(String[]::new));
    }
}

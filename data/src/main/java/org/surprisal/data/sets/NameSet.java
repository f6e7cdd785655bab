package org.surprisal.data.sets;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedCollection;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.IntStream;
import org.surprisal.data.DataException;
import org.surprisal.data.Dataset;
import org.surprisal.data.InMemory;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Shape;
import org.surprisal.tensor.Tensor;

/// Names and the languages they belong to, as samples for networks. A name is a row of up to [#LENGTH] symbols, one a
/// time step; shorter names are followed by padding.
public final class NameSet {
    /// The symbols: 52 letters, lower case first, then blank, full stop, comma, semicolon and apostrophe.
    public static final String ALPHABET = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ .,;'";

    /// Time steps.
    public static final int LENGTH = 12;

    /// What stands for no symbol in [#symbols].
    public static final int PADDING = -1;

    private static final int SYMBOLS = ALPHABET.length();

    private final List<String> languages;
    private final List<String> names;
    /// The language of each name.
    private final int[] language;
    private final Dataset symbols;

    private NameSet(List<String> languages, List<String> names, int[] language) {
        this.languages = List.copyOf(languages);
        this.names = List.copyOf(names);
        this.language = language;
        float[] places = new float[Math.multiplyExact(names.size(), LENGTH)];
        float[] targets = new float[names.size()];
        Arrays.fill(places, PADDING);
        for (int i = 0; i < targets.length; i++) {
            String name = names.get(i);
            for (int k = 0; k < name.length(); k++) {
                places[i * LENGTH + k] = ALPHABET.indexOf(name.charAt(k));
            }
            targets[i] = language[i];
        }
        this.symbols = InMemory.classification("names", Tensor.of(places, targets.length, LENGTH), Tensor.of(targets),
                languages);
    }

    /// Names by language, in this order.
    ///
    /// @throws DataException when a name is empty, longer than [#LENGTH], or has a symbol outside [#ALPHABET]
    public static NameSet of(SequencedMap<String, ? extends SequencedCollection<String>> byLanguage) {
        List<String> languages = new ArrayList<>();
        List<String> names = new ArrayList<>();
        List<Integer> language = new ArrayList<>();
        for (Map.Entry<String, ? extends SequencedCollection<String>> entry : byLanguage.entrySet()) {
            for (String name : entry.getValue()) {
                requireEncodable(name);
                names.add(name);
                language.add(languages.size());
            }
            languages.add(entry.getKey());
        }
        return new NameSet(languages, names, language.stream().mapToInt(Integer::intValue).toArray());
    }

    private static void requireEncodable(String name) {
        if (name.isEmpty() || name.length() > LENGTH || name.chars().anyMatch(c -> ALPHABET.indexOf(c) < 0)) {
            throw new DataException("name '" + name + "' cannot be encoded: 1 to " + LENGTH + " symbols of '" + ALPHABET
                    + "' can");
        }
    }

    /// Number of names.
    public int size() {
        return names.size();
    }

    /// The languages, which are the classes.
    public List<String> languages() {
        return languages;
    }

    /// The name of a row.
    public String name(int row) {
        return names.get(row);
    }

    /// Names as symbols: shape (n, 12), numbers of symbols in [#ALPHABET] or [#PADDING]; classes are the languages.
    /// Float32.
    public Dataset symbols() {
        return symbols;
    }

    /// Names as one-hot symbols: shape (n, 12, 57), a row of zeros for padding; classes are the languages. Float32,
    /// computed batch by batch.
    public Dataset oneHot() {
        return symbols.map(Shape.of(LENGTH, SYMBOLS), NameSet::oneHot);
    }

    /// The numbers of [#oneHot] in flat rows: shape (n, 684).
    public Dataset flat() {
        return oneHot().shaped(LENGTH * SYMBOLS);
    }

    /// The same number of names of each language, no name twice, not even in two languages: 60 of each of the 18 make
    /// the 1,080 names of Landsverk's thesis. So the name determines the language.
    ///
    /// Languages choose in turn, those with the fewest names first, at random among the names that are still free:
    /// nearly all Scottish names are English ones too. In the result the languages are in their own order, and so are
    /// the names.
    ///
    /// @throws DataException when a language has not enough names left
    public NameSet sample(int perLanguage, RandomStream stream) {
        if (perLanguage < 1) {
            throw new DataException("names: " + perLanguage + " of each language cannot be drawn; 1 or more can");
        }
        List<int[]> rows = IntStream.range(0, languages.size())
                .mapToObj(l -> IntStream.range(0, size()).filter(row -> language[row] == l).toArray()).toList();
        Set<String> taken = new HashSet<>();
        List<Integer> chosen = new ArrayList<>();
        for (int l : IntStream.range(0, languages.size()).boxed()
                .sorted(Comparator.comparingInt(l -> rows.get(l).length)).toList()) {
            int[] own = rows.get(l);
            int missing = perLanguage;
            for (int place : stream.child(languages.get(l)).permutation(own.length)) {
                if (missing > 0 && taken.add(names.get(own[place]))) {
                    chosen.add(own[place]);
                    missing--;
                }
            }
            if (missing > 0) {
                throw new DataException("names: " + languages.get(l) + " has " + (perLanguage - missing)
                        + " names that no language before it took, " + perLanguage + " are wanted");
            }
        }
        int[] sorted = chosen.stream().mapToInt(Integer::intValue).sorted().toArray();
        return new NameSet(languages, IntStream.of(sorted).mapToObj(names::get).toList(),
                IntStream.of(sorted).map(row -> language[row]).toArray());
    }

    private static Tensor oneHot(Tensor symbols) {
        double[] places = symbols.toDoubles();
        float[] ones = new float[Math.multiplyExact(places.length, SYMBOLS)];
        for (int i = 0; i < places.length; i++) {
            if (places[i] != PADDING) {
                ones[i * SYMBOLS + (int) places[i]] = 1;
            }
        }
        return Tensor.of(ones, symbols.length(0), LENGTH, SYMBOLS);
    }
}

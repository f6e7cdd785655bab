package org.surprisal.data.format;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.surprisal.data.ClassIndices;
import org.surprisal.data.DataException;
import org.surprisal.data.Dataset;
import org.surprisal.data.InMemory;
import org.surprisal.settings.MessageText;
import org.surprisal.tensor.Tensor;

/// The class of each line of a CSV file, collected line by line.
final class CsvLabels {
    private static final Pattern WHOLE = Pattern.compile("([+-]?)0*([0-9]{1,18})(\\.0*)?");

    /// Known classes; none where they are found in the file.
    private final List<String> known;
    /// Labels by their place: known classes, or those met so far.
    private final SequencedMap<String, Integer> places = new LinkedHashMap<>();
    private int[] codes = new int[64];
    private int count;

    private CsvLabels(List<String> known) {
        this.known = List.copyOf(known);
        for (String name : known) {
            if (places.putIfAbsent(canonical(name), places.size()) != null) {
                throw new DataException("class '" + name + "' is named twice");
            }
        }
    }

    /// Classes are those that the file holds.
    static CsvLabels found() {
        return new CsvLabels(List.of());
    }

    /// Classes are given.
    static CsvLabels known(List<String> names) {
        if (names.isEmpty()) {
            throw new DataException("no class is named: at least one is needed");
        }
        return new CsvLabels(names);
    }

    void add(CsvRecords records, CsvRecord record, int column) {
        String label = canonical(records.word(record, column));
        Integer place = places.get(label);
        if (place == null) {
            requireClass(records, record, column, label);
            place = places.size();
            places.put(label, place);
        }
        if (count == codes.length) {
            codes = Arrays.copyOf(codes, (int) Math.min(2L * count, Integer.MAX_VALUE - 8));
        }
        codes[count++] = place;
    }

    private void requireClass(CsvRecords records, CsvRecord record, int column, String label) {
        String is = "is '" + CsvRecords.shortened(label) + "'";
        if (!known.isEmpty()) {
            throw records.wrong(record, column, is,
                    "the classes are " + MessageText.listed(places.sequencedKeySet()));
        }
        if (CsvRecords.isNumber(label) && !WHOLE.matcher(label).matches()) {
            throw records.wrong(record, column, is,
                    "a class is a name or a whole number of up to 18 digits; fractions are for regression");
        }
        if (places.size() == ClassIndices.MOST) {
            throw records.wrong(record, column, is, "it would be a class more than " + ClassIndices.MOST);
        }
    }

    /// The lines' samples with these inputs.
    Dataset dataset(String name, Tensor inputs) {
        List<String> names = known.isEmpty() ? foundNames() : known;
        int[] index = indices(names);
        double[] targets = new double[count];
        for (int i = 0; i < count; i++) {
            targets[i] = index[codes[i]];
        }
        return InMemory.classification(name, inputs, Tensor.of(targets), names);
    }

    /// The class of each place: known classes keep theirs.
    private int[] indices(List<String> names) {
        if (!known.isEmpty()) {
            return IntStream.range(0, names.size()).toArray();
        }
        Map<String, Integer> byName = new HashMap<>();
        for (String className : names) {
            byName.put(className, byName.size());
        }
        return places.keySet().stream().mapToInt(label -> byName.getOrDefault(label, -1)).toArray();
    }

    private List<String> foundNames() {
        List<String> labels = new ArrayList<>(places.keySet());
        boolean numbers = labels.stream().allMatch(label -> WHOLE.matcher(label).matches());
        if (!numbers) {
            labels.sort(Comparator.naturalOrder());
            return labels;
        }
        labels.sort(Comparator.comparingLong(Long::parseLong));
        long least = Long.parseLong(labels.getFirst());
        long largest = Long.parseLong(labels.getLast());
        return least >= 0 && largest < ClassIndices.MOST ? ClassIndices.names((int) largest + 1) : labels;
    }

    /// A whole number in its shortest form, so that 3, 03 and 3.0 are one class; other labels as they are.
    private static String canonical(String label) {
        var whole = WHOLE.matcher(label);
        if (!whole.matches()) {
            return label;
        }
        return Long.toString(Long.parseLong((whole.group(1).equals("-") ? "-" : "") + whole.group(2)));
    }
}

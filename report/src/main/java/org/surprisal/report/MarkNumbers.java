package org.surprisal.report;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// The numbers of a mark as columns, for tooltips, the table of a figure and its CSV.
///
/// @param kind    `line`, `points`, `trail`, `band`, `bars`, `cells` or `reference`; a page treats other kinds by their
///                columns
/// @param columns by name, all equally long: `x` and `y` are a place; `lower` and `upper` its uncertainty along y;
///                `x0`, `x1`, `y0` and `y1` the edges of a box; `value` what a box stands for; `step` when a place is
///                reached
/// @param texts   what each row is called beside the mark's name; empty if it is not called anything
public record MarkNumbers(String kind, SequencedMap<String, Values> columns, List<String> texts) {

    public MarkNumbers {
        columns = new LinkedHashMap<>(columns);
        texts = List.copyOf(texts);
    }

    /// Columns without texts.
    ///
    /// @param columns name and values in turn
    static MarkNumbers of(String kind, Object... columns) {
        SequencedMap<String, Values> named = new LinkedHashMap<>();
        for (int i = 0; i < columns.length; i += 2) {
            named.put((String) columns[i], (Values) columns[i + 1]);
        }
        return new MarkNumbers(kind, named, List.of());
    }

    /// How many rows there are.
    int rows() {
        return columns.firstEntry().getValue().size();
    }

    /// The middles of neighbouring edges.
    static Values middles(Values edges) {
        double[] middles = new double[edges.size() - 1];
        for (int i = 0; i < middles.length; i++) {
            middles[i] = (edges.get(i) + edges.get(i + 1)) / 2;
        }
        return Values.of(middles);
    }

    /// All edges but the last, or all but the first.
    static Values ends(Values edges, boolean upper) {
        double[] all = edges.toArray();
        return Values.of(upper ? Arrays.copyOfRange(all, 1, all.length) : Arrays.copyOf(all, all.length - 1));
    }
}

package org.surprisal.study.experiment;

import java.util.List;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Node;
import org.surprisal.settings.Setting;
import org.surprisal.study.engine.Factor;

/// A place in an experiment's file where several values stand: a factor of the experiment's design.
///
/// @param path   of the place: `optimiser.adam.learning-rate`
/// @param column of the values in metrics.csv
/// @param place  the list in the tree
/// @param nodes  what stands in the list
/// @param values of the factor: a [Double] for each number, a text otherwise
record Variation(String path, String column, Node place, List<Node> nodes, List<Object> values) {
    /// Columns that metrics.csv has anyway.
    static final Set<String> TAKEN = Set.of("seed", "stage", "epoch", "step", "layer", "kind", "quantity", "value",
            "unit", "fold", "network", "");

    private static final Setting<List<Double>> NUMBERS = Setting.decimals("numbers", List.of(0.0), -Double.MAX_VALUE,
            Double.MAX_VALUE, "as settings write them");

    /// Whether the values are names of networks.
    boolean isNetwork() {
        return path.equals(Document.NETWORKS);
    }

    /// The factor of the design.
    Factor<Object> factor() {
        return Factor.derived(column, column.replace('-', ' '), settings -> values, Variation::text);
    }

    /// The text of a value, equal for equal numbers however they are written.
    static String text(Object value) {
        return value instanceof Double number ? NUMBERS.text(List.of(number)) : value.toString();
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}

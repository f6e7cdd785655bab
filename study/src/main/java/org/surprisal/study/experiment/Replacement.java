package org.surprisal.study.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.surprisal.settings.SettingException;

/// A value that the command line puts in the place of one of the file's: `--set training.epochs=20`.
final class Replacement {
    private static final Pattern STEP = Pattern.compile("\\.?([^.\\[\\]]+)|\\[(\\d{1,9})]");

    private final Entry whole;
    private final String path;
    private final String text;
    private final List<Object> steps = new ArrayList<>();

    /// @param path keys joined by dots, entries of lists by number: `network[0].linear`
    /// @param text one value, or several with commas between them, as YAML writes them between brackets
    Replacement(Entry whole, String path, String text) {
        this.whole = whole;
        this.path = path;
        this.text = text;
        Matcher step = STEP.matcher(path);
        int end = 0;
        while (step.find() && step.start() == end) {
            steps.add(step.group(1) == null ? Integer.valueOf(step.group(2)) : step.group(1));
            end = step.end();
        }
        if (end < path.length() || steps.isEmpty() || !(steps.getFirst() instanceof String)) {
            throw refusal("must be the path of a value in the experiment's file, such as training.epochs or"
                    + " network[0].linear");
        }
    }

    private SettingException refusal(String right) {
        return SettingException.at("--set " + path + "=" + text, right);
    }

    /// The tree with the value in its place.
    ///
    /// @throws SettingException if there is no such place
    Entry made() {
        Entry values = Entry.read("--set " + path, "[" + text + "]");
        List<Entry> items = values.items();
        if (items.isEmpty()) {
            throw refusal("a value is needed");
        }
        return Entry.of(whole.file(),
                put(whole.node(), 0, items.size() == 1 ? items.getFirst().node() : values.node()));
    }

    private Node put(Node node, int depth, Node value) {
        if (depth == steps.size()) {
            return value;
        }
        return switch (steps.get(depth)) {
            case Integer number -> {
                if (!(node instanceof SequenceNode list) || number >= list.getValue().size()) {
                    throw refusal("the file has no entry [" + number + "] there"
                            + (node instanceof SequenceNode list ? ": it has " + list.getValue().size() : ""));
                }
                List<Node> items = new ArrayList<>(list.getValue());
                items.set(number, put(items.get(number), depth + 1, value));
                yield new SequenceNode(list.getTag(), true, items, list.getFlowStyle(), list.getStartMark(),
                        list.getEndMark());
            }
            case String key -> {
                MappingNode map = map(node, key);
                List<NodeTuple> tuples = new ArrayList<>();
                boolean found = false;
                for (NodeTuple tuple : map.getValue()) {
                    boolean here = tuple.getKeyNode() instanceof ScalarNode scalar && scalar.getValue().equals(key);
                    tuples.add(here
                            ? new NodeTuple(tuple.getKeyNode(), put(tuple.getValueNode(), depth + 1, value))
                            : tuple);
                    found |= here;
                }
                if (!found) {
                    tuples.add(new NodeTuple(new ScalarNode(Tag.STR, key, ScalarStyle.PLAIN),
                            put(empty(value), depth + 1, value)));
                }
                yield Document.map(map, tuples);
            }
            default -> throw new IllegalStateException("a step is a key or a number");
        };
    }

    /// The map at a place; a key without a value becomes an empty map.
    ///
    /// @throws SettingException if another value stands there, such as the 10 of `linear: 10`
    private MappingNode map(Node node, String key) {
        if (node instanceof MappingNode map) {
            return map;
        }
        if (node instanceof ScalarNode scalar && scalar.getValue().isEmpty()) {
            return empty(node);
        }
        throw refusal("the file has no map there that could hold '" + key + "'");
    }

    private static MappingNode empty(Node at) {
        return new MappingNode(Tag.MAP, true, List.of(), FlowStyle.BLOCK, at.getStartMark(), Optional.empty());
    }
}

package org.surprisal.study.experiment;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.surprisal.settings.MessageText;
import org.surprisal.settings.Setting;
import org.surprisal.settings.SettingException;
import org.surprisal.study.Failures;

/// A value of an experiment's file and where it stands, so that what is wrong with it can be answered with file, line
/// and path: `my.yaml, line 12: network[2].convolution.channels is 'many': must be an integer of at least 1`.
final class Entry {
    /// Entries that may be read from one file.
    private static final int LIMIT = 100_000;
    private static final Pattern NUMBER = Pattern.compile("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+)?");

    private final String file;
    private final String path;
    private final Node node;
    private final int depth;
    private final AtomicInteger made;

    private Entry(String file, String path, Node node, int depth, AtomicInteger made) {
        this.file = file;
        this.path = path;
        this.node = node;
        this.depth = depth;
        this.made = made;
        // Anchors and aliases can describe more than any memory holds.
        if (made.incrementAndGet() > LIMIT || node.isRecursive()) {
            throw refusal(node.isRecursive() ? " refers to itself" : ": there are more than " + LIMIT + " entries");
        }
        // Aliases nest what the text does not.
        if (depth > BoundedDepth.LIMIT) {
            throw SettingException.at(place(file, node.getStartMark()), BoundedDepth.TOO_DEEP);
        }
    }

    /// The whole of a file.
    ///
    /// @param file its name, for messages
    /// @throws SettingException with file and line, if it is no YAML, or empty
    static Entry read(String file, String text) {
        // Aliases stay within bounds; nothing but scalars, lists and maps is made of the text.
        LoadSettings settings = LoadSettings.builder().setLabel(file).setAllowDuplicateKeys(true).build();
        try {
            Optional<Node> root = new Composer(settings,
                    new BoundedDepth(file, new ParserImpl(settings, new StreamReader(settings, text)))).getSingleNode();
            return new Entry(file, "", root.orElseThrow(() -> SettingException.at(file, "the file is empty")), 0,
                    new AtomicInteger());
        } catch (YamlEngineException e) {
            throw YamlRefusal.of(file, text, e);
        }
    }

    /// A tree that was put together from others.
    ///
    /// @param file its name, for messages about values that stand in no file
    static Entry of(String file, Node root) {
        return new Entry(file, "", root, 0, new AtomicInteger());
    }

    /// Where a value stands: a file and a line, or the argument of the command line that gives the value.
    static String place(String file, Optional<Mark> mark) {
        return mark.isPresent() && !mark.get().getName().equals(file)
                ? mark.get().getName()
                : file + mark.map(at -> ", line " + (at.getLine() + 1)).orElse("");
    }

    /// The name of the file.
    String file() {
        return file;
    }

    /// The place in the tree.
    Node node() {
        return node;
    }

    /// The value as that of a factor: a [Double] for a number, a text otherwise.
    Object value() {
        if (node instanceof ScalarNode scalar) {
            String text = scalar.getValue();
            boolean number = scalar.getScalarStyle() == ScalarStyle.PLAIN && NUMBER.matcher(text).matches()
                    && Double.isFinite(Double.parseDouble(text));
            return number ? Double.valueOf(text) : text;
        }
        return isList()
                ? items().stream().map(item -> Variation.text(item.value())).collect(Collectors.joining("x"))
                : map().entrySet().stream().map(each -> each.getValue().flow(each.getKey()))
                        .collect(Collectors.joining(", "));
    }

    private String flow(String key) {
        if (isScalar()) {
            return isEmpty() ? key : key + ": " + text();
        }
        return key + ": " + (isList() ? "[" : "{") + value() + (isList() ? "]" : "}");
    }

    /// Where it stands in the file: `network[2].convolution`; empty for the whole.
    String path() {
        return path;
    }

    /// The refusal of this value.
    ///
    /// @param problem goes on after the path, such as `must be one of a, b`
    SettingException refusal(String problem) {
        return SettingException.at(place(file, node.getStartMark()), (path.isEmpty() ? "the file" : path) + problem);
    }

    private SettingException not(String right) {
        return refusal(" is " + shown() + ": must be " + right);
    }

    private String shown() {
        return switch (node) {
            // A whole file that is no map is no experiment, and may be anything.
            case ScalarNode scalar -> path.isEmpty() ? "a single value" : MessageText.quoted(scalar.getValue());
            case SequenceNode list -> "a list";
            case MappingNode map -> "a map";
            default -> "an alias";
        };
    }

    boolean isScalar() {
        return node instanceof ScalarNode;
    }

    boolean isMap() {
        return node instanceof MappingNode;
    }

    boolean isList() {
        return node instanceof SequenceNode;
    }

    /// Whether nothing stands behind the key.
    boolean isEmpty() {
        return node instanceof ScalarNode scalar && scalar.getValue().isEmpty();
    }

    /// The key alone, without a value behind it, at the same place.
    Entry bare() {
        return new Entry(file, path, new ScalarNode(Tag.STR, true, "", ScalarStyle.PLAIN, node.getStartMark(),
                node.getEndMark()), depth, made);
    }

    /// The text of a single value.
    String text() {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        throw not("a single value");
    }

    /// A single value, or a list of them where the setting takes several, as the setting reads it.
    <T> T as(Setting<T> setting) {
        String text = node instanceof SequenceNode && setting.defaultValue() instanceof List
                ? String.join(",", items().stream().map(Entry::text).toList())
                : text();
        try {
            return setting.parse(text);
        } catch (SettingException e) {
            throw not(setting.allowedInsteadOf(text));
        }
    }

    /// What this value is made into; values that the maker refuses are refused here, with their place. What the JDK or
    /// a library throws is an error of ours, not of the value's, and goes on as it is.
    <T> T make(Supplier<T> maker) {
        try {
            return maker.get();
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw refusal(": " + Failures.words(e));
        }
    }

    /// The path of a file beside the experiment's.
    Path pathIn(Path folder) {
        String name = text();
        try {
            return folder.resolve(name);
        } catch (InvalidPathException e) {
            throw refusal(": " + MessageText.noPath(name));
        }
    }

    /// The entries of a list.
    List<Entry> items() {
        if (!(node instanceof SequenceNode list)) {
            throw not("a list");
        }
        List<Entry> items = new ArrayList<>();
        for (Node item : list.getValue()) {
            items.add(new Entry(file, path + "[" + items.size() + "]", item, depth + 1, made));
        }
        return items;
    }

    /// The entries of a map, of which all keys must be among these.
    ///
    /// @throws SettingException naming a key that is not, or that stands twice
    Fields fields(String... keys) {
        return new Fields(this, map(), Arrays.asList(keys));
    }

    /// As [#fields], where a single value stands for the map with that value at `main`: `linear: 10` for
    /// `linear: {outputs: 10}`. Nothing behind the key is an empty map.
    Fields fieldsOr(String main, String... keys) {
        if (isEmpty()) {
            return new Fields(this, Map.of(), Arrays.asList(keys));
        }
        return isScalar() ? new Fields(this, Map.of(main, this), Arrays.asList(keys)) : fields(keys);
    }

    /// The entries of a map.
    Map<String, Entry> map() {
        if (!(node instanceof MappingNode map)) {
            throw not("a map, 'key: value' line by line");
        }
        Map<String, Entry> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : map.getValue()) {
            Entry key = new Entry(file, path, tuple.getKeyNode(), depth + 1, made);
            String name = key.text();
            Entry value = new Entry(file, path.isEmpty() ? name : path + "." + name, tuple.getValueNode(),
                    depth + 1, made);
            if (entries.put(name, value) != null) {
                throw key.refusal((path.isEmpty() ? "" : ":") + " has the key " + MessageText.quoted(name) + " twice");
            }
        }
        return entries;
    }
}

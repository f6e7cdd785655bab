package org.surprisal.study.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.surprisal.data.file.FileName;
import org.surprisal.settings.MessageText;
import org.surprisal.settings.SettingException;

/// The text of an experiment's file as a tree, with the values that the command line puts in place of the file's, and
/// the places where several values stand.
///
/// A list where a single value is needed is a [Variation]: the experiment is made once for each of its values. Keys of
/// which a single value is itself a list, such as `kernel: [3, 5]`, vary as a list of lists. A list with an anchor
/// varies in all places that refer to it at once, under the anchor's name.
final class Document {
    /// Keys whose value is a list of entries; lists among the entries vary.
    private static final Set<String> LISTS = Set.of("network", "body", "shortcut", "schedule");
    /// Keys of which one value may be a list.
    private static final Set<String> LIST_VALUES = Set.of("kernel", "size", "shape", "reshape", "target", "classes");
    /// Keys in which nothing varies: their lists are told apart by those who read them.
    private static final Set<String> FIXED = Set.of("probes", "metrics");
    /// Keys that describe the run rather than a network.
    private static final Set<String> OF_THE_RUN = Set.of("title", "seed", "unit");
    /// The key of several networks by name, and the column of their names.
    static final String NETWORKS = "networks";
    static final String NETWORK = "network";
    /// Combinations of values that a file may describe: each is read, and its network built, before anything starts.
    private static final int MOST = 10_000;
    /// The keys of a file.
    static final List<String> KEYS = List.of("title", "data", NETWORK, NETWORKS, "initialisation", "loss", "optimiser",
            "schedule", "training", "probes", "metrics", "seed", "unit", "weights");
    /// Keys of a file that one of several networks may have of its own.
    private static final Set<String> OWN = Set.of(NETWORK, "initialisation", "optimiser", "schedule", "training",
            "loss", "weights", "probes");

    private final String label;
    private final String text;
    private final Entry whole;
    private final List<Variation> variations;

    private Document(String label, String text, Entry whole, List<Variation> variations) {
        this.label = label;
        this.text = text;
        this.whole = whole;
        this.variations = variations;
    }

    /// Reads a file's text.
    ///
    /// @param label of the text in messages: the file that was read
    /// @param given values by path, such as `0.1,0.01` for `optimiser.adam.learning-rate`, in place of the file's; a
    ///              list of values varies
    /// @throws SettingException with label, line and path of what is wrong in the text
    static Document read(String label, String text, Map<String, String> given) {
        Entry whole = Entry.read(label, text);
        for (Map.Entry<String, String> each : given.entrySet()) {
            whole = new Replacement(whole, each.getKey(), each.getValue()).made();
        }
        whole.fields(KEYS.toArray(String[]::new));
        Names names = new Names();
        find(whole, "", names);
        requireCount(label, names.variations());
        requireEffect(whole, names.variations());
        return new Document(label, text, whole, names.variations());
    }

    private static void requireCount(String label, List<Variation> variations) {
        double count = 1;
        for (Variation variation : variations) {
            count *= variation.nodes().size();
        }
        if (count > MOST) {
            throw SettingException.at(label, "the lists of values make more than " + MOST + " combinations, each a"
                    + " network: " + String.join(", ", variations.stream()
                            .map(variation -> variation.path() + " has " + variation.nodes().size()).toList()));
        }
    }

    /// Refuses values of a key that one of several networks has of its own: that network would be trained again and
    /// again, under values that it does not have.
    private static void requireEffect(Entry whole, List<Variation> variations) {
        Entry networks = whole.map().get(NETWORKS);
        if (networks == null) {
            return;
        }
        for (Entry network : networks.map().values()) {
            if (!network.isMap()) {
                continue;
            }
            network.map().forEach((key, own) -> {
                for (Variation variation : variations) {
                    if (variation.path().matches(key + "([.\\[].*)?")) {
                        throw own.refusal(": the values of " + variation.path() + " make no difference to this"
                                + " network: leave one of the two out");
                    }
                }
            });
        }
    }

    /// The file's text, without the values given beside it.
    String text() {
        return text;
    }

    /// The places where several values stand, in the order of the text.
    List<Variation> variations() {
        return variations;
    }

    /// The tree with one value for each variation.
    ///
    /// @param chosen the place of the value of each variation
    Entry with(Map<Variation, Integer> chosen) {
        IdentityHashMap<Node, Node> replaced = new IdentityHashMap<>();
        Optional<Node> own = Optional.empty();
        for (Map.Entry<Variation, Integer> each : chosen.entrySet()) {
            Variation variation = each.getKey();
            if (variation.isNetwork()) {
                own = Optional.of(variation.nodes().get(each.getValue()));
            } else {
                replaced.put(variation.place(), variation.nodes().get(each.getValue()));
            }
        }
        Node root = own.isPresent() ? withNetwork((MappingNode) whole.node(), own.get()) : whole.node();
        return Entry.of(label, replaced(root, replaced));
    }

    private static Node replaced(Node node, IdentityHashMap<Node, Node> by) {
        Node other = by.get(node);
        if (other != null) {
            return other;
        }
        Node made = switch (node) {
            case MappingNode map -> map(map, map.getValue().stream()
                    .map(tuple -> new NodeTuple(tuple.getKeyNode(), replaced(tuple.getValueNode(), by))).toList());
            case SequenceNode list -> new SequenceNode(list.getTag(), true,
                    list.getValue().stream().map(item -> replaced(item, by)).toList(), list.getFlowStyle(),
                    list.getStartMark(), list.getEndMark());
            default -> node;
        };
        by.put(node, made);
        return made;
    }

    static MappingNode map(MappingNode like, List<NodeTuple> tuples) {
        return new MappingNode(like.getTag(), true, tuples, like.getFlowStyle(), like.getStartMark(),
                like.getEndMark());
    }

    /// The file's keys, those of one of its networks in place of them.
    private static Node withNetwork(MappingNode root, Node own) {
        Map<String, NodeTuple> tuples = new LinkedHashMap<>();
        for (NodeTuple tuple : root.getValue()) {
            String key = key(tuple);
            if (key.equals(NETWORKS)) {
                continue;
            }
            tuples.put(key, tuple);
        }
        if (own instanceof MappingNode map) {
            map.getValue().forEach(tuple -> tuples.put(key(tuple), tuple));
        } else {
            Node key = new ScalarNode(Tag.STR, NETWORK,
                    ScalarStyle.PLAIN);
            tuples.put(NETWORK, new NodeTuple(key, own));
        }
        return map(root, List.copyOf(tuples.values()));
    }

    private static String key(NodeTuple tuple) {
        return tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    /// Finds what varies in a value.
    ///
    /// @param key that the value stands behind; empty for the whole and for entries of lists
    private static void find(Entry entry, String key, Names names) {
        if (FIXED.contains(key)) {
            lists(entry, names);
            return;
        }
        if (entry.isMap()) {
            for (Map.Entry<String, Entry> each : entry.map().entrySet()) {
                if (entry.path().isEmpty() && each.getKey().equals(NETWORKS)) {
                    networks(entry, each.getValue(), names);
                } else {
                    find(each.getValue(), each.getKey(), names);
                }
            }
        } else if (entry.isList()) {
            list(entry, key, names);
        }
    }

    /// Finds the lists below a key in which nothing varies.
    private static void lists(Entry entry, Names names) {
        if (entry.isMap()) {
            entry.map().values().forEach(each -> lists(each, names));
        } else if (entry.isList()) {
            names.addSingle(entry);
            entry.items().forEach(each -> lists(each, names));
        }
    }

    private static void list(Entry entry, String key, Names names) {
        if (LISTS.contains(key)) {
            entry.items().forEach(item -> find(item, "", names));
            return;
        }
        List<Entry> items = entry.items();
        if (LIST_VALUES.contains(key) && items.stream().noneMatch(Entry::isList)) {
            names.addSingle(entry);
            return;
        }
        if (OF_THE_RUN.contains(key) && !entry.path().contains(".")) {
            throw entry.refusal(key.equals("seed")
                    ? " is a list: must be one seed; --seeds N runs as many from there"
                    : " is a list: there is one for the whole run");
        }
        if (items.isEmpty()) {
            throw entry.refusal(" is an empty list: a value is needed, or several");
        }
        List<String> texts = items.stream().map(item -> Variation.text(item.value())).toList();
        for (int i = 0; i < items.size(); i++) {
            if (!isPrintable(texts.get(i))) {
                throw items.get(i).refusal(" has a control character: one of several values is printable text");
            }
            if (texts.indexOf(texts.get(i)) < i) {
                throw items.get(i).refusal(" is " + MessageText.quoted(texts.get(i)) + " like "
                        + items.get(texts.indexOf(texts.get(i))).path() + ": different values are needed, each makes"
                        + " networks of its own");
            }
        }
        names.add(entry, items);
    }

    private static boolean isPrintable(String text) {
        return text.chars().noneMatch(Character::isISOControl);
    }

    private static void networks(Entry whole, Entry networks, Names names) {
        if (whole.map().containsKey(NETWORK)) {
            throw networks.refusal(": there is 'network' too: name all networks here");
        }
        Map<String, Entry> byName = networks.map();
        if (byName.isEmpty()) {
            throw networks.refusal(" needs a network at least, 'name: [layers]' or 'name: {network: [layers], …}'");
        }
        Map<String, String> folders = new HashMap<>();
        byName.forEach((name, own) -> {
            if (name.isBlank() || !isPrintable(name)) {
                throw networks.refusal(": a network's name is printable text, and not empty");
            }
            String other = folders.putIfAbsent(FileName.folded(name), name);
            if (other != null) {
                throw networks.refusal(": the names " + MessageText.quoted(other) + " and " + MessageText.quoted(name)
                        + " differ in capitals only, and some systems take their folders for one");
            }
            if (own.isMap()) {
                own.fields(OWN.toArray(String[]::new)).require(NETWORK);
            }
            Names within = new Names();
            find(own, own.isMap() ? "" : NETWORK, within);
            if (!within.variations().isEmpty()) {
                throw networks.refusal(": " + within.variations().getFirst().path()
                        + " is a list of values: name a network for each instead");
            }
        });
        names.addNetworks(networks, byName);
    }

    /// The variations found so far, and their columns in metrics.csv: the last key of each path, longer where two paths
    /// end alike.
    private static final class Names {
        private final IdentityHashMap<Node, Variation> found = new IdentityHashMap<>();
        private final List<Variation> inOrder = new ArrayList<>();
        /// Paths of the lists that are one value.
        private final IdentityHashMap<Node, String> singles = new IdentityHashMap<>();

        /// Remembers a list that is one value.
        ///
        /// @throws SettingException if an alias makes it several values in another place: each of these would stand in
        ///                          this place, too
        void addSingle(Entry entry) {
            Variation other = found.get(entry.node());
            if (other != null) {
                throw bothWays(entry, "one value", other.path(), "several");
            }
            singles.putIfAbsent(entry.node(), entry.path());
        }

        private static SettingException bothWays(Entry entry, String here, String otherPath, String there) {
            return entry.refusal(" is " + here + ", and the list of its anchor is " + there + " at " + otherPath
                    + ": write the list out in both places");
        }

        void add(Entry entry, List<Entry> items) {
            String single = singles.get(entry.node());
            if (single != null) {
                throw bothWays(entry, "several values", single, "one");
            }
            if (!found.containsKey(entry.node())) {
                add(new Variation(entry.path(), column(entry), entry.node(), items.stream().map(Entry::node).toList(),
                        items.stream().map(Entry::value).toList()));
            }
        }

        void addNetworks(Entry entry, Map<String, Entry> byName) {
            add(new Variation(entry.path(), NETWORK, entry.node(),
                    byName.values().stream().map(Entry::node).toList(), List.copyOf(byName.keySet())));
        }

        private void add(Variation variation) {
            found.put(variation.place(), variation);
            inOrder.add(variation);
        }

        private String column(Entry entry) {
            Optional<String> anchor = entry.node().getAnchor().map(name -> plain(name.getValue()));
            if (anchor.isPresent() && isFree(anchor.get())) {
                return anchor.get();
            }
            List<String> keys = Arrays.stream(entry.path().split("\\.", -1)).map(Names::plain)
                    .filter(key -> !key.isEmpty()).toList().reversed();
            String column = "";
            for (String key : keys) {
                column = column.isEmpty() ? key : key + "-" + column;
                if (isFree(column)) {
                    return column;
                }
            }
            column = column.isEmpty() ? "value" : column;
            int number = 2;
            while (!isFree(column + "-" + number)) {
                number++;
            }
            return column + "-" + number;
        }

        private boolean isFree(String column) {
            return !Variation.TAKEN.contains(column) && inOrder.stream().noneMatch(v -> v.column().equals(column));
        }

        /// Lower-case letters and digits joined by hyphens; empty for a key that has none.
        private static String plain(String key) {
            return key.toLowerCase(Locale.ROOT).replaceAll("\\[(\\d+)]", "-$1")
                    .replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        }

        List<Variation> variations() {
            return List.copyOf(inOrder);
        }
    }
}

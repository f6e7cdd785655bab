package org.surprisal.study.bottleneck;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.surprisal.information.mutual.InformationPlane;
import org.surprisal.information.mutual.InformationPlane.Bracket;
import org.surprisal.information.mutual.InformationPlane.Coordinates;
import org.surprisal.information.mutual.InformationPlane.Kind;
import org.surprisal.information.mutual.InformationPlane.Point;
import org.surprisal.information.mutual.InformationPlane.Succession;
import org.surprisal.study.Case;
import org.surprisal.study.Metric;

/// Information planes as rows of metrics.csv, there and back.
///
/// The rows of one plane are those of its layers, then `points`, `input-entropy` and at last `label-entropy`: a plane
/// without that one was cut short by a kill and is not read.
final class Planes {
    private static final Map<Kind, String> SUFFIX = new EnumMap<>(Map.of(Kind.BHATTACHARYYA, "bhattacharyya",
            Kind.KULLBACK_LEIBLER, "kullback-leibler", Kind.BINNED, "binned"));
    private static final String INPUT = "input-information-";
    private static final String LABELS = "label-information-";
    private static final String LOWER = "label-information-lower-bound";
    private static final String UPPER = "label-information-upper-bound";
    private static final String NOISE = "noise-variance";
    private static final String POINTS = "points";
    private static final String INPUT_ENTROPY = "input-entropy";
    private static final String LABEL_ENTROPY = "label-entropy";
    /// The name of the noise variance in a point's settings.
    private static final String NOISE_SETTING = "noiseVariance";

    /// Nats; the output of a network that tells any two inputs apart has hundreds of times as much.
    private static final double COLLAPSED = 1e-3;

    private final SequencedMap<Case, NavigableMap<Integer, InformationPlane>> byNetwork = new LinkedHashMap<>();

    private Planes() {
    }

    /// Hands out the rows of a plane.
    static void write(InformationPlane plane, int epoch, Case which, Consumer<Metric> to) {
        Consumer<Metric> here = metric -> to.accept(metric.epoch(epoch).in(which));
        for (Point point : plane.points()) {
            Consumer<Metric> layer = metric -> here.accept(metric.layer(point.layer()));
            point.kinds().forEach((kind, at) -> {
                layer.accept(Metric.of(INPUT + SUFFIX.get(kind), at.input(), "nat"));
                layer.accept(Metric.of(LABELS + SUFFIX.get(kind), at.labels(), "nat"));
            });
            point.bracket().ifPresent(bracket -> {
                layer.accept(Metric.of(LOWER, bracket.lower(), "nat"));
                layer.accept(Metric.of(UPPER, bracket.upper(), "nat"));
            });
            noise(point).ifPresent(variance -> layer.accept(Metric.of(NOISE, variance, "1")));
        }
        here.accept(Metric.of(POINTS, plane.n(), "1"));
        here.accept(Metric.of(INPUT_ENTROPY, plane.inputEntropy(), "nat"));
        here.accept(Metric.of(LABEL_ENTROPY, plane.labelEntropy(), "nat"));
    }

    /// The whole planes among these rows.
    static Planes read(List<Metric> metrics) {
        Planes read = new Planes();
        Map<String, SequencedMap<String, Map<String, Double>>> layers = new HashMap<>();
        Map<String, Map<String, Double>> whole = new HashMap<>();
        for (Metric metric : metrics) {
            if (metric.epoch().isEmpty()) {
                continue;
            }
            int epoch = metric.epoch().getAsInt();
            String key = epoch + " " + metric.in();
            if (!metric.layer().isEmpty()) {
                layers.computeIfAbsent(key, k -> new LinkedHashMap<>())
                        .computeIfAbsent(metric.layer(), k -> new HashMap<>()).put(metric.name(), metric.value());
                continue;
            }
            Map<String, Double> numbers = whole.computeIfAbsent(key, k -> new HashMap<>());
            numbers.put(metric.name(), metric.value());
            if (metric.name().equals(LABEL_ENTROPY)) {
                read.byNetwork.computeIfAbsent(metric.in(), k -> new TreeMap<>()).put(epoch,
                        plane(numbers, layers.getOrDefault(key, new LinkedHashMap<>())));
            }
        }
        return read;
    }

    private static InformationPlane plane(Map<String, Double> numbers,
            SequencedMap<String, Map<String, Double>> layers) {
        List<Point> points = new ArrayList<>();
        layers.forEach((name, values) -> {
            Map<Kind, Coordinates> kinds = new EnumMap<>(Kind.class);
            SUFFIX.forEach((kind, suffix) -> {
                if (values.containsKey(INPUT + suffix)) {
                    kinds.put(kind, new Coordinates(number(values, INPUT + suffix), number(values, LABELS + suffix)));
                }
            });
            if (!kinds.isEmpty()) {
                Optional<Bracket> bracket = values.containsKey(LOWER)
                        ? Optional.of(new Bracket(number(values, LOWER), number(values, UPPER)))
                        : Optional.empty();
                points.add(new Point(name, kinds, bracket,
                        values.containsKey(NOISE) ? Map.of(NOISE_SETTING, number(values, NOISE)) : Map.of(),
                        List.of()));
            }
        });
        return new InformationPlane((int) number(numbers, POINTS), number(numbers, INPUT_ENTROPY),
                number(numbers, LABEL_ENTROPY), Succession.CHAIN, points);
    }

    private static double number(Map<String, Double> values, String name) {
        Double value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("metrics.csv: a plane has no " + name);
        }
        return value;
    }

    /// The networks whose output, in the plane of this epoch, is the same for every input: their ReLUs have died, so
    /// nothing they show is about training.
    List<Case> collapsed(int epoch) {
        return byNetwork.keySet().stream().filter(which -> {
            InformationPlane plane = planes(which).get(epoch);
            return plane != null && plane.points().getLast().kinds().values().stream()
                    .allMatch(at -> at.input() < COLLAPSED);
        }).toList();
    }

    /// These planes without those of some networks.
    Planes without(List<Case> networks) {
        Planes rest = new Planes();
        byNetwork.forEach((network, planes) -> {
            if (!networks.contains(network)) {
                rest.byNetwork.put(network, planes);
            }
        });
        return rest;
    }

    /// The groups of networks that differ by their seed alone, in the order in which they were trained.
    List<Case> groups() {
        return byNetwork.keySet().stream().map(Ensemble::group).distinct().toList();
    }

    /// The networks of a group.
    List<Case> networks(Case group) {
        return byNetwork.keySet().stream().filter(which -> Ensemble.group(which).equals(group)).toList();
    }

    /// The networks of a group that have a plane at this epoch.
    List<Case> networks(Case group, int epoch) {
        return networks(group).stream().filter(which -> planes(which).containsKey(epoch)).toList();
    }

    /// A network's planes by epoch.
    NavigableMap<Integer, InformationPlane> planes(Case network) {
        return byNetwork.getOrDefault(network, new TreeMap<>());
    }

    /// Epochs at which at least one network of the group has a plane.
    List<Integer> epochs(Case group) {
        return networks(group).stream().flatMap(which -> planes(which).keySet().stream()).distinct().sorted().toList();
    }

    boolean isEmpty() {
        return byNetwork.isEmpty();
    }

    /// Any one plane: its entropies, layers and kinds are those of all.
    InformationPlane any() {
        return byNetwork.firstEntry().getValue().firstEntry().getValue();
    }

    /// The kinds that were measured.
    List<Kind> kinds() {
        return List.copyOf(any().points().getFirst().kinds().keySet());
    }

    /// The variance of the noise that a layer was measured with; empty where it was binned.
    static OptionalDouble noise(Point point) {
        return point.settings().get(NOISE_SETTING) instanceof Double noise
                ? OptionalDouble.of(noise)
                : OptionalDouble.empty();
    }

    /// A layer's coordinates.
    ///
    /// @param layer from 0
    static Coordinates at(InformationPlane plane, int layer, Kind kind) {
        Coordinates at = plane.points().get(layer).kinds().get(kind);
        if (at == null) {
            throw new IllegalArgumentException("metrics.csv: layer " + plane.points().get(layer).layer() + " has no "
                    + SUFFIX.get(kind) + " information");
        }
        return at;
    }
}

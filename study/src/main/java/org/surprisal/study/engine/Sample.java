package org.surprisal.study.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.DoublePredicate;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.Collectors;
import org.surprisal.report.Wording;

/// Measured numbers with their coordinates: what is filtered, paired and averaged.
///
/// A coordinate is a [Factor] of the design or an [Index]. Immutable.
public final class Sample {
    private final Quantity quantity;
    private final List<Point> points;

    /// One number.
    ///
    /// @param at    value of each coordinate: whole numbers of an index are [Long]
    /// @param value of the quantity
    public record Point(SequencedMap<Coordinate, Object> at, double value) {
        /// The value of a coordinate as a number, for axes.
        ///
        /// @throws IllegalArgumentException if it has none, or its value is a word
        public double number(Coordinate coordinate) {
            if (at.get(coordinate) instanceof Number number) {
                return number.doubleValue();
            }
            throw new IllegalArgumentException("'" + coordinate.column() + "' is " + at.get(coordinate)
                    + ", which is not a number");
        }

        private Point without(Coordinate coordinate) {
            SequencedMap<Coordinate, Object> fewer = new LinkedHashMap<>(at);
            fewer.remove(coordinate);
            return new Point(fewer, value);
        }

        private Map<Coordinate, Object> only(Set<Coordinate> coordinates) {
            Map<Coordinate, Object> fewer = new HashMap<>(at);
            fewer.keySet().retainAll(coordinates);
            return fewer;
        }
    }

    /// Numbers of a quantity, in the order given.
    public Sample(Quantity quantity, List<Point> points) {
        this.quantity = quantity;
        this.points = List.copyOf(points);
    }

    /// What the numbers are of.
    public Quantity quantity() {
        return quantity;
    }

    /// The numbers, in the order of the design.
    public List<Point> points() {
        return points;
    }

    public boolean isEmpty() {
        return points.isEmpty();
    }

    /// The numbers at a value of a factor, without that coordinate.
    public <T> Sample at(Factor<T> factor, T value) {
        return where(factor, value);
    }

    /// The numbers at a value of an index, without that coordinate: a number for an index that counts, a text
    /// otherwise.
    public Sample at(Index index, Object value) {
        return where(index, index.parse(value.toString()));
    }

    /// The numbers at a value of a coordinate that is known by its column, without that coordinate.
    ///
    /// @param text of the value, as metrics.csv has it
    public Sample at(String column, String text) {
        Coordinate coordinate = coordinate(column);
        return new Sample(quantity, points.stream()
                .filter(point -> coordinate.text(requireValue(point, coordinate)).equals(text))
                .map(point -> point.without(coordinate)).toList());
    }

    /// The coordinate of a column.
    ///
    /// @throws IllegalArgumentException with the columns there are, if the numbers have no such coordinate
    public Coordinate coordinate(String column) {
        return coordinates().stream().filter(each -> each.column().equals(column)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the numbers of '" + quantity.name()
                        + "' have no coordinate '" + column + "'; they have "
                        + coordinates().stream().map(Coordinate::column).toList()));
    }

    /// The numbers that fulfil a condition.
    public Sample where(DoublePredicate condition) {
        return new Sample(quantity, points.stream().filter(point -> condition.test(point.value())).toList());
    }

    /// The numbers at values of a factor that fulfil a condition.
    @SuppressWarnings("unchecked")
    public <T> Sample where(Factor<T> factor, Predicate<T> condition) {
        return new Sample(quantity,
                points.stream().filter(point -> condition.test((T) requireValue(point, factor))).toList());
    }

    /// The numbers at values of an index that fulfil a condition.
    ///
    /// @param index that counts
    public Sample where(Index index, LongPredicate condition) {
        return new Sample(quantity, points.stream()
                .filter(point -> condition.test((long) point.number(index))).toList());
    }

    /// These numbers with one coordinate more.
    public Sample with(Index index, Object value) {
        return new Sample(quantity, points.stream().map(point -> {
            SequencedMap<Coordinate, Object> more = new LinkedHashMap<>(point.at());
            more.put(index, index.parse(value.toString()));
            return new Point(more, point.value());
        }).toList());
    }

    /// These numbers and those of another sample, as numbers of this one's quantity.
    public Sample and(Sample other) {
        List<Point> both = new ArrayList<>(points);
        both.addAll(other.points);
        return new Sample(quantity, both);
    }

    /// The numbers of which there are as many along a coordinate as there should be: those of complete curves.
    public Sample whole(Coordinate coordinate, int count) {
        Map<SequencedMap<Coordinate, Object>, Long> counts = points.stream()
                .collect(Collectors.groupingBy(point -> point.without(coordinate).at(), Collectors.counting()));
        return new Sample(quantity, points.stream()
                .filter(point -> counts.getOrDefault(point.without(coordinate).at(), 0L) == count).toList());
    }

    private Sample where(Coordinate coordinate, Object value) {
        String text = coordinate.text(value);
        return new Sample(quantity, points.stream()
                .filter(point -> point.at().get(coordinate) != null
                        && coordinate.text(requireValue(point, coordinate)).equals(text))
                .map(point -> point.without(coordinate)).toList());
    }

    private static Object requireValue(Point point, Coordinate coordinate) {
        Object value = point.at().get(coordinate);
        if (value == null) {
            throw new IllegalArgumentException(
                    "the numbers have no coordinate '" + coordinate.column() + "'; they have "
                            + point.at().keySet().stream().map(Coordinate::column).toList());
        }
        return value;
    }

    /// The numbers at the largest value of an index, for each combination of the other coordinates, without that
    /// coordinate: the last epoch of each trial, or its last layer.
    public Sample last(Index index) {
        Map<SequencedMap<Coordinate, Object>, Point> last = new LinkedHashMap<>();
        for (Point point : points) {
            last.merge(point.without(index).at(), point,
                    (a, b) -> a.number(index) >= b.number(index) ? a : b);
        }
        return new Sample(quantity, last.values().stream().map(point -> point.without(index)).toList());
    }

    /// The differences to the numbers of another sample, paired as [#combine] pairs them.
    public Sample minus(Sample other) {
        return combine(other, (a, b) -> a - b);
    }

    /// How two paired numbers become one.
    public interface Combination {
        double of(double own, double others);
    }

    /// A number from each number and its partner: the other sample's number with the same coordinates, the seed among
    /// them. A coordinate that the other sample lacks is left out of the comparison, so that a number of the whole
    /// trial is the partner of each of the trial's layers and epochs. Numbers without a partner are left out.
    ///
    /// @throws IllegalArgumentException if the other sample has two numbers with the same coordinates
    public Sample combine(Sample other, Combination combination) {
        Map<Map<Coordinate, Object>, Double> partners = new LinkedHashMap<>();
        for (Point point : other.points) {
            if (partners.put(Map.copyOf(point.at()), point.value()) != null) {
                throw new IllegalArgumentException("two numbers of '" + other.quantity.name()
                        + "' have the same coordinates " + point.at() + ": which of them to pair is not known");
            }
        }
        Set<Coordinate> compared = other.coordinates();
        List<Point> paired = new ArrayList<>();
        for (Point point : points) {
            Double partner = partners.get(point.only(compared));
            if (partner != null) {
                paired.add(new Point(point.at(), combination.of(point.value(), partner)));
            }
        }
        return new Sample(quantity, paired);
    }

    /// The numbers without those that have all coordinates of a number of another sample: without some trials.
    public Sample except(Sample other) {
        Set<Map<Coordinate, Object>> left = other.points.stream().map(point -> Map.copyOf(point.at()))
                .collect(Collectors.toSet());
        Set<Coordinate> compared = other.coordinates();
        return new Sample(quantity, points.stream().filter(point -> !left.contains(point.only(compared))).toList());
    }

    private Set<Coordinate> coordinates() {
        return points.isEmpty() ? Set.of() : points.getFirst().at().keySet();
    }

    /// The same numbers with another value of a coordinate, as the same or another index: epochs counted from 1 for a
    /// logarithmic axis, or layers by their names.
    ///
    /// @param value of the new index, from that of the coordinate
    public Sample change(Coordinate coordinate, Index to, Function<Object, Object> value) {
        return new Sample(quantity, points.stream().map(point -> {
            SequencedMap<Coordinate, Object> changed = new LinkedHashMap<>(point.without(coordinate).at());
            changed.put(to, to.parse(value.apply(requireValue(point, coordinate)).toString()));
            return new Point(changed, point.value());
        }).toList());
    }

    /// Each number changed, as another quantity.
    public Sample map(Quantity to, DoubleUnaryOperator change) {
        return new Sample(to,
                points.stream().map(point -> new Point(point.at(), change.applyAsDouble(point.value()))).toList());
    }

    /// The same numbers as another quantity.
    public Sample as(Quantity to) {
        return new Sample(to, points);
    }

    /// The different values of a coordinate: numbers ascending, words in the order of the design.
    public List<Object> values(Coordinate coordinate) {
        Map<String, Object> found = new LinkedHashMap<>();
        for (Point point : points) {
            Object value = requireValue(point, coordinate);
            found.putIfAbsent(coordinate.text(value), value);
        }
        List<Object> values = new ArrayList<>(found.values());
        if (values.stream().allMatch(Number.class::isInstance)) {
            values.sort(Comparator.comparingDouble(value -> ((Number) value).doubleValue()));
        }
        return values;
    }

    /// The sample of each value of a coordinate, in the order of [#values], without that coordinate.
    public SequencedMap<Object, Sample> by(Coordinate coordinate) {
        SequencedMap<Object, Sample> parts = new LinkedHashMap<>();
        values(coordinate).forEach(value -> parts.put(value, where(coordinate, value)));
        return parts;
    }

    /// The sample of each value of a factor.
    @SuppressWarnings("unchecked")
    public <T> SequencedMap<T, Sample> by(Factor<T> factor) {
        SequencedMap<T, Sample> parts = new LinkedHashMap<>();
        by((Coordinate) factor).forEach((value, sample) -> parts.put((T) value, sample));
        return parts;
    }

    /// The sample of each combination of values of some coordinates, without these, by a name: `tanh, depth = 5`.
    /// Coordinates that have a single value are not in the names.
    public SequencedMap<String, Sample> parts(List<? extends Coordinate> coordinates) {
        SequencedMap<String, Sample> parts = new LinkedHashMap<>();
        parts.put("", this);
        for (Coordinate coordinate : coordinates) {
            boolean single = values(coordinate).size() == 1;
            SequencedMap<String, Sample> finer = new LinkedHashMap<>();
            parts.forEach((name, part) -> part.by(coordinate).forEach((value, own) -> finer.put(single
                    ? name
                    : (name.isEmpty() ? "" : name + ", ") + coordinate.name(value), own)));
            parts = finer;
        }
        return parts;
    }

    /// The mean of the numbers that differ in one coordinate only, such as layers, within each combination of the
    /// others.
    public Sample meanOver(Coordinate coordinate) {
        return reduce(coordinate, values -> values.stream().mapToDouble(Double::doubleValue).average().orElseThrow());
    }

    /// One number from the numbers that differ in one coordinate only, in its order, within each combination of the
    /// others.
    public Sample reduce(Coordinate coordinate, Function<List<Double>, Double> reduction) {
        Map<SequencedMap<Coordinate, Object>, List<Double>> groups = new LinkedHashMap<>();
        for (Point point : sorted(coordinate)) {
            groups.computeIfAbsent(point.without(coordinate).at(), at -> new ArrayList<>()).add(point.value());
        }
        return new Sample(quantity, groups.entrySet().stream()
                .map(group -> new Point(group.getKey(), reduction.apply(group.getValue()))).toList());
    }

    /// One number from each curve along a coordinate.
    ///
    /// @param x         whose values are numbers
    /// @param reduction of the positions, ascending, and the numbers there
    public Sample reduce(Coordinate x, ToDoubleBiFunction<double[], double[]> reduction, Quantity to) {
        Map<SequencedMap<Coordinate, Object>, List<Point>> curves = new LinkedHashMap<>();
        for (Point point : sorted(x)) {
            curves.computeIfAbsent(point.without(x).at(), at -> new ArrayList<>()).add(point);
        }
        return new Sample(to, curves.entrySet().stream().map(curve -> new Point(curve.getKey(), reduction.applyAsDouble(
                curve.getValue().stream().mapToDouble(point -> point.number(x)).toArray(),
                curve.getValue().stream().mapToDouble(Point::value).toArray()))).toList());
    }

    /// Where each curve along a coordinate first falls below a level: infinite if nowhere, minus infinity if at its
    /// beginning.
    ///
    /// @param x whose values are numbers
    public Sample fall(Coordinate x, double level, Quantity to) {
        return whole(x, values(x).size()).reduce(x,
                (position, height) -> Crossing.below(position, height, level).rank(), to);
    }

    private List<Point> sorted(Coordinate coordinate) {
        points.forEach(point -> requireValue(point, coordinate));
        return points.stream().allMatch(point -> point.at().get(coordinate) instanceof Number)
                ? points.stream().sorted(Comparator.comparingDouble(point -> point.number(coordinate))).toList()
                : points;
    }

    /// The mean over seeds.
    ///
    /// @throws IllegalStateException if there are no numbers, or they differ in another coordinate than the seed
    public Estimate mean() {
        Set<String> others = new LinkedHashSet<>();
        Set<Object> seeds = new LinkedHashSet<>();
        for (Point point : points) {
            others.add(point.at().entrySet().stream().filter(each -> each.getKey() != Index.SEED)
                    .map(each -> each.getKey().column() + "=" + each.getKey().text(each.getValue()))
                    .collect(Collectors.joining(",")));
            seeds.add(point.at().getOrDefault(Index.SEED, "none"));
        }
        if (others.size() != 1 || seeds.size() != points.size()) {
            throw new IllegalStateException("the mean of '" + quantity.name() + "' over seeds needs numbers that"
                    + " differ in"
                    + " their seed alone, one a seed at least, not in " + others);
        }
        double[] values = points.stream().mapToDouble(Point::value).toArray();
        return quantity.step() > 0 ? Estimate.ofCorrelations(quantity.step(), values) : Estimate.of(values);
    }

    /// The mean over seeds; absent if there are no numbers.
    public Optional<Estimate> meanIfAny() {
        return points.isEmpty() ? Optional.empty() : Optional.of(mean());
    }

    /// The means over seeds at each value of a coordinate, for a sentence: `0.290 ± 0.002 for σ_w² = 1.5 and 0.401 ±
    /// 0.003 for σ_w² = 2.5`; of more than two values the first and the last. Empty if there are no numbers.
    public String across(Coordinate coordinate) {
        return across(coordinate, mean -> mean + unit());
    }

    /// As [#across(Coordinate)], with means in other words.
    public String across(Coordinate coordinate, Function<Estimate, String> words) {
        List<String> parts = by(coordinate).entrySet().stream()
                .map(each -> words.apply(each.getValue().mean()) + " for " + coordinate.name(each.getKey())).toList();
        return parts.size() <= 2 ? Wording.list(parts) : parts.getFirst() + " and " + parts.getLast();
    }

    private String unit() {
        return quantity.axisUnit().isEmpty() ? "" : " " + quantity.axisUnit();
    }

    /// The mean over seeds at each value of a coordinate, ascending.
    ///
    /// @param x whose values are numbers
    public SequencedMap<Double, Estimate> curve(Coordinate x) {
        TreeMap<Double, Estimate> curve = new TreeMap<>();
        by(x).forEach((value, sample) -> curve.put(((Number) value).doubleValue(), sample.mean()));
        return curve;
    }

    /// Where the mean over seeds first falls below a level as a coordinate ascends; absent if there are no numbers.
    public Optional<Crossing> firstBelow(Coordinate x, double level) {
        SequencedMap<Double, Estimate> curve = curve(x);
        return curve.isEmpty()
                ? Optional.empty()
                : Optional.of(Crossing.below(curve.keySet().stream().mapToDouble(Double::doubleValue).toArray(),
                        curve.values().stream().mapToDouble(Estimate::mean).toArray(), level));
    }
}

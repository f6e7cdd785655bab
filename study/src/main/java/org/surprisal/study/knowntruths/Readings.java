package org.surprisal.study.knowntruths;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedSet;
import java.util.TreeSet;
import org.surprisal.study.Case;
import org.surprisal.study.Metric;

/// The numbers of a run, brought together over its seeds.
final class Readings {
    private final Map<Pair, Double> truths = new LinkedHashMap<>();
    private final Map<Asked, List<Double>> values = new LinkedHashMap<>();

    private record Pair(String family, double at) {}

    private record Asked(Pair pair, int n, String estimator, String what) {}

    /// An estimator at one truth.
    ///
    /// @param truth in nats
    record At(double truth, Spread spread) {
        double bias() {
            return spread.mean() - truth;
        }
    }

    static Readings of(List<Metric> metrics) {
        Readings readings = new Readings();
        for (Metric metric : metrics) {
            Case in = metric.in();
            Pair pair = new Pair(in.get(KnownPair.FAMILY), Double.parseDouble(in.get(KnownPair.AT)));
            if (metric.name().equals(KnownTruthsStudy.INFORMATION)) {
                readings.truths.put(pair, metric.value());
            } else {
                readings.values.computeIfAbsent(new Asked(pair, Integer.parseInt(in.get(KnownTruthsStudy.SIZE)),
                        in.get(Contender.ESTIMATOR), metric.name()), key -> new ArrayList<>()).add(metric.value());
            }
        }
        return readings;
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    /// The seeds of the pair that was drawn most often.
    int seeds() {
        return values.values().stream().mapToInt(List::size).max().orElse(0);
    }

    /// The truth of a pair; empty where it is infinite or the pair was not drawn.
    OptionalDouble truth(String family, double at) {
        Double truth = truths.get(new Pair(family, at));
        return truth == null ? OptionalDouble.empty() : OptionalDouble.of(truth);
    }

    /// What an estimator gave for one pair; empty if it was not asked.
    Optional<Spread> spread(String family, double at, int n, Contender contender, String what) {
        return Optional.ofNullable(values.get(new Asked(new Pair(family, at), n, contender.key(), what)))
                .map(Spread::of);
    }

    /// Estimates of one number of samples along a family, by ascending truth.
    List<At> curve(String family, int n, Contender contender, String what) {
        List<At> curve = new ArrayList<>();
        truths.forEach((pair, truth) -> {
            if (pair.family().equals(family)) {
                spread(family, pair.at(), n, contender, what).ifPresent(spread -> curve.add(new At(truth, spread)));
            }
        });
        curve.sort((a, b) -> Double.compare(a.truth(), b.truth()));
        return curve;
    }

    /// The numbers of samples of which an estimator was asked for one pair, ascending.
    SortedSet<Integer> sizes(String family, double at, Contender contender) {
        SortedSet<Integer> sizes = new TreeSet<>();
        for (Asked asked : values.keySet()) {
            if (asked.pair().equals(new Pair(family, at)) && asked.estimator().equals(contender.key())) {
                sizes.add(asked.n());
            }
        }
        return sizes;
    }

    /// How many trainings ended without a number.
    int diverged(Contender contender) {
        return values.entrySet().stream()
                .filter(entry -> entry.getKey().estimator().equals(contender.key())
                        && entry.getKey().what().equals(Contender.DIVERGED))
                .mapToInt(entry -> entry.getValue().size()).sum();
    }
}

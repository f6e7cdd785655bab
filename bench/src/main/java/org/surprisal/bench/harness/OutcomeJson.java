package org.surprisal.bench.harness;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// Outcomes as maps and lists, with every block that was timed.
public final class OutcomeJson {
    private OutcomeJson() {
    }

    /// One outcome.
    public static Map<String, @Nullable Object> of(Outcome outcome) {
        Workload workload = outcome.workload();
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("workload", workload.name());
        json.put("summary", workload.summary());
        json.put("data", outcome.data());
        json.put("notes", outcome.notes());
        json.put("workPerStep", workload.work().amount());
        json.put("unit", workload.work().unit());
        json.put("failure", outcome.failure().orElse(null));
        json.put("attempts", outcome.timed().map(Outcome.Timed::attempt).orElse(null));
        json.put("disturbed", outcome.disturbed().orElse(null));
        json.put("disturbance", outcome.timed().map(timed -> disturbance(timed.disturbance())).orElse(null));
        OptionalInt threads = outcome.timed().map(Outcome.Timed::peerThreads).orElse(OptionalInt.empty());
        json.put("peerThreads", threads.isPresent() ? threads.getAsInt() : null);
        json.put("agreement", outcome.agreement().map(OutcomeJson::agreement).orElse(null));
        Map<String, Object> sides = new LinkedHashMap<>();
        for (String side : List.of(Timing.OURS, Timing.PEER, Timing.LIMIT)) {
            outcome.secondsPerStep(side).ifPresent(seconds -> sides.put(side, summary(seconds)));
        }
        json.put("secondsPerStep", sides);
        json.put("timesAsFastAsPeer", ratio(outcome.againstPeer()));
        json.put("shareOfLimit", ratio(outcome.ofLimit()));
        json.put("targets", workload.targets().stream().map(target -> target(target, outcome)).toList());
        json.put("timings", outcome.timings().stream().map(Timing::json).toList());
        return json;
    }

    private static Map<String, @Nullable Object> disturbance(Disturbance disturbance) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        OptionalDouble others = disturbance.others();
        json.put("processorsOfOthers", others.isPresent() ? others.getAsDouble() : null);
        json.put("spread", disturbance.spread());
        return json;
    }

    private static Map<String, @Nullable Object> agreement(Agreement agreement) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        double difference = agreement.largestDifference();
        json.put("holds", agreement.holds());
        json.put("tolerance", agreement.tolerance());
        // JSON has no NaN.
        json.put("largestDifference", Double.isFinite(difference) ? difference : null);
        json.put(Timing.OURS, texts(agreement.ours()));
        json.put(Timing.PEER, texts(agreement.peer()));
        return json;
    }

    private static List<Object> texts(List<Double> numbers) {
        return numbers.stream().map(number -> Double.isFinite(number) ? (Object) number : number.toString()).toList();
    }

    private static Map<String, Object> summary(Summary summary) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("median", summary.median());
        json.put("lowerQuartile", summary.lower());
        json.put("upperQuartile", summary.upper());
        json.put("blocks", summary.samples());
        return json;
    }

    private static @Nullable Map<String, Object> ratio(Optional<PairedRatio> ratio) {
        if (ratio.isEmpty()) {
            return null;
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("median", ratio.get().median());
        json.put("low", ratio.get().low());
        json.put("high", ratio.get().high());
        json.put("coverage", ratio.get().coverage());
        json.put("ratios", ratio.get().ratios());
        return json;
    }

    private static Map<String, @Nullable Object> target(Target target, Outcome outcome) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("target", target.words());
        json.put("ofPeer", target instanceof Target.OfPeer);
        json.put("least", target.least());
        json.put("measured", target.reached(outcome).isPresent() ? target.reached(outcome).getAsDouble() : null);
        json.put("reached", target.holds(outcome));
        return json;
    }
}

package org.surprisal.cli.theory;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.surprisal.theory.meanfield.CriticalPoint;
import org.surprisal.theory.meanfield.Estimate;
import org.surprisal.theory.meanfield.FixedPoint;

/// What a fixed point and a critical point hold, by the names of the answer; null where a number does not exist.
final class MeanFieldNumbers {
    private final Map<String, @Nullable Object> numbers = new LinkedHashMap<>();
    private final Map<String, Double> errors = new LinkedHashMap<>();

    /// Adds `outcome`, `phase`, `qStar`, `chi1`, `cStar`, `xiC`, `xiQ`.
    MeanFieldNumbers with(FixedPoint point) {
        numbers.put("outcome", outcome(point));
        switch (point) {
            case FixedPoint.Settled settled -> {
                numbers.put("phase", settled.phase().name().toLowerCase(Locale.ROOT));
                put("qStar", Optional.of(settled.qStar()));
                put("chi1", Optional.of(settled.chi1()));
                put("cStar", Optional.of(settled.cStar()));
                put("xiC", settled.xiC());
                put("xiQ", settled.xiQ());
            }
            case FixedPoint.Vanishing vanishing -> none(vanishing.chi1(), vanishing.xiQ());
            case FixedPoint.Marginal _ -> none(1, Optional.empty());
            case FixedPoint.Divergent divergent -> none(divergent.growth(), Optional.empty());
        }
        return this;
    }

    private void none(double chi1, Optional<Estimate> xiQ) {
        numbers.put("qStar", null);
        numbers.put("chi1", chi1);
        numbers.put("cStar", null);
        numbers.put("xiC", null);
        put("xiQ", xiQ);
    }

    /// Adds `criticalSigmaW2`.
    MeanFieldNumbers with(CriticalPoint point) {
        switch (point) {
            case CriticalPoint.Transition transition -> put("criticalSigmaW2", Optional.of(transition.sigmaW2()));
            case CriticalPoint.EdgeOfDivergence edge -> numbers.put("criticalSigmaW2", edge.sigmaW2());
        }
        return this;
    }

    private void put(String name, Optional<Estimate> estimate) {
        numbers.put(name, estimate.map(Estimate::value).orElse(null));
        estimate.ifPresent(known -> errors.put(name, known.error()));
    }

    /// By name, in the order in which they were added.
    Map<String, @Nullable Object> numbers() {
        return numbers;
    }

    /// How far numbers found by quadrature may be off, by the same names.
    Map<String, Double> errors() {
        return errors;
    }

    private static String outcome(FixedPoint point) {
        return switch (point) {
            case FixedPoint.Settled _ -> "settled";
            case FixedPoint.Vanishing _ -> "vanishing";
            case FixedPoint.Marginal _ -> "marginal";
            case FixedPoint.Divergent _ -> "divergent";
        };
    }

    /// What an outcome without all numbers means, in a sentence.
    static Optional<String> reading(FixedPoint point) {
        return switch (point) {
            case FixedPoint.Settled _ -> Optional.empty();
            case FixedPoint.Vanishing _ ->
                Optional.of("the variance goes to 0: there is no correlation to measure far down");
            case FixedPoint.Marginal _ ->
                Optional.of("every variance stays as it is: there is no one fixed point, and chi_1 is 1");
            case FixedPoint.Divergent divergent -> Optional.of(String.format(Locale.ROOT,
                    "no fixed point: the variance grows without end, by a factor of %.6g a layer in the long run",
                    divergent.growth()));
        };
    }
}

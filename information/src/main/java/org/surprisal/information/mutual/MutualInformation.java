package org.surprisal.information.mutual;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// An estimate of a mutual information with what is needed to judge it. Every information is in nats.
///
/// The `with` methods give a copy that has one thing more.
///
/// @param estimator name of the estimator
/// @param n number of pairs
/// @param value the estimate; not clamped, so an estimate of a small information may lie below 0
/// @param lower lower bound of the information, where the estimator has one
/// @param upper upper bound of the information, where the estimator has one
/// @param standardError standard error of `value`, where the estimator has one
/// @param ceiling what the estimate cannot exceed whatever the truth, where there is such a limit
/// @param components named informations and entropies that `value` was made from
/// @param settings what the estimator was set to: numbers and texts, by name
/// @param warnings what a reader of the number must know, one sentence each
/// @param interval confidence interval of the information, where one was asked for or comes with the estimator
public record MutualInformation(String estimator, int n, double value, OptionalDouble lower, OptionalDouble upper,
        OptionalDouble standardError, OptionalDouble ceiling, Map<String, Double> components,
        Map<String, Object> settings, List<String> warnings, Optional<ConfidenceInterval> interval) {

    /// @throws IllegalStateException if `value` is NaN or infinite: the estimator should have said why
    public MutualInformation {
        if (!Double.isFinite(value)) {
            throw new IllegalStateException(
                    String.format(Locale.ROOT, "%s of %d pairs came out as %s", estimator, n, value));
        }
        components = Collections.unmodifiableMap(new LinkedHashMap<>(components));
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        warnings = List.copyOf(warnings);
    }

    /// One of the components, in nats.
    ///
    /// @throws IllegalArgumentException if the answer has none of this name
    public double component(String name) {
        Double component = components.get(name);
        if (component == null) {
            throw new IllegalArgumentException("%s has no component '%s', it has %s".formatted(estimator, name,
                    components.keySet()));
        }
        return component;
    }

    /// An answer of a value without an error, bounds or components.
    ///
    /// @param estimator the name of the estimator
    /// @param n number of pairs
    /// @param value in nats
    /// @param settings of the estimator, by name
    /// @param warnings conditions under which the value means less than it says
    /// @throws IllegalStateException if the value is NaN
    public static MutualInformation of(String estimator, int n, double value, Map<String, Object> settings,
            List<String> warnings) {
        return new MutualInformation(estimator, n, value, OptionalDouble.empty(), OptionalDouble.empty(),
                OptionalDouble.empty(), OptionalDouble.empty(), Map.of(), settings, warnings, Optional.empty());
    }

    /// This answer between two bounds, in nats.
    public MutualInformation withBounds(double low, double high) {
        return new MutualInformation(estimator, n, value, OptionalDouble.of(low), OptionalDouble.of(high),
                standardError, ceiling, components, settings, warnings, interval);
    }

    /// This answer with a lower bound, in nats.
    public MutualInformation withLower(double low) {
        return new MutualInformation(estimator, n, value, OptionalDouble.of(low), upper, standardError, ceiling,
                components, settings, warnings, interval);
    }

    /// This answer with a standard error, in nats.
    public MutualInformation withStandardError(double error) {
        return new MutualInformation(estimator, n, value, lower, upper, OptionalDouble.of(error), ceiling, components,
                settings, warnings, interval);
    }

    /// This answer with the largest value that the estimator can give, in nats.
    public MutualInformation withCeiling(double limit) {
        return new MutualInformation(estimator, n, value, lower, upper, standardError, OptionalDouble.of(limit),
                components, settings, warnings, interval);
    }

    /// This answer with one more component, in nats.
    public MutualInformation withComponent(String name, double nats) {
        Map<String, Double> more = new LinkedHashMap<>(components);
        more.put(name, nats);
        return new MutualInformation(estimator, n, value, lower, upper, standardError, ceiling, more, settings,
                warnings, interval);
    }

    /// This answer with one more warning.
    public MutualInformation withWarning(String warning) {
        List<String> more = new ArrayList<>(warnings);
        more.add(warning);
        return new MutualInformation(estimator, n, value, lower, upper, standardError, ceiling, components, settings,
                more, interval);
    }

    /// This answer with a confidence interval.
    public MutualInformation withInterval(ConfidenceInterval covering) {
        return new MutualInformation(estimator, n, value, lower, upper, standardError, ceiling, components, settings,
                warnings, Optional.of(covering));
    }
}

package org.surprisal.cli.measure;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.surprisal.cli.Unit;
import org.surprisal.information.mutual.MutualInformation;

/// The numbers of an estimate in the user's unit.
final class MutualInformationNumbers {
    private MutualInformationNumbers() {
    }

    /// Value, bounds, error, ceiling and components, as far as there are any, by name.
    static Map<String, Double> of(MutualInformation estimate, Unit unit) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        numbers.put("value", unit.ofNats(estimate.value()));
        put(numbers, "lower", estimate.lower(), unit);
        put(numbers, "upper", estimate.upper(), unit);
        put(numbers, "standardError", estimate.standardError(), unit);
        put(numbers, "ceiling", estimate.ceiling(), unit);
        estimate.components().forEach((name, nats) -> numbers.put(name, unit.ofNats(nats)));
        return numbers;
    }

    private static void put(Map<String, Double> numbers, String name, OptionalDouble nats, Unit unit) {
        nats.ifPresent(value -> numbers.put(name, unit.ofNats(value)));
    }
}

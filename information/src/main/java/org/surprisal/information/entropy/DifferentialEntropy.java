package org.surprisal.information.entropy;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/// An estimate of the differential entropy h = -∫ p ln p of a continuous variable, with what is needed to judge it.
///
/// In nats, relative to the unit in which the coordinates are measured: it may be negative, and multiplying d
/// coordinates by c adds d ln |c|.
///
/// @param estimator name of the estimator
/// @param n number of samples
/// @param dimension number of coordinates d
/// @param value the estimate
/// @param bias how far `value` lies above the truth on average, where the estimator knows; not taken out of `value`
/// @param standardError standard error of `value`, where the estimator has a valid one; bias is not in it
/// @param settings what the estimator was set to: numbers and texts, by name
/// @param warnings what a reader of the number must know, one sentence each
public record DifferentialEntropy(String estimator, int n, int dimension, double value, OptionalDouble bias,
        OptionalDouble standardError, Map<String, Object> settings, List<String> warnings) {

    /// @throws IllegalStateException if `value` is NaN or infinite: the estimator should have said why
    public DifferentialEntropy {
        if (!Double.isFinite(value)) {
            throw new IllegalStateException(
                    String.format(Locale.ROOT, "%s of %d samples came out as %s", estimator, n, value));
        }
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        warnings = List.copyOf(warnings);
    }
}

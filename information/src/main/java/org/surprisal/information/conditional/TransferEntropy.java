package org.surprisal.information.conditional;

import java.util.LinkedHashMap;
import java.util.Map;
import org.surprisal.information.mutual.MutualInformation;
import org.surprisal.information.mutual.Variable;

/// The transfer entropy from one time series to another (Schreiber 2000): what the source's past tells of the target's
/// present beyond what the target's own past tells,
///
///     T = I(X_past; Y_t | Y_past), in nats.
///
/// It assumes that both series are stationary. It is not the effect of an intervention: a third series that drives
/// both, or a history of the target that is too short, makes a transfer where there is none. Rows of the embedded
/// series depend on each other, so that shuffled rows are no fair null: [ConditionalNull] has others.
///
/// The answer is that of the conditional estimator for the embedded rows, fewer than the series has.
///
/// @param estimator of the conditional information
/// @param embedding which rows are looked at
public record TransferEntropy(ConditionalEstimator estimator, Embedding embedding) {

    /// The transfer entropy from `source` to `target`.
    ///
    /// @param source n rows in the order of time
    /// @param target n rows, row i at the time of row i of `source`
    /// @throws IllegalArgumentException as [Embedding#of] and the estimator
    public MutualInformation estimate(Variable source, Variable target) {
        Embedding.Series series = embedding.of(source, target);
        return described(estimator.estimate(series.source(), series.present(), series.past()));
    }

    /// An answer of the estimator with the embedding among its settings.
    private MutualInformation described(MutualInformation answer) {
        Map<String, Object> settings = new LinkedHashMap<>(answer.settings());
        settings.put("targetHistory", embedding.targetHistory());
        settings.put("targetDelay", embedding.targetDelay());
        settings.put("sourceHistory", embedding.sourceHistory());
        settings.put("sourceDelay", embedding.sourceDelay());
        settings.put("lag", embedding.lag());
        return new MutualInformation(answer.estimator(), answer.n(), answer.value(), answer.lower(), answer.upper(),
                answer.standardError(), answer.ceiling(), answer.components(), settings, answer.warnings(),
                answer.interval());
    }
}

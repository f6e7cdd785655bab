package org.surprisal.study.experiment;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.surprisal.network.loss.BinaryCrossEntropy;
import org.surprisal.network.loss.CrossEntropy;
import org.surprisal.network.loss.HalfSquaredError;
import org.surprisal.network.loss.Loss;
import org.surprisal.network.loss.MeanSquaredError;
import org.surprisal.network.loss.NegativeLogLikelihood;
import org.surprisal.network.loss.SquaredError;
import org.surprisal.settings.Setting;

/// The loss of an experiment, by name.
final class LossEntries {
    private static final Map<String, Loss> LOSSES = losses();
    private static final Setting<String> LOSS = Setting.choice("loss", "cross-entropy", List.copyOf(LOSSES.keySet()),
            "what training makes small");

    private LossEntries() {
    }

    private static Map<String, Loss> losses() {
        Map<String, Loss> losses = new LinkedHashMap<>();
        losses.put("cross-entropy", new CrossEntropy());
        losses.put("negative-log-likelihood", new NegativeLogLikelihood());
        losses.put("binary-cross-entropy", new BinaryCrossEntropy());
        losses.put("mean-squared-error", new MeanSquaredError());
        losses.put("squared-error", new SquaredError());
        losses.put("half-squared-error", new HalfSquaredError());
        return losses;
    }

    /// Whether a loss of this name takes class indices as targets.
    static boolean takesClasses(String name) {
        return name.equals("cross-entropy") || name.equals("negative-log-likelihood");
    }

    static String name(Entry entry) {
        return entry.as(LOSS);
    }

    static Loss named(String name) {
        Loss loss = LOSSES.get(name);
        if (loss == null) {
            throw new IllegalArgumentException("no loss '" + name + "'");
        }
        return loss;
    }
}

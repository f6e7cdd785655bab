package org.surprisal.study.experiment;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.surprisal.data.ClassLabels;
import org.surprisal.data.Dataset;
import org.surprisal.network.loss.BinaryCrossEntropy;
import org.surprisal.network.loss.CrossEntropy;
import org.surprisal.network.loss.HalfSquaredError;
import org.surprisal.network.loss.Loss;
import org.surprisal.network.loss.MeanSquaredError;
import org.surprisal.network.loss.NegativeLogLikelihood;
import org.surprisal.network.loss.SquaredError;
import org.surprisal.network.loss.WithThreshold;
import org.surprisal.settings.NearestName;
import org.surprisal.settings.Setting;
import org.surprisal.tensor.Shape;

/// The loss of an experiment: `cross-entropy`, `binary-cross-entropy: {threshold: 0.3}`.
final class LossEntries {
    private static final Map<String, Loss> LOSSES = losses();
    private static final Setting<String> LOSS = Setting.choice("loss", "cross-entropy", List.copyOf(LOSSES.keySet()),
            "what training makes small");
    private static final Setting<Double> THRESHOLD = Setting.decimal("threshold", 0.5, Double.MIN_VALUE,
            Math.nextDown(1.0), "the probability of the second class above which a network of one output answers with"
                    + " it");

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

    /// Whether a loss of this name takes class indices as targets, and so one output for each class. The others take
    /// values; of two classes they take one output or two.
    static boolean takesClasses(String name) {
        return name.equals("cross-entropy") || name.equals("negative-log-likelihood");
    }

    /// The name of the loss that is described.
    static String name(Entry entry) {
        return entry.isScalar() ? entry.as(LOSS) : only(entry).getKey();
    }

    /// The loss that is described, with its threshold.
    static Loss read(Entry entry) {
        String name = name(entry);
        Loss loss = LOSSES.get(name);
        if (loss == null) {
            throw new IllegalStateException("loss '" + name + "' was read");
        }
        return threshold(entry).map(given -> (Loss) new WithThreshold(loss, output(loss, given.as(THRESHOLD))))
                .orElse(loss);
    }

    /// The threshold of a network of one output, where one is given.
    static Optional<Entry> threshold(Entry entry) {
        if (entry.isScalar()) {
            return Optional.empty();
        }
        Map.Entry<String, Entry> only = only(entry);
        Entry settings = only.getValue();
        // A network of one output for each class answers with the class of the largest: it has no threshold.
        String[] keys = takesClasses(only.getKey()) ? new String[]{} : new String[]{THRESHOLD.key()};
        return settings.isEmpty() ? Optional.empty() : settings.fields(keys).find(THRESHOLD.key());
    }

    /// Refuses a network whose outputs the loss or the data do not take.
    ///
    /// @param loss the entry of the loss
    /// @param last the entry of the last layer
    /// @param output the shape of one sample behind the last layer
    static void requireFit(Entry loss, Entry last, Shape output, ExperimentData data) {
        boolean oneOutput = !takesClasses(name(loss));
        Shape wanted = data.outputs();
        int classes = data.train().classes();
        if (!data.takes(output, oneOutput)) {
            String single = classes == 2 && output.equals(Shape.of(1))
                    ? "; one output needs the loss 'binary-cross-entropy' or a squared error"
                    : classes == 2 && oneOutput ? " or (1)" : "";
            throw last.refusal(": the last layer gives samples of shape " + output + ", and " + (classes > 0
                    ? classes + " classes need shape " + wanted + single + gaps(data.train())
                    : "the targets have shape " + wanted));
        }
        threshold(loss).filter(_ -> classes == 0 || output.equals(wanted)).ifPresent(threshold -> {
            throw threshold.refusal(": a threshold belongs to a network of one output for two classes, and this one"
                    + " has outputs of shape " + output + ": leave it out");
        });
    }

    /// What to do about whole numbers that are classes without a sample; empty where there are none.
    private static String gaps(Dataset train) {
        long shown = Arrays.stream(ClassLabels.counts(train)).filter(count -> count > 0).count();
        return shown == train.classes()
                ? ""
                : ": labels are numbers of classes from 0 to " + (train.classes() - 1)
                        + ", and the training samples show "
                        + shown + " of them; number the classes without gaps, or let the last layer have "
                        + train.classes() + " outputs";
    }

    /// The output that stands for a probability: its logit, or the probability itself.
    private static double output(Loss loss, double probability) {
        return loss instanceof BinaryCrossEntropy ? Math.log(probability) - Math.log1p(-probability) : probability;
    }

    private static Map.Entry<String, Entry> only(Entry entry) {
        Map<String, Entry> map = entry.map();
        if (map.size() != 1) {
            throw entry.refusal(" must have one loss, one of " + String.join(", ", LOSSES.keySet()));
        }
        Map.Entry<String, Entry> only = map.entrySet().iterator().next();
        if (!LOSSES.containsKey(only.getKey())) {
            throw only.getValue().refusal(": there is no such loss"
                    + NearestName.advice(only.getKey(), LOSSES.keySet(), "losses"));
        }
        return only;
    }
}

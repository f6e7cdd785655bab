package org.surprisal.estimate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.surprisal.estimate.PairSource.Pairs;
import org.surprisal.information.mutual.Variable;
import org.surprisal.network.DivergenceException;
import org.surprisal.network.Parameter;
import org.surprisal.network.optimiser.Adam;
import org.surprisal.network.optimiser.Clipped;
import org.surprisal.network.optimiser.GradientClipping;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.Gradients;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

/// How a critic is trained: Adam on random batches of two thirds of the pairs, gradients clipped to norm 1. The
/// remaining third is held out, and only it is measured: a critic that has learnt its own pairs by heart proves nothing
/// with them. Of a [PairSource] every batch is new, and so are the pairs that are measured.
///
/// @param steps batches trained on, at least 1
/// @param hidden width of each of the critic's two hidden layers, at least 1
/// @param batch pairs in a batch, at least 2; of samples all those to train on if there are fewer
/// @param learningRate of Adam, finite, above 0
/// @param stream seed of the split, the critic's start, the batches, and the pairs drawn from a source
public record CriticTraining(int steps, int hidden, int batch, double learningRate, RandomStream stream) {

    /// Fewer pairs leave no 5 to hold out.
    static final int FEWEST_PAIRS = 15;

    private static final double GRADIENT_NORM = 1;

    /// @throws IllegalArgumentException if a number is out of its range
    public CriticTraining {
        if (steps < 1 || hidden < 1 || batch < 2 || !(learningRate > 0 && Double.isFinite(learningRate))) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT,
                            "critic with steps = %d, hidden = %d, batch = %d, learning rate = %s: all above 0"
                                    + " needed, batch above 1",
                            steps, hidden, batch, learningRate));
        }
    }

    /// 2000 steps on batches of 64, 64 hidden units, learning rate 1e-3.
    public static CriticTraining standard(RandomStream stream) {
        return new CriticTraining(2000, 64, 64, 1e-3, stream);
    }

    /// The loss of a batch whose scores are given, pair (x_i, y_j) in row i and column j.
    interface Objective {
        Tensor loss(Tensor scores);
    }

    /// A trained critic and the pairs it has not seen, in random order.
    record Trained(Critic critic, Pairs heldOut) {}

    /// The pairs of a step.
    private interface Batches {
        Pairs of(int step);
    }

    /// Trains on two thirds of the samples.
    ///
    /// @throws IllegalArgumentException if there are fewer than 15 pairs or the numbers of samples differ
    /// @throws DivergenceException if loss or gradients leave the finite numbers
    Trained train(String estimator, Variable x, Variable y, Objective objective, List<String> warnings) {
        int n = Variable.requirePairs(x, y, FEWEST_PAIRS);
        var all = new Pairs(Critic.inputs(x, warnings), Critic.inputs(y, warnings));
        int[] order = stream.child("split").permutation(n);
        int[] seen = Arrays.copyOf(order, n - n / 3);
        int[] heldOut = Arrays.copyOfRange(order, seen.length, n);
        int size = Math.min(batch, seen.length);
        RandomStream shuffles = stream.child("batches");
        List<Integer> left = new ArrayList<>();
        Critic critic = fit(estimator, all, objective, step -> {
            if (left.size() < size) {
                // What is left of an epoch is less than a batch and is let go.
                left.clear();
                Arrays.stream(shuffles.child(step).permutation(seen.length)).forEach(left::add);
            }
            List<Integer> drawn = left.subList(0, size);
            int[] rows = drawn.stream().mapToInt(i -> seen[i]).toArray();
            drawn.clear();
            return all.rows(rows);
        });
        return new Trained(critic, all.rows(heldOut));
    }

    /// Trains on batches drawn anew; the pairs to score are drawn apart.
    ///
    /// @throws IllegalArgumentException if `scored` is below 5, or the source draws another number of pairs
    /// @throws DivergenceException if loss or gradients leave the finite numbers
    Trained train(String estimator, PairSource source, int scored, Objective objective) {
        if (scored < FEWEST_PAIRS / 3) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "%d pairs to score, at least %d needed", scored,
                            FEWEST_PAIRS / 3));
        }
        RandomStream batches = stream.child("batches");
        Pairs unseen = drawn(source, scored, stream.child("scored"));
        Critic critic = fit(estimator, unseen, objective, step -> drawn(source, batch, batches.child(step)));
        return new Trained(critic, new Pairs(unseen.x().to(ElementType.FLOAT32), unseen.y().to(ElementType.FLOAT32)));
    }

    private static Pairs drawn(PairSource source, int count, RandomStream stream) {
        Pairs pairs = source.draw(count, stream);
        if (pairs.count() != count) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "the source drew %d pairs, asked for %d", pairs.count(), count));
        }
        return pairs;
    }

    /// @param like pairs of as many coordinates
    private Critic fit(String estimator, Pairs like, Objective objective, Batches batches) {
        Critic critic = Critic.of(like.x().length(1), like.y().length(1), hidden, stream.child("critic"));
        List<Parameter> parameters = critic.parameters();
        List<Tensor> values = parameters.stream().map(Parameter::value).toList();
        var optimiser = new Clipped(new Adam(learningRate), new GradientClipping.ByNorm(GRADIENT_NORM));
        for (int step = 0; step < steps; step++) {
            Pairs pairs = batches.of(step);
            Tensor loss = objective.loss(critic.scores(pairs.x().to(ElementType.FLOAT32),
                    pairs.y().to(ElementType.FLOAT32)));
            if (!loss.isFinite()) {
                throw new DivergenceException(
                        String.format(Locale.ROOT,
                                "%s diverged: its loss is %s at step %d of %d (a smaller learning rate than %s",
                                estimator, loss.item(), step + 1, steps, learningRate) + " may help)");
            }
            optimiser.step(parameters, Gradients.of(loss, values));
        }
        return critic;
    }

    /// The value of a critic whose scores have not run away. From N marginal pairs no information above ln N can be
    /// relied on (McAllester & Stratos 2020), and a bound as far below 0 comes from a critic that has come apart.
    ///
    /// @throws DivergenceException if `value` is not a number from -ln N to ln N
    static double requireSupported(String estimator, double value, double logMarginalPairs) {
        if (!(Math.abs(value) <= logMarginalPairs)) {
            throw new DivergenceException(String.format(Locale.ROOT,
                    "%s diverged: %s nat, but the held-out pairs can show %.3f nat at most",
                    estimator, value, logMarginalPairs)
                    + " (more samples or a smaller learning rate may help)");
        }
        return value;
    }

    Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("steps", steps);
        settings.put("hidden", hidden);
        settings.put("batch", batch);
        settings.put("learningRate", learningRate);
        return settings;
    }
}

package org.surprisal.network.training;

import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.surprisal.data.Batch;
import org.surprisal.data.Batches;
import org.surprisal.data.Dataset;
import org.surprisal.network.DivergenceException;
import org.surprisal.network.Network;
import org.surprisal.network.loss.CrossEntropy;
import org.surprisal.network.loss.Loss;
import org.surprisal.tensor.Tensor;
import org.surprisal.tensor.Tracking;

/// How well a network does on a data set.
///
/// @param samples number of samples
/// @param loss mean loss
/// @param accuracy share of samples that are given their class, the one of the largest output or, of a network of one
/// output, the second of two classes where the output is above [Loss#threshold]; absent where the data have no classes
public record Evaluation(int samples, double loss, OptionalDouble accuracy) {
    /// Numbers of a batch's inputs, about. Layers of that width put out arrays that stay in the processor's cache, and
    /// that are gone before a garbage collection would count them among what lasts.
    private static final int NUMBERS = 1 << 17;
    private static final int FEWEST = 100;
    private static final int MOST = 1000;

    /// Runs the whole data set through the network, up to 1000 samples at once and more in batches: a network in which
    /// samples see each other, as the nodes of a graph do, needs them all at once
    /// ([org.surprisal.network.layer.WholeGraph] gives it them).
    ///
    /// @throws IllegalArgumentException if there is none
    public static Evaluation of(Network network, Loss loss, Dataset data) {
        if (data.size() == 0) {
            throw new IllegalArgumentException("data set " + data.name() + " has no samples to evaluate on");
        }
        double lossSum = 0;
        int right = 0;
        for (Batch batch : Batches.inOrder(data, batchSize(data))) {
            Tensor outputs = network.evaluate(batch.inputs());
            lossSum += Tracking.off(() -> loss.value(outputs, batch.targets())).item() * batch.size();
            right += data.classes() > 0 ? correct(outputs, batch.targets(), loss.threshold()) : 0;
        }
        int n = data.size();
        return new Evaluation(n, lossSum / n,
                data.classes() > 0 ? OptionalDouble.of((double) right / n) : OptionalDouble.empty());
    }

    /// As [#of], where a loss that is not finite is refused.
    ///
    /// @param what was evaluated, such as 'the test loss before training'
    /// @throws DivergenceException when the loss is NaN or infinite; the message names the first module whose output is
    /// @throws IllegalArgumentException if there is no sample
    public static Evaluation finite(Network network, Loss loss, Dataset data, String what) {
        Evaluation evaluation = of(network, loss, data);
        if (!Double.isFinite(evaluation.loss())) {
            Batch batch = NotFinite.batch(network, loss, data, batchSize(data));
            throw new DivergenceException(what + " is " + evaluation.loss() + "; first seen in "
                    + NotFinite.in(network, batch)
                    + ": start with smaller weights, use a smaller learning rate or 64-bit numbers");
        }
        return evaluation;
    }

    private static int batchSize(Dataset data) {
        if (data.size() <= MOST) {
            return data.size();
        }
        return Math.clamp(NUMBERS / Math.max(1, data.inputShape().size()), FEWEST, MOST);
    }

    /// How many rows have their largest output at their class or, of one output, lie on their class's side of the
    /// threshold.
    static int correct(Tensor outputs, Tensor targets, double threshold) {
        if (outputs.rank() == 2 && outputs.length(1) == 1) {
            double[] values = outputs.toDoubles();
            double[] labels = targets.toDoubles();
            return (int) IntStream.range(0, values.length)
                    .filter(i -> (values[i] > threshold ? 1 : 0) == labels[i]).count();
        }
        int[] predicted = outputs.argmaxRows();
        int[] classes = CrossEntropy.classes(outputs, targets);
        int right = 0;
        for (int i = 0; i < predicted.length; i++) {
            right += predicted[i] == classes[i] ? 1 : 0;
        }
        return right;
    }
}

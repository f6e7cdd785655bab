package org.surprisal.study.measure;

import java.util.ArrayList;
import java.util.List;
import org.surprisal.network.Parameter;
import org.surprisal.network.State;
import org.surprisal.network.optimiser.Optimiser;
import org.surprisal.study.engine.Index;
import org.surprisal.study.engine.Quantity;
import org.surprisal.tensor.Tensor;

/// An optimiser that remembers the mean and the spread of the gradients it was given since it was last asked: element
/// by element over the batches of an epoch, as Shwartz-Ziv & Tishby (2017) do. Biases are left out.
///
/// It is an optimiser so that what it remembers is kept in a checkpoint with the rest of the training.
public final class GradientMoments implements Optimiser {
    /// ||mean of a layer's gradient|| / ||W||, over the batches of an epoch, W as it is at the epoch's end.
    public static final Quantity MEAN = Quantity.of("gradient-mean-norm-over-weight-norm", "1", "mean of the gradient",
            Index.EPOCH, Index.LAYER);
    /// ||standard deviation of a layer's gradient|| / ||W||.
    public static final Quantity DEVIATION = Quantity.of("gradient-deviation-norm-over-weight-norm", "1",
            "deviation of the gradient", Index.EPOCH, Index.LAYER);

    private final Optimiser inner;
    /// Of each weight, in order: sums of its elements' gradients, and of their squares.
    private final List<double[]> sums = new ArrayList<>();
    private final List<double[]> squares = new ArrayList<>();
    private long batches;

    public GradientMoments(Optimiser inner) {
        this.inner = inner;
    }

    /// The Frobenius norms of a weight's gradient over the batches.
    ///
    /// @param mean of the mean over the batches
    /// @param deviation of the standard deviation over the batches (divided by their number)
    public record Norms(double mean, double deviation) {}

    @Override
    public double learningRate() {
        return inner.learningRate();
    }

    @Override
    public void step(List<Parameter> parameters, List<Tensor> gradients, double rate) {
        int weight = 0;
        for (int i = 0; i < parameters.size(); i++) {
            if (isWeight(parameters.get(i))) {
                add(weight++, gradients.get(i).toDoubles());
            }
        }
        batches++;
        inner.step(parameters, gradients, rate);
    }

    public static boolean isWeight(Parameter parameter) {
        return parameter.value().rank() > 1;
    }

    private void add(int weight, double[] gradient) {
        if (sums.size() == weight) {
            sums.add(new double[gradient.length]);
            squares.add(new double[gradient.length]);
        }
        double[] sum = sums.get(weight);
        double[] square = squares.get(weight);
        for (int i = 0; i < gradient.length; i++) {
            sum[i] += gradient[i];
            square[i] += gradient[i] * gradient[i];
        }
    }

    /// The norms of each weight's gradients since the last time, weights in the order of the parameters; then all is
    /// forgotten.
    public List<Norms> take() {
        List<Norms> norms = new ArrayList<>();
        for (int weight = 0; weight < sums.size(); weight++) {
            double mean = 0;
            double variance = 0;
            for (int i = 0; i < sums.get(weight).length; i++) {
                double m = sums.get(weight)[i] / batches;
                mean += m * m;
                variance += Math.max(0, squares.get(weight)[i] / batches - m * m);
            }
            norms.add(new Norms(Math.sqrt(mean), Math.sqrt(variance)));
        }
        sums.clear();
        squares.clear();
        batches = 0;
        return norms;
    }

    @Override
    public void save(State to) {
        inner.save(to);
        to.put("gradient-batches", batches);
        to.put("gradient-sums", sums.stream().map(Tensor::of).toList());
        to.put("gradient-squares", squares.stream().map(Tensor::of).toList());
    }

    @Override
    public void restore(State from) {
        inner.restore(from);
        batches = from.count("gradient-batches");
        sums.clear();
        squares.clear();
        from.copies("gradient-sums").forEach(sum -> sums.add(sum.toDoubles()));
        from.copies("gradient-squares").forEach(square -> squares.add(square.toDoubles()));
    }
}

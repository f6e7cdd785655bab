package org.surprisal.network.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.surprisal.data.Batch;
import org.surprisal.network.Layer;
import org.surprisal.network.Network;
import org.surprisal.network.Parameter;
import org.surprisal.network.layer.Activation;
import org.surprisal.network.layer.Elu;
import org.surprisal.network.layer.LeakyRelu;
import org.surprisal.network.layer.Linear;
import org.surprisal.network.layer.LinearMap;
import org.surprisal.network.layer.LogSoftmax;
import org.surprisal.network.layer.Sequential;
import org.surprisal.network.layer.Softmax;
import org.surprisal.network.loss.BinaryCrossEntropy;
import org.surprisal.network.loss.CrossEntropy;
import org.surprisal.network.loss.Loss;
import org.surprisal.network.loss.WithThreshold;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.NarrowPerceptron;
import org.surprisal.tensor.Shape;
import org.surprisal.tensor.Tensor;

/// Loss and gradients of a network that is a narrow perceptron, in one pass ([NarrowPerceptron]) instead of operation
/// by operation.
///
/// Whether a network is one follows from its layers alone: linear layers that [NarrowPerceptron#fits], each with
/// parameters of its own and at most one elementwise activation behind it, and perhaps a softmax or its logarithm in
/// the end. Softmax and loss are recorded, except for [CrossEntropy] and [BinaryCrossEntropy] of the last linear layer
/// or activation.
public final class NarrowStep {
    private final NarrowPerceptron perceptron;
    private final UnaryOperator<Tensor> tail;
    private final Loss loss;
    private final boolean crossEntropy;
    private final boolean binaryCrossEntropy;

    /// @param tail what is computed of the perceptron's outputs before the loss
    private NarrowStep(NarrowPerceptron perceptron, Optional<UnaryOperator<Tensor>> tail, Loss loss) {
        this.perceptron = perceptron;
        this.tail = tail.orElse(outputs -> outputs);
        this.loss = loss;
        Loss minimised = loss instanceof WithThreshold with ? with.loss() : loss;
        this.crossEntropy = minimised instanceof CrossEntropy && tail.isEmpty();
        this.binaryCrossEntropy = minimised instanceof BinaryCrossEntropy && tail.isEmpty();
    }

    /// What a step has computed, before parameters change.
    ///
    /// @param right how many samples are given their class, where targets are classes
    /// @param gradients by the network's parameters, in their order, valid until the next step
    public record Taken(double loss, int right, List<Tensor> gradients) {}

    /// Returns the steps of this network and loss; empty where the network is no narrow perceptron.
    public static Optional<NarrowStep> of(Network network, Loss loss) {
        List<Layer> layers = unfolded(network.root()).toList();
        List<NarrowPerceptron.Level> levels = new ArrayList<>();
        int at = 0;
        while (at < layers.size() && isNarrow(layers.get(at))) {
            List<Parameter> own = layers.get(at).parameters();
            Optional<UnaryOperator<Tensor>> activation = at + 1 < layers.size()
                    ? activation(layers.get(at + 1))
                    : Optional.empty();
            levels.add(new NarrowPerceptron.Level(own.getFirst().value(),
                    own.stream().skip(1).findFirst().map(Parameter::value), activation));
            at += activation.isPresent() ? 2 : 1;
        }
        Optional<UnaryOperator<Tensor>> tail = at + 1 == layers.size() ? tail(layers.get(at)) : Optional.empty();
        boolean whole = at + (tail.isPresent() ? 1 : 0) == layers.size();
        // A layer that is used twice has one set of parameters.
        int parameters = levels.stream().mapToInt(level -> level.bias().isPresent() ? 2 : 1).sum();
        if (levels.isEmpty() || !whole || parameters != network.parameters().size()
                || !NarrowPerceptron.chain(levels)) {
            return Optional.empty();
        }
        return Optional.of(new NarrowStep(new NarrowPerceptron(levels), tail, loss));
    }

    private static Stream<Layer> unfolded(Layer layer) {
        return layer instanceof Sequential layers
                ? layers.children().values().stream().flatMap(NarrowStep::unfolded)
                : Stream.of(layer);
    }

    private static boolean isNarrow(Layer layer) {
        return (layer instanceof Linear || layer instanceof LinearMap)
                && layer.parameters().stream().allMatch(parameter -> NarrowPerceptron.fits(parameter.value()));
    }

    /// The elementwise function that a layer is.
    private static Optional<UnaryOperator<Tensor>> activation(Layer layer) {
        return switch (layer) {
            case Activation activation -> Optional
                    .of(activation.kernel().<UnaryOperator<Tensor>>map(kernel -> kernel).orElse(activation));
            case LeakyRelu activation -> Optional.of(activation);
            case Elu activation -> Optional.of(activation);
            default -> Optional.empty();
        };
    }

    private static Optional<UnaryOperator<Tensor>> tail(Layer layer) {
        return switch (layer) {
            case Softmax softmax -> Optional.of(Tensor::softmax);
            case LogSoftmax logSoftmax -> Optional.of(Tensor::logSoftmax);
            default -> Optional.empty();
        };
    }

    /// Returns what a step on this batch computes; empty where the samples are not dense float32 rows of the network's
    /// inputs, or where the loss depends on other variables than the outputs: then recorded operations have to say
    /// what the gradients are, or why there are none.
    ///
    /// @param classified whether the targets are classes
    public Optional<Taken> take(Batch batch, boolean classified) {
        if (!perceptron.takes(batch.inputs())) {
            return Optional.empty();
        }
        if (crossEntropy) {
            int[] classes = CrossEntropy.classes(Shape.of(batch.size(), perceptron.units()), batch.targets());
            NarrowPerceptron.Pass pass = perceptron.crossEntropy(batch.inputs(), classes);
            // A single output is held against a threshold.
            int right = classified && perceptron.units() > 1 ? perceptron.right(classes) : right(batch, classified);
            return Optional.of(new Taken(pass.loss(), right, pass.gradients()));
        }
        if (binaryCrossEntropy && batch.targets().type() == ElementType.FLOAT32 && !batch.targets().isTracked()) {
            BinaryCrossEntropy.requireProbabilities(Shape.of(batch.size(), perceptron.units()), batch.targets());
            NarrowPerceptron.Pass pass = perceptron.binaryCrossEntropy(batch.inputs(), batch.targets());
            return Optional.of(new Taken(pass.loss(), right(batch, classified), pass.gradients()));
        }
        return perceptron.loss(batch.inputs(), outputs -> loss.value(tail.apply(outputs), batch.targets()))
                .map(pass -> new Taken(pass.loss(), right(batch, classified), pass.gradients()));
    }

    private int right(Batch batch, boolean classified) {
        return classified
                ? Evaluation.correct(tail.apply(perceptron.outputs()), batch.targets(), loss.threshold())
                : 0;
    }
}

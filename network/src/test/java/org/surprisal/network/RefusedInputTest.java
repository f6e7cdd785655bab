package org.surprisal.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.surprisal.data.Batch;
import org.surprisal.data.InMemory;
import org.surprisal.network.architecture.MultilayerPerceptron;
import org.surprisal.network.curvature.LossHessian;
import org.surprisal.network.initialisation.Initialisation;
import org.surprisal.network.layer.Activation;
import org.surprisal.network.layer.BatchNormalisation;
import org.surprisal.network.layer.Convolution2d;
import org.surprisal.network.layer.ElmanCell;
import org.surprisal.network.layer.Embedding;
import org.surprisal.network.layer.Flatten;
import org.surprisal.network.layer.LogSoftmax;
import org.surprisal.network.layer.MaxPooling2d;
import org.surprisal.network.layer.Recurrent;
import org.surprisal.network.layer.Reshape;
import org.surprisal.network.layer.Sequential;
import org.surprisal.network.layer.Softmax;
import org.surprisal.network.loss.BinaryCrossEntropy;
import org.surprisal.network.loss.CrossEntropy;
import org.surprisal.network.loss.DistributionCrossEntropy;
import org.surprisal.network.loss.HalfSquaredError;
import org.surprisal.network.loss.Loss;
import org.surprisal.network.loss.NegativeLogLikelihood;
import org.surprisal.network.optimiser.Sgd;
import org.surprisal.network.probe.Probe;
import org.surprisal.network.training.Evaluation;
import org.surprisal.network.training.Trainer;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.GradientCheck;
import org.surprisal.tensor.InPlace;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Shape;
import org.surprisal.tensor.Tensor;
import org.surprisal.tensor.Window;

/// What networks and losses say to inputs that do not fit: the layer by its path, what was given, what is needed.
class RefusedInputTest {
    private static final Initialisation INITIALISATION = new Initialisation.Gaussian(1, 0);

    private static Network network() {
        return new MultilayerPerceptron(4, List.of(5, 3), Activation.TANH, Activation.IDENTITY)
                .build(ElementType.FLOAT32, INITIALISATION, RandomStream.seeded(1));
    }

    private static Tensor zeros(int... lengths) {
        return Tensor.zeros(ElementType.FLOAT32, lengths);
    }

    private static void refused(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }

    private static Network nested(Layer layer) {
        Map<String, Layer> inner = new LinkedHashMap<>();
        inner.put("same", Activation.IDENTITY);
        inner.put("part", layer);
        return new Network(new Sequential(Map.of("encoder", new Sequential(inner))));
    }

    @Test
    void wrongShapeIsRefusedByTheNamedLayer() {
        refused(() -> network().forward(zeros(4)), "layer 'linear0': (4) given; a batch (n, 4) is needed");
        refused(() -> network().evaluate(zeros(8, 5)), "layer 'linear0': (8, 5) given; a batch (n, 4) is needed");
        refused(() -> network().forward(zeros(8, 2, 5)),
                "layer 'linear0': (8, 2, 5) given; a batch (n, …, 4) is needed");
        refused(() -> Probe.of(network(), List.of("tanh0")).observe(zeros(8, 5)),
                "layer 'linear0': (8, 5) given; a batch (n, 4) is needed");
    }

    @Test
    void wrongShapeIsRefusedByEveryKindOfLayer() {
        RandomStream stream = RandomStream.seeded(2);
        refused(() -> nested(Convolution2d.start(INITIALISATION, ElementType.FLOAT32, 1, 2, Window.of(3), stream))
                .forward(zeros(8, 784)),
                "layer 'encoder.part': (8, 784) given; a batch of images (n, 1, height, width) is needed");
        refused(() -> nested(Convolution2d.start(INITIALISATION, ElementType.FLOAT32, 1, 2, Window.of(3), stream))
                .forward(zeros(8, 3, 9, 9)),
                "layer 'encoder.part': (8, 3, 9, 9) given; a batch of images (n, 1, height, width) is needed");
        refused(() -> nested(MaxPooling2d.of(2)).forward(zeros(8, 784)),
                "layer 'encoder.part': (8, 784) given; a batch of images (n, channels, height, width) is needed");
        refused(() -> nested(
                new Recurrent(ElmanCell.start(INITIALISATION, ElementType.FLOAT32, 3, 2, Activation.TANH, stream)))
                .forward(zeros(8, 3)),
                "layer 'encoder.part': a recurrent layer of 3 features needs shape (n, time, 3), not"
                        + " (8, 3)");
        refused(() -> nested(new Flatten()).forward(zeros()),
                "layer 'encoder.part': () given; a batch (n, …) is needed");
        refused(() -> nested(new Reshape(Shape.of(1, 28, 28))).forward(zeros(8, 785)), "layer 'encoder.part': (8, 785)"
                + " given; a batch (n, …) of samples of 784 numbers is needed, for shape (1, 28, 28)");
        refused(() -> nested(BatchNormalisation.start(ElementType.FLOAT32, 3)).forward(zeros(8, 4)), "layer"
                + " 'encoder.part': batch normalisation of 3 features needs shape (n, 3) or (n, 3, height, width), not"
                + " (8, 4)");
        refused(() -> nested(Embedding.start(ElementType.FLOAT32, 5, 2, stream))
                .forward(Tensor.of(new float[]{1, 5})),
                "layer 'encoder.part': element 1 of the input, 5.0, is not a symbol:"
                        + " an embedding of 5 symbols takes whole numbers from 0 to 4, or -1 for no symbol");
    }

    @Test
    void wrongElementTypeNamesTheLayerAndTheConversion() {
        refused(() -> network().forward(Tensor.zeros(ElementType.FLOAT64, 8, 4)),
                "layer 'linear0': element types"
                        + " differ: input FLOAT64 (8, 4) and weight FLOAT32 (5, 4): convert the input by"
                        + " .to(ElementType.FLOAT32), or a whole data set by Dataset.to");
        refused(() -> nested(network().module("linear0")).forward(Tensor.zeros(ElementType.FLOAT64, 8, 4)),
                "layer 'encoder.part': linear: element types differ: input FLOAT64 (8, 4) and weight FLOAT32 (5, 4):"
                        + " convert the input by .to(ElementType.FLOAT32), or a whole data set by Dataset.to");
        refused(() -> zeros(2).plus(Tensor.zeros(ElementType.FLOAT64, 2)), "add: element types differ: FLOAT32 (2) and"
                + " FLOAT64 (2): convert the first by .to(ElementType.FLOAT64), or a whole data set by Dataset.to");
        refused(() -> GradientCheck.firstOrder(xs -> xs.getFirst().sum(), List.of(zeros(3))),
                "GradientCheck: input 0 is"
                        + " FLOAT32 (3), which rounds too coarsely to check a gradient: convert it by"
                        + " .to(ElementType.FLOAT64), or a whole data set by Dataset.to");
        refused(() -> GradientCheck.secondOrder(xs -> xs.getFirst().sum(), List.of(zeros(3))),
                "GradientCheck: input 0 is"
                        + " FLOAT32 (3), which rounds too coarsely to check a gradient: convert it by"
                        + " .to(ElementType.FLOAT64), or a whole data set by Dataset.to");
    }

    @Test
    void targetsThatDoNotFitAreRefused() {
        Tensor outputs = zeros(8, 3);
        for (Loss loss : List.of(new CrossEntropy(), new NegativeLogLikelihood())) {
            refused(() -> loss.of(outputs, zeros(7)), "7 targets for 8 outputs: targets (7), outputs (8, 3)");
            refused(() -> loss.of(outputs, zeros(8, 3)), "class targets have shape (n), not (8, 3): for a row of"
                    + " probabilities for each sample, such as a one-hot row, take DistributionCrossEntropy");
            refused(() -> loss.of(outputs, zeros(8, 1)),
                    "class targets have shape (n), not (8, 1): reshape them to (8)");
            refused(() -> loss.of(zeros(8), zeros(8)), "outputs must have shape (n, classes), not (8)");
        }
    }

    @Test
    void lossOfEachSampleIsRefused() {
        Loss each = (outputs, targets) -> outputs.minus(targets).square().sum(1);
        InMemory data = InMemory.regression("zeros", zeros(8, 4), zeros(8, 3));
        String message = "the loss gives shape (8), not one number: sum or average it, for example by .mean()";
        refused(() -> new Trainer(network(), each, new Sgd(0.1, 0)).batchSize(8).fit(data, RandomStream.seeded(3)),
                message);
        refused(() -> Evaluation.of(network(), each, data), message);
    }

    @Test
    void writeIntoAParameterIsRefusedByItsName() {
        Network network = network();
        Tensor weight = network.parameters().getFirst().value();
        LossHessian hessian = new LossHessian(network, new HalfSquaredError(), new Batch(zeros(8, 4), zeros(8, 3)));
        InPlace.blend(weight, 1, weight, 0.5);
        assertThatThrownBy(() -> hessian.hessian().times(Tensor.zeros(ElementType.FLOAT64, hessian.hessian().size())
                .to(ElementType.FLOAT32))).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'linear0.weight', input").hasMessageContaining("was written in place");
        refused(() -> InPlace.assign(weight, zeros(4, 5)),
                "assign into 'linear0.weight': FLOAT32 (5, 4) and FLOAT32 (4, 5) differ");
    }

    @Test
    void softmaxBeforeALossThatAppliesItIsWarnedOf() {
        Network softmax = nested(new Softmax());
        assertThat(new CrossEntropy().warning(softmax)).hasValueSatisfying(warning -> assertThat(warning)
                .startsWith("CrossEntropy takes logits and applies the softmax itself"));
        assertThat(new DistributionCrossEntropy().warning(softmax)).isPresent();
        assertThat(new NegativeLogLikelihood().warning(softmax)).isPresent();
        assertThat(new BinaryCrossEntropy().warning(nested(Activation.SIGMOID))).isPresent();
        assertThat(new CrossEntropy().warning(nested(new LogSoftmax()))).isEmpty();
        assertThat(new NegativeLogLikelihood().warning(nested(new LogSoftmax()))).isEmpty();
        assertThat(new CrossEntropy().warning(network())).isEmpty();
        assertThat(new HalfSquaredError().warning(softmax)).isEmpty();
    }
}

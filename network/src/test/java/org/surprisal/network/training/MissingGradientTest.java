package org.surprisal.network.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.surprisal.data.Batch;
import org.surprisal.data.InMemory;
import org.surprisal.network.Layer;
import org.surprisal.network.Network;
import org.surprisal.network.Parameter;
import org.surprisal.network.Pass;
import org.surprisal.network.architecture.MultilayerPerceptron;
import org.surprisal.network.curvature.LossGradients;
import org.surprisal.network.curvature.LossHessian;
import org.surprisal.network.curvature.NetworkJacobian;
import org.surprisal.network.initialisation.Initialisation;
import org.surprisal.network.layer.Activation;
import org.surprisal.network.layer.Embedding;
import org.surprisal.network.layer.Linear;
import org.surprisal.network.layer.Sequential;
import org.surprisal.network.loss.HalfSquaredError;
import org.surprisal.network.loss.Loss;
import org.surprisal.network.optimiser.Sgd;
import org.surprisal.network.probe.Probe;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.Gradients;
import org.surprisal.tensor.Hessian;
import org.surprisal.tensor.Jacobian;
import org.surprisal.tensor.MissingGradientException;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;
import org.surprisal.tensor.Tracking;

/// The ways to a gradient that does not exist: each is refused with the variable and the likely cause, and none answers
/// zeros.
class MissingGradientTest {
    private static final String UNRECORDED = "it was computed while tracking was off, as in Tracking.off,"
            + " Network.evaluate and Network.observe: compute it outside Tracking.off, the outputs of a network by"
            + " Network.forward";
    private static final String CONSTANTS = "it was computed from constants alone, such as the numbers that item(),"
            + " at() and toDoubles() return: compute with tensors all the way from the variable to the result";
    private static final String DETACHED = "detached() cut the record: leave it out where gradients are needed";
    private static final String BY_X = "no gradient with respect to variable 0, shape (3): ";
    private static final String BY_PARAMETERS = "no gradient with respect to 'linear0.weight', shape (2, 3),"
            + " 'linear0.bias', shape (2), 'linear1.weight', shape (1, 2) and 1 more: ";
    private static final String ZEROS = " (for zeros instead, pass Gradients.Unreached.ZERO)";
    private static final String NOT_TO_IT = "no recorded computation leads from it to the result";
    private static final String WITHOUT_IT = "the result was computed without the variable, or from numbers that"
            + " item(), at() or toDoubles() returned, which carry no record";
    private static final Batch BATCH = new Batch(RandomStream.seeded(1).gaussian(ElementType.FLOAT64, 0, 1, 4, 3),
            RandomStream.seeded(2).gaussian(ElementType.FLOAT64, 0, 1, 4, 1));

    private final Tensor x = Tensor.of(new double[]{1, 2, 3}).tracked();

    private static Network network() {
        return new MultilayerPerceptron(3, List.of(2, 1), Activation.TANH, Activation.IDENTITY)
                .build(ElementType.FLOAT64, new Initialisation.Gaussian(1.5, 0.05), RandomStream.seeded(3));
    }

    private static List<Tensor> parameters(Network network) {
        return network.parameters().stream().map(Parameter::value).toList();
    }

    private static void refused(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }

    @Test
    void untrackedVariableIsRefused() {
        Tensor plain = Tensor.of(new double[]{1, 2, 3});
        refused(() -> Gradients.of(plain.square().sum(), plain), "variable 0, shape (3), is not tracked: call"
                + " tracked() on it before the computation, and compute with the tensor that tracked() returns");
    }

    @Test
    void unknownModuleIsRefused() {
        refused(() -> LossGradients.deltaNorms(network(), new HalfSquaredError(), BATCH, List.of("linear7")),
                "no module 'linear7'; there are linear0, tanh0, linear1");
    }

    @Test
    void lossOfEvaluatedNetworkIsRefused() {
        Network network = network();
        Tensor loss = new HalfSquaredError().of(network.evaluate(BATCH.inputs()), BATCH.targets());
        refused(() -> Gradients.of(loss, parameters(network)),
                BY_PARAMETERS + "the result is a constant; likely cause: " + UNRECORDED + ZEROS);
    }

    @Test
    void variableTrackedAgainAfterwardsIsRefused() {
        Tensor y = x.square().sum();
        refused(() -> Gradients.of(y, x.tracked()), BY_X + NOT_TO_IT
                + ", but one leads from another variable with the same numbers; likely cause: tracked() makes a new"
                + " variable every time: keep the tensor that it returns, compute with that tensor and ask for its"
                + " gradient" + ZEROS);
    }

    @Test
    void variableTrackedOnTheWayIsRefused() {
        Tensor y = x.square().tracked().sum();
        refused(() -> Gradients.of(y, x),
                BY_X + NOT_TO_IT + "; possible causes: tracked() in the middle of the computation made a new"
                        + " variable, and the record ends there: call tracked() before the computation only; or "
                        + WITHOUT_IT + ZEROS);
    }

    @Test
    void detachedResultIsRefused() {
        refused(() -> Gradients.of(x.square().detached().sum(), x),
                BY_X + "the result is a constant; likely cause: " + DETACHED + ZEROS);
        Tensor other = Tensor.of(new double[]{4, 5, 6}).tracked();
        refused(() -> Gradients.of(x.detached().times(other).sum(), x), BY_X + NOT_TO_IT
                + "; possible causes: " + DETACHED + "; or " + WITHOUT_IT + ZEROS);
    }

    @Test
    void resultWithoutTrackingIsRefused() {
        refused(() -> Gradients.of(Tracking.off(() -> x.square().sum()), x),
                BY_X + "the result is a constant; likely cause: " + UNRECORDED + ZEROS);
    }

    @Test
    void secondDerivativeOfConstantGradientsIsRefused() {
        Tensor cube = x.square().times(x).sum();
        refused(() -> Gradients.of(Gradients.of(cube, x).getFirst().sum(), x), BY_X + "the result is a constant; likely"
                + " cause: it comes from Gradients.of, whose gradients are constants: use Gradients.differentiable for"
                + " second derivatives" + ZEROS);
        Tensor recorded = Gradients.differentiable(cube, List.of(x)).getFirst();
        assertThat(Gradients.of(recorded.sum(), x).getFirst().toDoubles()).containsExactly(6, 12, 18);
    }

    @Test
    void observedOutputsAreRefused() {
        Network network = network();
        Tensor hidden = Objects.requireNonNull(Probe.of(network, List.of("tanh0")).observe(BATCH.inputs()).get("tanh0"))
                .output();
        refused(() -> Gradients.of(hidden.square().sum(), parameters(network)),
                BY_PARAMETERS + "the result is a constant; likely cause: " + UNRECORDED + ZEROS);
    }

    @Test
    void resultMadeFromItemIsRefused() {
        Tensor y = Tensor.of(new double[]{x.square().sum().item()}).times(3);
        refused(() -> Gradients.of(y, x),
                BY_X + "the result is a constant; likely cause: " + CONSTANTS + ZEROS);
        Tensor scale = Tensor.of(new double[]{2}).tracked();
        refused(() -> Gradients.of(scale.times(x.square().sum().item()).sum(), x),
                BY_X + NOT_TO_IT + "; possible causes: " + WITHOUT_IT + ZEROS);
    }

    @Test
    void hessianOfEvaluatedLossIsRefused() {
        Network network = network();
        Tensor loss = new HalfSquaredError().of(network.evaluate(BATCH.inputs()), BATCH.targets());
        refused(() -> Hessian.of(loss, parameters(network)),
                BY_PARAMETERS + "the result is a constant; likely cause: " + UNRECORDED + ZEROS);
    }

    @Test
    void trainingOfCutLossOrLayerIsRefused() {
        String nothing = "epoch 1, step 1 would train nothing, because the loss depends on none of the network's 4"
                + " parameters"
                + " ('linear0.weight' …): the result is a constant; likely cause: ";
        Loss constant = (outputs, targets) -> Tensor.full(ElementType.FLOAT64, 0.7);
        refused(() -> fit(network(), constant), nothing + CONSTANTS);
        Loss cutting = (outputs, targets) -> new HalfSquaredError().of(outputs.detached(), targets);
        refused(() -> fit(network(), cutting), nothing + DETACHED);
        Map<String, Layer> parts = new LinkedHashMap<>();
        parts.put("linear0",
                new Initialisation.Gaussian(1, 0).linear(ElementType.FLOAT64, 3, 1, RandomStream.seeded(4)));
        parts.put("cut", (input, pass) -> Tracking.off(input::tanh));
        refused(() -> fit(new Network(new Sequential(parts)), new HalfSquaredError()), "epoch 1, step 1 would train"
                + " nothing, because the loss depends on none of the network's 2 parameters ('linear0.weight' …): the"
                + " result is a constant; likely cause: " + UNRECORDED);
    }

    private static void fit(Network network, Loss loss, TrainingListener... listeners) {
        Trainer trainer = new Trainer(network, loss, new Sgd(0.1, 0)).batchSize(4);
        for (TrainingListener listener : listeners) {
            trainer.listener(listener);
        }
        trainer.fit(InMemory.regression("line", BATCH.inputs(), BATCH.targets()), RandomStream.seeded(5));
    }

    @Test
    void differentiableGradientsWithoutTrackingAreRefused() {
        Tensor y = x.square().sum();
        assertThatThrownBy(() -> Tracking.off(() -> Gradients.differentiable(y, List.of(x))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Gradients.differentiable records the gradients, and tracking is off here: call it outside"
                        + " Tracking.off, or take constants by Gradients.of or Jacobian.vectorJacobian");
        Tensor v = Tensor.of(new double[]{1, 1, 1});
        assertThatThrownBy(() -> Tracking
                .off(() -> Jacobian.differentiableVectorJacobian(x.square(), v, List.of(x))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("Jacobian.differentiableVectorJacobian");
    }

    @Test
    void secondDerivativeOfLinearFunctionIsRefusedAndZeroOnRequest() {
        Tensor slope = Gradients.differentiable(x.times(3).sum(), List.of(x)).getFirst();
        refused(() -> Gradients.of(slope.sum(), x),
                BY_X + "the result is a constant; likely cause: it comes from gradients"
                        + " that are constants, as those of a linear function are" + ZEROS);
        assertThat(Gradients.of(slope.sum(), List.of(x), Gradients.Unreached.ZERO).getFirst().toDoubles())
                .containsExactly(0, 0, 0);
        assertThat(Hessian.of(x.times(3).sum(), List.of(x)).matrix().toDoubles()).containsOnly(0);
    }

    @Test
    void jacobianOfConstantIsRefused() {
        Tensor constant = Tensor.of(new double[]{1, 2});
        String message = BY_X
                + "the result is a constant; likely cause: " + CONSTANTS + ZEROS;
        refused(() -> Jacobian.of(constant, x), message);
        refused(() -> Jacobian.vectorJacobian(constant, constant, List.of(x)), message);
        refused(() -> Jacobian.jacobianVector(constant, List.of(x), List.of(Tensor.of(new double[]{1, 1, 1}))),
                message);
    }

    @Test
    void derivativesOfLossThatIgnoresTheOutputsAreRefused() {
        Loss ignoring = (outputs, targets) -> targets.square().sum();
        String message = BY_PARAMETERS + "the result is a constant; likely cause: " + CONSTANTS;
        refused(() -> new LossHessian(network(), ignoring, BATCH), message);
        refused(() -> LossGradients.byParameter(network(), ignoring, BATCH), message);
        refused(() -> LossGradients.deltaNorms(network(), ignoring, BATCH, List.of("tanh0")),
                "the loss, shape (), does not depend on the output of 'tanh0', shape (4, 2), so that there is no"
                        + " derivative:"
                        + " the result is a constant; likely cause: " + CONSTANTS);
    }

    @Test
    void jacobianOfModulesInTheWrongOrderIsRefused() {
        assertThatThrownBy(() -> NetworkJacobian.ofModules(network(), BATCH.inputs(), "linear1", "linear0"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the output of 'linear0', shape (4, 2),"
                        + " does not depend on the input of 'linear1', shape (4, 2), so that there is no derivative: ");
        Network letters = new Network(Embedding.start(ElementType.FLOAT64, 5, 2, RandomStream.seeded(6)));
        assertThatThrownBy(() -> NetworkJacobian.inputOutput(letters, Tensor.of(new double[]{0, 4, 2})))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "the network's output, shape (3, 2), does not depend on its input, shape (3), so");
    }

    /// What is watched has a gradient here, but no parameter does.
    @Test
    void frozenParametersAreRefusedWhileAProbeListens() {
        Tensor weight = Tensor.of(new double[]{1, 2, 3}, 1, 3).tracked();
        Parameter parameter = new Parameter("weight", weight);
        Layer frozen = new Layer() {
            @Override
            public Tensor forward(Tensor input, Pass pass) {
                return input.matmulTransposed(weight.detached());
            }

            @Override
            public List<Parameter> parameters() {
                return List.of(parameter);
            }
        };
        Network network = new Network(new Sequential(Map.of("frozen", frozen)));
        TrainingListener listener = Probe.of(network, List.of("frozen")).eachStepWithGradients(1,
                (epoch, step, seen) -> {
                });
        assertThatThrownBy(() -> fit(network, new HalfSquaredError(), listener))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("epoch 1, step 1 would train nothing").hasMessageContaining("'frozen.weight'");
    }

    @Test
    void gradientThatIsZeroInSpiteOfDependenceStaysZero() {
        assertThat(Gradients.of(x.times(0).sum(), x).getFirst().toDoubles()).containsExactly(0, 0, 0);
        assertThat(Gradients.of(x.negate().relu().sum(), x).getFirst().toDoubles()).containsOnly(0);
        assertThat(Gradients.of(x.heaviside().sum(), x).getFirst().toDoubles()).containsOnly(0);
        assertThat(Gradients.of(x.minus(x).sum(), x).getFirst().toDoubles()).containsOnly(0);
    }

    @Test
    void zerosAreGivenOnRequest() {
        Tensor other = Tensor.of(new double[]{4, 5}).tracked();
        List<Tensor> both = List.of(x, other);
        assertThat(Gradients.of(x.sum(), both, Gradients.Unreached.ZERO_UNLESS_ALL).get(1).toDoubles())
                .containsExactly(0, 0);
        assertThat(Gradients.of(Tensor.zeros(ElementType.FLOAT64), both, Gradients.Unreached.ZERO).get(1).toDoubles())
                .containsExactly(0, 0);
        assertThatThrownBy(() -> Gradients.of(Tensor.zeros(ElementType.FLOAT64), both,
                Gradients.Unreached.ZERO_UNLESS_ALL)).isInstanceOf(MissingGradientException.class);
        assertThat(Jacobian.of(x.square(), both, Gradients.Unreached.ZERO).get(1).toDoubles()).containsOnly(0)
                .hasSize(6);
        assertThat(Hessian.of(x.square().sum(), both, Gradients.Unreached.ZERO).matrix().at(0, 0)).isEqualTo(2);
    }

    /// One parameter serves no purpose; the others are trained.
    @Test
    void unusedParameterOfATrainedNetworkStaysAsItIs() {
        Parameter unused = Parameter.of("unused", Tensor.of(new double[]{7}));
        Linear linear = new Initialisation.Gaussian(1, 0).linear(ElementType.FLOAT64, 3, 1, RandomStream.seeded(7));
        Layer layer = new Layer() {
            @Override
            public Tensor forward(Tensor input, Pass pass) {
                return linear.forward(input, pass);
            }

            @Override
            public List<Parameter> parameters() {
                return List.of(unused, linear.weight(), linear.bias());
            }
        };
        double[] before = linear.weight().value().toDoubles();
        Network network = new Network(layer);
        fit(network, new HalfSquaredError());
        assertThat(unused.value().item()).isEqualTo(7);
        assertThat(linear.weight().value().toDoubles()).isNotEqualTo(before);
        assertThat(
                Objects.requireNonNull(LossGradients.byParameter(network, new HalfSquaredError(), BATCH).get("unused"))
                        .item())
                .isZero();
    }
}

package org.surprisal.network.curvature;

import java.util.ArrayList;
import java.util.List;
import org.surprisal.data.Batch;
import org.surprisal.network.Network;
import org.surprisal.network.Parameter;
import org.surprisal.network.internal.RecordedPass;
import org.surprisal.network.loss.Loss;
import org.surprisal.tensor.Flattening;
import org.surprisal.tensor.Gradients;
import org.surprisal.tensor.Hessian;
import org.surprisal.tensor.InPlace;
import org.surprisal.tensor.Tensor;

/// The second derivatives of a batch's loss by all parameters of a network, taken as one vector in the network's order:
/// its products, spectrum and Taylor expansion are those of [#hessian()].
///
/// The network is taken as it is used ([Network#forward]): nothing is dropped, and batch normalisation takes its
/// running averages, so that the loss is another function of the parameters than the one a training step sees. The rows
/// and columns of a parameter that the loss does not depend on are zero.
///
/// Meant for float64 networks; what float32 costs is said at [Hessian]. One training step later it is out of date, and
/// refuses to go on.
public final class LossHessian {
    private final Network network;
    private final Loss loss;
    private final Batch batch;
    private final List<Parameter> parameters;
    private Hessian hessian;

    /// The Hessian of this loss at the network's present parameters, of which nothing but the gradient is computed yet.
    ///
    /// @throws org.surprisal.tensor.MissingGradientException when the loss depends on no parameter through the record
    public LossHessian(Network network, Loss loss, Batch batch) {
        this.network = network;
        this.loss = loss;
        this.batch = batch;
        this.parameters = network.parameters();
        this.hessian = recorded();
    }

    private Hessian recorded() {
        return Hessian.of(loss.of(RecordedPass.outputs(network, batch.inputs()), batch.targets()), values(),
                Gradients.Unreached.ZERO_UNLESS_ALL);
    }

    private List<Tensor> values() {
        return parameters.stream().map(Parameter::value).toList();
    }

    /// The Hessian by the vector of all parameters.
    public Hessian hessian() {
        return hessian;
    }

    /// The parameters as one vector, a constant of shape (size).
    public Tensor parameters() {
        return hessian.layout().join(values());
    }

    /// What stands at `index` of the vector: `linear0.weight[2, 3]`.
    public String name(int index) {
        Flattening.Position position = hessian.layout().position(index);
        return parameters.get(position.variable()).name() + position.indices();
    }

    /// Where in the vector an element of a parameter stands.
    ///
    /// @throws IllegalArgumentException for an unknown parameter; the message lists those there are
    public int index(String parameter, int... indices) {
        List<String> names = parameters.stream().map(Parameter::name).toList();
        int variable = names.indexOf(parameter);
        if (variable < 0) {
            throw new IllegalArgumentException(
                    "no parameter '" + parameter + "'; there are " + String.join(", ", names));
        }
        return hessian.layout().index(variable, indices);
    }

    /// The loss a step away, for comparison with [Hessian#expansion]. The parameters are changed for the time of one
    /// forward pass and then have their numbers back to the bit; but what was recorded before then refuses to be
    /// differentiated, a [Hessian] that [#hessian()] gave earlier too: ask for it again.
    ///
    /// @param step shape (size)
    public double lossAt(Tensor step) {
        List<Tensor> steps = hessian.layout().split(step);
        List<Tensor> values = values();
        List<Tensor> saved = new ArrayList<>();
        values.forEach(value -> saved.add(value.tracked().detached()));
        try {
            for (int i = 0; i < values.size(); i++) {
                InPlace.blend(values.get(i), 1, steps.get(i), 1);
            }
            return loss.of(network.evaluate(batch.inputs()), batch.targets()).item();
        } finally {
            for (int i = 0; i < values.size(); i++) {
                InPlace.assign(values.get(i), saved.get(i));
            }
            hessian = recorded();
        }
    }
}

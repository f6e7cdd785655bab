package org.surprisal.network.curvature;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.surprisal.network.Network;
import org.surprisal.network.Parameter;
import org.surprisal.network.internal.RecordedPass;
import org.surprisal.tensor.Gradients;
import org.surprisal.tensor.Jacobian;
import org.surprisal.tensor.RecordedResult;
import org.surprisal.tensor.Tensor;

/// First derivatives of what a network, or a part of it, puts out. Every sample has its own Jacobian; outputs and
/// inputs of more than one axis are counted in row-major order.
///
/// The network is taken as it is used ([Network#forward]): nothing is dropped, and batch normalisation takes its
/// running averages.
///
/// ```java
/// // diag(f'(W x + b)) W of each sample
/// Tensor jacobians = NetworkJacobian.ofModules(network, samples.inputs(), "linear1", "tanh1");
/// ```
public final class NetworkJacobian {
    private NetworkJacobian() {
    }

    /// The outputs by the inputs, of each sample: shape (n, out, in), in `out` walks and 2 log2 n more that check that
    /// no sample depends on another.
    ///
    /// @throws IllegalArgumentException if samples see each other within the network, or the outputs do not depend on
    /// the inputs through the record: where inputs are indices, of symbols or nodes, there is no such derivative
    public static Tensor inputOutput(Network network, Tensor inputs) {
        RecordedPass pass = RecordedPass.of(network, inputs, List.of());
        RecordedPass.requireReached(RecordedResult.of(pass.outputs()), "the network's output", pass.inputs(),
                "its input");
        return Jacobian.ofRows(pass.outputs(), pass.inputs());
    }

    /// What one module puts out by what it takes in, where these samples lead: shape (n, out, in).
    ///
    /// @throws IllegalArgumentException for an unknown module, if samples see each other within it, or if its output
    /// does not depend on its input through the record
    public static Tensor ofModule(Network network, Tensor inputs, String module) {
        return ofModules(network, inputs, module, module);
    }

    /// What the module `last` puts out by what the module `first` takes in, where these samples lead: shape (n, out,
    /// in). Of `linear1` and `tanh1` it is the single-layer Jacobian diag(f'(W x + b)) W, of modules farther apart the
    /// product of the Jacobians from one to the other.
    ///
    /// @throws IllegalArgumentException for an unknown module, if samples see each other in between, or if the output
    /// does not depend on the input through the record, because `first` comes after `last` for example
    public static Tensor ofModules(Network network, Tensor inputs, String first, String last) {
        RecordedPass pass = RecordedPass.of(network, inputs, List.of(first, last).stream().distinct().toList());
        Tensor output = pass.module(last).output();
        Tensor input = pass.module(first).input();
        RecordedPass.requireReached(RecordedResult.of(output), "the output of '" + last + "'", input,
                "the input of '" + first + "'");
        return Jacobian.ofRows(output, input);
    }

    /// The outputs by each parameter, under its name: shape (n, out, elements of the parameter), in n times `out`
    /// walks; zero for a parameter that they do not depend on.
    ///
    /// @throws org.surprisal.tensor.MissingGradientException when the outputs depend on no parameter through the record
    public static Map<String, Tensor> byParameter(Network network, Tensor inputs) {
        List<Parameter> parameters = network.parameters();
        Tensor outputs = RecordedPass.outputs(network, inputs);
        List<Tensor> jacobians = Jacobian.of(outputs, parameters.stream().map(Parameter::value).toList(),
                Gradients.Unreached.ZERO_UNLESS_ALL);
        int n = outputs.length(0);
        int out = 1;
        for (int axis = 1; axis < outputs.rank(); axis++) {
            out *= outputs.length(axis);
        }
        Map<String, Tensor> byName = new LinkedHashMap<>();
        for (int i = 0; i < parameters.size(); i++) {
            byName.put(parameters.get(i).name(),
                    jacobians.get(i).reshape(n, out, parameters.get(i).value().size()));
        }
        return byName;
    }
}

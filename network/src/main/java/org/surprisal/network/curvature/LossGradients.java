package org.surprisal.network.curvature;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.surprisal.data.Batch;
import org.surprisal.network.Network;
import org.surprisal.network.Parameter;
import org.surprisal.network.internal.RecordedPass;
import org.surprisal.network.loss.Loss;
import org.surprisal.tensor.Gradients;
import org.surprisal.tensor.MissingGradientException;
import org.surprisal.tensor.RecordedResult;
import org.surprisal.tensor.Tensor;

/// First derivatives of a loss, as constants: by parameters, sample by sample, and by what modules put out.
///
/// The network is taken as it is used ([Network#forward]): nothing is dropped, and batch normalisation takes its
/// running averages.
public final class LossGradients {
    private LossGradients() {
    }

    /// The gradient of the batch's loss by each parameter, under its name and of its shape; zero for a parameter that
    /// the loss does not depend on.
    ///
    /// @throws MissingGradientException when the loss depends on no parameter through the record
    public static Map<String, Tensor> byParameter(Network network, Loss loss, Batch batch) {
        List<Parameter> parameters = network.parameters();
        List<Tensor> gradients = Gradients.of(loss.of(RecordedPass.outputs(network, batch.inputs()), batch.targets()),
                parameters.stream().map(Parameter::value).toList(), Gradients.Unreached.ZERO_UNLESS_ALL);
        Map<String, Tensor> byName = new LinkedHashMap<>();
        for (int i = 0; i < parameters.size(); i++) {
            byName.put(parameters.get(i).name(), gradients.get(i));
        }
        return byName;
    }

    /// The gradient of each sample's own loss by each parameter: shape (n, …), the parameter's axes last. Their mean
    /// over the samples is the gradient of the batch's loss, where samples do not see each other. Each sample takes a
    /// forward and a backward pass of its own; the result is n times as large as the network.
    public static Map<String, Tensor> perSample(Network network, Loss loss, Batch batch) {
        int n = batch.size();
        List<Parameter> parameters = network.parameters();
        List<double[]> gradients = new ArrayList<>();
        for (Parameter parameter : parameters) {
            gradients.add(new double[Math.multiplyExact(n, parameter.value().size())]);
        }
        for (int sample = 0; sample < n; sample++) {
            Batch one = new Batch(batch.inputs().rows(sample), batch.targets().rows(sample));
            int i = 0;
            for (Tensor gradient : byParameter(network, loss, one).values()) {
                System.arraycopy(gradient.toDoubles(), 0, gradients.get(i), sample * gradient.size(), gradient.size());
                i++;
            }
        }
        Map<String, Tensor> byName = new LinkedHashMap<>();
        for (int i = 0; i < parameters.size(); i++) {
            Tensor value = parameters.get(i).value();
            int[] lengths = new int[value.rank() + 1];
            lengths[0] = n;
            System.arraycopy(value.shape().lengths(), 0, lengths, 1, value.rank());
            byName.put(parameters.get(i).name(), Tensor.of(gradients.get(i), lengths).to(value.type()));
        }
        return byName;
    }

    /// The Euclidean norms of the delta errors: of the gradient of each sample's own loss by what each module puts out,
    /// the pre-activations of a linear layer, say. Shape (n) for each module, in the order asked for. How they fall or
    /// grow from layer to layer shows gradients that vanish or explode.
    ///
    /// @throws IllegalArgumentException for an unknown module, one that runs more than once in a pass, one that does
    /// not put out a row for each sample, or one on whose output the loss does not depend through the record
    public static Map<String, Tensor> deltaNorms(Network network, Loss loss, Batch batch, Collection<String> modules) {
        List<String> paths = modules.stream().distinct().toList();
        RecordedPass pass = RecordedPass.of(network, batch.inputs(), paths);
        Tensor value = loss.of(pass.outputs(), batch.targets());
        RecordedResult record = RecordedResult.of(value);
        for (String path : paths) {
            RecordedPass.requireReached(record, "the loss", pass.module(path).output(), "the output of '" + path + "'");
        }
        List<Tensor> deltas = record.gradients(paths.stream().map(path -> pass.module(path).output()).toList(),
                Gradients.Unreached.REFUSED);
        int n = batch.size();
        Map<String, Tensor> norms = new LinkedHashMap<>();
        for (int i = 0; i < paths.size(); i++) {
            if (deltas.get(i).rank() == 0 || deltas.get(i).length(0) != n) {
                throw new IllegalArgumentException("module '" + paths.get(i) + "' puts out shape "
                        + deltas.get(i).shape() + ", not a row for each of " + n + " samples");
            }
            double[] norm = new double[n];
            for (int sample = 0; sample < n; sample++) {
                // The batch's loss is the mean of the samples' own.
                norm[sample] = n * deltas.get(i).rows(sample).euclideanNorm();
            }
            norms.put(paths.get(i), Tensor.of(norm));
        }
        return norms;
    }
}

package org.surprisal.bench.pytorch;

import ai.djl.pytorch.engine.PtNDArray;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.surprisal.tensor.Tensor;

/// An optimiser's fused kernel of PyTorch's side.
///
/// @param moments attributes with a tensor beside each parameter
/// @param counts  attributes with a step count beside each parameter
/// @param script  changes the parameters `self.p` by their gradients `d`
public record TorchOptimiser(List<String> moments, List<String> counts, String script) {
    public TorchOptimiser {
        moments = List.copyOf(moments);
        counts = List.copyOf(counts);
    }

    /// v <- momentum v + g, w <- w - rate v. Without momentum PyTorch wants no v.
    public static TorchOptimiser sgd(double rate, double momentum) {
        List<String> moments = momentum == 0 ? List.of() : List.of("v");
        return new TorchOptimiser(moments, List.of(), String.format(Locale.ROOT, """
                    torch._fused_sgd_(self.p, d, %s, weight_decay=0., momentum=%s, lr=%s, dampening=0., \
                nesterov=False, maximize=False, is_first_step=False)
                """, momentum == 0 ? "[]" : "self.v", momentum, rate));
    }

    /// With 0.9, 0.999 and 1e-8.
    public static TorchOptimiser adam(double rate) {
        return new TorchOptimiser(List.of("m", "v"), List.of("t"), String.format(Locale.ROOT, """
                    torch._foreach_add_(self.t, 1)
                    torch._fused_adam_(self.p, d, self.m, self.v, [], self.t, lr=%s, beta1=0.9, beta2=0.999, \
                weight_decay=0., eps=1e-8, amsgrad=False, maximize=False)
                """, rate));
    }

    /// What the script changes: these parameters as `self.p`, moments of zeros and counts.
    public Map<String, List<PtNDArray>> state(PyTorch torch, List<Tensor> parameters) {
        Map<String, List<PtNDArray>> kept = new LinkedHashMap<>();
        kept.put("p", parameters.stream().map(torch::array).toList());
        for (String name : moments) {
            kept.put(name, parameters.stream().map(parameter -> torch.zeros(parameter.shape())).toList());
        }
        for (String name : counts) {
            kept.put(name, parameters.stream().map(parameter -> torch.scalar(0)).toList());
        }
        return kept;
    }
}

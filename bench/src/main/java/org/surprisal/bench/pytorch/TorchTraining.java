package org.surprisal.bench.pytorch;

import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.surprisal.bench.harness.Side;
import org.surprisal.bench.harness.Tuning;
import org.surprisal.data.Batch;
import org.surprisal.network.Parameter;

/// Training steps of PyTorch's side, each one call of a script: forward, loss, backward and the optimiser's fused
/// kernel, which changes parameters and moments in one pass over memory.
public final class TorchTraining implements Side {
    private final PyTorch torch;
    private final TorchScript script;
    private final List<NDList> batches = new ArrayList<>();
    private int next;

    private TorchTraining(PyTorch torch, TorchScript script, List<NDList> batches) {
        this.torch = torch;
        this.script = script;
        this.batches.addAll(batches);
    }

    /// What PyTorch minimises, as a script.
    ///
    /// @param script sets `loss` from the parameters `w`, the batch `x`, `y` and the constants `self.c`; lines are
    /// indented by four blanks
    /// @param classes whether targets are class indices
    /// @param constants tensors
    public record Objective(String script, boolean classes, List<PtNDArray> constants) {
        public Objective {
            constants = List.copyOf(constants);
        }

        /// Without constants.
        public static Objective of(String script, boolean classes) {
            return new Objective(script, classes, List.of());
        }
    }

    /// Starts from the numbers that these parameters have now, in their order.
    ///
    /// @param torch closed with this
    public static TorchTraining of(PyTorch torch, Objective objective, List<Parameter> parameters,
            TorchOptimiser optimiser,
            List<Batch> batches) {
        Map<String, List<PtNDArray>> kept = optimiser.state(torch, parameters.stream().map(Parameter::value).toList());
        kept.put("c", objective.constants());
        List<NDList> arguments = batches.stream()
                .map(batch -> new NDList(torch.array(batch.inputs()),
                        objective.classes() ? torch.indices(batch.targets()) : torch.array(batch.targets())))
                .toList();
        return new TorchTraining(torch,
                TorchScript.compile(torch, "x: Tensor, y: Tensor", body(objective, optimiser), kept), arguments);
    }

    /// Parameters are kept without gradients and looked at through variables that share their numbers, so that the
    /// update may write. Gradients are put in their parameters' order where they are not: the fused optimisers go by
    /// memory.
    private static String body(Objective objective, TorchOptimiser optimiser) {
        return """
                    w = annotate(List[Tensor], [])
                    for i in range(torch.len(self.p)):
                      variable = torch.requires_grad_(torch.detach(self.p[i]))
                      _1 = torch.append(w, variable)
                %s
                    g = torch.autograd.grad([loss], w)
                    d = annotate(List[Tensor], [])
                    for i in range(torch.len(w)):
                      _2 = torch.append(d, torch.contiguous(unchecked_cast(Tensor, g[i])))
                %s
                    return torch.detach(loss)
                """.formatted(objective.script().stripTrailing(), optimiser.script().stripTrailing());
    }

    @Override
    public double step() {
        double loss = script.number(batches.get(next));
        next = (next + 1) % batches.size();
        return loss;
    }

    @Override
    public Optional<Tuning> tune() {
        return Optional.of(torch.chooseThreads(this::step));
    }

    @Override
    public void close() {
        script.close();
        torch.close();
    }
}

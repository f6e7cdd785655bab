package org.surprisal.bench.pytorch;

import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDArray;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.surprisal.bench.harness.Side;
import org.surprisal.bench.harness.Tuning;

/// A number that PyTorch computes from tensors that stay, each time anew.
public final class TorchMeasure implements Side {
    private final PyTorch torch;
    private final TorchScript script;
    private final NDList input;

    private TorchMeasure(PyTorch torch, TorchScript script, NDList input) {
        this.torch = torch;
        this.script = script;
        this.input = input;
    }

    /// Compiles the computation.
    ///
    /// @param torch closed with this
    /// @param body gives the number from the tensor `x` and the lists of `kept`, which are attributes of `self`; lines
    ///              are indented by four blanks
    /// @param kept  by names of one letter
    public static TorchMeasure of(PyTorch torch, String body, PtNDArray x, Map<String, List<PtNDArray>> kept) {
        return new TorchMeasure(torch, TorchScript.compile(torch, "x: Tensor", body, kept), new NDList(x));
    }

    @Override
    public double step() {
        return script.number(input);
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

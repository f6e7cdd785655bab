package org.surprisal.bench.workload;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.surprisal.bench.harness.Contest;
import org.surprisal.bench.harness.Scene;
import org.surprisal.bench.harness.Side;
import org.surprisal.bench.harness.Target;
import org.surprisal.bench.harness.Workload;
import org.surprisal.bench.pytorch.PyTorch;
import org.surprisal.bench.pytorch.TorchMeasure;
import org.surprisal.bench.pytorch.TorchOptimiser;
import org.surprisal.network.Parameter;
import org.surprisal.network.optimiser.Adam;
import org.surprisal.network.optimiser.Optimiser;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

/// One step of Adam and nothing else: bound by memory, not by arithmetic. The gradient is read, the parameters and both
/// moments are read and written.
///
/// @param parameters how many
public record AdamUpdate(int parameters) implements Workload {
    private static final double RATE = 1e-3;

    @Override
    public String name() {
        return "adam-update";
    }

    @Override
    public String summary() {
        return String.format(Locale.ROOT, "one step of Adam, %,d parameters", parameters);
    }

    @Override
    public Work work() {
        return new Work(parameters, "parameters");
    }

    @Override
    public List<Target> targets() {
        return List.of();
    }

    @Override
    public Check check() {
        return new Check(10, 1e-5);
    }

    @Override
    public Contest open(Scene scene) throws IOException {
        RandomStream stream = scene.stream().child("adam-update");
        Tensor start = stream.child("start").gaussian(ElementType.FLOAT32, 0, 1, parameters);
        Tensor gradient = stream.child("gradient").gaussian(ElementType.FLOAT32, 0, 1, parameters);
        Optional<Side> peer = scene.peer() ? Optional.of(peer(start, gradient)) : Optional.empty();
        return new Contest(ours(start, gradient), peer, Optional.of(new Streaming(parameters)),
                "drawn normal numbers; the limit reads and writes as many bytes, with one addition a number",
                List.of());
    }

    private static Side ours(Tensor start, Tensor gradient) {
        Parameter parameter = Parameter.of("weight", start);
        List<Parameter> parameters = List.of(parameter);
        Optimiser adam = new Adam(RATE);
        return () -> {
            adam.begin(parameters, RATE).orElseThrow().accept(0, gradient);
            return parameter.value().at(0);
        };
    }

    private static Side peer(Tensor start, Tensor gradient) throws IOException {
        PyTorch torch = PyTorch.start();
        TorchOptimiser adam = TorchOptimiser.adam(RATE);
        return TorchMeasure.of(torch, """
                    d = annotate(List[Tensor], [])
                    _1 = torch.append(d, x)
                %s
                    return torch.select(self.p[0], 0, 0)
                """.formatted(adam.script().stripTrailing()), torch.array(gradient), adam.state(torch, List.of(start)));
    }
}

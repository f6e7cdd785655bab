package org.surprisal.bench.workload;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.surprisal.bench.harness.Contest;
import org.surprisal.bench.harness.Scene;
import org.surprisal.bench.harness.Side;
import org.surprisal.bench.harness.Target;
import org.surprisal.bench.harness.Workload;
import org.surprisal.bench.pytorch.TorchOptimiser;
import org.surprisal.bench.pytorch.TorchScripts;
import org.surprisal.bench.pytorch.TorchTraining;
import org.surprisal.data.Batch;
import org.surprisal.network.Network;
import org.surprisal.network.architecture.MultilayerPerceptron;
import org.surprisal.network.layer.Activation;
import org.surprisal.network.loss.CrossEntropy;
import org.surprisal.network.optimiser.Adam;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

/// The small network of the information plane (Shwartz-Ziv and Tishby 2017), 12-10-7-5-4-3-2. A step is little
/// arithmetic and many operations: what is measured is what an operation costs beside it.
///
/// @param networks one, or several that start from other numbers and are trained at once
public record InformationPlanePerceptron(int networks) implements Workload {
    private static final int INPUTS = 12;
    private static final List<Integer> WIDTHS = List.of(10, 7, 5, 4, 3, 2);
    private static final int BATCH = 256;
    private static final int BATCHES = 16;
    private static final double RATE = 1e-3;
    private static final TorchTraining.Objective OBJECTIVE = TorchTraining.Objective.of(TorchScripts.perceptron("""
                loss = torch.cross_entropy_loss(h, y)
            """), true);

    @Override
    public String name() {
        return networks == 1 ? "mlp-12" : "mlp-12-x" + networks;
    }

    @Override
    public String summary() {
        return "12-10-7-5-4-3-2, tanh, cross-entropy, batch 256, Adam 1e-3"
                + (networks == 1 ? "" : ", " + networks + " networks at once");
    }

    @Override
    public Work work() {
        return new Work(networks, "steps");
    }

    @Override
    public List<Target> targets() {
        return List.of(new Target.OfPeer(16), new Target.OfPeer(25, true));
    }

    @Override
    public Check check() {
        return new Check(10, 1e-4);
    }

    @Override
    public Contest open(Scene scene) throws IOException {
        List<Batch> batches = batches(scene.stream().child("bits"));
        String data = "drawn bits, the class whether more than half are set";
        if (networks == 1) {
            return contest(scene, scene.stream().child("plane"), batches, data);
        }
        List<Side> ours = new ArrayList<>();
        for (int i = 0; i < networks; i++) {
            ours.add(contest(new Scene(scene.dataFolder(), scene.seed(), false), scene.stream().child("plane").child(i),
                    batches, data).ours());
        }
        Optional<Side> peer = scene.peer() ? Optional.of(PeerProcesses.start(scene, networks)) : Optional.empty();
        return new Contest(new SideBySide(ours), peer, Optional.empty(), data, List.of());
    }

    /// PyTorch's side of the network with this number of several.
    static Side peer(Scene scene, int network) throws IOException {
        return contest(scene, scene.stream().child("plane").child(network), batches(scene.stream().child("bits")), "")
                .peer().orElseThrow();
    }

    private static Contest contest(Scene scene, RandomStream start, List<Batch> batches, String data)
            throws IOException {
        Network network = MultilayerPerceptron.of(Start.tanh(INPUTS, WIDTHS, start), Activation.TANH,
                Activation.IDENTITY);
        return Training.contest(scene, network, new CrossEntropy(), new Adam(RATE), OBJECTIVE,
                TorchOptimiser.adam(RATE), batches, Optional.empty(), data);
    }

    private static List<Batch> batches(RandomStream stream) {
        List<Batch> batches = new ArrayList<>();
        for (int i = 0; i < BATCHES; i++) {
            float[] bits = new float[BATCH * INPUTS];
            float[] classes = new float[BATCH];
            for (int sample = 0; sample < BATCH; sample++) {
                int set = 0;
                for (int j = 0; j < INPUTS; j++) {
                    int bit = stream.nextInt(2);
                    bits[sample * INPUTS + j] = bit;
                    set += bit;
                }
                classes[sample] = set > INPUTS / 2 ? 1 : 0;
            }
            batches.add(new Batch(Tensor.of(bits, BATCH, INPUTS), Tensor.of(classes, BATCH)));
        }
        return batches;
    }
}

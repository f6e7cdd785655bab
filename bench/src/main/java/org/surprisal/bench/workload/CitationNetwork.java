package org.surprisal.bench.workload;

import ai.djl.pytorch.engine.PtNDArray;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.surprisal.bench.harness.Contest;
import org.surprisal.bench.harness.Scene;
import org.surprisal.bench.harness.Target;
import org.surprisal.bench.harness.Workload;
import org.surprisal.bench.pytorch.PyTorch;
import org.surprisal.bench.pytorch.TorchOptimiser;
import org.surprisal.bench.pytorch.TorchTraining;
import org.surprisal.data.Batch;
import org.surprisal.data.DataException;
import org.surprisal.data.GraphData;
import org.surprisal.data.sets.Cora;
import org.surprisal.network.Layer;
import org.surprisal.network.Network;
import org.surprisal.network.layer.Activation;
import org.surprisal.network.layer.Graph;
import org.surprisal.network.layer.GraphConvolution;
import org.surprisal.network.layer.Sequential;
import org.surprisal.network.layer.WholeGraph;
import org.surprisal.network.loss.CrossEntropy;
import org.surprisal.network.optimiser.Adam;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.SparseMatrix;
import org.surprisal.tensor.Tensor;

/// A graph convolutional network of 1433-200-200-200-7 on Cora: every step sees the whole graph and the labels of 140
/// papers.
public record CitationNetwork() implements Workload {
    private static final int NODES = 2708;
    private static final int FEATURES = 1433;
    private static final int EDGES = 5278;
    private static final int LABELLED = 140;
    private static final List<Integer> WIDTHS = List.of(200, 200, 200, 7);
    private static final double RATE = 0.01;
    private static final String SCRIPT = """
                a = torch._sparse_csr_tensor_unsafe(self.c[0], self.c[1], self.c[2], [2708, 2708])
                f = torch._sparse_csr_tensor_unsafe(self.c[3], self.c[4], self.c[5], [2708, 1433])
                h = torch.relu(torch.add(torch.mm(a, torch.mm(f, torch.t(w[0]))), w[1]))
                for i in range(1, 4):
                  h = torch.add(torch.mm(a, torch.linear(h, w[torch.mul(2, i)])), w[torch.add(torch.mul(2, i), 1)])
                  if torch.lt(i, 3):
                    h = torch.relu(h)
                loss = torch.cross_entropy_loss(torch.index_select(h, 0, torch.to(x, 4)), y)
            """;

    @Override
    public String name() {
        return "gcn";
    }

    @Override
    public String summary() {
        return "graph convolutions 1433-200-200-200-7, ReLU, whole graph of 2708 papers, Adam 0.01";
    }

    @Override
    public Work work() {
        return new Work(1, "steps");
    }

    @Override
    public List<Target> targets() {
        return List.of(new Target.OfPeer(1.5));
    }

    @Override
    public Check check() {
        return new Check(10, 1e-3);
    }

    /// @param features  of each paper
    /// @param adjacency symmetrically normalised, with self-loops
    /// @param labelled  numbers of papers and their classes
    private record Papers(Tensor features, SparseMatrix adjacency, Batch labelled, String source) {}

    @Override
    public Contest open(Scene scene) throws IOException {
        RandomStream stream = scene.stream().child("gcn");
        Papers papers = papers(scene, stream.child("graph"));
        Map<String, Layer> layers = new LinkedHashMap<>();
        int in = FEATURES;
        for (int i = 0; i < WIDTHS.size(); i++) {
            layers.put("convolution" + i, GraphConvolution.start(Start.relu(), papers.adjacency(), ElementType.FLOAT32,
                    in, WIDTHS.get(i), stream.child(i)));
            if (i < WIDTHS.size() - 1) {
                layers.put("relu" + i, Activation.RELU);
            }
            in = WIDTHS.get(i);
        }
        Network network = new Network(new WholeGraph(papers.features(), new Sequential(layers)));
        return Training.contest(scene, network, new CrossEntropy(), new Adam(RATE),
                torch -> new TorchTraining.Objective(SCRIPT, true, constants(torch, papers)),
                TorchOptimiser.adam(RATE), List.of(papers.labelled()), Optional.empty(), papers.source(),
                List.of("sparse products in both, with the graph and with the words; PyTorch's are those of"
                        + " compressed rows (CSR)"));
    }

    private static Papers papers(Scene scene, RandomStream stream) {
        try {
            GraphData graph = Cora.load(scene.dataFolder()).rowNormalised();
            int[] train = IntStream.range(0, LABELLED).toArray();
            return of(graph.nodes().all().inputs().to(ElementType.FLOAT32), graph.from(), graph.to(),
                    graph.nodes().batch(train).targets(), "Cora, labels of the first 140 papers");
        } catch (DataException e) {
            int[] from = new int[EDGES];
            int[] to = new int[EDGES];
            for (int i = 0; i < EDGES; i++) {
                from[i] = stream.nextInt(NODES);
                // No node is its own neighbour.
                to[i] = (from[i] + 1 + stream.nextInt(NODES - 1)) % NODES;
            }
            float[] words = new float[NODES * FEATURES];
            for (int i = 0; i < words.length; i++) {
                words[i] = stream.nextInt(80) == 0 ? 0.05f : 0;
            }
            float[] classes = new float[LABELLED];
            for (int i = 0; i < LABELLED; i++) {
                classes[i] = i % 7;
            }
            return of(Tensor.of(words, NODES, FEATURES), from, to, Tensor.of(classes, LABELLED),
                    "a drawn graph of Cora's size");
        }
    }

    private static Papers of(Tensor features, int[] from, int[] to, Tensor classes, String source) {
        float[] numbers = new float[LABELLED];
        for (int i = 0; i < LABELLED; i++) {
            numbers[i] = i;
        }
        return new Papers(features, Graph.undirected(NODES, from, to).symmetricallyNormalised(),
                new Batch(Tensor.of(numbers, LABELLED), classes), source);
    }

    /// Both matrices by compressed rows.
    private static List<PtNDArray> constants(PyTorch torch, Papers papers) {
        List<PtNDArray> constants = new ArrayList<>(compressedRows(torch, papers.adjacency().toDense()));
        constants.addAll(compressedRows(torch, papers.features()));
        return constants;
    }

    /// Where rows start, columns, values.
    private static List<PtNDArray> compressedRows(PyTorch torch, Tensor matrix) {
        double[] dense = matrix.toDoubles();
        int width = matrix.length(1);
        double[] starts = new double[matrix.length(0) + 1];
        DoubleStream.Builder columns = DoubleStream.builder();
        DoubleStream.Builder values = DoubleStream.builder();
        int count = 0;
        for (int i = 0; i < dense.length; i++) {
            if (dense[i] != 0) {
                columns.add(i % width);
                values.add(dense[i]);
                count++;
            }
            starts[i / width + 1] = count;
        }
        return List.of(torch.indices(Tensor.of(starts)), torch.indices(Tensor.of(columns.build().toArray())),
                torch.array(Tensor.of(values.build().toArray())));
    }
}

package org.surprisal.bench.workload;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.surprisal.bench.harness.Contest;
import org.surprisal.bench.harness.Scene;
import org.surprisal.bench.harness.Target;
import org.surprisal.bench.harness.Workload;
import org.surprisal.bench.pytorch.TorchOptimiser;
import org.surprisal.bench.pytorch.TorchTraining;
import org.surprisal.data.Batch;
import org.surprisal.data.DataException;
import org.surprisal.data.sets.NameSet;
import org.surprisal.data.sets.Names;
import org.surprisal.network.Layer;
import org.surprisal.network.Network;
import org.surprisal.network.layer.Activation;
import org.surprisal.network.layer.ElmanCell;
import org.surprisal.network.layer.LastStep;
import org.surprisal.network.layer.Recurrent;
import org.surprisal.network.layer.Sequential;
import org.surprisal.network.loss.CrossEntropy;
import org.surprisal.network.optimiser.Adam;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;

/// The recurrent network on names: three ReLU levels of 200, many to one, 18 languages. Sequences end where their names
/// do, on both sides: PyTorch packs them, which is its quickest form.
public record NamesNetwork() implements Workload {
    private static final int BATCH = 64;
    private static final int BATCHES = 8;
    private static final int LEVELS = 3;
    private static final int HIDDEN = 200;
    private static final int LANGUAGES = 18;
    private static final int NAMES_PER_LANGUAGE = 48;
    private static final double RATE = 5e-4;
    /// One-hot letters add up to the length; the longest name is first, as packing wants it.
    private static final TorchTraining.Objective OBJECTIVE = TorchTraining.Objective.of("""
                lengths = torch.to(torch.sum(x, [1, 2]), 4)
                data, sizes = torch._pack_padded_sequence(x, lengths, True)
                h0 = torch.zeros([3, torch.size(x, 0), 200])
                out, h = torch.rnn_relu(data, sizes, h0, torch.slice(w, 0, 12), True, 3, 0., True, False)
                loss = torch.cross_entropy_loss(torch.linear(torch.select(h, 0, 2), w[12], w[13]), y)
            """, true);

    @Override
    public String name() {
        return "rnn";
    }

    @Override
    public String summary() {
        return "three recurrent levels of 200, ReLU, on names of up to 12 letters, batch 64, Adam 5e-4";
    }

    @Override
    public Work work() {
        return new Work(BATCH, "names");
    }

    @Override
    public List<Target> targets() {
        return List.of(new Target.OfPeer(1.6));
    }

    @Override
    public Check check() {
        return new Check(10, 1e-3);
    }

    @Override
    public Contest open(Scene scene) throws IOException {
        RandomStream stream = scene.stream().child("names");
        NameSet names;
        String source;
        try {
            names = Names.load(scene.dataFolder()).sample(NAMES_PER_LANGUAGE, stream.child("sample"));
            source = "names";
        } catch (DataException e) {
            names = drawn(stream.child("drawn"));
            source = "drawn letters of the names' lengths";
        }
        return Training.contest(scene, network(stream.child("network")), new CrossEntropy(), new Adam(RATE), OBJECTIVE,
                TorchOptimiser.adam(RATE), batches(names, stream.child("order")), Optional.empty(), source);
    }

    private static Network network(RandomStream stream) {
        Map<String, Layer> layers = new LinkedHashMap<>();
        int features = NameSet.ALPHABET.length();
        for (int level = 0; level < LEVELS; level++) {
            layers.put("level" + level, new Recurrent(ElmanCell.start(Start.recurrent(), ElementType.FLOAT32,
                    level == 0 ? features : HIDDEN, HIDDEN, Activation.RELU, stream.child(level))));
        }
        layers.put("last", new LastStep());
        layers.put("language",
                Start.recurrent().linear(ElementType.FLOAT32, HIDDEN, LANGUAGES, stream.child("language")));
        return new Network(new Sequential(layers));
    }

    private static List<Batch> batches(NameSet names, RandomStream stream) {
        int[] order = stream.permutation(names.size());
        List<Batch> batches = new ArrayList<>();
        for (int i = 0; i < BATCHES; i++) {
            int[] rows = IntStream.range(i * BATCH, (i + 1) * BATCH).map(k -> order[k]).boxed()
                    .sorted(Comparator.<Integer>comparingInt(row -> names.name(row).length()).reversed())
                    .mapToInt(row -> row).toArray();
            Batch batch = names.oneHot().batch(rows);
            batches.add(new Batch(batch.inputs().to(ElementType.FLOAT32), batch.targets()));
        }
        return batches;
    }

    private static NameSet drawn(RandomStream stream) {
        LinkedHashMap<String, List<String>> languages = new LinkedHashMap<>();
        for (int language = 0; language < LANGUAGES; language++) {
            List<String> names = new ArrayList<>();
            for (int i = 0; i < NAMES_PER_LANGUAGE; i++) {
                StringBuilder name = new StringBuilder();
                int length = 4 + stream.nextInt(NameSet.LENGTH - 3);
                for (int k = 0; k < length; k++) {
                    name.append(NameSet.ALPHABET.charAt(stream.nextInt(52)));
                }
                names.add(name.toString());
            }
            languages.put("language" + language, names);
        }
        return NameSet.of(languages);
    }
}

package org.surprisal.bench.workload;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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
import org.surprisal.network.layer.GruCell;
import org.surprisal.network.layer.LastStep;
import org.surprisal.network.layer.LstmCell;
import org.surprisal.network.layer.Recurrent;
import org.surprisal.network.layer.RecurrentCell;
import org.surprisal.network.layer.Sequential;
import org.surprisal.network.loss.CrossEntropy;
import org.surprisal.network.optimiser.Adam;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;

/// A recurrent network on names, many to one, 18 languages. Sequences end where their names do, on both sides: PyTorch
/// packs them, which is its quickest form.
///
/// @param kind of its levels
public record NamesNetwork(Kind kind) implements Workload {
    private static final int BATCH = 64;
    private static final int BATCHES = 8;
    private static final int LANGUAGES = 18;
    private static final int NAMES_PER_LANGUAGE = 48;
    private static final double RATE = 5e-4;

    /// What the levels are, here and in PyTorch.
    public enum Kind {
        /// Three ReLU levels of 200.
        RNN(3, 200, 1.6, "three recurrent levels of 200, ReLU", "out, h = torch.rnn_relu(data, sizes, start, %s)") {
            @Override
            RecurrentCell cell(int features, RandomStream stream) {
                return ElmanCell.start(Start.recurrent(), ElementType.FLOAT32, features, hidden(), Activation.RELU,
                        stream);
            }
        },
        /// Two levels of 128 with a memory.
        LSTM(2, 128, 1.5, "two LSTM levels of 128", "out, h, c = torch.lstm(data, sizes, [start, start], %s)") {
            @Override
            RecurrentCell cell(int features, RandomStream stream) {
                return LstmCell.start(Start.recurrent(), ElementType.FLOAT32, features, hidden(), stream);
            }
        },
        /// Two levels of 128 gated recurrent units.
        GRU(2, 128, 1.5, "two GRU levels of 128", "out, h = torch.gru(data, sizes, start, %s)") {
            @Override
            RecurrentCell cell(int features, RandomStream stream) {
                return GruCell.start(Start.recurrent(), ElementType.FLOAT32, features, hidden(), stream);
            }
        };

        private final int levels;
        private final int hidden;
        private final double target;
        private final String words;
        private final String operator;

        Kind(int levels, int hidden, double target, String words, String operator) {
            this.levels = levels;
            this.hidden = hidden;
            this.target = target;
            this.words = words;
            this.operator = operator;
        }

        int hidden() {
            return hidden;
        }

        abstract RecurrentCell cell(int features, RandomStream stream);

        /// One-hot letters add up to the length; the longest name is first, as packing wants it.
        TorchTraining.Objective objective() {
            String arguments = String.format(Locale.ROOT, "torch.slice(w, 0, %d), True, %d, 0., True, False",
                    4 * levels, levels);
            return TorchTraining.Objective.of(String.format(Locale.ROOT, """
                        lengths = torch.to(torch.sum(x, [1, 2]), 4)
                        data, sizes = torch._pack_padded_sequence(x, lengths, True)
                        start = torch.zeros([%d, torch.size(x, 0), %d])
                        %s
                        last = torch.select(h, 0, %d)
                        loss = torch.cross_entropy_loss(torch.linear(last, w[%d], w[%d]), y)
                    """, levels, hidden, String.format(Locale.ROOT, operator, arguments), levels - 1, 4 * levels,
                    4 * levels + 1), true);
        }
    }

    @Override
    public String name() {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String summary() {
        return kind.words + " on names of up to 12 letters, batch 64, Adam 5e-4";
    }

    @Override
    public Work work() {
        return new Work(BATCH, "names");
    }

    @Override
    public List<Target> targets() {
        return List.of(new Target.OfPeer(kind.target));
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
        return Training.contest(scene, network(stream.child("network")), new CrossEntropy(), new Adam(RATE),
                kind.objective(),
                TorchOptimiser.adam(RATE), batches(names, stream.child("order")), Optional.empty(), source);
    }

    private Network network(RandomStream stream) {
        Map<String, Layer> layers = new LinkedHashMap<>();
        int features = NameSet.ALPHABET.length();
        for (int level = 0; level < kind.levels; level++) {
            layers.put("level" + level,
                    new Recurrent(kind.cell(level == 0 ? features : kind.hidden, stream.child(level))));
        }
        layers.put("last", new LastStep());
        layers.put("language",
                Start.recurrent().linear(ElementType.FLOAT32, kind.hidden, LANGUAGES, stream.child("language")));
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

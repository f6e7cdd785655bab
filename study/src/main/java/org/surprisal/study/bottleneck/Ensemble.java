package org.surprisal.study.bottleneck;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.surprisal.network.layer.Activation;
import org.surprisal.study.Case;
import org.surprisal.study.Run;

/// The networks of a run, one a seed, activation and fraction of the data, in the order in which they are trained: a
/// seed's networks one after the other, so that an interrupted run has whole seeds.
///
/// Networks of one seed start from the same random numbers and see the samples in the same order.
final class Ensemble {
    private static final String ACTIVATION = "activation";
    private static final String FRACTION = "fraction";
    private static final String SEED = "seed";

    private final Run run;
    private final List<Member> members;

    private Ensemble(Run run, List<Member> members) {
        this.run = run;
        this.members = members;
    }

    /// One network.
    ///
    /// @param which its case
    /// @param phase what progress calls it
    record Member(Case which, String phase, Activation activation, Task task, long seed) {}

    /// Trains and measures one network; false once the run is to stop.
    interface Work {
        boolean one(Member member) throws IOException;
    }

    /// @param defaultSeeds where the user did not say
    static Ensemble of(Run run, NetworkSettings settings, int defaultSeeds) {
        int seeds = run.seeds().orElse(defaultSeeds);
        List<Activation> activations = settings.activations(run);
        List<Double> fractions = settings.fractions(run);
        Map<Double, Task> tasks = new TreeMap<>();
        fractions.forEach(fraction -> tasks.put(fraction, settings.task(run, fraction)));
        List<Member> members = new ArrayList<>();
        int of = seeds * activations.size() * fractions.size();
        for (int s = 0; s < seeds; s++) {
            for (Activation activation : activations) {
                for (Map.Entry<Double, Task> task : tasks.entrySet()) {
                    Case group = Case.of(ACTIVATION, activation.label()).and(FRACTION, Double.toString(task.getKey()));
                    Case which = group.and(SEED, run.seed() + s);
                    members.add(
                            new Member(which,
                                    String.format(Locale.ROOT, "network %d of %d (%s, seed %d)", members.size() + 1, of,
                                            label(group), run.seed() + s),
                                    activation, task.getValue(), run.seed() + s));
                }
            }
        }
        return new Ensemble(run, members);
    }

    /// Does the work of each network that is not finished.
    void forEach(Work work) throws IOException {
        try {
            for (int i = (int) run.checkpoints().finished(); i < members.size(); i++) {
                if (!work.one(members.get(i))) {
                    return;
                }
                run.checkpoints().finish();
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /// Training samples of the network that has fewest.
    int fewestSamples() {
        return members.stream().mapToInt(member -> member.task().train().size()).min().orElseThrow();
    }

    /// The case without its seed: networks that differ by the seed alone have the same.
    static Case group(Case which) {
        Case group = Case.WHOLE;
        for (Map.Entry<String, String> coordinate : which.values().entrySet()) {
            if (!coordinate.getKey().equals(SEED)) {
                group = group.and(coordinate.getKey(), coordinate.getValue());
            }
        }
        return group;
    }

    static long seed(Case which) {
        return Long.parseLong(which.get(SEED));
    }

    static String activation(Case which) {
        return which.get(ACTIVATION);
    }

    /// Whether the networks were trained on all samples.
    static boolean onAll(Case which) {
        return Double.parseDouble(which.get(FRACTION)) == 1;
    }

    /// What legends call the networks of a group: `tanh`, `tanh, 5 % of the data`.
    static String label(Case group) {
        StringBuilder label = new StringBuilder(activation(group));
        if (!onAll(group)) {
            label.append(", %s %% of the data".formatted(percent(Double.parseDouble(group.get(FRACTION)))));
        }
        group.values().forEach((name, value) -> {
            if (!name.equals(ACTIVATION) && !name.equals(FRACTION) && !name.equals(SEED)) {
                label.append(", ").append(value).append(' ').append(name);
            }
        });
        return label.toString();
    }

    private static String percent(double fraction) {
        double percent = Math.rint(fraction * 1e6) / 1e4;
        return percent == Math.rint(percent) ? Long.toString((long) percent) : Double.toString(percent);
    }
}

package org.surprisal.network;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.surprisal.data.DataException;
import org.surprisal.data.format.ArrayFile;
import org.surprisal.data.format.Npz;
import org.surprisal.data.format.NumberedNames;
import org.surprisal.data.format.Safetensors;
import org.surprisal.tensor.InPlace;
import org.surprisal.tensor.Tensor;

/// A network's numbers in files that other programs read and write: safetensors or NPZ, in PyTorch's layout and with
/// PyTorch's names of what a layer has (`weight`, `bias`, `running_mean`, `weight_ih_l0`, …).
///
/// ```java
/// Weights.save(network, Path.of("lenet.safetensors")); // convolution0.weight, convolution0.bias, ...
/// Weights.load(network, Path.of("trained-in-pytorch.safetensors")); // conv1.weight, conv1.bias, fc1.weight, ...
/// ```
///
/// In PyTorch, the saved names are those of an `nn.Sequential` of an `OrderedDict` with this network's names of layers.
public final class Weights {
    private static final Map<String, String> PYTORCH = Map.of("gamma", "weight", "beta", "bias", "running-mean",
            "running_mean", "running-variance", "running_var", "weight-input", "weight_ih_l0", "weight-hidden",
            "weight_hh_l0", "bias-input", "bias_ih_l0", "bias-hidden", "bias_hh_l0");
    /// A counter that PyTorch's batch normalisation keeps, and does not use when it has a momentum.
    private static final String COUNTER = "num_batches_tracked";

    private Weights() {
    }

    /// Writes parameters and buffers, or nothing: a file of that name is replaced when the new one is whole.
    ///
    /// @param file ends in `.safetensors` or `.npz`
    /// @throws DataException when it ends in something else or cannot be written
    public static void save(Network network, Path file) {
        SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
        network.state().forEach((name, value) -> tensors.put(pytorch(name), value));
        String name = file.toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".safetensors")) {
            Safetensors.write(file, tensors);
        } else if (name.endsWith(".npz")) {
            Npz.write(file, tensors);
        } else {
            throw new DataException(file + ": weights are written to .safetensors or .npz");
        }
    }

    /// Gives a network the numbers of a file. Modules are found by name, where the file has all of this network's
    /// names; else by what they hold: the kinds and shapes of a module's tensors must single it out, but modules that
    /// are alike may have names that differ in numbers alone (`fc1`, `fc2`, `layers.0`, `layers.1`), which are their
    /// order, or come in order in an NPZ whose names are not sorted.
    ///
    /// @throws DataException when the file cannot be read, holds other tensors than this network has, or does not tell
    /// the order of modules that are alike
    public static void load(Network network, Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        SequencedMap<String, Tensor> wanted = new LinkedHashMap<>();
        network.state().forEach((path, value) -> wanted.put(pytorch(path), value));
        SequencedMap<String, Tensor> saved = ArrayFile.readAll(file);
        SequencedMap<String, Tensor> given = new LinkedHashMap<>(saved);
        given.replaceAll((path, value) -> ArrayFile.mayBeVector(file, value) && isVector(path, value, saved, wanted)
                ? ArrayFile.vector(file, value)
                : value);
        boolean ordered = name.endsWith(".npz") && !isSorted(List.copyOf(given.sequencedKeySet()));
        load(wanted, given, ordered, file.toString());
    }

    /// Whether names stand in the order of words, as their writer sorted them: PyTorch names a module's weight before
    /// its bias, and numbers layers in order.
    private static boolean isSorted(List<String> names) {
        boolean sorted = names.equals(names.stream().sorted().toList());
        boolean biasFirst = names.stream().anyMatch(
                name -> name.endsWith("bias") && names.contains(name.substring(0, name.length() - 4) + "weight"));
        return sorted && (biasFirst || NumberedNames.areSortedAsWords(names));
    }

    /// Whether an array that may be a vector is one in the network.
    private static boolean isVector(String path, Tensor value, Map<String, Tensor> given, Map<String, Tensor> wanted) {
        Tensor target = wanted.get(path);
        if (target != null) {
            return target.rank() == 1;
        }
        String kind = kind(path);
        List<Tensor> alike = wanted.entrySet().stream().filter(entry -> kind(entry.getKey()).equals(kind))
                .map(Map.Entry::getValue).toList();
        if (alike.stream().allMatch(tensor -> tensor.rank() == 1)) {
            return !alike.isEmpty();
        }
        // The scale and shift of a normalisation have one shape; a layer's weight has its bias's shape only where both
        // are one number.
        Tensor bias = given.get(path.substring(0, path.length() - kind.length()) + "bias");
        return kind.equals("weight") && bias != null && bias.shape().equals(value.shape()) && value.size() > 1;
    }

    private static String kind(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    private static void load(Map<String, Tensor> wanted, SequencedMap<String, Tensor> given, boolean ordered,
            String source) {
        SequencedMap<String, Tensor> kept = new LinkedHashMap<>(given);
        kept.keySet().removeIf(name -> name.endsWith("." + COUNTER) || name.equals(COUNTER));
        Map<Tensor, Tensor> pairs = kept.keySet().containsAll(wanted.keySet())
                ? byName(wanted, kept, source)
                : byContents(wanted, kept, ordered, source);
        pairs.replaceAll((target, value) -> {
            Tensor converted = value.to(target.type());
            if (!converted.isFinite()) {
                throw new DataException(source + ": a tensor of shape " + value.shape()
                        + " holds a number that is not finite as " + target.type());
            }
            return converted;
        });
        // All fit: only now is anything written.
        pairs.forEach(InPlace::assign);
    }

    private static Map<Tensor, Tensor> byName(Map<String, Tensor> wanted, Map<String, Tensor> given, String source) {
        Map<Tensor, Tensor> pairs = new LinkedHashMap<>();
        wanted.forEach((name, target) -> {
            Tensor value = given.get(name);
            if (value == null || !value.shape().equals(target.shape())) {
                throw new DataException(source + ": '" + name + "' is " + (value == null ? "missing" : value.shape())
                        + ", and the network's is " + target.shape());
            }
            pairs.put(target, value);
        });
        if (given.size() > wanted.size()) {
            throw new DataException(source + " holds more than the network has: " + given.keySet().stream()
                    .filter(name -> !wanted.containsKey(name)).collect(Collectors.joining(", ")));
        }
        return pairs;
    }

    /// The tensors of one module, by kind.
    private record Module(String path, Map<String, Tensor> tensors) {
        /// What it holds: `bias(10) weight(10, 50)`.
        String contents() {
            return new TreeMap<>(tensors).entrySet().stream().map(entry -> entry.getKey() + entry.getValue().shape())
                    .collect(Collectors.joining(" "));
        }
    }

    private static Map<Tensor, Tensor> byContents(Map<String, Tensor> wanted, Map<String, Tensor> given,
            boolean ordered, String source) {
        Map<String, List<Module>> targets = modules(wanted);
        Map<String, List<Module>> sources = modules(given);
        Map<Tensor, Tensor> pairs = new LinkedHashMap<>();
        targets.forEach((contents, alike) -> {
            List<Module> found = sources.getOrDefault(contents, List.of());
            if (found.size() != alike.size()) {
                throw new DataException(source + " has " + found.size() + " modules of " + contents
                        + ", and the network "
                        + alike.size() + " (" + alike.stream().map(Module::path).collect(Collectors.joining(", "))
                        + "); the file has " + describe(sources));
            }
            List<Module> sorted = sorted(found, alike, ordered, source);
            for (int i = 0; i < alike.size(); i++) {
                Module from = sorted.get(i);
                alike.get(i).tensors().forEach((kind, target) -> pairs.put(target, value(from, kind)));
            }
        });
        if (targets.size() != sources.size()) {
            sources.keySet().removeAll(targets.keySet());
            throw new DataException(source + " holds more than the network has: " + describe(sources));
        }
        return pairs;
    }

    private static Tensor value(Module from, String kind) {
        @Nullable
        Tensor value = from.tensors().get(kind);
        if (value == null) {
            throw new IllegalStateException(from.path() + " has no " + kind);
        }
        return value;
    }

    /// Modules that are alike in the order of the network's.
    private static List<Module> sorted(List<Module> found, List<Module> alike, boolean ordered, String source) {
        List<String> paths = found.stream().map(Module::path).toList();
        boolean series = NumberedNames.areOneSeries(paths);
        List<Module> sorted = found.stream().sorted(Comparator.comparing(Module::path, NumberedNames.ORDER)).toList();
        // A file that was sorted as words has its numbers out of order; any other order is one that somebody chose.
        boolean chosen = ordered && !sorted.equals(found) && !NumberedNames.areSortedAsWords(paths);
        if (found.size() > 1 && (series ? chosen : !ordered)) {
            throw new DataException(source + ": " + String.join(", ", paths) + " are alike, and "
                    + (series ? "their numbers tell another order than the file" : "their names do not say")
                    + (series ? "; which is that of the network's " : " which is which of the network's ")
                    + alike.stream().map(Module::path).collect(Collectors.joining(", "))
                    + (series
                            ? " cannot be told: give them the network's names, or numbers in order"
                            : ": give them the network's names, or save an NPZ in the network's order"));
        }
        return series ? sorted : found;
    }

    private static String describe(Map<String, List<Module>> modules) {
        return modules.values().stream().flatMap(List::stream).map(module -> module.path() + " (" + module.contents()
                + ")").collect(Collectors.joining(", "));
    }

    /// Modules by what they hold, each list in the order of the tensors.
    private static Map<String, List<Module>> modules(Map<String, Tensor> tensors) {
        Map<String, Map<String, Tensor>> byPath = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> {
            int dot = name.lastIndexOf('.');
            String path = dot < 0 ? "" : name.substring(0, dot);
            String kind = name.substring(dot + 1);
            // Levels of one recurrent module in PyTorch are layers of their own here.
            if (kind.matches("(weight|bias)_(ih|hh)_l[0-9]+")) {
                int level = kind.lastIndexOf('l');
                path += "." + kind.substring(level);
                kind = kind.substring(0, level) + "l0";
            }
            byPath.computeIfAbsent(path, key -> new LinkedHashMap<>()).put(kind, tensor);
        });
        Map<String, List<Module>> byContents = new LinkedHashMap<>();
        byPath.forEach((path, parts) -> {
            Module module = new Module(path, parts);
            byContents.computeIfAbsent(module.contents(), key -> new ArrayList<>()).add(module);
        });
        return byContents;
    }

    private static String pytorch(String name) {
        int dot = name.lastIndexOf('.');
        String kind = name.substring(dot + 1);
        return name.substring(0, dot + 1) + PYTORCH.getOrDefault(kind, kind);
    }
}

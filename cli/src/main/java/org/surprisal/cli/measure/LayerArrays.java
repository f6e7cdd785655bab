package org.surprisal.cli.measure;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import org.surprisal.cli.ArrayInputs;
import org.surprisal.data.DataException;
import org.surprisal.data.format.ArrayFile;
import org.surprisal.information.mutual.Continuous;
import org.surprisal.tensor.Tensor;

/// The representations of a network's layers, as files hold them.
final class LayerArrays {
    /// What the files of a probe hold beside a layer's output.
    private static final List<String> BESIDE_OUTPUT = List.of("input", "target");

    private LayerArrays() {
    }

    /// Every array of every file, in the order of the layers; of `FILE#name` that one. Layers are called by their
    /// arrays, behind the name of the file where there are several; an array without a name by its file. What a file
    /// holds beside an array `output`, the inputs and targets of the same samples, is left out.
    ///
    /// @param files at least one
    static List<Continuous> read(List<String> files, ArrayInputs inputs) {
        List<Continuous> layers = new ArrayList<>();
        for (String file : files) {
            if (file.contains("#") && !Files.isRegularFile(Path.of(file))) {
                layers.add(Continuous.of(ArrayFile.Place.of(file).name(), inputs.samples(file)));
                continue;
            }
            Path path = Path.of(file);
            String stem = path.getFileName().toString().replaceFirst("\\.[^.]*$", "");
            SequencedMap<String, Tensor> arrays = inputs.inOrder(path);
            boolean probe = arrays.containsKey("output") && BESIDE_OUTPUT.stream().anyMatch(arrays::containsKey);
            if (probe) {
                List<String> left = BESIDE_OUTPUT.stream().filter(name -> arrays.remove(name) != null).toList();
                inputs.note(file + ": " + String.join(" and ", left)
                        + " left out, because a probe keeps " + (left.size() == 1 ? "it" : "them")
                        + " beside the layer's output; " + file + "#" + left.getFirst() + " takes it as a layer");
            }
            arrays.forEach((name, array) -> layers.add(Continuous
                    .of(name.isEmpty() ? stem : files.size() == 1 ? name : stem + ":" + name, array)));
        }
        if (layers.isEmpty()) {
            throw new DataException(
                    String.join(", ", files) + " holds no array: a layer is an array with one row for each sample");
        }
        return layers;
    }
}

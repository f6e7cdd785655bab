package org.surprisal.cli.measure;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.surprisal.data.ArrayFile;
import org.surprisal.information.mutual.Continuous;

/// The representations of a network's layers, as files hold them.
final class LayerArrays {
    private LayerArrays() {
    }

    /// Every array of every file, in their order; of `FILE#name` that one. Layers are called by their arrays, behind the name of the
    /// file where there are several; an array without a name by its file.
    ///
    /// @param files at least one
    static List<Continuous> read(List<String> files) {
        List<Continuous> layers = new ArrayList<>();
        for (String file : files) {
            if (file.contains("#") && !Files.isRegularFile(Path.of(file))) {
                layers.add(Continuous.of(file.substring(file.lastIndexOf('#') + 1), ArrayFile.read(file)));
                continue;
            }
            Path path = Path.of(file);
            String stem = path.getFileName().toString().replaceFirst("\\.[^.]*$", "");
            ArrayFile.readAll(path).forEach((name, array) -> layers.add(Continuous
                    .of(name.isEmpty() ? stem : files.size() == 1 ? name : stem + ":" + name, array)));
        }
        return layers;
    }
}

package org.surprisal.network.architecture;

import java.util.List;
import java.util.ServiceLoader;
import org.surprisal.settings.Extensions;
import org.surprisal.settings.Setting;
import org.surprisal.settings.Settings;

/// A kind of layer that users bring, for the `network` of an experiment's file: a class with a public constructor
/// without parameters, named in a file `META-INF/services/org.surprisal.network.architecture.LayerKind` on the class
/// path (or provided by a module).
public interface LayerKind {
    /// The name as files have it: lower-case letters and digits joined by hyphens.
    String name();

    /// What a file may set. A single value in the file, `name: 3`, is that of the first setting.
    default List<Setting<?>> settings() {
        return List.of();
    }

    /// One layer of this kind. An [IllegalArgumentException] from here, and from the shapes that the answer is asked
    /// for, is shown with the layer's line of the file.
    ///
    /// @param settings the value of each setting, those that the file leaves out at their default
    LayerSpec spec(Settings settings);

    /// The kinds of layers that users brought.
    ///
    /// @throws IllegalStateException if one that is named cannot be loaded, or has no proper name
    static List<LayerKind> found() {
        List<LayerKind> found = Extensions.found(ServiceLoader.load(LayerKind.class), "a layer");
        found.forEach(kind -> Extensions.requireName(kind, "a layer", kind.name()));
        return found;
    }
}

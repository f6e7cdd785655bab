package org.surprisal.tensor.kernel;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/// The search for a resource of another jar, wherever the host keeps its classes.
///
/// On the class path the class's own loader finds it; so it does in a host with class loaders of its own (a notebook,
/// an application server, a build tool). On the module path, bytedeco's jar is a module that nothing resolves (its
/// descriptor requires a module that is not there), and no loader knows it: the jar is then looked for by its name
/// among the entries of the module path, and in the folder of this library's own jar, where a module layer of the host
/// has its modules.
final class ResourceSearch {
    private ResourceSearch() {
    }

    /// Finds a resource.
    ///
    /// @param asking a class of this library: where the search begins
    /// @param jarName what the name of the jar begins with where no loader knows the jar
    /// @return empty if the resource is nowhere
    static Optional<URL> find(Class<?> asking, String resource, String jarName) {
        for (ClassLoader loader : loaders(asking)) {
            URL found = loader.getResource(resource);
            if (found != null) {
                return Optional.of(found);
            }
        }
        for (Path place : places(asking, jarName)) {
            Optional<URL> found = within(place, resource);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Set<ClassLoader> loaders(Class<?> asking) {
        Set<ClassLoader> loaders = new LinkedHashSet<>();
        addIfPresent(loaders, asking.getClassLoader());
        addIfPresent(loaders, Thread.currentThread().getContextClassLoader());
        ModuleLayer layer = asking.getModule().getLayer();
        if (layer != null && layer != ModuleLayer.boot()) {
            layer.modules().forEach(module -> addIfPresent(loaders, module.getClassLoader()));
        }
        loaders.add(ClassLoader.getSystemClassLoader());
        return loaders;
    }

    private static void addIfPresent(Set<ClassLoader> loaders, @Nullable ClassLoader loader) {
        if (loader != null) {
            loaders.add(loader);
        }
    }

    /// Jars and folders that may hold the resource although no loader knows them.
    private static List<Path> places(Class<?> asking, String jarName) {
        List<Path> places = new ArrayList<>();
        for (String entry : System.getProperty("jdk.module.path", "").split(File.pathSeparator, -1)) {
            if (!entry.isEmpty()) {
                addPlace(places, Path.of(entry), jarName);
            }
        }
        CodeSource source = asking.getProtectionDomain().getCodeSource();
        if (source != null && source.getLocation() != null) {
            try {
                Path folder = Path.of(source.getLocation().toURI()).getParent();
                if (folder != null) {
                    addPlace(places, folder, jarName);
                }
            } catch (URISyntaxException | IllegalArgumentException | java.nio.file.FileSystemNotFoundException e) {
                // A host that keeps its classes elsewhere than in files has no folder to look into.
                return places;
            }
        }
        return places;
    }

    /// An entry of the module path is a jar, the unpacked folder of one module, or a folder of jars.
    private static void addPlace(List<Path> places, Path entry, String jarName) {
        if (isJar(entry, jarName)) {
            places.add(entry);
        } else if (Files.isDirectory(entry)) {
            places.add(entry);
            try (DirectoryStream<Path> files = Files.newDirectoryStream(entry, file -> isJar(file, jarName))) {
                files.forEach(places::add);
            } catch (IOException e) {
                // A folder that cannot be listed holds nothing that could be loaded.
                return;
            }
        }
    }

    private static boolean isJar(Path file, String jarName) {
        Path name = file.getFileName();
        return name != null && name.toString().startsWith(jarName) && name.toString().endsWith(".jar")
                && Files.isRegularFile(file);
    }

    private static Optional<URL> within(Path place, String resource) {
        try {
            if (Files.isDirectory(place)) {
                Path file = place.resolve(resource);
                return Files.isRegularFile(file) ? Optional.of(file.toUri().toURL()) : Optional.empty();
            }
            try (ZipFile jar = new ZipFile(place.toFile())) {
                return jar.getEntry(resource) == null
                        ? Optional.empty()
                        : Optional.of(URI.create("jar:" + place.toUri() + "!/" + resource).toURL());
            }
        } catch (IOException | InvalidPathException e) {
            // A jar that cannot be read is passed over: the next place may have the resource.
            return Optional.empty();
        }
    }
}

package org.surprisal.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The Java files of the repository, for tests of conventions.
final class SourceFiles {
    // Tests run in the module's folder.
    private static final Path ROOT = Path.of("..");

    private SourceFiles() {
    }

    /// Returns all Java files that every module has below a folder, such as `src/main/java`.
    static List<Path> of(String folder) throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> modules = Files.list(ROOT)) {
            for (Path sources : modules.map(module -> module.resolve(folder)).filter(Files::isDirectory).sorted()
                    .toList()) {
                try (Stream<Path> tree = Files.walk(sources)) {
                    tree.filter(file -> file.toString().endsWith(".java")).sorted().forEach(files::add);
                }
            }
        }
        return files;
    }
}

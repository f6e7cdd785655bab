package org.surprisal.study;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.surprisal.data.file.AtomicFile;

/// The names of everything that a run may write into its folder.
///
/// A new run claims all of them: a folder in which there is anything of one of these names is refused, because the run
/// would read or overwrite a file that is not its own. An empty folder of the name of one of the run's folders is
/// taken. Whatever else has one of these names in a claimed folder was therefore written by the run, and may be removed
/// when the run is refused. Files of other names are left alone.
final class RunContents {
    static final String RECORD = "run.json";
    static final String METRICS = "metrics.csv";
    static final String REPORT = "report.html";
    static final String FIGURES = "figures";
    static final String TRIALS = "trials";

    /// Texts that studies keep: an experiment as it was when its run began, its network as a table, the names of its
    /// classes.
    private static final List<String> TEXTS = List.of("experiment.yaml", "network.txt", "classes.txt");
    private static final List<String> FOLDERS = List.of(FIGURES, TRIALS);
    private static final List<String> ALL = Stream
            .of(List.of(RECORD, METRICS, REPORT), TEXTS, FOLDERS).flatMap(Collection::stream).toList();

    private RunContents() {
    }

    /// What a run has written into its folder beside report and figures, as a report tells it.
    static SequencedMap<String, String> present(Path folder) {
        SequencedMap<String, String> files = new LinkedHashMap<>();
        files.put(METRICS, "every number of the run, a row each, with its factors, seed and unit");
        files.put(TRIALS + "/", "numbers, arrays and weights of each trial");
        files.put("experiment.yaml", "the experiment as it was when the run began");
        files.put("network.txt", "its layers and parameters");
        files.put("classes.txt", "the names of the classes, in their order");
        files.put(RECORD, "settings, versions, machine and times");
        files.keySet().removeIf(name -> !Files.exists(folder.resolve(name)));
        return files;
    }

    /// Refuses a text of a name that is not claimed.
    ///
    /// @throws IllegalArgumentException if no run may write a text of this name
    static void requireText(String name) {
        if (!TEXTS.contains(name)) {
            throw new IllegalArgumentException("'" + name + "' is not a text of a run folder; " + TEXTS + " are");
        }
    }

    /// Refuses a folder for a new run.
    ///
    /// @param folder need not exist
    /// @throws IOException with one line that names what is in the way
    static void requireFree(Path folder) throws IOException {
        if (isThere(folder.resolve(RECORD))) {
            throw occupied(folder);
        }
        List<Path> empty = emptyFolders(folder);
        List<String> found = ALL.stream().filter(name -> isThere(folder.resolve(name)))
                .filter(name -> !empty.contains(folder.resolve(name))).toList();
        if (!found.isEmpty()) {
            throw new IOException("run folder " + folder + " holds " + String.join(", ", found)
                    + ", which a run would overwrite; choose another with --out DIR, or move "
                    + (found.size() == 1 ? "it" : "them") + " away");
        }
    }

    /// The empty folders that are there in the places of the run's own; links to folders are not among them.
    static List<Path> emptyFolders(Path folder) {
        return FOLDERS.stream().map(folder::resolve).filter(RunContents::isEmptyFolder).toList();
    }

    private static boolean isEmptyFolder(Path file) {
        if (!Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try (Stream<Path> entries = Files.list(file)) {
            return entries.findAny().isEmpty();
        } catch (IOException e) {
            // What is in a folder that cannot be read is not known.
            return false;
        }
    }

    static IOException occupied(Path folder) {
        return new IOException("run folder " + folder + " already holds a run; choose another with --out DIR");
    }

    /// Also for a link that leads nowhere.
    private static boolean isThere(Path file) {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    }

    /// Removes what a run has written into a folder that it claimed, and then the folders that were made for it,
    /// deepest first, if they are empty.
    ///
    /// @param empty the folders that were there before the run, of which only the contents are removed
    static void remove(Path folder, Collection<Path> made, Collection<Path> empty) throws IOException {
        if (Files.isDirectory(folder)) {
            AtomicFile.clear(folder);
            for (String name : ALL) {
                removeWhole(folder.resolve(name), empty);
            }
        }
        removeEmpty(made);
    }

    /// Removes folders that were made for a run, deepest first, up to the first that is not empty.
    static void removeEmpty(Collection<Path> made) throws IOException {
        for (Path parent : made) {
            try {
                Files.deleteIfExists(parent);
            } catch (DirectoryNotEmptyException e) {
                // Somebody else has put something into it.
                return;
            }
        }
    }

    /// Deletes a file, or a folder with all in it; links are deleted, not followed.
    ///
    /// @param kept folders that are emptied but not deleted
    private static void removeWhole(Path file, Collection<Path> kept) throws IOException {
        if (!isThere(file)) {
            return;
        }
        Files.walkFileTree(file, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path each, BasicFileAttributes attributes) throws IOException {
                Files.delete(each);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path each, @Nullable IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                if (!kept.contains(each)) {
                    Files.delete(each);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /// Deletes the unfinished files that a killed run has left in its folder and in those of its trials.
    static void clearUnfinished(Path folder) throws IOException {
        List<Path> places = new ArrayList<>(List.of(folder));
        FOLDERS.forEach(name -> places.add(folder.resolve(name)));
        if (Files.isDirectory(folder.resolve(TRIALS))) {
            try (Stream<Path> all = Files.walk(folder.resolve(TRIALS))) {
                all.filter(Files::isDirectory).forEach(places::add);
            }
        }
        for (Path place : places) {
            AtomicFile.clear(place);
        }
    }
}

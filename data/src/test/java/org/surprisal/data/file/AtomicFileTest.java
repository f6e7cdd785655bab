package org.surprisal.data.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.surprisal.data.format.Npy;
import org.surprisal.data.format.Npz;
import org.surprisal.data.format.Safetensors;
import org.surprisal.data.internal.UnfinishedFile;
import org.surprisal.tensor.Tensor;

class AtomicFileTest {
    @TempDir
    private Path folder;

    private static Set<PosixFilePermission> permissions(Path file) throws IOException {
        return Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void writtenFileReplacesALinkAndLeavesItsTargetAlone() throws IOException {
        Path victim = Files.writeString(folder.resolve("victim"), "mine");
        Path file = Files.createSymbolicLink(folder.resolve("run.json"), victim);

        AtomicFile.writeText(file, "new");

        assertThat(victim).hasContent("mine");
        assertThat(Files.isSymbolicLink(file)).isFalse();
        assertThat(file).hasContent("new");
    }

    @Test
    void temporaryNameIsAnotherEachTime() throws IOException {
        try (UnfinishedFile first = UnfinishedFile.in(folder); UnfinishedFile second = UnfinishedFile.in(folder)) {
            assertThat(first.path()).isNotEqualTo(second.path());
            assertThat(names()).hasSize(2).allMatch(name -> name.matches("\\.unfinished-[0-9a-f]{24}\\.part"));
        }
        assertThat(folder).isEmptyDirectory();
    }

    /// Arrays, weights and texts have the permissions of a file that any program of this user makes.
    @Test
    void permissionsAreThoseOfAnyNewFile() throws IOException {
        assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"), "no POSIX permissions");
        Set<PosixFilePermission> usual = permissions(Files.createFile(folder.resolve("usual")));
        Tensor array = Tensor.of(new double[]{1, 2});
        LinkedHashMap<String, Tensor> arrays = new LinkedHashMap<>();
        arrays.put("a", array);

        AtomicFile.writeText(folder.resolve("text"), "x");
        Npy.write(folder.resolve("a.npy"), array);
        Npz.write(folder.resolve("a.npz"), arrays);
        Safetensors.write(folder.resolve("a.safetensors"), arrays);

        for (String name : List.of("text", "a.npy", "a.npz", "a.safetensors")) {
            assertThat(permissions(folder.resolve(name))).as(name).isEqualTo(usual);
        }
    }

    @Test
    void failureLeavesTheOldFileAndNothingElse() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "old");

        assertThatThrownBy(() -> AtomicFile.write(file, (OutputStream out) -> {
            out.write(new byte[100_000]);
            throw new IOException("the disk is full");
        })).isInstanceOf(IOException.class).hasMessage("the disk is full");

        assertThat(file).hasContent("old");
        assertThat(names()).containsExactly("file");
    }

    @Test
    void folderThatIsAFileIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "mine");

        assertThatThrownBy(() -> AtomicFile.writeText(file.resolve("run.json"), "x"))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(file).hasContent("mine");
    }

    @Test
    void leftoversAreDeletedAndFilesBeingWrittenAreNot() throws IOException {
        Files.writeString(folder.resolve(".unfinished-0123456789abcdef01234567.part"), "of a killed process");
        Files.writeString(folder.resolve(".unfinished-8410523.part"), "of an older version");
        Files.writeString(folder.resolve("notes.part"), "mine");
        Path victim = Files.writeString(folder.resolve("victim"), "mine");
        Files.createSymbolicLink(folder.resolve(".unfinished-link.part"), victim);
        Files.createDirectory(folder.resolve(".unfinished-folder.part"));

        try (UnfinishedFile going = UnfinishedFile.in(folder)) {
            going.channel().write(StandardCharsets.UTF_8.encode("half"));
            AtomicFile.clear(folder);

            assertThat(going.path()).hasContent("half");
        }

        assertThat(victim).hasContent("mine");
        assertThat(names()).containsExactly(".unfinished-folder.part", ".unfinished-link.part", "notes.part", "victim");
    }

    @Test
    void folderThatIsMissingNeedsNoClearing() throws IOException {
        AtomicFile.clear(folder.resolve("none"));

        assertThat(folder).isEmptyDirectory();
    }
}

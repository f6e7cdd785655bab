package org.surprisal.tensor.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.surprisal.tensor.kernel.OneDnnFiles.LibraryFile;

/// Unpacking, keeping and checking, with a small file in place of a library.
class LibraryFolderTest {
    private static final byte[] CONTENT = "not a library, but the bytes of one".repeat(1000)
            .getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path root;
    private final List<String> warnings = new ArrayList<>();
    private Path cache;
    private int user;
    private URL source;
    private LibraryFile file;

    @BeforeEach
    void writeSource() throws Exception {
        assumeTrue(root.getFileSystem().supportedFileAttributeViews().contains("unix"), "no owners and modes here");
        Path original = Files.write(root.resolve("original"), CONTENT);
        user = (Integer) Files.getAttribute(original, "unix:uid");
        source = original.toUri().toURL();
        file = new LibraryFile("lib.so",
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(CONTENT)));
        cache = root.resolve("cache").resolve("native").resolve("linux");
    }

    private LibraryFolder open() throws IOException {
        return LibraryFolder.open(cache, user, warnings::add);
    }

    private Path unpacked() throws IOException {
        try (LibraryFolder folder = open()) {
            return folder.file(file, source);
        }
    }

    private static Object inode(Path path) throws IOException {
        return Files.getAttribute(path, "unix:ino");
    }

    @Test
    void fileIsUnpackedOnceForTheUserAlone() throws IOException {
        Path first = unpacked();
        Object inode = inode(first);

        assertThat(first).isEqualTo(cache.resolve("lib.so")).hasBinaryContent(CONTENT);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(cache))).isEqualTo("rwx------");
        assertThat(inode(unpacked())).isEqualTo(inode);
        assertThat(warnings).isEmpty();
        try (var files = Files.list(cache)) {
            assertThat(files.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder(".lock", "lib.so", "lib.so.verified");
        }
    }

    /// Zeros in the middle, as a power cut leaves them: the length is right, and the time of modification may be.
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void changedContentOfTheSameLengthIsUnpackedAnew(boolean sameTime) throws IOException {
        Path path = unpacked();
        FileTime time = Files.getLastModifiedTime(path);
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(5000), 10_000);
        }
        if (sameTime) {
            Files.setLastModifiedTime(path, time);
        }

        assertThat(unpacked()).hasBinaryContent(CONTENT);
    }

    @Test
    void truncatedFileIsUnpackedAnew() throws IOException {
        Files.write(unpacked(), new byte[0]);

        assertThat(unpacked()).hasBinaryContent(CONTENT);
    }

    @Test
    void damagedRecordCostsADigestOnly() throws IOException {
        Object inode = inode(unpacked());
        Path record = cache.resolve("lib.so.verified");
        String right = Files.readString(record);
        Files.write(record, new byte[]{(byte) 0xff, 0, 1});

        assertThat(inode(unpacked())).isEqualTo(inode);
        assertThat(record).content().isEqualTo(right);
    }

    @Test
    void linkInPlaceOfTheFileIsReplaced() throws IOException {
        Path planted = Files.write(root.resolve("planted"), CONTENT);
        Path path = unpacked();
        Files.delete(path);
        Files.createSymbolicLink(path, planted);

        assertThat(Files.isSymbolicLink(unpacked())).isFalse();
    }

    @Test
    void fileThatOthersCanWriteToIsReplaced() throws IOException {
        Path path = unpacked();
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw-rw-"));
        Object inode = inode(path);

        assertThat(inode(unpacked())).isNotEqualTo(inode);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path))).isEqualTo("rw-------");
    }

    /// What is planted by somebody else: a whole folder, or one file in the user's folder.
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void filesOfAnotherOwnerAreNotUsed(boolean wholeFolder) throws IOException {
        Path path = unpacked();
        try {
            Files.setAttribute(path, "unix:uid", user + 1);
            if (wholeFolder) {
                Files.setAttribute(cache, "unix:uid", user + 1);
            }
        } catch (IOException e) {
            assumeTrue(false, "only root may give files away: " + e);
        }

        Path used = unpacked();

        if (wholeFolder) {
            assertThat(used.startsWith(cache)).isFalse();
            assertThat(warnings).containsExactly("the native library is unpacked at each start, because "
                    + cache.toRealPath() + " belongs to another user; set XDG_CACHE_HOME to a folder that only you can"
                    + " write to");
        } else {
            assertThat(Files.getAttribute(used, "unix:uid")).isEqualTo(user);
            assertThat(warnings).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwxrwxrwx", "rwxrwx---", "rwx----w-"})
    void folderThatOthersCanWriteToIsNotUsed(String mode) throws IOException {
        Files.createDirectories(cache);
        Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString(mode));

        Path used;
        try (LibraryFolder folder = open()) {
            used = folder.file(file, source);
            assertThat(used).hasBinaryContent(CONTENT);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(used.getParent())))
                    .isEqualTo("rwx------");
        }
        assertThat(used.getParent()).doesNotExist();
        assertThat(cache).isEmptyDirectory();
        assertThat(warnings)
                .containsExactly("the native library is unpacked at each start, because others can write to "
                        + cache.toRealPath() + "; set XDG_CACHE_HOME to a folder that only you can write to");
    }

    @Test
    void parentThatOthersCanReplaceTheFolderInIsNotUsed() throws IOException {
        unpacked();
        Path parent = root.resolve("cache");
        Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwxrwxrwx"));
        unpacked();
        assertThat(warnings).singleElement().asString().contains("others can write to " + parent.toRealPath() + ";");

        // With the sticky bit others can add files, but replace none.
        Files.setAttribute(parent, "unix:mode", 01777);
        unpacked();
        assertThat(warnings).hasSize(1);
    }

    @Test
    void cacheThatCannotBeMadeGivesATemporaryFolder() throws IOException {
        Files.write(root.resolve("cache"), new byte[0]);

        try (LibraryFolder folder = open()) {
            assertThat(folder.file(file, source)).hasBinaryContent(CONTENT);
        }
        assertThat(warnings).singleElement().asString()
                .startsWith("the native library is unpacked at each start, because "
                        + cache + " cannot be made (Not a directory); ");
    }

    @Test
    void sourceWithAnotherContentIsRefused() throws IOException {
        Files.write(root.resolve("original"), new byte[CONTENT.length]);

        assertThatThrownBy(this::unpacked).isInstanceOf(IOException.class).hasMessage(source
                + " is not the lib.so of org.bytedeco:dnnl:3.11-1.5.13: its SHA-256 digest differs");
        assertThat(names(cache)).containsExactly(".lock");
    }

    private static List<String> names(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    /// A file or folder that was last changed so many hours ago.
    private static Path aged(Path path, int hours) throws IOException {
        return Files.setLastModifiedTime(path, FileTime.from(Instant.now().minus(Duration.ofHours(hours))));
    }

    @Test
    void whatAKilledUnpackingLeftIsDeletedAtTheNextUnpackingAfterADay() throws IOException {
        Path library = unpacked();
        for (String name : List.of(".unpacked-1.part", ".verified-1.part", ".unpacked-held.part", "notes.part")) {
            aged(Files.write(cache.resolve(name), CONTENT), 25);
        }
        aged(Files.write(cache.resolve(".unpacked-young.part"), CONTENT), 23);
        unpacked();
        assertThat(names(cache)).as("nothing is unpacked").contains(".unpacked-1.part");
        try (FileChannel held = FileChannel.open(cache.resolve(".unpacked-held.part"), StandardOpenOption.WRITE)) {
            assertThat(held.tryLock()).isNotNull();
            Files.delete(library);
            unpacked();
        }
        assertThat(names(cache)).containsExactly(".lock", ".unpacked-held.part", ".unpacked-young.part", "lib.so",
                "lib.so.verified", "notes.part");
        Files.delete(library);
        unpacked();
        assertThat(names(cache)).doesNotContain(".unpacked-held.part");
    }

    @Test
    void otherVersionsForThePlatformAreDeletedWhenUnusedForADay() throws IOException {
        Path all = Objects.requireNonNull(cache.getParent());
        cache = all.resolve("linux-x86_64-00000000000000aa");
        Path old = folder(all, "linux-x86_64-0000000000000001", 25);
        Path recent = folder(all, "linux-x86_64-0000000000000002", 23);
        Path foreign = folder(all, "linux-arm64-0000000000000003", 25);
        Path held = folder(all, "linux-x86_64-0000000000000004", 25);
        Path strange = folder(all, "linux-x86_64-0000000000000005", 25);
        Files.createDirectory(strange.resolve("folder"));
        aged(strange, 25);
        Path linked = Files.createSymbolicLink(all.resolve("linux-x86_64-0000000000000006"), foreign);
        try (FileChannel use = Leftovers.hold(held)) {
            assertThat(use).isNotNull();
            aged(held, 25);
            unpacked();
        }
        assertThat(old).doesNotExist();
        assertThat(List.of(recent, foreign, held, strange, linked, cache))
                .allSatisfy(kept -> assertThat(kept).exists());
        assertThat(names(foreign)).contains("lib.so");

        Files.delete(cache.resolve("lib.so"));
        unpacked();
        assertThat(held).as("no longer held").doesNotExist();
    }

    @Test
    void folderThatIsUsedIsNotOld() throws IOException {
        unpacked();
        aged(cache, 25);
        unpacked();
        assertThat(Files.getLastModifiedTime(cache).toInstant()).isAfter(Instant.now().minus(Duration.ofHours(1)));
    }

    @Test
    void temporaryFoldersOfKilledProcessesAreDeletedAfterADay() throws IOException {
        Path old = folder(root, "surprisal-native-1", 25);
        Path recent = folder(root, "surprisal-native-2", 23);
        Path other = folder(root, "another-1", 25);
        Leftovers.deleteTemporary(root, "surprisal-native-", user + 1);
        assertThat(old).as("of another user").exists();
        Leftovers.deleteTemporary(root, "surprisal-native-", user);
        assertThat(old).doesNotExist();
        assertThat(List.of(recent, other)).allSatisfy(kept -> assertThat(kept).exists());
    }

    private static Path folder(Path parent, String name, int hours) throws IOException {
        Path folder = Files.createDirectories(parent.resolve(name));
        Files.write(folder.resolve("lib.so"), CONTENT);
        return aged(folder, hours);
    }
}

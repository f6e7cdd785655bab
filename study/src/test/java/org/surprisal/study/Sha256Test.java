package org.surprisal.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Sha256Test {
    @TempDir
    private Path temporary;

    private Path images = Path.of("");

    @BeforeEach
    void makeFolder() throws IOException {
        images = Files.createDirectories(temporary.resolve("images"));
        Files.writeString(Files.createDirectory(images.resolve("dogs")).resolve("1.png"), "dog");
    }

    /// FIPS 180-4's example.
    @Test
    void digestOfAbcIsThatOfTheStandard() throws IOException {
        String right = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

        assertThat(Sha256.of("abc")).isEqualTo(right);
        assertThat(Sha256.of(Files.writeString(temporary.resolve("abc"), "abc"))).isEqualTo(right);
    }

    @Test
    void linkedFolderHasTheDigestOfItsFiles() throws IOException {
        Path elsewhere = Files.createDirectory(temporary.resolve("elsewhere"));
        Path cat = Files.writeString(elsewhere.resolve("1.png"), "cat");
        Path copied = Files.createDirectories(temporary.resolve("copied"));
        Files.writeString(Files.createDirectory(copied.resolve("dogs")).resolve("1.png"), "dog");
        Files.writeString(Files.createDirectory(copied.resolve("cats")).resolve("1.png"), "cat");
        Files.createSymbolicLink(images.resolve("cats"), elsewhere);
        String before = Sha256.of(images);

        assertThat(before).isEqualTo(Sha256.of(copied));
        Files.writeString(cat, "cut");
        assertThat(Sha256.of(images)).isNotEqualTo(before);
    }

    @Test
    void folderGivenAsALinkHasTheDigestOfTheFolder() throws IOException {
        Path link = Files.createSymbolicLink(temporary.resolve("link"), images);

        assertThat(Sha256.of(link)).isEqualTo(Sha256.of(images));
    }

    @Test
    void linkBackIntoTheFolderIsRefusedInOneLine() throws IOException {
        for (Path link : new Path[]{images.resolve("all"), images.resolve("dogs/again")}) {
            Files.createSymbolicLink(link, link.getParent());

            assertThatThrownBy(() -> Sha256.of(images)).isInstanceOf(IOException.class).hasMessage(link
                    + " leads back into a folder that holds it, so that " + images + " has no end: remove this link");
            Files.delete(link);
        }
    }

    @Test
    void linkThatLeadsNowhereIsNotInTheDigest() throws IOException {
        String before = Sha256.of(images);
        Files.createSymbolicLink(images.resolve("cats"), temporary.resolve("none"));

        assertThat(Sha256.of(images)).isEqualTo(before);
    }

    /// Bytes that have changed behind the same size and time are only seen by reading them.
    @Test
    void fileIsReadAgainOnlyWhenItsSizeOrTimeHasChanged() throws IOException {
        FileDigests digests = new FileDigests();
        for (Path asked : new Path[]{images.resolve("dogs/1.png"), images}) {
            Path file = Files.writeString(images.resolve("dogs/1.png"), "dog");
            FileTime time = Files.getLastModifiedTime(file);
            String first = digests.of(asked);

            Files.write(file, "cat".getBytes(StandardCharsets.UTF_8));
            Files.setLastModifiedTime(file, time);
            assertThat(digests.of(asked)).isEqualTo(first);
            Files.setLastModifiedTime(file, FileTime.fromMillis(time.toMillis() + 10_000));
            assertThat(digests.of(asked)).isEqualTo(Sha256.of(asked)).isNotEqualTo(first);
            Files.writeString(file, "horse");
            assertThat(digests.of(asked)).isEqualTo(Sha256.of(asked));
        }
        String before = digests.of(images);
        Files.writeString(images.resolve("dogs/2.png"), "");
        assertThat(digests.of(images)).isNotEqualTo(before);
    }
}

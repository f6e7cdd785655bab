package org.surprisal.study;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Properties;

/// Which Surprisal this is.
///
/// @param number of the release
/// @param commit of the source, with `-dirty` if files differed from it; empty if it is not known. The launcher passes
///               it as the system property `surprisal.commit`
public record Version(String number, Optional<String> commit) {
    /// This process.
    public static Version current() {
        Properties properties = new Properties();
        try (InputStream resource = Version.class.getResourceAsStream("version.properties")) {
            if (resource == null) {
                throw new IllegalStateException("version.properties is missing: build with Maven");
            }
            properties.load(resource);
        } catch (IOException e) {
            throw new UncheckedIOException("version.properties cannot be read", e);
        }
        return new Version(properties.getProperty("version"),
                Optional.ofNullable(System.getProperty("surprisal.commit")).filter(commit -> !commit.isBlank()));
    }
}

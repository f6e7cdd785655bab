package org.surprisal.data.file;

import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Names that can be those of files in a given folder, on every system on which the folder may be read: wherever a name
/// that a user gave becomes a file's, it is checked here, so that no file is written anywhere else.
public final class FileName {
    /// Bytes that the usual file systems allow (POSIX's NAME_MAX on Linux and macOS).
    private static final int LONGEST = 255;
    /// Names of devices on Windows, whatever follows a dot.
    private static final Set<String> DEVICES = Set.of("con", "prn", "aux", "nul", "com1", "com2", "com3", "com4",
            "com5",
            "com6", "com7", "com8", "com9", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9");

    private FileName() {
    }

    /// What is wrong with a name; empty for one that can be used. The words go on after 'the name'.
    public static Optional<String> problem(String name) {
        if (name.isBlank()) {
            return Optional.of("is blank");
        }
        if (name.indexOf('/') >= 0 || name.indexOf('\\') >= 0) {
            return Optional.of("has a slash or backslash, which separate folders");
        }
        if (name.chars().anyMatch(Character::isISOControl)) {
            return Optional.of("has a control character");
        }
        if (name.startsWith(".")) {
            return Optional.of("begins with a dot");
        }
        if (name.startsWith(" ") || name.endsWith(" ") || name.endsWith(".")) {
            return Optional.of("begins with a space, or ends with a space or dot");
        }
        if (DEVICES.contains(name.replaceFirst("\\..*", "").strip().toLowerCase(Locale.ROOT))) {
            return Optional.of("is that of a device on some systems");
        }
        try {
            int bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(name)).remaining();
            return bytes <= LONGEST
                    ? Optional.empty()
                    : Optional.of("takes " + bytes + " bytes, and a file's name has at most " + LONGEST);
        } catch (CharacterCodingException e) {
            return Optional.of("has half of a character of two units (an unpaired surrogate)");
        }
    }

    /// The name itself.
    ///
    /// @throws IllegalArgumentException with one line, if it cannot be that of a file
    public static String require(String name) {
        Optional<String> problem = problem(name);
        if (problem.isPresent()) {
            throw new IllegalArgumentException("'" + name + "' cannot be the name of a file: it " + problem.get());
        }
        return name;
    }

    /// The name as systems see it that do not tell large letters from small ones: names that are alike in this would be
    /// one file there.
    public static String folded(String name) {
        return name.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }
}

package org.surprisal.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.regex.Pattern;

/// What the refusal of a damaged file must be: one line, in words for users, that names the place.
public final class Refusal {
    /// Words of the JDK and of libraries, and names of classes.
    private static final Pattern FOREIGN = Pattern.compile("Exception|Cannot invoke|out of bounds|For input string|"
            + "Input length|internal"
            + " error|\\b(java|tools|org|com|sun|jdk)\\.[a-z]+\\.|\\bnull\\b|Optional|\\[[A-Z];|@[0-9a-f]{6}|"
            + "No value present|Unexpected|Unrecognized|token|Duplicate key|Double\\b|Integer\\b|\\bNaN for\\b");

    private Refusal() {
    }

    /// Checks the message of a refusal.
    ///
    /// @param what  which mutant it was
    /// @param place a file or folder that the message must name
    public static void assertForUsers(String what, String message, Path place) {
        assertThat(message).as(what).doesNotContain("\n", "\r").contains(place.toString()).hasSizeLessThan(1000);
        // What a message quotes, and the path of a value, are the damaged file's.
        String own = message.replaceAll("'[^']*'", "''").replaceAll("(, line \\d+: |like )\\S+", "$1");
        assertThat(own).as(what).doesNotContainPattern(FOREIGN);
    }
}

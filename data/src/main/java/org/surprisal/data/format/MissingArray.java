package org.surprisal.data.format;

import java.nio.file.Path;
import java.util.Collection;
import org.surprisal.data.DataException;
import org.surprisal.settings.MessageText;

/// The refusal of an array that a file does not hold.
final class MissingArray {
    private MissingArray() {
    }

    /// @param names of the arrays that the file holds
    static DataException in(Path file, String name, Collection<String> names) {
        return new DataException(file + " holds no array '" + name + "'; it holds "
                + (names.isEmpty() ? "none" : MessageText.listed(names)));
    }
}

package org.surprisal.data.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.surprisal.data.DataException;

class DataFolderTest {
    private static final Map<String, String> BOTH = Map.of("SURPRISAL_DATA", "/d", "XDG_CACHE_HOME", "/c");

    @Test
    void theOptionComesBeforeTheVariableBeforeTheCache() {
        assertThat(DataFolder.resolve("/o", BOTH::get, "/h")).isEqualTo(Path.of("/o"));
        assertThat(DataFolder.resolve(null, BOTH::get, "/h")).isEqualTo(Path.of("/d"));
        assertThat(DataFolder.resolve(" ", Map.of("SURPRISAL_DATA", "", "XDG_CACHE_HOME", "/c")::get, "/h"))
                .isEqualTo(Path.of("/c/surprisal/data"));
        assertThat(DataFolder.resolve(null, Map.<String, String>of()::get, "/h"))
                .isEqualTo(Path.of("/h/.cache/surprisal/data"));
    }

    @Test
    void whatIsNoPathIsNamed() {
        assertThatThrownBy(() -> DataFolder.resolve("a\0b", BOTH::get, "/h")).isInstanceOf(DataException.class)
                .hasMessage("--data: 'a?b' cannot be the path of a file: it holds a NUL character");
    }
}

package org.surprisal.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTest {
    private static final List<String> NAMES = List.of("relative-entropy", "quickstart", "depth", "width");

    @ParameterizedTest
    @CsvSource({"relative-entrpy,relative-entropy", "RELATIVE-ENTROPY,relative-entropy", "relative,relative-entropy",
            "quikcstart,quickstart", "dpth,depth", "widht,width"})
    void aSlipFindsTheName(String given, String meant) {
        assertThat(NearestName.of(given, NAMES)).contains(meant);
    }

    @ParameterizedTest
    @CsvSource({"mutual-information", "x", "qu"})
    void anotherWordFindsNone(String given) {
        assertThat(NearestName.of(given, NAMES)).isEmpty();
    }

    /// Distances of the classic examples; 'ca' to 'abc' is 3 for optimal string alignment and 2 for the unrestricted
    /// distance.
    @ParameterizedTest
    @CsvSource({"kitten,sitting,3", "saturday,sunday,3", "ca,abc,3", "ab,ba,1", "'',abc,3", "same,same,0"})
    void editDistances(String a, String b, int distance) {
        assertThat(NearestName.editDistance(a, b)).isEqualTo(distance);
        assertThat(NearestName.editDistance(b, a)).isEqualTo(distance);
    }

    @Test
    void adviceNamesTheNearestElseAll() {
        assertThat(NearestName.advice("dept", NAMES, "settings")).isEqualTo("; did you mean 'depth'?");
        assertThat(NearestName.advice("xyz", NAMES, "settings"))
                .isEqualTo("; the settings are relative-entropy, quickstart, depth, width");
        assertThat(NearestName.advice("xyz", List.of(), "settings")).isEqualTo("; there are no settings");
    }
}

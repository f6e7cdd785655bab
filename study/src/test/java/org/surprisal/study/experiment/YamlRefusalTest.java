package org.surprisal.study.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.surprisal.settings.SettingException;

/// Mistakes that people make in YAML: the place is that of the mistake, and the words say what would be right.
class YamlRefusalTest {
    private static String refusal(String text) {
        return String.valueOf(
                catchThrowableOfType(SettingException.class, () -> Entry.read("my.yaml", text)).getMessage());
    }

    /// `~` stands for the end of a line, `>` for a tab.
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "data:~>set: xor~                | line 2, column 1 | a tab stands where a line is indented: indent with"
                    + " spaces",
            "data:~  set: xor~>name: 3~      | line 3, column 1 | a tab stands where a line is indented: indent with"
                    + " spaces",
            "data: xor~network~seed: 3~      | line 2, column 1 | a key without ':' behind it",
            "data: xor~network~              | line 2, column 1 | a key without ':' behind it",
            "data~  set: xor~                | line 2, column 6 | or the line above lacks ': ' behind its key",
            "data:xor~seed: 3~               | line 2, column 5 | or the line above lacks ': ' behind its key",
            "a: 1~  b: 2~                    | line 2, column 4 | indented more than the keys that it belongs with",
            "a:~  b: 1~   c: 2~              | line 3, column 5 | indented more than the keys that it belongs with",
            "a: b: c~                        | line 1, column 5 | a value that holds ': ' must be in quotation marks",
            "data: 'xor~seed: 3~             | line 1, column 7 | this quotation mark has no closing one",
            "data: \"xor~seed: 3~            | line 1, column 7 | this quotation mark has no closing one",
            "a: 'x'~'b: 3~                   | line 2, column 1 | this quotation mark has no closing one",
            "network: [1, 2~seed: 3~         | line 1, column 10 | lacks a closing ']', or a ',' between two"
                    + " entries; noticed in line 2, column 5",
            "network: [1, 2~                 | line 1, column 10 | this list, which begins with '[', lacks a closing"
                    + " ']'",
            "network: {a: 1~seed: 3~         | line 1, column 10 | this map, which begins with '{', lacks a closing"
                    + " '}'",
            "network: {~                     | line 2, column 1 | a '[' or '{' may lack its closing ']' or '}'",
            "a: ]~                           | line 1, column 4 | a value is needed before ']'",
            "a:~    b: 1~  c: 2~             | line 3, column 3 | the same indentation",
            "n:~  - a: 3~    b: 2~   - c~    | line 4, column 4 | the same indentation",
            "- a~b: 1~                       | line 2, column 1 | the same indentation",
            "a: 'x' y~                       | line 1, column 8 | a value goes on behind its closing quotation mark",
            "a: - b~                         | line 1, column 4 | a list entry '- ' must begin a line of its own",
            "a: @x~                          | line 1, column 4 | a value that begins with '@' must be in quotation"
                    + " marks",
            "a: %x~                          | line 1, column 4 | a value that begins with '%' must be in quotation"
                    + " marks",
            "a: *x~                          | line 1, column 4 | '*x' names a value that no '&x' above it marks",
            "a: \"\\q\"~                      | line 1, column 6 | a backslash is written '\\\\'",
            "a: 1~---~b: 2~                  | line 2, column 1 | '---' begins a second document",
            "a: !<x~                         | line 1, column 7 | lines of 'key: value' and '- entry' are needed"})
    void mistakeIsNamedWithItsPlace(String text, String place, String words) {
        assertThat(refusal(text.strip().replace('~', '\n').replace('>', '\t')))
                .startsWith("my.yaml, " + place + ": this is not YAML: ").contains(words);
    }

    @Test
    void controlCharacterIsNamedWithItsPlace() {
        assertThat(refusal("a: 1\nb: \u00e4\ud83d\ude00\u0001\n")).isEqualTo(
                "my.yaml, line 2, column 6: this is not YAML: the control character U+0001 cannot stand in a text"
                        + " file");
    }

    @Test
    void keyThatIsAListIsRefused() {
        assertThat(refusal("? [a]\n: b\n"))
                .isEqualTo("my.yaml: this is not YAML: each key must be a single value, not a list or a map");
    }

    @Test
    void keyThatStandsTwiceIsRefused() {
        Entry twice = Entry.read("my.yaml", "data:\n  set: xor\n  set: moons\n").fields("data").require("data");
        assertThatThrownBy(twice::map).hasMessage("my.yaml, line 3: data: has the key 'set' twice");
    }

    /// Words that only the parser knows.
    @ParameterizedTest
    @ValueSource(strings = {"%FOO\na: 1\n", "a: &\n", "a: |0\n x\n", "a: >x\n y\n", "\u007f: a\n", "a: \"\\x1\"\n",
            "%YAML 3.0\n---\na: 1\n", "%YAML 1.2\n%YAML 1.2\n---\na: 1\n", "a: !b!c d\n", ", a\n", "}\n"})
    void wordsOfTheParserAreNotShown(String text) {
        assertThat(refusal(text)).startsWith("my.yaml").contains(": this is not YAML: ").doesNotContain("\n",
                "expected",
                "token", "<block", "scalar", "found ");
    }
}

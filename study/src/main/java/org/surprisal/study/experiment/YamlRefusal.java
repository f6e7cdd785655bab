package org.surprisal.study.experiment;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.surprisal.settings.MessageText;
import org.surprisal.settings.SettingException;

/// Says what is wrong with a text that is not YAML, where, and what would be right.
///
/// SnakeYAML's own messages speak of tokens and blocks, and of where the parser gave up rather than of where the
/// mistake is. They are told apart by their wording, that of SnakeYAML Engine 3; a message of another wording is
/// answered by a general sentence.
final class YamlRefusal {
    private static final Pattern BRACKET = Pattern.compile("expected ',' or '([]}])', but got .*");
    private static final Pattern CONTENT = Pattern.compile("expected the node content, but found '(.*)'");
    private static final Pattern BLOCK = Pattern.compile("expected <block end>, but found '(.*)'");
    private static final Pattern FIRST = Pattern.compile("found character '(.*)' that cannot start any token.*");
    private static final Pattern ALIAS = Pattern.compile("found undefined alias (.*)");
    private static final String STREAM_END = "<stream end>";

    private final String file;
    private final List<String> lines;

    private YamlRefusal(String file, String text) {
        this.file = file;
        // YAML ends a line with each of these, and marks count lines so.
        this.lines = List.of(text.split("\r\n|[\r\n]", -1));
    }

    /// The refusal of a file.
    ///
    /// @param file   its name
    /// @param text   its content
    /// @param reason what the parser threw
    static SettingException of(String file, String text, YamlEngineException reason) {
        YamlRefusal refusal = new YamlRefusal(file, text);
        return switch (reason) {
            case MarkedYamlEngineException marked -> refusal.of(marked);
            case ReaderException _ -> refusal.unprintable();
            default -> refusal.at(Optional.empty(), unplaced(String.valueOf(reason.getMessage())));
        };
    }

    private static String unplaced(String reason) {
        if (reason.startsWith("Non scalar key")) {
            return "each key must be a single value, not a list or a map";
        }
        return reason.contains("aliases")
                ? "more than 50 references such as *name to lists or maps, which could grow beyond all bounds: write"
                        + " them out"
                : general();
    }

    private SettingException of(MarkedYamlEngineException e) {
        String problem = String.valueOf(e.getProblem());
        String context = String.valueOf(e.getContext());
        Optional<Mark> place = e.getProblemMark();
        Optional<Mark> start = e.getContextMark();
        Matcher bracket = BRACKET.matcher(problem);
        Matcher content = CONTENT.matcher(problem);
        Matcher block = BLOCK.matcher(problem);
        Matcher first = FIRST.matcher(problem);
        Matcher alias = ALIAS.matcher(problem);
        if (problem.contains("(TAB)")) {
            return at(place, "a tab stands where a line is indented: indent with spaces");
        }
        if (problem.startsWith("could not find expected ':'")) {
            return at(start,
                    "a key without ':' behind it: write 'key: value', or 'key:' above an indented list or map");
        }
        if (problem.startsWith("mapping values are not allowed")) {
            return at(place, unexpectedKey(place));
        }
        if (problem.startsWith("sequence entries are not allowed")) {
            return at(place, "a list entry '- ' must begin a line of its own");
        }
        if (context.endsWith("quoted scalar") && problem.startsWith("found unexpected")) {
            return at(start, "this quotation mark has no closing one");
        }
        if (context.endsWith("double-quoted scalar")) {
            return at(place, "an unknown escape: within double quotation marks a backslash is written '\\\\'; single"
                    + " quotation marks leave it as it is");
        }
        if (bracket.matches()) {
            String closing = bracket.group(1);
            return at(start,
                    "this " + (closing.equals("]") ? "list, which begins with '['," : "map, which begins with '{',")
                            + " lacks a closing '" + closing + "', or a ',' between two entries; noticed in"
                            + place.map(YamlRefusal::position).orElse(" later"));
        }
        if (content.matches()) {
            return at(place, content.group(1).equals(STREAM_END)
                    ? "the file ends where a value is needed: a '[' or '{' may lack its closing ']' or '}'"
                    : "a value is needed before " + MessageText.quoted(content.group(1)));
        }
        if (block.matches()) {
            return at(place, misplaced(block.group(1)));
        }
        if (first.matches()) {
            return at(place, "a value that begins with " + MessageText.quoted(first.group(1))
                    + " must be in quotation marks");
        }
        if (alias.matches()) {
            return at(place, "'*" + MessageText.line(alias.group(1)) + "' names a value that no '&"
                    + MessageText.line(alias.group(1))
                    + "' above it marks; a text that begins with '*' must be in quotation"
                    + " marks");
        }
        if (problem.startsWith("but found another document")) {
            return at(place, "'---' begins a second document: one file describes one experiment");
        }
        return at(place.or(() -> start), general());
    }

    private static String general() {
        return "lines of 'key: value' and '- entry' are needed, indented by spaces, with texts that hold characters"
                + " such as"
                + " : # [ { & * ! | > @ in quotation marks";
    }

    /// What is wrong where there is a ':' that makes no key.
    private String unexpectedKey(Optional<Mark> place) {
        String before = place.filter(at -> at.getLine() < lines.size()).map(at -> {
            String line = lines.get(at.getLine());
            return line.substring(0, line.offsetByCodePoints(0,
                    Math.min(at.getColumn(), line.codePointCount(0, line.length()))));
        }).orElse("");
        return before.contains(": ")
                ? "a second ':' in one line: a value that holds ': ' must be in quotation marks"
                : "a key that cannot stand here: it is indented more than the keys that it belongs with, or the line"
                        + " above"
                        + " lacks ': ' behind its key";
    }

    /// @param found what the parser found where a list or a map would have to go on
    private static String misplaced(String found) {
        return found.equals("<scalar>")
                ? "a value goes on behind its closing quotation mark or bracket: end the line there, or put all of"
                        + " it in"
                        + " quotation marks"
                : "this line belongs neither to the list or map above it nor to one around that: give entries of one"
                        + " list,"
                        + " and keys of one map, the same indentation";
    }

    private SettingException unprintable() {
        for (int line = 0; line < lines.size(); line++) {
            int[] characters = lines.get(line).codePoints().toArray();
            for (int column = 0; column < characters.length; column++) {
                if (!StreamReader.isPrintable(characters[column])) {
                    return refused(position(line, column), String.format(Locale.ROOT,
                            "the control character U+%04X cannot stand in a text file", characters[column]));
                }
            }
        }
        return refused("", "the file holds a control character");
    }

    private SettingException at(Optional<Mark> place, String problem) {
        return refused(place.map(YamlRefusal::position).orElse(""), problem);
    }

    private SettingException refused(String position, String problem) {
        return SettingException.at(file + (position.isEmpty() ? "" : "," + position), "this is not YAML: " + problem);
    }

    private static String position(Mark mark) {
        return position(mark.getLine(), mark.getColumn());
    }

    private static String position(int line, int column) {
        return " line " + (line + 1) + ", column " + (column + 1);
    }
}

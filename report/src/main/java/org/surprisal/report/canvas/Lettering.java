package org.surprisal.report.canvas;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A size and weight of words. Nothing is below 11 units.
///
/// Widths come from a table of the characters of a wide face, not from the fonts of the machine: so a figure is laid
/// out alike everywhere, and words have room in any of the usual faces.
///
/// @param size in units of the page
/// @param bold whether the strokes are heavy
public record Lettering(double size, boolean bold) {
    /// The title of a figure.
    public static final Lettering TITLE = new Lettering(15, true);
    /// The title of one of several charts.
    public static final Lettering PANEL_TITLE = new Lettering(12.5, true);
    /// The name of an axis.
    public static final Lettering AXIS = new Lettering(12, false);
    /// Numbers at ticks, and names beside lines.
    public static final Lettering TICKS = new Lettering(11, false);
    /// Names in a legend.
    public static final Lettering LEGEND = new Lettering(12, false);

    /// The size of subscripts and superscripts, as a part of the line's.
    public static final double SCRIPT_SIZE = 0.72;
    /// How far a superscript stands above the baseline, as a part of the line's size.
    public static final double RAISED = 0.38;
    /// How far a subscript stands below the baseline, as a part of the line's size.
    public static final double LOWERED = 0.2;

    /// Of a character that the table lacks, as a part of the size.
    private static final double UNKNOWN = 0.85;
    /// Of a character as wide as it is high, such as those of Chinese.
    private static final double SQUARE = 1;
    private static final double EMOJI = 1.3;
    /// Above the last block of letters.
    private static final int FIRST_SYMBOL = 0x1f000;
    /// Latin letters and punctuation as wide as Chinese characters.
    private static final int FIRST_FULL_WIDTH = 0xff00;
    private static final int LAST_FULL_WIDTH = 0xffef;
    private static final Map<Integer, double[]> WIDTHS = widths();

    /// The width of a line of text, whose symbols are set as [Notation] says.
    public double width(String text) {
        double width = 0;
        for (Notation.Run run : Notation.parse(text)) {
            width += width(run);
        }
        return width;
    }

    double width(Notation.Run run) {
        double scale = size(run.level());
        return run.text().codePoints().mapToDouble(this::width).sum() * scale;
    }

    double size(Notation.Level level) {
        return level == Notation.Level.NORMAL ? size : size * SCRIPT_SIZE;
    }

    private double width(int character) {
        double[] widths = WIDTHS.get(character);
        if (widths != null) {
            return widths[bold ? 1 : 0];
        }
        if (Character.isEmoji(character) || (character >= FIRST_SYMBOL && !Character.isIdeographic(character))) {
            return EMOJI;
        }
        return switch (Character.getType(character)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
            default -> isSquare(character) ? SQUARE : UNKNOWN;
        };
    }

    private static boolean isSquare(int character) {
        Character.UnicodeScript script = Character.UnicodeScript.of(character);
        return Character.isIdeographic(character) || script == Character.UnicodeScript.HIRAGANA
                || script == Character.UnicodeScript.KATAKANA || script == Character.UnicodeScript.HANGUL
                || (character >= FIRST_FULL_WIDTH && character <= LAST_FULL_WIDTH);
    }

    /// From one baseline to the next.
    public double lineHeight() {
        return size * 1.3;
    }

    /// Text in lines no wider than `width`, broken at spaces, and within a word that is wider than a line.
    public List<String> wrap(String text, double width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : words(text)) {
            if (!line.isEmpty() && width(line + " " + word) > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
            while (width(line.toString()) > width && line.codePointCount(0, line.length()) > 1) {
                int end = Math.max(fitting(line.toString(), width), line.offsetByCodePoints(0, 1));
                lines.add(line.substring(0, end));
                line.delete(0, end);
            }
        }
        lines.add(line.toString());
        return lines;
    }

    /// Whether text fits lines of a width without a word being broken.
    public boolean fits(String text, double width) {
        return words(text).stream().allMatch(word -> width(word) <= width);
    }

    private static List<String> words(String text) {
        return List.of(text.strip().split("\\s+", -1));
    }

    /// The end of the longest beginning of a text that is no wider than `width`.
    private int fitting(String text, double width) {
        int end = text.length();
        while (end > 0 && width(text.substring(0, end)) > width) {
            end = text.offsetByCodePoints(end, -1);
        }
        return end;
    }

    /// The text, or as much of its beginning as fits `width` with an ellipsis behind it.
    public String cut(String text, double width) {
        if (width(text) <= width) {
            return text;
        }
        return text.substring(0, fitting(text, width - width("…"))) + "…";
    }

    private static Map<Integer, double[]> widths() {
        Map<Integer, double[]> widths = new HashMap<>();
        try (InputStream in = Lettering.class.getResourceAsStream("character-widths.txt")) {
            if (in == null) {
                throw new IOException("character-widths.txt is missing beside Lettering.class");
            }
            BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] fields = line.split(" ", -1);
                widths.put(Integer.parseInt(fields[0], 16), new double[]{Integer.parseInt(fields[1]) / 1000.0,
                        Integer.parseInt(fields[2]) / 1000.0});
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return widths;
    }
}

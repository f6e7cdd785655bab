package org.surprisal.settings;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// One knob of a study: its key on the command line, what it does, its default and what values it takes.
///
/// A value has one canonical text, which is what run.json keeps; [#parse] of [#text] gives the value back exactly.
///
/// @param <T> type of the value
public final class Setting<T> {
    private static final Pattern KEY = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

    private static final Pattern WHOLE = Pattern.compile("\\+?[0-9]{1,100}");

    private final String key;
    private final String description;
    private final T defaultValue;
    private final String allowed;
    private final Function<String, T> reader;
    private final Function<T, String> writer;

    private Setting(String key, String description, T defaultValue, String allowed, Function<String, T> reader,
            Function<T, String> writer) {
        if (!KEY.matcher(key).matches()) {
            throw new IllegalArgumentException(
                    "setting '" + key + "': a key is lower-case letters and digits joined by hyphens");
        }
        this.key = key;
        this.description = description;
        this.allowed = allowed;
        this.reader = reader;
        this.writer = writer;
        // The default passes the same checks as a user's value.
        this.defaultValue = parse(writer.apply(defaultValue));
    }

    /// A whole number from `min` to `max`; [Integer#MAX_VALUE] stands for no upper bound.
    public static Setting<Integer> integer(String key, int defaultValue, int min, int max, String description) {
        return new Setting<>(key, description, defaultValue, integers(min, max, "an integer"),
                text -> readInteger(text, min, max), value -> Integer.toString(value));
    }

    /// Whole numbers from `min` to `max`, at least one, separated by commas.
    public static Setting<List<Integer>> integers(String key, List<Integer> defaultValue, int min, int max,
            String description) {
        return new Setting<>(key, description, defaultValue,
                integers(min, max, "integers") + ", separated by commas",
                text -> readList(text, item -> readInteger(item, min, max)),
                values -> writeList(values, value -> Integer.toString(value)));
    }

    /// A finite number from `min` to `max`. `Double.MIN_VALUE` as `min` means above 0, [Double#POSITIVE_INFINITY] as
    /// `max` no upper bound.
    public static Setting<Double> decimal(String key, double defaultValue, double min, double max,
            String description) {
        return new Setting<>(key, description, defaultValue, decimals(min, max, "a number"),
                text -> readDecimal(text, min, max), Setting::writeDecimal);
    }

    /// Finite numbers as [#decimal], at least one, separated by commas.
    public static Setting<List<Double>> decimals(String key, List<Double> defaultValue, double min, double max,
            String description) {
        return new Setting<>(key, description, defaultValue,
                decimals(min, max, "numbers") + ", separated by commas",
                text -> readList(text, item -> readDecimal(item, min, max)),
                values -> writeList(values, Setting::writeDecimal));
    }

    /// One of several words.
    public static Setting<String> choice(String key, String defaultValue, List<String> options, String description) {
        List<String> words = List.copyOf(options);
        return new Setting<>(key, description, defaultValue, "one of " + String.join(", ", words),
                text -> require(text.toLowerCase(Locale.ROOT), words::contains), Function.identity());
    }

    /// Some of several words, at least one, separated by commas.
    public static Setting<List<String>> choices(String key, List<String> defaultValue, List<String> options,
            String description) {
        List<String> words = List.copyOf(options);
        return new Setting<>(key, description, defaultValue,
                "some of " + String.join(", ", words) + ", separated by commas",
                text -> readList(text, item -> require(item.toLowerCase(Locale.ROOT), words::contains)),
                values -> writeList(values, Function.identity()));
    }

    /// `true` or `false`.
    public static Setting<Boolean> flag(String key, boolean defaultValue, String description) {
        return new Setting<>(key, description, defaultValue, "true or false",
                text -> Boolean.valueOf(require(text, word -> word.equals("true") || word.equals("false"))),
                value -> Boolean.toString(value));
    }

    /// Any text without line breaks.
    public static Setting<String> text(String key, String defaultValue, String description) {
        return new Setting<>(key, description, defaultValue, "one line of text",
                text -> require(text, line -> line.lines().count() <= 1), Function.identity());
    }

    public String key() {
        return key;
    }

    /// What the setting does, in a line.
    public String description() {
        return description;
    }

    public T defaultValue() {
        return defaultValue;
    }

    /// The canonical text of the default.
    public String defaultText() {
        return text(defaultValue);
    }

    /// What values are taken, in words: `a number above 0`.
    public String allowed() {
        return allowed;
    }

    /// As [#allowed], for a message that refuses a text: a whole number too large for any setting is told the largest.
    public String allowedInsteadOf(String text) {
        boolean tooLarge = Arrays.stream(text.split(",", -1)).map(String::strip)
                .anyMatch(item -> WHOLE.matcher(item).matches()
                        && new BigInteger(item).compareTo(BigInteger.valueOf(Integer.MAX_VALUE)) > 0);
        return tooLarge && allowed.startsWith("integer", allowed.startsWith("an ") ? 3 : 0)
                && allowed.contains(" of at least ")
                        ? allowed.replaceFirst(" of at least (-?[0-9]+)", " from $1 to " + Integer.MAX_VALUE)
                        : allowed;
    }

    /// The value that `text` stands for; blanks around it do not matter.
    ///
    /// @throws SettingException if it is none, or outside the range
    public T parse(String text) {
        try {
            return reader.apply(text.strip());
        } catch (IllegalArgumentException e) {
            throw SettingException.badValue(key, text.strip(), allowedInsteadOf(text));
        }
    }

    /// The canonical text of a value.
    public String text(T value) {
        return writer.apply(value);
    }

    private static String integers(int min, int max, String what) {
        return what + (max == Integer.MAX_VALUE ? " of at least " + min : " from " + min + " to " + max);
    }

    private static String decimals(double min, double max, String what) {
        boolean positive = min == Double.MIN_VALUE;
        if (max == Double.POSITIVE_INFINITY) {
            return what + (positive ? " above 0" : " of at least " + writeDecimal(min));
        }
        return what + (positive
                ? " above 0, at most " + writeDecimal(max)
                : " from " + writeDecimal(min) + " to " + writeDecimal(max));
    }

    private static int readInteger(String text, int min, int max) {
        int value = Integer.parseInt(text);
        return require(value, v -> v >= min && v <= max);
    }

    private static double readDecimal(String text, double min, double max) {
        // BigDecimal, because Double.parseDouble takes "NaN", "1f" and "0x1p3" too.
        double value = new BigDecimal(text).doubleValue();
        return require(value, v -> Double.isFinite(v) && v >= min && v <= max);
    }

    /// The shortest text that reads back as the same number: `2`, `0.05`, `5e-5`.
    private static String writeDecimal(double value) {
        return Double.toString(value).replaceFirst("\\.0(?=E|$)", "").replace('E', 'e');
    }

    private static <E> List<E> readList(String text, Function<String, E> item) {
        List<E> values = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            values.add(item.apply(part.strip()));
        }
        return List.copyOf(values);
    }

    private static <E> String writeList(List<E> values, Function<E, String> item) {
        return String.join(",", values.stream().map(item).toList());
    }

    private static <E> E require(E value, Predicate<E> condition) {
        if (!condition.test(value)) {
            throw new IllegalArgumentException(String.valueOf(value));
        }
        return value;
    }
}

package org.surprisal.study.engine;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.surprisal.settings.Setting;
import org.surprisal.settings.SettingException;
import org.surprisal.settings.Settings;

/// A quantity in which the trials of a study differ: a weight variance, a depth, an estimator.
///
/// The values are those that a setting lists, or follow from several settings. A value has one text everywhere.
///
/// @param <T> type of a value
public final class Factor<T> implements Coordinate {
    private final @Nullable Setting<List<T>> setting;
    private final String column;
    private final String symbol;
    private final String unit;
    private final Function<Settings, List<T>> values;
    private final Function<T, String> texts;
    private final @Nullable Function<T, String> names;

    private Factor(@Nullable Setting<List<T>> setting, String column, String symbol, String unit,
            Function<Settings, List<T>> values,
            Function<T, String> texts, @Nullable Function<T, String> names) {
        this.setting = setting;
        this.column = column;
        this.symbol = symbol;
        this.unit = unit;
        this.values = values;
        this.texts = texts;
        this.names = names;
    }

    /// A factor of pure numbers or words, whose column has the name of the setting that lists its values.
    ///
    /// @param symbol word on axes and in legends
    public static <T> Factor<T> of(Setting<List<T>> values, String symbol) {
        return of(values, values.key(), symbol, "");
    }

    /// A factor whose values a setting lists, and whose texts are the setting's.
    ///
    /// @param column header of the column in metrics.csv: lower-case words joined by hyphens
    /// @param symbol word on axes and in legends
    /// @param unit   of the values; empty for a pure number or a word
    public static <T> Factor<T> of(Setting<List<T>> values, String column, String symbol, String unit) {
        return new Factor<>(values, column, symbol, unit, settings -> settings.get(values),
                value -> values.text(List.of(value)), null);
    }

    /// A factor of pure numbers or words whose values follow from the settings.
    ///
    /// @param column header of the column in metrics.csv
    /// @param symbol word on axes and in legends
    /// @param values in the order of results
    /// @param texts  of the values; different values have different texts
    public static <T> Factor<T> derived(String column, String symbol, Function<Settings, List<T>> values,
            Function<T, String> texts) {
        return derived(column, symbol, "", values, texts);
    }

    /// A factor whose values follow from the settings.
    ///
    /// @param column header of the column in metrics.csv
    /// @param symbol word on axes and in legends
    /// @param unit   of the values; empty for a pure number or a word
    /// @param values in the order of results
    /// @param texts  of the values; different values have different texts
    public static <T> Factor<T> derived(String column, String symbol, String unit, Function<Settings, List<T>> values,
            Function<T, String> texts) {
        return new Factor<>(null, column, symbol, unit, values, texts, null);
    }

    /// The same factor with other names of its values in titles, legends and sentences; metrics.csv keeps their texts.
    public Factor<T> named(Function<T, String> otherNames) {
        return new Factor<>(setting, column, symbol, unit, values, texts, otherNames);
    }

    /// The setting that lists the values.
    ///
    /// @throws IllegalStateException if they are derived
    public Setting<List<T>> values() {
        if (setting == null) {
            throw new IllegalStateException("no setting alone lists the values of '" + column + "'");
        }
        return setting;
    }

    /// The values of this factor in a run.
    ///
    /// @throws SettingException if a value is given twice
    public List<T> in(Settings settings) {
        List<T> given = values.apply(settings);
        if (given.stream().map(this::text).distinct().count() < given.size()) {
            throw SettingException.badValue(setting == null ? column : setting.key(),
                    String.join(",", given.stream().map(this::text).toList()),
                    "different values: each is a trial of its own");
        }
        return given;
    }

    @Override
    public String column() {
        return column;
    }

    @Override
    public String symbol() {
        return symbol;
    }

    /// The unit of the values; empty for a pure number or a word.
    public String unit() {
        return unit;
    }

    @Override
    @SuppressWarnings("unchecked")
    public String text(Object value) {
        return texts.apply((T) value);
    }

    @Override
    @SuppressWarnings("unchecked")
    public String name(Object value) {
        return names != null ? names.apply((T) value) : value instanceof Number ? label(value) : text(value);
    }

    /// `σ_w² = 1.5`
    String label(Object value) {
        return symbol + " = " + text(value) + (unit.isEmpty() ? "" : " " + unit);
    }

    @Override
    public String toString() {
        return column;
    }
}

package org.surprisal.study.engine;

import java.util.List;
import org.surprisal.settings.Setting;
import org.surprisal.settings.SettingException;
import org.surprisal.settings.Settings;

/// A quantity in which the trials of a study differ: a weight variance, a depth, an estimator.
///
/// The values come from a setting, and a value has one text everywhere: the setting's.
///
/// @param values the setting that lists the values
/// @param column header of the column in metrics.csv: lower-case words joined by hyphens
/// @param symbol word on axes and in legends
/// @param unit   of the values; empty for a pure number or a word
/// @param <T>    type of a value
public record Factor<T>(Setting<List<T>> values, String column, String symbol, String unit) implements Coordinate {

    /// A factor of pure numbers or words whose column has the name of the setting.
    public static <T> Factor<T> of(Setting<List<T>> values, String symbol) {
        return new Factor<>(values, values.key(), symbol, "");
    }

    /// The values of this factor in a run.
    ///
    /// @throws SettingException if a value is given twice
    public List<T> in(Settings settings) {
        List<T> given = settings.get(values);
        if (given.stream().map(this::text).distinct().count() < given.size()) {
            throw SettingException.badValue(values.key(), values.text(given),
                    "different values: each is a trial of its own");
        }
        return given;
    }

    @Override
    @SuppressWarnings("unchecked")
    public String text(Object value) {
        return values.text(List.of((T) value));
    }

    /// `σ_w² = 1.5`
    String label(Object value) {
        return symbol + " = " + text(value) + (unit.isEmpty() ? "" : " " + unit);
    }
}

package org.surprisal.study;

import java.util.Objects;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// One measured number: a row of `metrics.csv`.
///
/// @param step  optimiser steps taken so far, where that has a meaning
/// @param epoch epochs finished so far (0 before training), where that has a meaning
/// @param layer name or number of the layer; empty for a number of the whole network
/// @param name  what was measured: lower-case words joined by hyphens
/// @param value finite
/// @param unit  such as `nat`; `1` for a pure number
/// @param in    the network it was measured on
public record Metric(OptionalLong step, OptionalInt epoch, String layer, String name, double value, String unit,
        Case in) {

    /// @throws IllegalArgumentException if the value is not finite, or a text has a control character, such as a line
    /// break
    public Metric {
        requirePlain("layer", layer);
        requirePlain("name", name);
        requirePlain("unit", unit);
        if (name.isBlank() || unit.isBlank()) {
            throw new IllegalArgumentException("metric '" + name + "' [" + unit + "]: name and unit are needed");
        }
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("metric " + name + " is " + value + place(step, epoch, layer, in)
                    + ": only finite numbers are kept");
        }
    }

    /// A number of the whole study; the other methods say more precisely of what.
    public static Metric of(String name, double value, String unit) {
        return new Metric(OptionalLong.empty(), OptionalInt.empty(), "", name, value, unit, Case.WHOLE);
    }

    /// This number at an optimiser step.
    public Metric step(long number) {
        return new Metric(OptionalLong.of(number), epoch, layer, name, value, unit, in);
    }

    /// This number after so many epochs.
    public Metric epoch(int number) {
        return new Metric(step, OptionalInt.of(number), layer, name, value, unit, in);
    }

    /// This number at a layer.
    public Metric layer(String which) {
        return new Metric(step, epoch, which, name, value, unit, in);
    }

    /// This number at a numbered layer.
    public Metric layer(int number) {
        return layer(Integer.toString(number));
    }

    /// This number of one network of the study.
    public Metric in(Case which) {
        return new Metric(step, epoch, layer, name, value, unit, which);
    }

    private static String place(OptionalLong step, OptionalInt epoch, String layer, Case in) {
        return (step.isPresent() ? " at step " + step.getAsLong() : "")
                + (epoch.isPresent() ? " after epoch " + epoch.getAsInt() : "")
                + (layer.isEmpty() ? "" : ", layer " + layer) + (in.values().isEmpty() ? "" : ", " + in);
    }

    private static void requirePlain(String what, String text) {
        Objects.requireNonNull(text, what);
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("metric " + what + " '"
                    + text.codePoints().map(c -> Character.isISOControl(c) ? '?' : c)
                            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    + "': control characters such as line breaks are not allowed");
        }
    }
}

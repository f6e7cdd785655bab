package org.surprisal.study.engine;

import java.util.Locale;

/// The coordinates that any quantity may have besides the factors of the design.
public enum Index implements Coordinate {
    /// Seed of the trial, a whole number.
    SEED,
    /// Name of the part of the trial, such as `before`.
    STAGE,
    /// Epochs of training finished so far, 0 before training.
    EPOCH,
    /// Optimiser steps taken so far.
    STEP,
    /// Number of the layer (-1 for the input where a measure has one), or its name.
    LAYER,
    /// Variant of the measure, such as an estimator with its settings.
    KIND;

    @Override
    public String symbol() {
        return column();
    }

    @Override
    public String column() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String text(Object value) {
        return value.toString();
    }

    @Override
    public String name(Object value) {
        if (value instanceof Number) {
            return symbol() + " " + text(value);
        }
        // A word alone would say nothing of what came before or after.
        boolean ofTraining = this == STAGE && (value.equals("before") || value.equals("after"));
        return ofTraining ? value + " training" : text(value);
    }

    /// The value that a text of metrics.csv stands for: a whole number as [Long], a word as [String].
    ///
    /// @throws IllegalArgumentException if the text is no whole number where one is needed
    Object parse(String text) {
        return switch (this) {
            case STAGE, KIND -> text;
            case LAYER -> text.matches("0|-?[1-9][0-9]{0,8}") ? Long.valueOf(text) : text;
            case SEED, EPOCH, STEP -> Long.valueOf(text);
        };
    }
}

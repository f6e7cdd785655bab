package org.surprisal.study.engine;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/// The indices of one recorded number.
///
/// @param values whole numbers as [Long], stage and kind as [String]
public record At(Map<Index, Object> values) {
    /// A number of the whole trial.
    public static final At TRIAL = new At(Map.of());

    public At {
        values = values.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(values));
    }

    /// The number of the layer, from 0.
    public static At layer(long number) {
        return TRIAL.and(Index.LAYER, number);
    }

    /// Epochs finished so far.
    public static At epoch(long number) {
        return TRIAL.and(Index.EPOCH, number);
    }

    /// Optimiser steps taken so far.
    public static At step(long number) {
        return TRIAL.and(Index.STEP, number);
    }

    /// The variant of the measure.
    public static At kind(String kind) {
        return TRIAL.and(Index.KIND, kind);
    }

    /// These indices and one more.
    public At and(Index index, Object value) {
        EnumMap<Index, Object> more = new EnumMap<>(Index.class);
        more.putAll(values);
        more.put(index, index.parse(value.toString()));
        return new At(more);
    }

    /// These indices without one.
    At without(Index index) {
        EnumMap<Index, Object> fewer = new EnumMap<>(Index.class);
        fewer.putAll(values);
        fewer.remove(index);
        return new At(fewer);
    }
}

package org.surprisal.study.engine;

/// One coordinate of a measured number: a [Factor] of the design, or an [Index] such as the layer.
public sealed interface Coordinate
        permits
        Factor,
        Index {

    /// The column in metrics.csv: lower-case words joined by hyphens.
    String column();

    /// The word on axes and in legends, such as `σ_w²`.
    String symbol();

    /// The text of a value in metrics.csv, folder names and settings. Equal values have equal texts.
    String text(Object value);

    /// What titles, legends and sentences call a value: `σ_w² = 1.5`, `layer 3`, `tanh`.
    String name(Object value);
}

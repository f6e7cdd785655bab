package org.surprisal.report;

/// A picture as a value. It says what is to be seen; [FigureFiles] draws it as PNG and SVG, [HtmlReport]
/// interactively. A new kind of figure is a new permitted record and one more branch in each of the two.
public sealed interface Figure
        permits
        Chart,
        Panels,
        ImageGrid,
        DirectedGraph {

    /// Stem of the file names and anchor in the report: lower-case words of letters and digits joined by hyphens, such
    /// as `relative-entropy-by-depth`.
    String id();

    /// What the figure shows, in a line.
    String title();

    /// How to read it, in a sentence or two.
    String caption();
}

package org.surprisal.report;

/// A paragraph.
///
/// @param text plain text: `code` between backticks is set as such, symbols as [org.surprisal.report.canvas.Notation]
///             reads them; nothing else is markup
public record Prose(String text) implements Block {}

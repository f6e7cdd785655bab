package org.surprisal.report;

/// A paragraph.
///
/// @param text plain text: `code` between backticks is set as such, symbols as [Notation] reads them; nothing else is
///             markup
public record Prose(String text) implements Block {}

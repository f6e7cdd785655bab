package org.surprisal.report;

/// How a line is drawn, so that two states of one colour (before and after training) can be told apart in print.
public enum Stroke {
    SOLID, DASHED, DOTTED
}

package org.surprisal.report;

/// How an axis maps numbers to positions.
public enum Scale {
    LINEAR,
    /// Logarithmic, base 10; only positive numbers have a place on it.
    LOG
}

package org.surprisal.report;

/// What numbers say about a claim: one of three words, everywhere.
public enum Verdict {
    /// The interval lies inside the region that the claim names.
    HELD("held"),
    /// The interval lies outside that region.
    NOT_HELD("not held"),
    /// The interval lies across an edge of the region, or there are too few networks for one.
    UNDECIDED("undecided");

    private final String words;

    Verdict(String words) {
        this.words = words;
    }

    /// `held`, `not held`, `undecided`
    public String words() {
        return words;
    }
}

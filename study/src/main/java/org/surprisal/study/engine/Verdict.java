package org.surprisal.study.engine;

/// What numbers say about a claim.
public enum Verdict {
    /// The interval lies inside the region that the claim names.
    HELD("held"),
    /// The interval lies outside of it.
    NOT_HELD("not held"),
    /// The interval does not tell, or there are too few networks for one.
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

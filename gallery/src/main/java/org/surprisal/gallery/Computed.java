package org.surprisal.gallery;

import java.util.List;
import org.surprisal.report.Figure;

/// What is computed or drawn for an exhibit without a run.
///
/// @param claims  about numbers; may be empty
/// @param figures may be empty
record Computed(List<ClaimOutcome> claims, List<Figure> figures) {
    Computed {
        claims = List.copyOf(claims);
        figures = List.copyOf(figures);
    }

    /// Numbers without a figure.
    static Computed numbers(PrintedNumbers numbers) {
        return new Computed(numbers.claims(), List.of());
    }

    /// Figures without a number.
    static Computed figures(Figure... figures) {
        return new Computed(List.of(), List.of(figures));
    }

    /// The same with some figures.
    Computed with(Figure... more) {
        return new Computed(claims, List.of(more));
    }
}

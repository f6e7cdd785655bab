package org.surprisal.report;

import java.util.List;

/// A figure, and below it the claims that it bears on.
///
/// @param figure to be drawn
/// @param claims with what the run's numbers say about them
public record Picture(Figure figure, List<Judged> claims) implements Block {
    public Picture {
        claims = List.copyOf(claims);
    }

    /// A figure without a claim.
    public Picture(Figure figure) {
        this(figure, List.of());
    }
}

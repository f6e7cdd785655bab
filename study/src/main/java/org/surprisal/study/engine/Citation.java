package org.surprisal.study.engine;

/// Where a claim or a figure comes from.
///
/// @param document such as `Schmidt`
/// @param place    such as `Fig 12`
public record Citation(String document, String place) {
    @Override
    public String toString() {
        return document + ", " + place;
    }
}

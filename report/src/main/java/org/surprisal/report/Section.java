package org.surprisal.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A part of a report.
///
/// ```java
/// import org.surprisal.report.*;
///
/// final class Parts {
///     Section training(Figure curves, Table results) {
///         return Section.of("Training").picture(curves).table(results).prose("No network diverged.");
///     }
/// }
/// ```
///
/// @param heading in a line
/// @param blocks  in reading order
public record Section(String heading, List<Block> blocks) {

    public Section {
        if (heading.isBlank()) {
            throw new IllegalArgumentException("section: heading is blank");
        }
        blocks = List.copyOf(blocks);
    }

    /// A section without blocks.
    public static Section of(String heading) {
        return new Section(heading, List.of());
    }

    /// With one block more.
    public Section with(Block block) {
        List<Block> more = new ArrayList<>(blocks);
        more.add(block);
        return new Section(heading, more);
    }

    /// With a paragraph more.
    public Section prose(String text) {
        return with(new Prose(text));
    }

    /// With a figure more.
    public Section picture(Figure figure) {
        return with(new Picture(figure));
    }

    /// With a figure more, if there is one.
    public Section picture(Optional<? extends Figure> figure) {
        return figure.isEmpty() ? this : picture(figure.get());
    }

    /// With some figures more.
    public Section pictures(List<? extends Figure> figures) {
        Section section = this;
        for (Figure figure : figures) {
            section = section.picture(figure);
        }
        return section;
    }

    /// With a table more.
    public Section table(Table table) {
        return with(table);
    }

    /// The texts of the paragraphs.
    public List<String> paragraphs() {
        return blocks.stream().filter(Prose.class::isInstance).map(block -> ((Prose) block).text()).toList();
    }

    /// The figures of the pictures.
    public List<Figure> figures() {
        return blocks.stream().filter(Picture.class::isInstance).map(block -> ((Picture) block).figure()).toList();
    }

    /// The tables.
    public List<Table> tables() {
        return blocks.stream().filter(Table.class::isInstance).map(Table.class::cast).toList();
    }
}

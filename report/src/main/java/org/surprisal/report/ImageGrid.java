package org.surprisal.report;

import java.util.List;

/// Pictures side by side, each with its caption and its colour bar.
///
/// @param id      see [Figure#id()]
/// @param title   see [Figure#title()]
/// @param caption see [Figure#caption()]
/// @param images  at least one, in reading order
public record ImageGrid(String id, String title, String caption, List<Image> images) implements Figure {

    public ImageGrid {
        FigureId.check("image grid", id, title);
        images = List.copyOf(images);
        if (images.isEmpty()) {
            throw new IllegalArgumentException("image grid '" + id + "': no images; there is nothing to draw");
        }
    }
}

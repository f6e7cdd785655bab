package org.surprisal.report;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.surprisal.report.canvas.PixelCanvas;
import org.surprisal.report.canvas.SvgCanvas;

/// Figures as files for print and for other programs. The same figure gives the same SVG and CSV on every machine, and
/// the same PNG on the same machine (the shapes of its letters are the machine's).
public final class FigureFiles {

    private FigureFiles() {
    }

    /// Writes `<id>.png`, `<id>.svg` and, for charts, `<id>.csv` with the numbers into `folder`, which is made where it
    /// is missing; existing files are replaced.
    ///
    /// @return the files in this order
    /// @throws IOException with one line naming the folder, if it takes no file
    public static List<Path> write(Figure figure, Path folder) throws IOException {
        Path png = folder.resolve(figure.id() + ".png");
        Path svg = folder.resolve(figure.id() + ".svg");
        AtomicFile.write(png, png(figure));
        AtomicFile.write(svg, svg(figure));
        Optional<String> numbers = FigureNumbers.csv(figure);
        if (numbers.isEmpty()) {
            return List.of(png, svg);
        }
        Path csv = folder.resolve(figure.id() + ".csv");
        AtomicFile.write(csv, numbers.get().getBytes(StandardCharsets.UTF_8));
        return List.of(png, svg, csv);
    }

    /// The figure as a PNG on white.
    static byte[] png(Figure figure) {
        Drawing drawing = Drawing.of(figure, Drawing.Place.FILE);
        PixelCanvas page = new PixelCanvas(drawing.width(), drawing.height());
        drawing.draw(page);
        return encode(page.finish());
    }

    /// The figure as an SVG document in UTF-8, with title and caption for screen readers.
    static byte[] svg(Figure figure) {
        Drawing drawing = Drawing.of(figure, Drawing.Place.FILE);
        SvgCanvas page = SvgCanvas.inFile(FigureFiles::encode);
        drawing.draw(page);
        return page.document(drawing.width(), drawing.height(), figure.title(), figure.caption())
                .getBytes(StandardCharsets.UTF_8);
    }

    /// `image` as PNG bytes.
    static byte[] encode(BufferedImage image) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        // ImageIO's own stream would go through a file in the temporary folder, which may be full or read-only.
        try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            if (!ImageIO.write(image, "png", out)) {
                throw new IllegalStateException(
                        "this Java runtime cannot write PNG pictures; use one with the java.desktop module");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}

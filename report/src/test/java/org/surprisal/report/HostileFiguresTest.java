package org.surprisal.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.awt.Color;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.surprisal.report.canvas.Lettering;
import org.surprisal.report.canvas.PixelCanvas;
import org.surprisal.report.canvas.SvgCanvas;

/// Figures with names and numbers that nobody wants and users have: they are drawn whole, and nothing leaves the page.
class HostileFiguresTest {
    private static final String LONG = "a name of two hundred characters ".repeat(6).strip();
    private static final String UNBROKEN = "train_samples_of_the_second_part".repeat(6);
    /// Hebrew, Arabic, Chinese, a joined emoji and a letter with combining marks.
    private static final List<String> SCRIPTS = List.of("\u05e9\u05db\u05d1\u05d4", "\u0637\u0628\u0642\u0629 3",
            "\u7b2c\u4e00\u5c64\u306e\u5024", "\ud83d\udc69\u200d\ud83d\udd2c\ud83d\ude00\ud83d\ude00",
            "e\u0301\u0323\u0302", "<script>alert(1)</script>");
    private static final Axis X = Axis.linear("x", "");
    private static final Axis Y = Axis.linear("y", "");

    private static Line line(String name, int index) {
        return new Line(name, new double[]{0, 1, 2}, new double[]{index, index + 1, index}, Palette.category(index));
    }

    private static Chart chart(String id, String name, Axis x, Axis y, Mark... marks) {
        return new Chart(id, name, name, x, y, List.of(marks));
    }

    private static String svg(Figure figure) {
        return new String(FigureFiles.svg(figure), StandardCharsets.UTF_8);
    }

    private static List<Figure> figures() {
        List<Figure> figures = new ArrayList<>();
        for (String name : List.of(LONG, UNBROKEN)) {
            String id = "f-" + figures.size();
            Axis named = Axis.named(name, List.of("short", name, name + "2"));
            Mark cells = Cells.grid(name, 3, 3, new double[]{1, 2, 3, 4, 5, 6, 7, 8, Double.NaN},
                    Axis.linear(name, name), ColourMap.VIRIDIS);
            figures.add(chart(id, name, Axis.linear(name, name), Axis.linear(name, name), line(name, 0),
                    line(name + "!", 1), ReferenceLine.horizontal(name, 1, Palette.INK),
                    ReferenceLine.vertical(name, 1, Palette.INK),
                    new Trail(name, Values.of(0, 1), Values.of(0, 1), Values.of(0, 1), List.of(name, name),
                            Palette.INK, Stroke.SOLID, true)));
            figures.add(new Panels(id + "-panels", name, name, 3, IntStream.range(0, 3)
                    .mapToObj(i -> chart("c" + i, name + i, named, Axis.named(name + i, named.categories()), cells))
                    .toList()));
            figures.add(new ImageGrid(id + "-images", name, name,
                    List.of(Image.grey(name, 1, 1, new float[]{1}), Image.grey(name, 2, 1, new float[]{0, 1e-7f}))));
        }
        List<Mark> scripts = new ArrayList<>();
        for (int i = 0; i < SCRIPTS.size(); i++) {
            scripts.add(line(SCRIPTS.get(i), i));
        }
        figures.add(new Chart("scripts", "t", "c", Axis.named("x", SCRIPTS.subList(0, 3)),
                Axis.linear(SCRIPTS.getFirst(), "nat"), scripts));
        figures.add(new Chart("scripts-in-legend", "t", "c", Axis.named("x", SCRIPTS), Y,
                List.of(line(SCRIPTS.get(0), 0), new Points(SCRIPTS.get(2), new double[]{1}, new double[]{1},
                        Color.RED), line(SCRIPTS.get(3), 1), line(SCRIPTS.get(1), 2))));
        return figures;
    }

    @Test
    void longAndForeignNamesStayOnThePage(@TempDir Path folder) throws IOException {
        Section section = Section.of(UNBROKEN).prose(UNBROKEN).pictures(figures())
                .table(new Table("t", UNBROKEN, UNBROKEN, List.of(LONG, UNBROKEN),
                        List.of(List.of(TableCell.text(UNBROKEN), TableCell.count(1)))));
        Path page = Files.writeString(folder.resolve("report.html"), HtmlReport.html(
                new Report(UNBROKEN, UNBROKEN, List.of(UNBROKEN), List.of(), List.of(LONG), List.of(section),
                        Map.of(UNBROKEN, UNBROKEN), Map.of(LONG, LONG), Map.of(UNBROKEN, LONG))));
        try (Browser browser = Browser.open()) {
            assertThat(PageAudit.faults(browser, page)).isEmpty();
            browser.view(1400, false, false);
            browser.run("arguments[0].focus()", browser.element("#scripts svg.wide"));
            browser.press(Keys.ARROW_RIGHT);
            assertThat(browser.texts(".tip > *")).as("the number stays behind a name read from right to left")
                    .contains("\u2068" + SCRIPTS.getFirst() + "\u2069: 0 nat");
        }
    }

    @Test
    void wordThatIsWiderThanALineIsBroken() {
        List<String> lines = Lettering.TICKS.wrap("short " + UNBROKEN + " end", 100);
        assertThat(lines).allMatch(words -> Lettering.TICKS.width(words) <= 100).startsWith("short")
                .hasSizeGreaterThan(9);
        assertThat(String.join("", lines)).isEqualTo("short" + UNBROKEN + "end".replace(" ", ""));
        assertThat(Lettering.TICKS.wrap("\ud83d\ude00\ud83d\ude00", 1)).as("a character stays whole")
                .containsExactly("\ud83d\ude00", "\ud83d\ude00");
    }

    @Test
    void namesOfCategoriesOutOfSightAreNotWritten() {
        Axis names = Axis.named("estimator", List.of("ksg", "binning", "mine", "smile")).withRange(0.5, 2.5);
        assertThat(svg(chart("c", "t", names, names, line("l", 0)))).contains(">binning<", ">mine<")
                .doesNotContain(">ksg<", ">smile<");
    }

    @Test
    void namesOfMarksOutOfSightAreNotWritten() {
        Trail trail = new Trail("away", Values.of(0, 9), Values.of(0, 9), Values.of(0, 1), List.of("a", "b"),
                Palette.INK, Stroke.SOLID, true);
        String svg = svg(chart("c", "t", X.withRange(0, 1), Y.withRange(0, 1), line("", 0),
                ReferenceLine.horizontal("above", 5, Palette.INK), ReferenceLine.vertical("beside", -5, Palette.INK),
                ReferenceLine.horizontal("top", 1, Palette.INK), trail));
        assertThat(svg).doesNotContain(">above<", ">beside<").contains(">top<");
        assertThat(svg.split(">away<", -1)).as("in the legend only").hasSize(2);
    }

    @Test
    void legendShowsEachColourThatANameHas() {
        String svg = svg(new Panels("p", "t", "", 1, List.of(chart("a", "a", X, Y, line("same", 0)),
                chart("b", "b", X, Y, line("same", 1), line("other", 2)))));
        for (int i : new int[]{0, 1}) {
            String colour = String.format(Locale.ROOT, "#%06x", Palette.category(i).getRGB() & 0xffffff);
            assertThat(Pattern.compile("<line[^>]*" + colour).matcher(svg).results().count()).as(colour).isEqualTo(1);
        }
    }

    @Test
    void twoChartsSideBySideNameTheirLinesAtTheirEnds() {
        for (int columns : new int[]{1, 2}) {
            String svg = svg(new Panels("p", "t", "", columns,
                    List.of(chart("a", "a", X, Y, line("one", 0), line("two", 1)),
                            chart("b", "b", X, Y, line("one", 0), line("two", 1)))));
            assertThat(svg.split(">one<", -1)).as("the legend, and each of two charts").hasSize(columns == 1 ? 2 : 4);
        }
    }

    /// On a dark page colours of data are lightened, in the legend and over a heat map alike.
    @Test
    void marksOverAHeatMapHaveTheColoursOfTheirLegend() {
        Cells cells = Cells.around("", new double[]{0, 1, 2}, new double[]{0, 1, 2}, new double[9],
                Axis.linear("v", ""),
                ColourMap.VIRIDIS);
        HtmlFigures figures = new HtmlFigures();
        String html = figures.figure(chart("c", "t", X, Y, cells, new Line("l", new double[]{0, 1}, new double[]{0, 1},
                Palette.INK, Stroke.SOLID, true), new Points("p", new double[]{1}, new double[]{2}, Color.RED)), "");
        assertThat(html).doesNotContain("stroke=\"#1a1a1a\"", "stroke=\"#ff0000\"");
        assertThat(Pattern.compile("class=\"[^\"]*s1a1a1a\"").matcher(html).results().count())
                .as("line and dots in two drawings and the legend").isEqualTo(6);
        assertThat(Pattern.compile("class=\"[^\"]*s-page\"").matcher(html).results().count())
                .as("edges of line, its dots, and points in two drawings").isEqualTo(6);
    }

    @Test
    void uncertaintyOfALonePointIsDrawn() {
        Band band = new Band("l", new double[]{0, 1, 2}, new double[]{0, Double.NaN, 1}, new double[]{4, Double.NaN, 3},
                Color.RED);
        String svg = svg(chart("c", "t", X, Y, band, new Line("l", new double[]{0, 1, 2},
                new double[]{2, Double.NaN, 2}, Color.RED)));
        assertThat(Pattern.compile("<rect[^>]*width=\"5\"[^>]*fill=\"#ff0000\"").matcher(svg).results().count())
                .isEqualTo(2);
    }

    @Test
    void barThatReachesBelowALogarithmicAxisHasNoCapThere() {
        Axis log = Axis.log("y", "");
        Points open = new Points("p", Values.of(1.0), Values.of(1.0), Values.of(-1.0), Values.of(3.0), Color.RED);
        Points closed = new Points("p", Values.of(1.0), Values.of(1.0), Values.of(0.5), Values.of(3.0), Color.RED);
        assertThat(strokes(chart("c", "t", X, log, open))).isEqualTo(2);
        assertThat(strokes(chart("c", "t", X, log, closed))).isEqualTo(3);
    }

    private static long strokes(Chart chart) {
        return Pattern.compile("<line[^>]*#ff0000").matcher(svg(chart)).results().count();
    }

    @Test
    void negativeBarsAreRefusedOnALogarithmicAxisAndEmptyOnesAreNot() {
        Axis log = Axis.log("count", "");
        assertThat(svg(chart("c", "t", X, log, new Bars("b", new double[]{0, 1, 2}, new double[]{0, 5}, Color.RED))))
                .isNotEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> chart("c", "t", X, log,
                        new Bars("b", new double[]{0, 1, 2}, new double[]{-1, 5}, Color.RED)))
                .withMessage("chart 'c': 'b' has -1.0 on the logarithmic axis 'count'; positive numbers are needed"
                        + " (or a linear axis)");
    }

    @Test
    void largestNumbersHaveColoursAndPlaces() throws IOException {
        double most = Double.MAX_VALUE;
        for (double[] values : List.of(new double[]{most, most}, new double[]{-most, most})) {
            Cells cells = Cells.grid("", 2, 1, values, Axis.linear("v", ""), ColourMap.VIRIDIS);
            assertThat(FigureFiles.png(chart("c", "t", X, Y, cells))).isNotEmpty();
        }
        assertThat(svg(chart("c", "t", X, Y.withRange(-most, most), line("l", 0)))).doesNotContain("NaN");
    }

    @Test
    void tenThousandPointsStayBounded() {
        int n = 10_000;
        double[] x = new double[n];
        double[] y = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = i;
            y[i] = Math.sin(0.7 * i) + Math.sin(1e-3 * i * i);
        }
        HtmlFigures figures = new HtmlFigures();
        assertThat(figures.figure(chart("c", "t", X, Y, new Points("p", x, y, Color.RED)), ""))
                .hasSizeLessThan(420_000);
    }

    @Test
    void pageOfManyThousandPicturesHasABoundedPng() {
        Image image = Image.grey("i", 1, 1, new float[]{1});
        ImageGrid grid = new ImageGrid("g", "t", "", IntStream.range(0, 3000).mapToObj(i -> image).toList());
        PixelCanvas canvas = new PixelCanvas(
                Drawing.of(grid, Drawing.Place.FILE).width(), Drawing.of(grid, Drawing.Place.FILE).height());
        assertThat((long) canvas.finish().getWidth() * canvas.finish().getHeight()).isLessThanOrEqualTo(100_000_000);
    }

    @Test
    void labelsOfCategoriesStayWithinTheirChart() {
        Axis names = Axis.named("estimator", List.of(LONG, "b"));
        Drawing drawing = Drawing.of(new Panels("p", "t", "", 2,
                List.of(chart("a", "a", X, names, line("l", 0)), chart("b", "b", X,
                        Axis.named("other", List.of(LONG, "c", "d")), line("l", 1)))),
                Drawing.Place.WIDE);
        SvgCanvas canvas = SvgCanvas.inFile(FigureFiles::encode);
        drawing.draw(canvas);
        List<String> cut = Pattern.compile(">(a name[^<]*…)<").matcher(canvas.elements()).results()
                .map(result -> result.group(1)).toList();
        assertThat(cut).hasSize(2).allMatch(name -> Lettering.TICKS.width(name) < 0.36 * 410);
    }
}

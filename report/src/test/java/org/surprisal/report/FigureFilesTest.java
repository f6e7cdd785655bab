package org.surprisal.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.surprisal.report.canvas.Notation;
import org.surprisal.report.canvas.SvgCanvas;
import org.w3c.dom.Document;

class FigureFilesTest {

    static List<Figure> figures() {
        return SampleFigures.all();
    }

    private static long count(BufferedImage image, Color colour) {
        long count = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                count += image.getRGB(x, y) == colour.getRGB() ? 1 : 0;
            }
        }
        return count;
    }

    private static Document parse(byte[] svg) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
        return factory.newDocumentBuilder().parse(new ByteArrayInputStream(svg));
    }

    /// A temporary folder that takes no file, as on a full disk or in a container without one.
    @ParameterizedTest
    @MethodSource("figures")
    void drawingNeedsNoTemporaryFolder(Figure figure, @TempDir Path folder) throws Exception {
        Path gone = Files.createDirectory(folder.resolve("gone"));
        ImageIO.setCacheDirectory(gone.toFile());
        try {
            Files.delete(gone);
            assertThat(FigureFiles.write(figure, folder.resolve("figures"))).allSatisfy(
                    file -> assertThat(file).isNotEmptyFile());
        } finally {
            ImageIO.setCacheDirectory(null);
        }
    }

    @ParameterizedTest
    @MethodSource("figures")
    void writesAllFilesAndTheSameBytesAgain(Figure figure, @TempDir Path folder) throws Exception {
        List<Path> first = FigureFiles.write(figure, folder.resolve("a/figures"));
        List<Path> second = FigureFiles.write(figure, folder.resolve("b"));
        List<String> endings = FigureNumbers.charts(figure).isEmpty()
                ? List.of(".png", ".svg")
                : List.of(".png", ".svg", ".csv");
        assertThat(first).extracting(p -> p.getFileName().toString())
                .containsExactlyElementsOf(endings.stream().map(ending -> figure.id() + ending).toList());
        for (int i = 0; i < first.size(); i++) {
            assertThat(Files.readAllBytes(first.get(i))).isEqualTo(Files.readAllBytes(second.get(i)));
        }
        try (Stream<Path> files = Files.list(folder.resolve("b"))) {
            assertThat(files).as("no temporary file is left").hasSize(first.size());
        }
    }

    @ParameterizedTest
    @MethodSource("figures")
    void thePngHasTheSizeOfTheDrawingOnWhite(Figure figure) throws Exception {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(FigureFiles.png(figure)));
        Drawing drawing = Drawing.of(figure, Drawing.Place.FILE);
        assertThat(image.getWidth()).isEqualTo(2 * drawing.width()).isBetween(600, 2400);
        assertThat(image.getHeight()).isEqualTo(2 * drawing.height()).isBetween(400, 3600);
        assertThat(new Color(image.getRGB(0, 0))).isEqualTo(Color.WHITE);
        assertThat(new Color(image.getRGB(image.getWidth() - 1, image.getHeight() - 1))).isEqualTo(Color.WHITE);
    }

    @Test
    void theColoursOfTheMarksAreInThePng() throws Exception {
        Chart chart = SampleFigures.relativeEntropy();
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(FigureFiles.png(chart)));
        for (Color colour : Palette.sequential(5)) {
            assertThat(count(image, colour)).isGreaterThan(500);
        }
    }

    @Test
    void cellsCoverTheirShareOfTheAxes() throws Exception {
        BufferedImage hatched = cells(Double.NaN);
        double black = count(hatched, Color.BLACK);
        assertThat(count(hatched, new Color(0x404040)) / black).as("9/16 to 3/16").isBetween(2.97, 3.03);
        // Strokes of one unit, √2 wide along the edge, each 6 units, on 1/16 against 3/16; smoothed edges count, too.
        assertThat((dark(hatched) - dark(cells(1))) / black).as("hatched").isBetween(0.06, 0.16);
    }

    /// Of a line through the middle of a narrow cell nothing is seen where the cell's number stands: those rows of the
    /// picture are the same without the line.
    @Test
    void aLineEndsBeforeTheNumberOfANarrowCellAndGoesOnBehindIt() throws Exception {
        List<Integer> changed = changedRows(19);
        int widest = IntStream.range(1, changed.size()).map(i -> changed.get(i) - changed.get(i - 1)).max()
                .orElseThrow();
        assertThat(changed.size()).as("rows with the line").isGreaterThan(200);
        assertThat(widest).as("rows of the number").isBetween(20, 60);
    }

    @Test
    void numberOfAWideCellStandsBesideALine() throws Exception {
        List<Integer> changed = changedRows(1);
        assertThat(changed.getLast() - changed.getFirst() + 1).as("the line is whole").isEqualTo(changed.size())
                .isGreaterThan(200);
    }

    /// The rows of the picture that a vertical line through the middle of a heat map of one row changes.
    private static List<Integer> changedRows(int columns) throws IOException {
        double middle = (columns + 1) / 2.0;
        BufferedImage without = cell(columns, List.of());
        BufferedImage with = cell(columns,
                List.of(new Line("", new double[]{middle, middle}, new double[]{0, 2}, Color.RED)));
        List<Integer> changed = new ArrayList<>();
        for (int y = 0; y < with.getHeight(); y++) {
            int[] row = with.getRGB(0, y, with.getWidth(), 1, null, 0, with.getWidth());
            if (!Arrays.equals(row, without.getRGB(0, y, with.getWidth(), 1, null, 0, with.getWidth()))) {
                changed.add(y);
            }
        }
        return changed;
    }

    private static BufferedImage cell(int columns, List<Mark> lines) throws IOException {
        double[] values = new double[columns];
        Arrays.fill(values, 0.5);
        List<Mark> marks = new ArrayList<>(List.of(Cells.around("",
                IntStream.rangeClosed(1, columns).asDoubleStream().toArray(), new double[]{1}, values,
                Axis.linear("v", "").withRange(0, 1), ColourMap.VIRIDIS)));
        marks.addAll(lines);
        return ImageIO.read(new ByteArrayInputStream(FigureFiles.png(
                new Chart("c", "t", "", Axis.linear("x", ""), Axis.linear("y", ""), marks))));
    }

    private static BufferedImage cells(double lowerRight) throws IOException {
        Cells cells = new Cells("", Values.of(0, 1, 4), Values.of(0, 3, 4), Values.of(0, 0.25, lowerRight, 1),
                Axis.linear("v", ""), ColourMap.GREY);
        return ImageIO.read(new ByteArrayInputStream(FigureFiles.png(
                new Chart("c", "t", "", Axis.linear("x", ""), Axis.linear("y", ""), List.of(cells)))));
    }

    private static long dark(BufferedImage image) {
        long count = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                count += (image.getRGB(x, y) & 0xff) < 0xc0 ? 1 : 0;
            }
        }
        return count;
    }

    /// Places on the way between others need no piece of a line of their own; corners and gaps stay.
    @Test
    void aLinePassesByPlacesThatLieOnItsWay() {
        double[] x = new double[1001];
        double[] y = new double[1001];
        for (int i = 0; i < x.length; i++) {
            x[i] = i;
            y[i] = i <= 500 ? i : 1000 - i;
        }
        y[900] = Double.NaN;
        Projection to = new Projection(new Rectangle2D.Double(0, 0, 1000, 500), Scale.LINEAR, new Range(0, 1000),
                Scale.LINEAR, new Range(0, 500), false);
        assertThat(Strokes.needed(to, Values.of(x), Values.of(y), 0, 900)).containsExactly(0, 500, 899);
        assertThat(Strokes.needed(to, Values.of(x), Values.of(y), 901, 1001)).containsExactly(901, 1000);
        assertThat(Strokes.needed(to, Values.of(x), Values.of(y), 7, 8)).containsExactly(7);
        assertThat(Strokes.needed(to, Values.of(x), Values.of(y), 7, 7)).isEmpty();
    }

    @Test
    void aDashedCurveOfManyPointsHasGaps() throws Exception {
        double[] x = new double[2000];
        double[] y = new double[2000];
        for (int i = 0; i < x.length; i++) {
            x[i] = i;
            y[i] = 1;
        }
        // The pattern is 7 of 11.
        assertThat((double) ink(x, y, Stroke.DASHED) / ink(x, y, Stroke.SOLID)).isBetween(0.55, 0.72);
    }

    private static long ink(double[] x, double[] y, Stroke stroke) throws IOException {
        Chart chart = new Chart("c", "t", "", Axis.linear("x", ""), Axis.linear("y", ""),
                List.of(new Line("", x, y, Color.RED, stroke, false)));
        return count(ImageIO.read(new ByteArrayInputStream(FigureFiles.png(chart))), Color.RED);
    }

    /// A sheet takes 990 of the units of which it is 860 wide; a higher picture would be shrunk.
    @ParameterizedTest
    @CsvSource({"1, 1", "6, 1", "9, 2", "40, 7"})
    void aWidePageOfManyChartsIsInPartsThatFitASheet(int charts, int parts) {
        Chart chart = SampleFigures.loss();
        Panels panels = new Panels("p", "t", "", 2, IntStream.range(0, charts)
                .mapToObj(i -> new Chart("c-" + i, "chart " + i, "", chart.x(), chart.y(), chart.marks())).toList());
        Drawing drawing = Drawing.of(panels, Drawing.Place.WIDE);
        assertThat(drawing.parts()).hasSize(parts).allMatch(part -> part.height() <= 990);
        double end = 0;
        List<String> seen = new ArrayList<>();
        for (Drawing.Part part : drawing.parts()) {
            assertThat(part.top()).isEqualTo(end);
            end += part.height();
            SvgCanvas canvas = SvgCanvas.inFile(FigureFiles::encode);
            part.inside().accept(canvas);
            Pattern.compile("data-chart=\"(\\d+)\"").matcher(canvas.elements()).results()
                    .forEach(result -> seen.add(result.group(1)));
        }
        assertThat(end).isEqualTo(drawing.height());
        assertThat(seen).isEqualTo(IntStream.range(0, charts).mapToObj(Integer::toString).toList());
        assertThat(Drawing.of(panels, Drawing.Place.NARROW).parts()).hasSize(1);
        assertThat(Drawing.of(panels, Drawing.Place.FILE).parts()).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("figures")
    void theSvgIsWellFormedAndSaysWhatItShows(Figure figure) throws Exception {
        byte[] svg = FigureFiles.svg(figure);
        Document document = parse(svg);
        assertThat(document.getDocumentElement().getLocalName()).isEqualTo("svg");
        assertThat(document.getDocumentElement().getAttribute("viewBox")).startsWith("0 0 ");
        String text = document.getDocumentElement().getTextContent();
        assertThat(text).contains(figure.title()).contains(figure.caption());
        for (Chart chart : FigureNumbers.charts(figure)) {
            assertThat(text).contains(plain(chart.title()), plain(chart.x().title()), plain(chart.y().title()));
            for (Mark mark : chart.marks()) {
                assertThat(text).contains(plain(mark.name()));
            }
        }
        assertThat(document.getElementsByTagName("image").getLength()).as("bitmaps of images only")
                .isEqualTo(figure instanceof ImageGrid grid ? 2 * grid.images().size() : 0);
    }

    /// Without the signs that set sub- and superscripts.
    private static String plain(String text) {
        return Notation.parse(text).stream().map(Notation.Run::text).collect(Collectors.joining());
    }

    @Test
    void markupInATitleIsText() throws Exception {
        Chart chart = new Chart("c", "a < b & <script>alert(1)</script>", "", Axis.linear("x", ""),
                Axis.linear("y", ""),
                List.of(new Line("<b>", new double[]{0, 1}, new double[]{0, 1}, Color.RED)));
        Document document = parse(FigureFiles.svg(chart));
        assertThat(document.getElementsByTagName("script").getLength()).isZero();
        assertThat(document.getDocumentElement().getTextContent()).contains("<script>alert(1)</script>", "<b>");
    }

    @Test
    void charactersThatXmlForbidsAreReplaced() throws Exception {
        Chart chart = new Chart("c", "t", "", Axis.linear("x", ""), Axis.linear("y", ""),
                List.of(new Line("a\u0001b\uffffc\t😀", new double[]{0, 1}, new double[]{0, 1}, Color.RED)));
        assertThat(parse(FigureFiles.svg(chart)).getDocumentElement().getTextContent()).contains("a\ufffdb\ufffdc",
                "😀");
    }

    @Test
    void placesFarOutOfSightAreNumbersThatAnyProgramReads() {
        for (double far : new double[]{1e9, 1e300, -1.7e308}) {
            Chart chart = new Chart("c", "t", "", Axis.linear("x", ""), Axis.linear("y", "").withRange(0, 1),
                    List.of(new Line("l", new double[]{0, 1}, new double[]{0, far}, Color.RED, Stroke.DASHED, true)));
            assertThat(new String(FigureFiles.svg(chart), StandardCharsets.UTF_8)).doesNotContainPattern("\\d{9}");
            assertThat(FigureFiles.png(chart)).isNotEmpty();
        }
    }

    @Test
    void gapsFarOutOfSightAreNotHatched() {
        Chart chart = new Chart("c", "t", "", Axis.linear("x", "").withRange(0, 1),
                Axis.linear("y", "").withRange(0, 1),
                List.of(new Cells("none", Values.of(0, 1, 1e9), Values.of(0, 1, 1e9), Values.of(1, 2, 3, Double.NaN),
                        Axis.linear("v", ""), ColourMap.GREY)));
        assertThat(FigureFiles.svg(chart).length).isLessThan(20_000);
    }

    @Test
    void extremesAreDrawn() throws IOException {
        Axis x = Axis.linear("x", "");
        double[] one = {3};
        for (Mark mark : List.of(new Line("one point", one, one, Color.RED),
                new Line("only gaps", new double[]{0, 1}, new double[]{Double.NaN, Double.NaN}, Color.RED),
                new Line("nothing", new double[0], new double[0], Color.RED),
                new Line("huge", new double[]{0, 1}, new double[]{-1e300, 1e300}, Color.RED),
                new Line("largest", new double[]{0, 1}, new double[]{-Double.MAX_VALUE, Double.MAX_VALUE}, Color.RED),
                new Line("smallest", new double[]{0, 1}, new double[]{0, Double.MIN_VALUE}, Color.RED),
                new Line("tiny", new double[]{0, 1}, new double[]{1e-300, 2e-300}, Color.RED),
                new Line("nearly flat", new double[]{0, 1}, new double[]{1, Math.nextUp(1.0)}, Color.RED))) {
            assertThat(FigureFiles.png(new Chart("c", "t", "", x, Axis.linear("y", ""), List.of(mark)))).isNotEmpty();
        }
    }

    @Test
    void aFolderThatIsNoneIsOneLineThatNamesIt(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("taken"), "x");
        assertThatIOException().isThrownBy(() -> FigureFiles.write(SampleFigures.loss(), file))
                .withMessageContaining(file.toString()).withMessageContaining("loss-by-epoch.png")
                .withMessageNotContaining("\n");
        // A folder where the file should go: the move fails, and nothing half-written stays.
        Files.createDirectories(folder.resolve("out/loss-by-epoch.png/full"));
        assertThatIOException().isThrownBy(() -> FigureFiles.write(SampleFigures.loss(), folder.resolve("out")))
                .withMessageContaining(folder.resolve("out").toString());
        try (Stream<Path> files = Files.list(folder.resolve("out"))) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void linkOfAFiguresNameIsReplacedAndItsTargetLeftAlone(@TempDir Path there) throws IOException {
        Path victim = Files.writeString(there.resolve("victim"), "mine");
        Path page = Files.createSymbolicLink(there.resolve("a.svg"), victim);

        AtomicFile.write(page, new byte[]{1, 2, 3});

        assertThat(victim).hasContent("mine");
        assertThat(page).hasBinaryContent(new byte[]{1, 2, 3});
        assertThat(Files.isSymbolicLink(page)).isFalse();
        assertThat(Files.getPosixFilePermissions(page))
                .isEqualTo(Files.getPosixFilePermissions(Files.createFile(there.resolve("usual"))));
        assertThat(there.toFile().list()).containsExactlyInAnyOrder("victim", "a.svg", "usual");
    }
}

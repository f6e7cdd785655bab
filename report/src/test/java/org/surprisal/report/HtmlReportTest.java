package org.surprisal.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class HtmlReportTest {

    private static final String ATTACK = "</script><script>alert('x')</script> & \"q\" <!--";

    private static String html = "";

    @BeforeAll
    static void write(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("report.html");
        HtmlReport.write(SampleFigures.report(), file);
        html = Files.readString(file);
    }

    private static List<String> data(String page) {
        Matcher matcher = Pattern
                .compile("<script type=\"application/json\" class=\"numbers\">(.*?)</script>", Pattern.DOTALL)
                .matcher(page);
        return matcher.results().map(result -> result.group(1)).toList();
    }

    @Test
    void nothingIsLoadedFromElsewhere() {
        String page = html.replaceAll("(?s)<script>.*?</script>", "");
        assertThat(Pattern.compile("src\\s*=\\s*[\"'](?!data:)").matcher(page).find()).isFalse();
        assertThat(Pattern.compile("href\\s*=\\s*[\"'](?!data:|#)([^\"']*)").matcher(page).results()
                .map(result -> result.group(1))).as("what lies beside the page").containsExactly("metrics.csv");
        assertThat(page.replace("url(#", "")).doesNotContain("url(", "@import", "http://", "https://");
    }

    @Test
    void theChartsAreJsonWithTheNumbersOfTheFigures() {
        List<String> data = data(html);
        assertThat(data).hasSize(6);
        Chart chart = SampleFigures.relativeEntropy();
        JsonNode line = JsonMapper.shared().readTree(data.getFirst()).get("charts").get(0).get("marks").get(1);
        Line expected = (Line) chart.marks().get(1);
        assertThat(line.get("kind").asString()).isEqualTo("line");
        assertThat(line.get("entry").asInt()).isZero();
        for (int i = 0; i < expected.y().size(); i++) {
            assertThat(line.get("y").get(i).asDouble()).isCloseTo(expected.y().get(i), within(1e-4));
        }
        assertThat(line.get("lower").get(3).asDouble()).as("of the band of the same name")
                .isCloseTo(((Band) chart.marks().getFirst()).lower().get(3), within(1e-4));
        JsonNode gap = JsonMapper.shared().readTree(data.get(2)).get("charts").get(0).get("marks").get(2);
        assertThat(gap.get("y").get(7).isNull()).isTrue();
        JsonNode cells = JsonMapper.shared().readTree(data.get(4)).get("charts").get(0).get("marks").get(0);
        assertThat(cells.get("value").get(0).asDouble())
                .isCloseTo(((Cells) SampleFigures.tongue().marks().getFirst()).at(0, 0), within(1e-4));
        assertThat(cells.get("value").get(39).isNull()).as("a cell without a number").isTrue();
    }

    @Test
    void chartsAreDrawnForWideAndNarrowPages() {
        assertThat(Pattern.compile("<svg class=\"wide\"").matcher(html).results().count()).isEqualTo(6);
        assertThat(Pattern.compile("<svg class=\"narrow\"").matcher(html).results().count()).isEqualTo(6);
        assertThat(html.length()).isLessThan(600_000);
    }

    @Test
    void theWordsAreThere() {
        assertThat(html).contains("<html lang=\"en\">", "<h1>Relative entropy of a deep network</h1>",
                "<code>D_m</code>",
                "<nav aria-label=\"Contents\">", "0.2928\u00a0±\u00a00.0022", "class=\"number\"", "<noscript>",
                "aria-label=\"Relative entropy by depth");
    }

    @Test
    void settingsKeepTheirOrderAndAShortReportHasNoContents() throws IOException {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("zeta", "1");
        settings.put("alpha", "2");
        String page = HtmlReport.html(new Report("t", "", List.of(), List.of(), List.of(), List.of(), settings,
                Map.of("seed", "7"), Map.of()));
        assertThat(page.indexOf("zeta</dt>")).isPositive().isLessThan(page.indexOf("alpha</dt>"));
        assertThat(page).doesNotContain("<nav");
        assertThat(page.indexOf("<dt>seed</dt><dd>7</dd>")).isPositive();
    }

    @Test
    void idsOfThePageItsTablesAndItsDrawingsDiffer() throws IOException {
        Section section = Section.of("s").picture(new Chart("a", "t", "", Axis.linear("x", ""), Axis.linear("y", ""),
                List.of(new Line("l", new double[]{0, 1}, new double[]{0, 1}, Color.RED))));
        for (String id : List.of("settings", "section-1", "verdicts", "a-w0-0")) {
            section = section.table(new Table(id, "t", "", List.of("c"), List.of()));
        }
        String page = HtmlReport.html(new Report("t", "", List.of(), List.of(), List.of(), List.of(section),
                Map.of("k", "v"), Map.of(), Map.of()));
        assertThat(Pattern.compile(" id=\"([^\"]*)\"").matcher(page).results().map(id -> id.group(1)))
                .contains("settings", "_settings", "_a-w0-0").doesNotHaveDuplicates();
    }

    @Test
    void nothingAUserWroteBecomesMarkup() throws IOException {
        Chart chart = new Chart("c", ATTACK, ATTACK, Axis.linear(ATTACK, ATTACK), Axis.linear(ATTACK, ""),
                List.of(new Line(ATTACK, new double[]{0, 1}, new double[]{0, 1}, Color.RED)));
        Table table = new Table("t", ATTACK, ATTACK, List.of(ATTACK), List.of(List.of(TableCell.text(ATTACK))));
        Judged judged = new Judged(ATTACK, Verdict.HELD, ATTACK, ATTACK, List.of(new Judged.Case(ATTACK, Verdict.HELD,
                TableCell.text(ATTACK), TableCell.text(ATTACK), 3)), "");
        ImageGrid grid = new ImageGrid("g", ATTACK, ATTACK, List.of(Image.grey(ATTACK, 1, 1, new float[]{1})));
        Section section = Section.of(ATTACK).prose(ATTACK).prose("`" + ATTACK + "`")
                .with(new Picture(chart, List.of(judged))).picture(grid).table(table);
        Report report = new Report(ATTACK, ATTACK, List.of(ATTACK), List.of(judged), List.of(ATTACK), List.of(section),
                Map.of(ATTACK, ATTACK), Map.of(), Map.of(ATTACK, ATTACK));
        String page = HtmlReport.html(report);
        assertThat(page).doesNotContain("alert('x')</script>", "<script>alert");
        // Head, numbers of the chart, words of figures and the script: four elements open and four close.
        assertThat(Pattern.compile("<script[ >]").matcher(page).results().count()).isEqualTo(4);
        assertThat(Pattern.compile("</script>").matcher(page).results().count()).isEqualTo(4);
        JsonNode data = JsonMapper.shared().readTree(data(page).getFirst()).get("charts").get(0);
        assertThat(data.get("title").asString()).isEqualTo(ATTACK);
    }

    @Test
    void codeStandsBetweenBackticks() {
        assertThat(HtmlText.withCode("use `a < b`, not `c")).isEqualTo("use <code>a &lt; b</code>, not `c");
    }

    @Test
    void theSameReportGivesTheSameBytes() throws IOException {
        assertThat(HtmlReport.html(SampleFigures.report())).isEqualTo(html);
    }
}

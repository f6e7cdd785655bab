package org.surprisal.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JudgedTest {
    private static final TableCell NUMBER = TableCell.number(-0.0044, 0.0008);
    private static final TableCell INTERVAL = new TableCell.Interval(-0.0066, -0.0022);

    private static Judged of(Verdict verdict, Judged.Case... cases) {
        return new Judged("Training lowers the number.", verdict, "below 0", "Schmidt, Fig 21", List.of(cases),
                cases.length == 0 ? "it needs two networks" : "");
    }

    @Test
    void referenceTellsTheNumberOfTheOnlyCase() {
        assertThat(of(Verdict.HELD, new Judged.Case("", Verdict.HELD, NUMBER, INTERVAL, 5)).reference())
                .isEqualTo("asks for a number below 0; it is −0.00440 ± 0.00080 over 5 seeds.");
    }

    @Test
    void referenceSaysThatThereIsOneSeedOnly() {
        Judged alone = of(Verdict.UNDECIDED,
                new Judged.Case("", Verdict.UNDECIDED, TableCell.number(-0.0044, 0), TableCell.missing(), 1));
        assertThat(alone.reference()).isEqualTo("asks for a number below 0; it is −0.0044, of one seed.");
        assertThat(alone.isOfOneSeed()).isTrue();
    }

    @Test
    void referenceTellsTheNumberOfEachOfFewCases() {
        assertThat(SampleFigures.verdicts().getFirst().reference())
                .isEqualTo("asks for a number below 0; it is −0.00440 ± 0.00080 (σ_w² = 1.5), −0.00300 ± 0.00080"
                        + " (σ_w² = 2) and −0.00040 ± 0.00080 (σ_w² = 2.5).");
    }

    @Test
    void referenceTellsTheReachOfManyCases() {
        Judged many = of(Verdict.NOT_HELD, IntStream.range(0, 8).mapToObj(i -> new Judged.Case("layer = " + i,
                i < 5 ? Verdict.HELD : Verdict.NOT_HELD, TableCell.number(0.1 * i - 0.3, 0.01), INTERVAL, 5))
                .toArray(Judged.Case[]::new));
        assertThat(many.reference()).isEqualTo("asks for a number below 0; those of its 8 cases reach from −0.30 to"
                + " 0.40.");
        assertThat(many.counts()).isEqualTo("held in 5 of 8 cases, not held in 3");
    }

    @Test
    void referenceToCasesWithCommasInTheirNamesTellsTheirReach() {
        Judged parts = of(Verdict.UNDECIDED,
                new Judged.Case("tanh, layer 1", Verdict.HELD, TableCell.number(-1, 0.1), INTERVAL, 5),
                new Judged.Case("tanh, output", Verdict.UNDECIDED, TableCell.number(2, 0.1), INTERVAL, 5));
        assertThat(parts.reference())
                .isEqualTo("asks for a number below 0; those of its 2 cases reach from −1.00 to 2.00.");
    }

    @Test
    void referenceToAClaimWithoutNumberSaysWhatItNeeds() {
        assertThat(of(Verdict.UNDECIDED).reference()).isEqualTo("has no number: it needs two networks.");
    }

    @Test
    void verdictStandsInTheTableAloneAndFiguresReferToItsPlace() throws IOException {
        String page = HtmlReport.html(SampleFigures.report());
        assertThat(page).contains("<tbody id=\"_claim-2\">\n<tr><td>2. The curve rises</td>",
                "<li><a href=\"#_claim-2\">Claim 2</a> <span class=\"evidence\">asks for a number above 0; it is"
                        + " 0.29280\u00a0±\u00a00.00080 over 5 seeds.</span></li>");
        assertThat(page.split("The curve rises", -1)).hasSize(2);
    }

    @Test
    void claimBelowAFigureThatIsNotAmongTheVerdictsIsRefused() {
        Section section = Section.of("s").with(new Picture(SampleFigures.relativeEntropy(), SampleFigures.verdicts()));
        assertThatThrownBy(() -> Report.of("t", List.of(section))).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("report: a claim below figure 'relative-entropy-by-depth' is not among the verdicts;"
                        + " figures refer to those by their places");
    }

    @Test
    void pageSaysWhatWasFoundThenTheVerdictsThenHowToReadIt() throws IOException {
        String page = HtmlReport.html(SampleFigures.report());
        List<String> order = List.of("<h1>", "The relative entropy rises to 0.293", ">Verdicts</h2>",
                ">What was done, and how to read it</h2>", "<nav", ">Relative entropy</h2>",
                "<figure id=\"relative-entropy-by-depth\">", "<ul class=\"claims\">", "id=\"asymptotes\"",
                ">Settings</h2>", ">Provenance</h2>", ">Files</h2>");
        assertThat(order.stream().map(page::indexOf)).doesNotContain(-1).isSorted();
        assertThat(page).contains("<a href=\"metrics.csv\">metrics.csv</a>: every number of the run");
    }

    @Test
    void verdictIsAWordInItsRow() throws IOException {
        String page = HtmlReport.html(SampleFigures.report());
        assertThat(page).contains(
                "<td>1. Training lowers the relative entropy</td><td><span class=\"verdict undecided\">"
                        + "undecided</span></td><td colspan=\"2\">held in 2 of 3 cases, undecided in 1</td>",
                "<tr class=\"case\"><td>σ<sub>w</sub>²\u00a0=\u00a01.5</td><td><span class=\"verdict held\">held"
                        + "</span></td><td data-head=\"number\" class=\"number\">−0.00440\u00a0±\u00a00.00080</td>");
    }

    @Test
    void headingsStepDownByOne() throws IOException {
        String page = HtmlReport.html(SampleFigures.report());
        List<Integer> levels = Pattern.compile("<h([1-6])[ >]").matcher(page).results()
                .map(result -> Integer.valueOf(result.group(1))).toList();
        assertThat(levels).startsWith(1, 2).doesNotContain(4, 5, 6);
        assertThat(levels.stream().filter(level -> level == 1)).hasSize(1);
    }

    @Test
    void shortReportHasNoVerdictsAndNoContents() throws IOException {
        String page = HtmlReport
                .html(new Report("t", "", List.of(), List.of(), List.of(), List.of(), Map.of(), Map.of(),
                        Map.of()));
        assertThat(page).doesNotContain("Verdicts", "<nav", "Files", "What was done");
    }
}

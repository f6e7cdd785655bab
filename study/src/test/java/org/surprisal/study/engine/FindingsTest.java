package org.surprisal.study.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.surprisal.report.Block;
import org.surprisal.report.Judged;
import org.surprisal.report.Picture;
import org.surprisal.report.Report;
import org.surprisal.report.Section;
import org.surprisal.report.Table;
import org.surprisal.report.TableCell;
import org.surprisal.report.Verdict;
import org.surprisal.study.RunFolder;

/// What a report says of claims, and what each study says it found.
class FindingsTest {
    private static final Citation SOURCE = new Citation("a document", "a place");
    private static final Quantity NUMBER = Quantity.of("number", "1", "number", Index.LAYER);

    @TempDir
    private Path folder;

    static Stream<StudyContract.Subject> subjects() {
        return StudyContract.subjects();
    }

    /// Numbers of three layers: each layer's own for each seed.
    private static Claim claim(String id, double... layers) {
        List<Sample.Point> points = new ArrayList<>();
        for (int layer = 0; layer < layers.length; layer++) {
            for (long seed = 1; seed <= 3; seed++) {
                SequencedMap<Coordinate, Object> at = new LinkedHashMap<>();
                at.put(Index.SEED, seed);
                at.put(Index.LAYER, (long) layer);
                points.add(new Sample.Point(at, layers[layer] + 0.01 * seed));
            }
        }
        return Claim.of(id, "Claim " + id, SOURCE, results -> new Sample(NUMBER, points), new Rule.Above(0))
                .forEach(Index.LAYER);
    }

    private static Findings findings(Claim... claims) {
        return new Findings(Stream.of(claims).map(claim -> claim.judge(EngineFixture.noResults())).toList());
    }

    @Test
    void fewClaimsAreToldOneByOne() {
        assertThat(findings(claim("a", 1), claim("b", -1), claim("c")).sentences()).containsExactly("Held: Claim a.",
                "Not held: Claim b.", "Undecided: Claim c. There is no number for it: nothing has been recorded.");
    }

    @Test
    void claimWithoutANumberSaysWhatItNeedsOrThatTheRunGoesOn() {
        Finding finding = claim("a").needing("two networks").judge(EngineFixture.noResults());
        assertThat(finding.judged().missing()).isEqualTo("it needs two networks");
        assertThat(finding.ofUnfinishedRun().sentence())
                .isEqualTo("Undecided: Claim a. There is no number for it: the run has not come so far.");
        assertThat(claim("a", 1).needing("two networks").judge(EngineFixture.noResults()).judged().missing()).isEmpty();
    }

    @Test
    void manyClaimsAreCounted() {
        assertThat(findings(claim("a", 1), claim("b", 1), claim("c", -1), claim("d")).sentences())
                .containsExactly("Of 4 claims 2 are held, 1 is not held and 1 is undecided.");
        assertThat(findings(claim("a", 1)).counts()).isEqualTo("Of 1 claim 1 is held.");
    }

    @Test
    void verdictIsFoundByTheIdOfItsClaim() {
        Findings findings = findings(claim("a", 1), claim("b", -1));
        assertThat(findings.verdict("a")).isEqualTo(Verdict.HELD);
        assertThat(findings.verdict("b")).isEqualTo(Verdict.NOT_HELD);
        assertThat(findings.verdict("unknown")).isEqualTo(Verdict.UNDECIDED);
    }

    @Test
    void caseIsNamedByWhatDiffersBetweenCases() {
        assertThat(findings(claim("a", 1, 2)).judged().getFirst().cases()).extracting(Judged.Case::at)
                .containsExactly("layer 0", "layer 1");
        assertThat(findings(claim("a", 1)).judged().getFirst().cases()).extracting(Judged.Case::at)
                .containsExactly("");
    }

    @Test
    void casesOfClaimsWithManyHaveATableOfTheirOwn() {
        assertThat(findings(claim("a", 1, 2, 3)).cases()).isEmpty();
        Section cases = findings(claim("a", 1), claim("b", 1, -1, 1, 1), claim("c", 1, 1, 1, 1)).cases().orElseThrow();
        assertThat(cases.heading()).isEqualTo("All cases of the claims");
        assertThat(cases.paragraphs()).containsExactly("The claims of more than 3 cases. Such a claim is held if every"
                + " case is, and not held if one is not after Holm's correction for their number.");
        assertThat(cases.tables()).extracting(Table::id).containsExactly("cases-b", "cases-c");
        Table table = cases.tables().getFirst();
        assertThat(table.title()).isEqualTo("Claim 2, case by case");
        assertThat(table.caption()).isEqualTo("Held if above 0.");
        assertThat(table.rows()).hasSize(4).extracting(row -> row.stream().map(TableCell::text).toList())
                .contains(List.of("layer 1", "not held", "−0.9800 ± 0.0058", "−1.005 to −0.955", "3"));
    }

    @Test
    void rulesNameFishersZWhereAClaimIsAboutARankCorrelation() {
        SequencedMap<Coordinate, Object> first = new LinkedHashMap<>(Map.of(Index.SEED, 1L));
        SequencedMap<Coordinate, Object> second = new LinkedHashMap<>(Map.of(Index.SEED, 2L));
        Claim claim = Claim.of("a", "Claim a", SOURCE, results -> new Sample(
                Quantity.correlation("rho", "rank correlation", 0.1),
                List.of(new Sample.Point(first, 0.9), new Sample.Point(second, 1))), new Rule.Above(0));
        assertThat(findings(claim).rules()).contains(" are Student's t over n seeds, for rank correlations of Fisher's"
                + " z.");
    }

    @Test
    void rulesNameTheDifferenceThatTheSeedsFind() {
        assertThat(findings(claim("a", 1)).rules()).endsWith(" A difference is found with a probability of 0.8 if it is"
                + " as large as 3.1 for n = 3, in standard deviations between seeds.");
        assertThat(findings(claim("a")).rules()).endsWith(" are Student's t over n seeds.");
    }

    @ParameterizedTest
    @MethodSource("subjects")
    void eachStudySaysWhatItFoundAndPutsItsClaimsBelowFigures(StudyContract.Subject subject) throws IOException {
        try (RunFolder run = StudyContract.run(
                StudyContract.silent(StudyContract.withSmallInputs(subject.study())), subject.tiny(),
                folder.resolve("run"), 2, () -> false)) {
            Report report = StudyRunner.report(subject.study(), run);
            assertThat(report.found()).hasSizeBetween(1, 4).allSatisfy(sentence -> assertThat(sentence).endsWith(".")
                    .doesNotContain("NaN", "–", "null", " -", "  ").doesNotContainPattern("\\((?![\\d−XTY])"));
            List<Judged> below = new ArrayList<>();
            for (Block block : report.sections().stream().flatMap(section -> section.blocks().stream()).toList()) {
                if (block instanceof Picture picture) {
                    below.addAll(picture.claims());
                }
            }
            // A claim of which nothing was recorded may have no figure either.
            List<Judged> recorded = report.verdicts().stream().filter(judged -> !judged.cases().isEmpty()).toList();
            assertThat(below).doesNotHaveDuplicates().containsAll(recorded);
            assertThat(report.files().keySet()).contains("metrics.csv", "trials/", "figures/", "run.json");
        }
    }
}

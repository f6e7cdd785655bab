package org.surprisal.study.knowntruths;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.surprisal.report.Figure;
import org.surprisal.report.Report;
import org.surprisal.report.Section;
import org.surprisal.report.Table;
import org.surprisal.settings.Settings;
import org.surprisal.study.RunFolder;
import org.surprisal.study.RunStatus;
import org.surprisal.study.Wording;
import org.surprisal.study.knowntruths.CorrelatedNormals.Marginal;

/// The report of a run of `known-truths`.
final class KnownTruthsReport {
    private static final String LEAD = "How to read this: every pair of variables here has a mutual information that"
            + " is known, in"
            + " closed form or by a quadrature in one dimension. Each estimator is given the same samples. The"
            + " distance of a"
            + " curve from the diagonal is bias, which more seeds do not take away; its band is the spread of a single"
            + " estimate. Informations are in nats.";
    private static final String RULE = "Truths, in nats, among those tried, where the mean over seeds is off by at"
            + " most a tenth of"
            + " the truth or 0.05 nat, whichever is more (of a bracket: where the mean bounds hold the truth); `all`"
            + " of those tried, or `none`. A value that"
            + " does not move with the truth is right by chance where the truth happens to pass it.";

    private static final List<Contender> COMPARED = Stream
            .of(Contender.OF_POINTS, List.of(Contender.KDE), Contender.CRITICS).flatMap(List::stream).toList();

    private final Readings readings;
    private final TruthFigures figures;
    private final int n;
    private final List<Integer> dimensions;

    private KnownTruthsReport(Readings readings, Settings settings) {
        this.readings = readings;
        this.figures = new TruthFigures(readings, settings);
        this.n = settings.get(KnownTruthsSettings.N);
        this.dimensions = settings.get(KnownTruthsSettings.DIMENSIONS).stream().distinct().sorted().toList();
    }

    static Report of(RunFolder folder) throws IOException {
        Settings settings = Settings.of(KnownTruthsSettings.all(), folder.record().settings());
        Readings readings = Readings.of(folder.metrics());
        List<Section> sections = readings.isEmpty()
                ? List.of(new Section("Nothing measured yet",
                        List.of("The run was stopped before its first pair of variables was estimated."), List.of(),
                        List.of()))
                : new KnownTruthsReport(readings, settings).sections();
        int seeds = readings.seeds();
        return new Report("Estimators on known truths",
                String.format(Locale.ROOT, "%s = %d, %d seed%s%s", "n", settings.get(KnownTruthsSettings.N), seeds,
                        seeds == 1 ? "" : "s",
                        folder.record().status() == RunStatus.INTERRUPTED ? " (interrupted: a part of the pairs)" : ""),
                LEAD, sections, settings.asMap(), folder.record().provenance());
    }

    private List<Section> sections() {
        List<Section> sections = new ArrayList<>();
        sections.add(section("Correlated Gaussians", gaussianFindings(),
                List.of(figures.gaussian(), figures.biasByDimension(), figures.biasBySize()),
                List.of(gaussianReach())));
        sections.add(section("Trained critics and the bracket of a known channel", criticFindings(),
                List.of(figures.critics()), List.of()));
        sections.add(section("Other pairs", List.of(), List.of(figures.heavyTails(), figures.labels(),
                figures.deterministic()), List.of(otherReach())));
        sections.add(section("The Rényi functional", List.of(renyiFinding()), List.of(figures.renyi()), List.of()));
        return sections.stream().filter(section -> !section.figures().isEmpty()).toList();
    }

    private static Section section(String heading, List<String> paragraphs, List<Optional<Figure>> figures,
            List<Table> tables) {
        return new Section(heading, paragraphs, figures.stream().flatMap(Optional::stream).toList(), tables);
    }

    private String reach(String family, Contender contender) {
        if (contender == Contender.KDE) {
            List<Readings.At> lower = readings.curve(family, n, contender, Contender.LOWER);
            return lower.isEmpty()
                    ? "–"
                    : Reach.ofBrackets(lower, readings.curve(family, n, contender, Contender.UPPER));
        }
        List<Readings.At> curve = readings.curve(family, n, contender, Contender.ESTIMATE);
        return curve.isEmpty() ? "–" : Reach.ofEstimates(curve);
    }

    private List<String> gaussianFindings() {
        List<String> findings = new ArrayList<>();
        for (Contender contender : COMPARED) {
            findings.add("`%s`: %s for %s.".formatted(contender.key(),
                    contender == Contender.KDE
                            ? "the bounds hold the truth"
                            : "off by at most a tenth (or 0.05 nat)",
                    String.join("; ", dimensions.stream().map(
                            d -> String.format(Locale.ROOT, "d = %d: %s", d,
                                    reach(CorrelatedNormals.family(Marginal.GAUSSIAN, d), contender)))
                            .toList())));
        }
        return findings;
    }

    private List<String> criticFindings() {
        List<String> findings = new ArrayList<>();
        for (Contender contender : Contender.CRITICS) {
            int diverged = readings.diverged(contender);
            if (diverged > 0) {
                findings.add(String.format(Locale.ROOT,
                        "`%s`: %d training%s ended without a number (diverged), and are missing from the means.",
                        contender.key(), diverged, diverged == 1 ? "" : "s"));
            }
        }
        return findings;
    }

    private String renyiFinding() {
        List<List<Readings.At>> curves = dimensions.stream()
                .map(d -> readings.curve(CorrelatedNormals.family(Marginal.GAUSSIAN, d),
                        Math.min(n, Comparison.RENYI_SAMPLES), Contender.RENYI, Contender.ESTIMATE))
                .filter(curve -> !curve.isEmpty()).toList();
        long growing = curves.stream().filter(curve -> IntStream.range(1, curve.size())
                .allMatch(i -> curve.get(i).spread().mean() > curve.get(i - 1).spread().mean())).count();
        return String.format(Locale.ROOT,
                "It has no truth to be held against. It grows from each information to the next in %d of %d"
                        + " dimensions.",
                growing, curves.size());
    }

    private Table gaussianReach() {
        List<String> columns = new ArrayList<>(List.of("estimator"));
        dimensions.forEach(d -> columns.add("d = " + d));
        List<List<String>> rows = new ArrayList<>();
        for (Contender contender : COMPARED) {
            List<String> row = new ArrayList<>(List.of(contender.label()));
            dimensions.forEach(d -> row.add(reach(CorrelatedNormals.family(Marginal.GAUSSIAN, d), contender)));
            rows.add(row);
        }
        return new Table("reach-gaussian", "Where each estimator is right: correlated Gaussians, n = " + n, RULE,
                columns,
                rows);
    }

    private Table otherReach() {
        List<String> families = new ArrayList<>(Comparison.HEAVY);
        Comparison.CUBE_BITS.forEach(bits -> families.add(NoisyCube.family(bits)));
        Comparison.LABEL_DIMENSIONS.forEach(d -> families.add(LabelledMixture.family(d)));
        families.add(FoldedUniform.NAME);
        families.add(SquaredIntegers.NAME);
        List<List<String>> rows = new ArrayList<>();
        for (String family : families) {
            for (Contender contender : Contender.values()) {
                List<Readings.At> curve = readings.curve(family, n, contender,
                        contender == Contender.KDE ? Contender.LOWER : Contender.ESTIMATE);
                if (!curve.isEmpty()) {
                    List<String> row = new ArrayList<>(List.of(family, contender.label(), reach(family, contender),
                            "%s to %s".formatted(Wording.fixed(curve.getFirst().truth(), 2),
                                    Wording.fixed(curve.getLast().truth(), 2))));
                    row.addAll(contender == Contender.KDE ? List.of("–", "–") : largestBias(curve));
                    rows.add(row);
                }
            }
        }
        return new Table("reach-other", "Where each estimator is right: other pairs, n = " + n, RULE
                + " The largest bias has the standard deviation of a single estimate beside it.",
                List.of("pair", "estimator", "right at (nat)", "tried (nat)", "largest bias (nat)", "at truth (nat)"),
                rows);
    }

    /// The largest bias with the spread beside it, and the truth it is at.
    private static List<String> largestBias(List<Readings.At> curve) {
        Readings.At worst = curve.stream().max(Comparator.comparingDouble(at -> Math.abs(at.bias()))).orElseThrow();
        return List.of(Wording.withError(worst.bias(), worst.spread().deviation()), Wording.fixed(worst.truth(), 2));
    }
}

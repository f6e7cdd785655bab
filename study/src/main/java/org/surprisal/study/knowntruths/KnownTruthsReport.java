package org.surprisal.study.knowntruths;

import static org.surprisal.report.TableCell.Rounding.TWO_DIGITS;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.surprisal.information.mutual.InformationPlane.Kind;
import org.surprisal.report.Axis;
import org.surprisal.report.Cells;
import org.surprisal.report.Chart;
import org.surprisal.report.ColourMap;
import org.surprisal.report.Figure;
import org.surprisal.report.Panels;
import org.surprisal.report.Section;
import org.surprisal.report.Stroke;
import org.surprisal.report.Table;
import org.surprisal.report.TableCell;
import org.surprisal.report.Wording;
import org.surprisal.settings.Setting;
import org.surprisal.settings.Settings;
import org.surprisal.study.engine.Coordinate;
import org.surprisal.study.engine.Estimate;
import org.surprisal.study.engine.Factor;
import org.surprisal.study.engine.Findings;
import org.surprisal.study.engine.Index;
import org.surprisal.study.engine.Plot;
import org.surprisal.study.engine.Quantity;
import org.surprisal.study.engine.Results;
import org.surprisal.study.engine.Sample;
import org.surprisal.study.measure.PlaneQuantities;

/// Figures and tables of a run of `known-truths`.
final class KnownTruthsReport {
    /// The true information of a pair, as a coordinate of the numbers about the pair.
    private static final Factor<Double> TRUTH = Factor.derived("information", "true information", "nat",
            _ -> List.of(), Family::text);
    private static final Quantity BIAS = Quantity.of("bias", "nat", "estimate − truth", Index.KIND);
    private static final String KDE_LOWER = "kde-lower";
    private static final String KDE_UPPER = "kde-upper";
    private static final List<String> OF_POINTS = Contender.OF_POINTS.stream().map(Contender::key).toList();
    private static final List<String> WITH_CRITICS = Stream
            .concat(Stream.of(Contender.KSG_1.key(), KDE_LOWER, KDE_UPPER),
                    Contender.CRITICS.stream().map(Contender::key))
            .toList();
    private static final String DIAGONAL = "The dashed diagonal is right.";
    private static final String LEAVES = "A curve leaves its panel where it is off by more.";
    private static final String BANDS = " Bands: one standard error of the mean over seeds.";
    private static final String RULE = "Right: the mean over seeds is off by at most a tenth of the truth, or by 0.05"
            + " nat where that is more; bounds are right where their means hold the truth.";
    private static final String BY_CHANCE = " A value that does not move with the truth is right by chance where the"
            + " truth happens to pass it.";

    private final Results results;
    private final Settings settings;
    private final int n;
    /// Estimates and bounds of all pairs.
    private final Sample all;
    /// Estimates and bounds of n samples with the truth, where that is finite.
    private final Sample estimates;
    /// Bias of any number of samples.
    private final Sample bias;

    KnownTruthsReport(Results results) {
        this.results = results;
        this.settings = results.settings();
        this.n = settings.get(KnownTruthsStudy.SAMPLES);
        this.all = results.of(KnownTruthsStudy.ESTIMATE)
                .and(results.of(KnownTruthsStudy.LOWER).change(Index.KIND, Index.KIND, _ -> KDE_LOWER))
                .and(results.of(KnownTruthsStudy.UPPER).change(Index.KIND, Index.KIND, _ -> KDE_UPPER));
        Sample information = results.of(KnownTruthsStudy.INFORMATION);
        this.bias = withTruth(all.minus(information).as(BIAS), information);
        this.estimates = withTruth(all, information).at(KnownTruthsStudy.N, n);
    }

    private static Sample withTruth(Sample sample, Sample information) {
        List<Sample.Point> known = sample.combine(information, (own, _) -> own).points();
        List<Sample.Point> truths = sample.combine(information, (_, truth) -> truth).points();
        return new Sample(sample.quantity(), IntStream.range(0, known.size())
                .mapToObj(i -> with(known.get(i), TRUTH, truths.get(i).value())).toList());
    }

    private static Sample.Point with(Sample.Point point, Coordinate coordinate, Object value) {
        SequencedMap<Coordinate, Object> more = new LinkedHashMap<>(point.at());
        more.put(coordinate, value);
        return new Sample.Point(more, point.value());
    }

    /// The numbers of Gaussians, with d as a coordinate.
    private static Sample byDimension(Sample sample) {
        List<Sample.Point> points = new ArrayList<>();
        sample.points().forEach(point -> {
            if (point.at().get(KnownTruthsStudy.FAMILY) instanceof Family family && family.isGaussian()) {
                points.add(with(point, KnownTruthsStudy.DIMENSIONS, family.dimension()));
            }
        });
        return new Sample(sample.quantity(), points);
    }

    /// The same numbers with estimators by the names that reports call them.
    private static Sample named(Sample byKind) {
        return byKind.change(Index.KIND, Index.KIND, kind -> switch (kind.toString()) {
            case KDE_LOWER -> PlaneQuantities.name(Kind.BHATTACHARYYA);
            case KDE_UPPER -> PlaneQuantities.name(Kind.KULLBACK_LEIBLER);
            default -> Arrays.stream(Contender.values()).filter(each -> each.key().equals(kind)).map(Contender::title)
                    .findFirst().orElse(kind.toString());
        });
    }

    /// How an estimator looks in every figure, by the name that reports call it.
    private static Plot.Look look(Object title) {
        if (title.equals(PlaneQuantities.name(Kind.KULLBACK_LEIBLER))) {
            return new Plot.Look(Contender.KDE.look().colour(), Stroke.DASHED);
        }
        return Arrays.stream(Contender.values()).filter(each -> each.title().equals(title)).findFirst()
                .orElse(Contender.KDE).look();
    }

    private static Sample kinds(Sample sample, List<String> kinds) {
        return new Sample(sample.quantity(), sample.points().stream()
                .filter(point -> kinds.contains(point.at().getOrDefault(Index.KIND, ""))).toList());
    }

    List<Section> sections() {
        Section critics = Section.of("Trained critics and the bracket of a known channel").picture(againstTruth(
                "critics-by-truth", "Trained critics, and the bracket that knows the channel",
                kinds(in(Family.GAUSSIAN).where(KnownTruthsStudy.FAMILY, isIn(KnownTruthsStudy.CRITIC_DIMENSIONS)),
                        WITH_CRITICS)));
        for (String diverged : diverged()) {
            critics = critics.prose(diverged);
        }
        return Stream.of(Section.of("Which estimator is right of which pair").picture(shareRight()),
                Section.of("Correlated Gaussians")
                        .picture(againstTruth("estimate-by-truth", "Correlated Gaussians of d coordinates each",
                                kinds(in(Family.GAUSSIAN), OF_POINTS)))
                        .picture(biasByDimension()).picture(biasBySize()).table(gaussianReach()),
                critics,
                Section.of("Other pairs")
                        .picture(againstTruth("heavy-tails", "Heavy tails", in(Family.HEAVY_TAILED)))
                        .picture(againstTruth("labels", "A symbol and a noisy point", in(Family.LABELLED)))
                        .picture(againstTruth("folded", "y = |x| and uniform noise", ofFamily("folded")))
                        .picture(infinite())
                        .picture(againstTruth("squares", "y = x², x a whole number", ofFamily("squares")))
                        .table(otherReach()),
                Section.of("The Rényi functional").picture(renyi()),
                Section.of("Pairs and estimators").table(pairs()).table(estimators()))
                .filter(section -> !section.figures().isEmpty()
                        || section.tables().stream().anyMatch(table -> !table.rows().isEmpty()))
                .toList();
    }

    private Table pairs() {
        return new Table("pairs", "The pairs", "",
                List.of("pair", "two variables", "number that is varied", "tried", "family in metrics.csv"),
                families(_ -> true).stream().map(family -> Stream.of(family.title(), family.definition(),
                        family.parameter(), String.join(", ", family.at().stream().map(Family::text).toList()),
                        family.name()).map(TableCell::text).toList()).toList());
    }

    private Table estimators() {
        Set<String> used = all.values(Index.KIND).stream().map(Object::toString).collect(Collectors.toSet());
        return new Table("estimators", "The estimators", "", List.of("estimator", "kind in metrics.csv"),
                Arrays.stream(Contender.values())
                        .filter(each -> used.contains(each == Contender.KDE ? KDE_LOWER : each.key()))
                        .map(each -> List.of(TableCell.text(each.title()), TableCell.text(each.key()))).toList());
    }

    /// What was found: which estimators are right of Gaussians with the fewest and with the most coordinates.
    List<String> found(Findings findings) {
        List<Family> families = families(
                family -> family.isGaussian() && Arrays.stream(Contender.values()).anyMatch(c -> isTried(family, c)));
        List<String> found = new ArrayList<>();
        if (!families.isEmpty()) {
            found.add("Of correlated Gaussians " + right(families.getFirst())
                    + (families.size() == 1 ? "" : "; " + right(families.getLast())) + ".");
            found.add("Right means off by at most a tenth of the truth, or by 0.05 nat where that is more, on the"
                    + " average over " + Wording.count(results.seeds().size(), "draw") + " of " + n + " samples.");
        }
        found.add(findings.counts());
        return found;
    }

    private boolean isTried(Family family, Contender contender) {
        return contender != Contender.RENYI && !reach(family, contender).isEmpty();
    }

    /// The estimators that are right of a family at all informations tried, in words.
    private String right(Family family) {
        List<Contender> tried = Arrays.stream(Contender.values()).filter(c -> isTried(family, c)).toList();
        List<String> right = tried.stream().filter(c -> reach(family, c).stream().allMatch(Reach::right))
                .map(Contender::title).toList();
        return "with " + Wording.count(family.dimension(), "coordinate") + ", "
                + (right.isEmpty()
                        ? "none of " + Wording.count(tried.size(), "estimator") + " is"
                        : right.size() + " of " + Wording.count(tried.size(), "estimator")
                                + (right.size() == 1 ? " is" : " are"))
                + " right at every information tried" + (right.isEmpty() ? "" : ", namely " + Wording.list(right));
    }

    private Sample in(String group) {
        return estimates.where(KnownTruthsStudy.FAMILY, family -> family.group().equals(group));
    }

    private Sample ofFamily(String family) {
        return estimates.where(KnownTruthsStudy.FAMILY, each -> each.name().equals(family));
    }

    /// Whether a family is of Gaussians with a dimension that a setting lists.
    private Predicate<Family> isIn(Setting<List<Integer>> dimensions) {
        return family -> family.isGaussian() && settings.get(dimensions).contains(family.dimension());
    }

    private Optional<Figure> againstTruth(String id, String title, Sample sample) {
        return panels(
                Plot.lines(id, title, named(sample)).x(TRUTH).look(Index.KIND, KnownTruthsReport::look)
                        .facet(KnownTruthsStudy.FAMILY)
                        .line("truth", x -> x, Stroke.DASHED).xAxis(Axis.linear("true information", "nat")),
                id,
                title + ", " + n + " samples", DIAGONAL);
    }

    private Optional<Figure> biasByDimension() {
        Sample sample = kinds(byDimension(bias.at(KnownTruthsStudy.N, n)), OF_POINTS)
                .where(KnownTruthsStudy.AT, settings.get(KnownTruthsStudy.CLOSE_UP)::contains);
        return panels(bias("bias-by-dimension", sample, KnownTruthsStudy.DIMENSIONS, "coordinates d of each variable")
                .facet(KnownTruthsStudy.AT), "bias-by-dimension",
                "Bias by dimension: correlated Gaussians, " + n + " samples",
                "Above 0 the estimate is too large. " + LEAVES);
    }

    private Optional<Figure> biasBySize() {
        Sample sample = byDimension(kinds(bias.where(KnownTruthsStudy.FAMILY, isIn(KnownTruthsStudy.SIZE_DIMENSIONS)),
                OF_POINTS)).where(KnownTruthsStudy.AT, settings.get(KnownTruthsStudy.CLOSE_UP)::contains);
        return panels(bias("bias-by-size", sample, KnownTruthsStudy.N, "number of samples")
                .facet(KnownTruthsStudy.AT, KnownTruthsStudy.DIMENSIONS), "bias-by-size",
                "Bias by the number of samples: correlated Gaussians",
                "The samples of a smaller number are the first of a larger one. " + LEAVES);
    }

    private Plot bias(String id, Sample sample, Coordinate x, String label) {
        double reach = settings.get(KnownTruthsStudy.CLOSE_UP).stream().mapToDouble(Math::abs).max().orElse(1);
        return Plot.lines(id, "Bias", named(sample)).x(x).look(Index.KIND, KnownTruthsReport::look)
                .xAxis(Axis.log(label, ""))
                .horizontal("", 0)
                .valueAxis(Axis.linear(BIAS.label(), BIAS.unit()).withRange(-1.1 * reach - 0.1, 1.1 * reach + 0.1));
    }

    private Optional<Figure> panels(Plot plot, String id, String title, String caption) {
        List<Chart> charts = plot.panels();
        String reading = caption + (results.seeds().size() > 1 ? BANDS : "");
        if (charts.size() == 1) {
            Chart only = charts.getFirst();
            return Optional.of(new Chart(id, title, reading, only.x(), only.y(), only.marks()));
        }
        return charts.isEmpty()
                ? Optional.empty()
                : Optional
                        .of(new Panels(id, title, reading, charts.size() % 2 == 0 && charts.size() < 6 ? 2 : 3,
                                charts));
    }

    /// A cell for each estimator and family.
    private Optional<Figure> shareRight() {
        List<Contender> contenders = Arrays.stream(Contender.values())
                .filter(contender -> families(_ -> true).stream().anyMatch(family -> isTried(family, contender)))
                .toList();
        List<Family> families = families(family -> contenders.stream().anyMatch(each -> isTried(family, each)));
        if (contenders.isEmpty()) {
            return Optional.empty();
        }
        double[] shares = new double[contenders.size() * families.size()];
        for (int j = 0; j < contenders.size(); j++) {
            for (int i = 0; i < families.size(); i++) {
                shares[j * families.size() + i] = reach(families.get(i), contenders.get(j)).stream()
                        .mapToDouble(at -> at.right() ? 1 : 0).average().orElse(Double.NaN);
            }
        }
        Cells cells = Cells.grid("not tried", families.size(), contenders.size(), shares,
                Axis.linear("share of the informations tried", "").withRange(0, 1), ColourMap.VIRIDIS);
        return Optional.of(
                new Chart("share-right",
                        "Share of the true informations at which each estimator is right, " + n + " samples",
                        RULE + BY_CHANCE, Axis.named("pair", families.stream().map(Family::title).toList()),
                        Axis.named("estimator", contenders.stream().map(Contender::title).toList()), List.of(cells)));
    }

    private Optional<Figure> infinite() {
        return Plot.lines("infinite-by-size", "y = |x|: the truth is infinite",
                named(all.except(results.of(KnownTruthsStudy.INFORMATION))))
                .x(KnownTruthsStudy.N).look(Index.KIND, KnownTruthsReport::look)
                .xAxis(Axis.log("number of samples", ""))
                .caption("Without noise there is no finite truth, and an estimate says how many samples there were.")
                .figure();
    }

    private Optional<Figure> renyi() {
        return Plot.lines("renyi-by-truth", "The matrix-based Rényi functional of correlated Gaussians, "
                + KnownTruthsStudy.renyiSamples(settings) + " samples",
                byDimension(withTruth(kinds(all, List.of(Contender.RENYI.key())),
                        results.of(KnownTruthsStudy.INFORMATION))))
                .x(TRUTH).colour(KnownTruthsStudy.DIMENSIONS).xAxis(Axis.linear("true information", "nat"))
                .valueAxis(Axis.linear("Rényi functional", "nat"))
                .caption("A surrogate with a scale of its own (α = 1.01, kernel width the median distance): what can be"
                        + " asked is whether it grows with the information, not whether it equals the information.")
                .figure();
    }

    private List<String> diverged() {
        return results.divergedCells().stream().collect(Collectors.groupingBy(
                cell -> cell.get(KnownTruthsStudy.ESTIMATORS), Collectors.counting())).entrySet().stream()
                .map(each -> each.getValue() + " trainings of `" + each.getKey()
                        + "` diverged, and are missing from the means.")
                .sorted().toList();
    }

    /// What an estimator makes of n samples of a family's pairs, by ascending truth.
    private List<Reach> reach(Family family, Contender contender) {
        Sample own = bias.at(KnownTruthsStudy.N, n).at(KnownTruthsStudy.FAMILY, family);
        List<Reach> tried = new ArrayList<>();
        if (contender == Contender.KDE) {
            Map<Double, Estimate> upper = own.at(Index.KIND, KDE_UPPER).curve(TRUTH);
            own.at(Index.KIND, KDE_LOWER).curve(TRUTH).forEach((truth, lower) -> tried
                    .add(Reach.ofBounds(truth, lower, upper.getOrDefault(truth, lower))));
        } else {
            own.at(Index.KIND, contender.key()).curve(TRUTH)
                    .forEach((truth, estimate) -> tried.add(Reach.ofEstimate(truth, estimate)));
        }
        return tried;
    }

    private List<Family> families(Predicate<Family> condition) {
        return KnownTruthsStudy.FAMILY.in(settings).stream().filter(condition).toList();
    }

    private Table gaussianReach() {
        List<Family> families = families(Family::isGaussian);
        List<List<TableCell>> rows = new ArrayList<>();
        for (Contender contender : Contender.values()) {
            if (families.stream().anyMatch(family -> isTried(family, contender))) {
                List<TableCell> row = new ArrayList<>(List.of(TableCell.text(contender.title())));
                families.forEach(family -> row.add(Reach.cell(reach(family, contender))));
                rows.add(row);
            }
        }
        return new Table("reach-gaussian", "Where each estimator is right: correlated Gaussians, " + n + " samples",
                "True informations, in nats, among those tried. " + RULE + BY_CHANCE,
                Stream.concat(Stream.of("estimator"), families.stream().map(family -> "d = " + family.dimension()))
                        .toList(),
                rows);
    }

    private Table otherReach() {
        List<List<TableCell>> rows = new ArrayList<>();
        for (Family family : families(each -> !each.isGaussian())) {
            for (Contender contender : family.contenders()) {
                List<Reach> tried = reach(family, contender);
                if (!tried.isEmpty()) {
                    Reach worst = Collections.max(tried, Comparator.comparingDouble(at -> Math.abs(at.bias().mean())));
                    boolean bounds = contender == Contender.KDE;
                    rows.add(List.of(TableCell.text(family.title()), TableCell.text(contender.title()),
                            Reach.cell(tried),
                            TableCell.text(Wording.fixed(tried.getFirst().truth(), 2) + " to "
                                    + Wording.fixed(tried.getLast().truth(), 2)),
                            bounds ? TableCell.missing() : worst.bias().cell(),
                            bounds ? TableCell.missing() : TableCell.number(worst.truth(), TWO_DIGITS)));
                }
            }
        }
        return new Table("reach-other", "Where each estimator is right: other pairs, " + n + " samples",
                "True informations, in nats, among those tried, and the largest bias with its standard error. "
                        + RULE,
                List.of("pair", "estimator", "right at (nat)", "tried (nat)", "largest bias (nat)", "at truth (nat)"),
                rows);
    }
}

package org.surprisal.study.knowntruths;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.surprisal.information.statistics.FittedLine;
import org.surprisal.network.DivergenceException;
import org.surprisal.report.Section;
import org.surprisal.settings.Setting;
import org.surprisal.settings.Settings;
import org.surprisal.study.engine.Cell;
import org.surprisal.study.engine.Citation;
import org.surprisal.study.engine.Claim;
import org.surprisal.study.engine.Design;
import org.surprisal.study.engine.Factor;
import org.surprisal.study.engine.Findings;
import org.surprisal.study.engine.Index;
import org.surprisal.study.engine.Quantity;
import org.surprisal.study.engine.Results;
import org.surprisal.study.engine.Rule;
import org.surprisal.study.engine.Sample;
import org.surprisal.study.engine.Study;
import org.surprisal.study.engine.Trial;
import org.surprisal.tensor.RandomStream;

/// Estimators of mutual information against truths: pairs of variables whose information is known in closed form or by
/// a quadrature in one dimension, each drawn again for every seed.
///
/// A trial is one pair, a number of samples, and the estimators that are tried on these samples: all quick ones, or one
/// that takes long.
public final class KnownTruthsStudy implements Study {
    static final Quantity INFORMATION = Quantity.of("information", "nat", "true information");
    static final Quantity ESTIMATE = Quantity.of("estimate", "nat", "estimate", Index.KIND);
    static final Quantity LOWER = Quantity.of("lower-bound", "nat", "lower bound", Index.KIND);
    static final Quantity UPPER = Quantity.of("upper-bound", "nat", "upper bound", Index.KIND);

    static final Setting<Integer> SAMPLES = Setting.integer("n", 1000, 50, 100_000,
            "samples that every estimator is given, except where sizes are compared");
    private static final Factor<String> PAIRS = Factor.of(
            Setting.choices("pairs", Family.OWN, Family.GROUPS, "groups of pairs that are drawn; tasks: the forty of"
                    + " estimator-benchmark"),
            "pairs");
    static final Factor<Integer> DIMENSIONS = Factor.of(Setting.integers("dimensions", List.of(1, 2, 5, 10, 20, 50), 1,
            1000, "coordinates of each of the two correlated Gaussians"), "d");
    /// Of one coordinate, 1 - ρ² is 9e-14 at 15 nat: beyond, rounding would make the correlation 1.
    private static final double MOST = 15;
    private static final Factor<Double> INFORMATIONS = Factor.of(Setting.decimals("informations",
            List.of(0., .5, 1., 2., 4., 6., 8., 10.), 0, MOST, "of the Gaussians, in nats"), "information");
    static final Setting<List<Double>> CLOSE_UP = Setting.decimals("close-up", List.of(1., 4.), 0, MOST,
            "those of the informations whose bias is shown by dimension and by size");
    private static final Factor<Integer> SIZES = Factor.of(Setting.integers("sizes", List.of(125, 250, 500, 1000, 2000),
            30, 100_000, "numbers of samples by which the bias is shown"), "n");
    static final Setting<List<Integer>> SIZE_DIMENSIONS = Setting.integers("size-dimensions", List.of(1, 5, 20), 1,
            1000, "those of the dimensions for which sizes are compared");
    static final Setting<List<Integer>> CRITIC_DIMENSIONS = Setting.integers("critic-dimensions", List.of(1, 5, 20), 1,
            1000, "those of the dimensions for which critics are trained");
    private static final Setting<List<Double>> CRITIC_INFORMATIONS = Setting.decimals("critic-informations",
            List.of(0., 2., 4., 8.), 0, MOST, "those of the informations for which critics are trained");
    static final Setting<Integer> CRITIC_STEPS = Setting.integer("critic-steps", 300, 1, 1_000_000,
            "batches of 64 that a critic of two hidden layers of 64 is trained on, learning rate 1e-3");
    private static final Setting<Integer> DEAR_SEEDS = Setting.integer("dear-seeds", 3, 0, 1000,
            "seeds, at most, for which critics are trained and the Rényi functional is computed (of 500 samples at"
                    + " most)");
    private static final String CRITICS = "critics-by-truth";
    /// The figures below which claims stand, except that of correlated Gaussians.
    private static final Map<String, String> FIGURES = Map.of("ranks-bear-heavy-tails", "heavy-tails",
            "kde-upper-bound", CRITICS, "kde-lower-bound", CRITICS, "mine-is-a-lower-bound", CRITICS,
            "mine-fails-in-many-coordinates", CRITICS, "renyi-grows-with-information", "renyi-by-truth",
            "infinite-information-counts-samples", "infinite-by-size");
    /// What a run must have so that claims have a number, except pairs of Gaussians.
    private static final Map<String, String> NEEDS = Map.of(
            "ksg-finds-independence", "pairs of Gaussians that share no information",
            "ksg-misses-strong-dependence", "pairs of Gaussians that share 6 nat or more",
            "ranks-bear-heavy-tails", "heavy-tailed pairs of one coordinate",
            "bins-count-samples", "pairs of Gaussians of 5 coordinates or more",
            "kde-upper-bound", "pairs of Gaussians that share less than the logarithm of the number of samples",
            "mine-is-a-lower-bound", "critics that are trained on pairs of Gaussians",
            "mine-fails-in-many-coordinates", "critics that are trained on pairs of Gaussians of two dimensions",
            "renyi-grows-with-information", "pairs of Gaussians that share two informations or more",
            "infinite-information-counts-samples", "the functions without noise, of two numbers of samples or more");
    private static final Citation PAGE = new Citation("docs", "known-truths.md");
    private static final int MOST_RENYI = 500;
    private static final String QUICK = "quick";

    static final Factor<Family> FAMILY = Factor.derived("family", "pair",
            settings -> Family.of(PAIRS.in(settings), DIMENSIONS.in(settings), INFORMATIONS.in(settings)),
            Family::name).named(Family::title);
    /// The number of a pair. Figures and claims tell pairs of Gaussians alone apart by it, of which it is the truth.
    static final Factor<Double> AT = Factor.derived("at", "parameter",
            settings -> FAMILY.in(settings).stream().flatMap(family -> family.at().stream()).distinct().sorted()
                    .toList(),
            Family::text).named(at -> "true information " + Family.text(at) + " nat");
    static final Factor<Integer> N = Factor.derived("n", "n",
            settings -> Stream.concat(SIZES.in(settings).stream(),
                    Stream.of(settings.get(SAMPLES), renyiSamples(settings))).distinct().sorted().toList(),
            String::valueOf);
    /// The quick estimators, or one that takes long.
    static final Factor<String> ESTIMATORS = Factor.derived("estimators", "estimators",
            settings -> Stream.concat(Stream.of(QUICK, Contender.RENYI.key()),
                    Contender.CRITICS.stream().map(Contender::key)).toList(),
            text -> text);

    @Override
    public String name() {
        return "known-truths";
    }

    @Override
    public String summary() {
        return "the estimators of mutual information side by side where the truth is known: bias and spread";
    }

    @Override
    public String title() {
        return "Estimators on known truths";
    }

    @Override
    public String lead() {
        return "Every pair of variables here has a mutual information that is known, in closed form"
                + " or by a quadrature in one dimension. Each estimator is given the same samples. The distance of a"
                + " curve from the diagonal is bias, which more seeds do not remove. Informations are in nats.";
    }

    @Override
    public String subtitle(Results results) {
        return results.settings().get(SAMPLES) + " samples, " + Study.super.subtitle(results);
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(SAMPLES, PAIRS.values(), DIMENSIONS.values(), INFORMATIONS.values(), CLOSE_UP, SIZES.values(),
                SIZE_DIMENSIONS, CRITIC_DIMENSIONS, CRITIC_INFORMATIONS, CRITIC_STEPS, DEAR_SEEDS);
    }

    @Override
    public Design design(Settings settings) {
        return Design.grid(FAMILY, AT, N, ESTIMATORS).seeds(10)
                .where((cell, seedNumber) -> isTrial(settings, cell, seedNumber));
    }

    private static boolean isTrial(Settings settings, Cell cell, int seedNumber) {
        Family family = cell.get(FAMILY);
        double at = cell.get(AT);
        int n = cell.get(N);
        if (!family.at().contains(at)) {
            return false;
        }
        boolean usual = n == settings.get(SAMPLES);
        if (cell.get(ESTIMATORS).equals(QUICK)) {
            boolean bySize = family.isGaussian()
                    ? settings.get(SIZE_DIMENSIONS).contains(family.dimension()) && settings.get(CLOSE_UP).contains(at)
                    : family.pair().apply(at).equals(new FoldedUniform(0));
            return usual || (bySize && settings.get(SIZES.values()).contains(n));
        }
        if (!family.isGaussian() || seedNumber >= settings.get(DEAR_SEEDS)) {
            return false;
        }
        return cell.get(ESTIMATORS).equals(Contender.RENYI.key())
                ? n == renyiSamples(settings)
                : usual && settings.get(CRITIC_DIMENSIONS).contains(family.dimension())
                        && settings.get(CRITIC_INFORMATIONS).contains(at);
    }

    /// How many samples the Rényi functional is computed of.
    static int renyiSamples(Settings settings) {
        return Math.min(settings.get(SAMPLES), MOST_RENYI);
    }

    @Override
    public void run(Trial trial) {
        Family family = trial.get(FAMILY);
        KnownPair pair = family.pair().apply(trial.get(AT));
        pair.information().ifPresent(information -> trial.record(INFORMATION, information));
        RandomStream stream = trial.stream("family=" + family.name() + " at=" + AT.text(trial.get(AT)));
        DrawnPairs drawn = pair.draw(trial.get(N), stream.child("samples"));
        List<Contender> contenders = trial.get(ESTIMATORS).equals(QUICK)
                ? family.contenders()
                : Stream.of(Contender.values()).filter(each -> each.key().equals(trial.get(ESTIMATORS))).toList();
        try {
            contenders.forEach(contender -> contender.record(trial, drawn, stream.child(contender.key())));
        } catch (DivergenceException e) {
            trial.diverged(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public List<Claim> claims() {
        return Stream.of(
                Claim.of("ksg-finds-independence", "Nearest neighbours find no information between independent"
                        + " variables, however many coordinates these have",
                        new Citation("Kraskov, Stögbauer & Grassberger 2004", "abstract"),
                        results -> gaussian(results, ESTIMATE, "ksg-1").at(AT, 0.), new Rule.Within(0, 0.05))
                        .forEach(FAMILY),
                Claim.of("ksg-misses-strong-dependence", "Nearest neighbours find too little where variables share 6"
                        + " nat or more: the largest of these estimates less their truths is below −0.5 nat",
                        new Citation("Gao, Ver Steeg & Galstyan 2015", "abstract"),
                        results -> bias(results, ESTIMATE, "ksg-1", Family::isGaussian, at -> at >= 6).reduce(AT,
                                Collections::max),
                        new Rule.Below(-0.5)).forEach(FAMILY),
                Claim.of("ranks-bear-heavy-tails", "Heavy tails of one coordinate cost nearest neighbours of ranks"
                        + " nothing: their mean less the truth, over informations of up to 2 nat, is 0", PAGE,
                        results -> bias(results, ESTIMATE, "ksg-rank",
                                family -> family.group().equals(Family.HEAVY_TAILED) && family.dimension() == 1,
                                at -> at <= 2).meanOver(AT),
                        new Rule.Within(0, 0.05)).forEach(FAMILY),
                Claim.of("gaussian-bias-is-known", "The Gaussian estimate of Gaussian variables less its known bias"
                        + " has none: its mean less the truth, over all informations, is 0", PAGE,
                        results -> bias(results, ESTIMATE, "gaussian-corrected").meanOver(AT),
                        new Rule.Within(0, 0.05)).forEach(FAMILY),
                Claim.of("bins-count-samples", "20 bins of each of 5 or more coordinates give the logarithm of the"
                        + " number of samples whatever the information: the largest distance from it over all"
                        + " informations is 0", PAGE,
                        results -> whole(gaussian(results, ESTIMATE, "binning-20")
                                .where(FAMILY, family -> family.dimension() >= 5))
                                .map(ESTIMATE, value -> Math.abs(value - logN(results)))
                                .reduce(AT, Collections::max),
                        new Rule.Within(0, 0.1)).forEach(FAMILY),
                Claim.of("kde-upper-bound", "The Kullback-Leibler bound from pairwise distances is not below a truth"
                        + " of less than the logarithm of the number of samples: nor is the smallest of these"
                        + " bounds less their truths",
                        new Citation("Landsverk", "(3.13)"),
                        results -> bias(results, UPPER, "kde", Family::isGaussian, at -> at > 0 && at < logN(results))
                                .reduce(AT,
                                        Collections::min),
                        new Rule.Above(-0.05)).forEach(FAMILY),
                Claim.of("kde-lower-bound", "The Bhattacharyya bound from pairwise distances is not above the truth:"
                        + " nor is the largest of these bounds less their truths", new Citation("Landsverk", "(3.18)"),
                        results -> bias(results, LOWER, "kde", Family::isGaussian, at -> at > 0)
                                .reduce(AT, Collections::max),
                        new Rule.Below(0.05)).forEach(FAMILY),
                Claim.of("mine-is-a-lower-bound", "MINE is a lower bound: the largest of its estimates less their"
                        + " truths is not above 0", new Citation("Landsverk", "(3.21)"),
                        results -> bias(results, ESTIMATE, "mine").reduce(AT, Collections::max), new Rule.Below(0.1))
                        .forEach(FAMILY),
                Claim.of("mine-fails-in-many-coordinates", "MINE has difficulties where variables have many"
                        + " coordinates: at each information it finds less with the most than with the fewest",
                        new Citation("Landsverk", "section 4.1"), results -> {
                            SequencedMap<Family, Sample> parts = gaussian(results, ESTIMATE, "mine")
                                    .where(AT, at -> at > 0).by(FAMILY);
                            return parts.size() < 2
                                    ? new Sample(ESTIMATE, List.of())
                                    : parts.lastEntry().getValue().minus(parts.firstEntry().getValue());
                        }, new Rule.Below(0)).forEach(AT),
                Claim.of("renyi-grows-with-information", "The matrix-based Rényi functional grows with the"
                        + " information: its smallest step from one information to the next is positive", PAGE,
                        results -> whole(results.of(ESTIMATE).at(Index.KIND, "renyi"))
                                .reduce(AT, KnownTruthsStudy::smallestStep)
                                .where(step -> !Double.isNaN(step)),
                        new Rule.Above(0)).forEach(FAMILY),
                Claim.of("infinite-information-counts-samples", "Where the information is infinite, nearest"
                        + " neighbours count samples: their estimate grows as the logarithm of their number", PAGE,
                        results -> results.of(ESTIMATE).at(Index.KIND, "ksg-1").except(results.of(INFORMATION))
                                .reduce(N, (sizes, values) -> FittedLine
                                        .ifAny(Arrays.stream(sizes).map(Math::log).toArray(), values)
                                        .map(FittedLine::slope).orElse(Double.NaN),
                                        Quantity.of("growth", "1", "growth by ln n"))
                                .where(slope -> !Double.isNaN(slope)),
                        new Rule.Within(1, 0.1)))
                .map(claim -> claim.below(FIGURES.getOrDefault(claim.id(), "estimate-by-truth"))
                        .needing(NEEDS.getOrDefault(claim.id(), "pairs of Gaussians")))
                .toList();
    }

    /// What an estimator makes of n samples of correlated Gaussians.
    private static Sample gaussian(Results results, Quantity quantity, String kind) {
        return results.of(quantity).at(Index.KIND, kind).where(FAMILY, Family::isGaussian).at(N,
                results.settings().get(SAMPLES));
    }

    private static Sample bias(Results results, Quantity quantity, String kind) {
        return bias(results, quantity, kind, Family::isGaussian, _ -> true);
    }

    /// What an estimator makes of n samples of some families less the truth, for some parameters.
    private static Sample bias(Results results, Quantity quantity, String kind, Predicate<Family> families,
            Predicate<Double> parameters) {
        return whole(results.of(quantity).at(Index.KIND, kind).where(FAMILY, families).where(AT, parameters)
                .minus(results.of(INFORMATION)).at(N, results.settings().get(SAMPLES)));
    }

    private static double logN(Results results) {
        return Math.log(results.settings().get(SAMPLES));
    }

    /// The numbers of those curves along a family that have all values tried.
    private static Sample whole(Sample sample) {
        return sample.whole(AT, sample.values(AT).size());
    }

    private static double smallestStep(List<Double> values) {
        return IntStream.range(1, values.size()).mapToDouble(i -> values.get(i) - values.get(i - 1)).min()
                .orElse(Double.NaN);
    }

    @Override
    public List<String> found(Results results, Findings findings) {
        return new KnownTruthsReport(results).found(findings);
    }

    @Override
    public List<Section> report(Results results) {
        return new KnownTruthsReport(results).sections();
    }
}

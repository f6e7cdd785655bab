package org.surprisal.information.automatic;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import org.surprisal.information.mutual.Continuous;
import org.surprisal.information.mutual.Discrete;
import org.surprisal.information.mutual.EstimatorDescription;
import org.surprisal.information.mutual.GaussianCopula;
import org.surprisal.information.mutual.IntervalMethod;
import org.surprisal.information.mutual.Kraskov;
import org.surprisal.information.mutual.MutualInformation;
import org.surprisal.information.mutual.MutualInformationEstimator;
import org.surprisal.information.mutual.PlugIn;
import org.surprisal.information.mutual.Scaling;
import org.surprisal.information.mutual.Variable;
import org.surprisal.tensor.RandomStream;

/// The estimator `auto`: looks at the samples, chooses an estimator for them, and says how far the answer can be
/// believed.
///
/// Discrete variables are counted, a label and a continuous variable go to Ross's nearest neighbours. Everything else
/// starts from normal scores of each coordinate, which takes tails and units away; equal values get theirs in a random
/// order. There are five candidates: the Gaussian copula; nearest neighbours of all scores; those of the lengths of
/// both
/// variables' scores, for elliptical distributions; and those of the leading canonical variates, of the scores and of
/// polynomials of them, whose directions are fitted on one half of the samples and used on the other. Where the scores
/// pass tests of a joint Gaussian and no other
/// candidate finds clearly more, the copula is taken. Else the largest of the others is: each errs towards too little,
/// as functions of the variables share no more than the variables (data processing), and nearest neighbours find too
/// little in several coordinates. The largest is taken only where it stands out of what independent variables give;
/// otherwise the first candidate is, so that taking the largest adds no bias where there is nothing.
///
/// The answer's settings have the texts `chosen`, `claim` (the label of a [Claim]), `reason` and `unseen`; its
/// components are the values of all candidates, and `halfOfSamples`, what the chosen one gives of half of the samples.
/// There is an interval of 95 % where the claim is [Claim#VALID], and `lower`, one-sided with 95 %, where it is
/// [Claim#LOWER_BOUND]. An interval of nearest neighbours is widened on both sides by the change from half of the
/// samples to all, for their bias.
///
/// The candidates and thresholds were chosen by the forty published tasks of `information.task`; docs/estimators.md
/// has what they give there and on the tasks that were held out.
///
/// @param stream of jitter and of divisions of the samples
public record AutomaticEstimator(RandomStream stream) implements MutualInformationEstimator {

    /// What a person should know before believing this estimator.
    public static final EstimatorDescription DESCRIPTION = new EstimatorDescription("auto",
            "chooses by type, ties, dimension, number of samples and tests of a joint Gaussian",
            EstimatorDescription.Kind.ESTIMATE, "what the chosen estimator does, which the answer names",
            "that of some eight estimates by ksg of few coordinates",
            "where its claim is not 'valid': then the value is a lower bound, or tells nothing");

    /// Fewer samples are refused.
    public static final int FEWEST = 50;

    /// Fewer samples leave the tests without power.
    private static final int FEWEST_FOR_TESTS = 1000;
    /// Samples for each coordinate below which correlations tell little.
    private static final int FEWEST_FOR_EACH_COORDINATE = 10;
    /// Over √n: what no candidate reaches of independent variables.
    private static final double STANDS_OUT = 4;
    /// The least number of samples for each pair of symbols.
    private static final int FEWEST_FOR_EACH_PAIR = 5;
    private static final String TIED = "equal values were put into a random order, which changes no information;"
            + " ";
    private static final double DETERMINED = 1 - 1e-9;
    private static final int NEIGHBOURS = 4;
    private static final double JITTER = 1e-8;

    @Override
    public EstimatorDescription description() {
        return DESCRIPTION;
    }

    @Override
    public String effectOfCopies() {
        return "copies are ties, by which auto chooses";
    }

    @Override
    public Optional<String> objectionToParts() {
        return Optional.of("chooses by all samples, and of parts it may choose otherwise: its own interval is there"
                + " where its claim is 'valid'");
    }

    @Override
    public String usualInterval() {
        return IntervalMethod.AUTO.label();
    }

    /// I(X;Y) of variables of any kind.
    ///
    /// @throws IllegalArgumentException if the numbers of samples differ or are below 50, or the chosen estimator
    /// refuses the samples
    @Override
    public MutualInformation estimate(Variable x, Variable y) {
        return estimate(x, y, candidate -> candidate.measured(stream.child(candidate.name())));
    }

    @Override
    public double value(Variable x, Variable y) {
        return estimate(x, y, Candidate::withoutError).value();
    }

    private MutualInformation estimate(Variable x, Variable y, Function<Candidate, Candidate.Measured> measure) {
        int n = Variable.requirePairs(x, y, FEWEST);
        Kinds kinds = Kinds.of(x, y, stream.child("ties"));
        return switch (kinds.kind()) {
            case COUNTS -> ofCounts(n, (Discrete) kinds.x(), (Discrete) kinds.y());
            case LABELS -> ofLabels(n, kinds, measure);
            case DENSITIES -> ofDensities(n, kinds, measure);
        };
    }

    private static double standsOut(int n) {
        return STANDS_OUT / Math.sqrt(n);
    }

    private static MutualInformation ofCounts(int n, Discrete x, Discrete y) {
        MutualInformation counted = new PlugIn(PlugIn.Correction.MILLER_MADOW).estimate(x, y);
        int pairs = x.symbols() * y.symbols();
        SequencedMap<String, Double> values = new LinkedHashMap<>(Map.of(PlugIn.DESCRIPTION.name(), counted.value()));
        double degrees = (x.symbols() - 1.0) * (y.symbols() - 1.0);
        double pointwise = counted.standardError().orElse(0);
        // Of independent variables 2 n times the plug-in value is chi-squared.
        double error = Math.sqrt(pointwise * pointwise + degrees / (2.0 * n * n));
        Choice choice = new Choice(PlugIn.DESCRIPTION.name(), values,
                String.format(Locale.ROOT, "both variables have few values: %d and %d symbols of %d samples",
                        x.symbols(), y.symbols(), n),
                "pairs of symbols that did not occur");
        return (long) FEWEST_FOR_EACH_PAIR * pairs <= n
                ? choice.valid(n, counted.value(), error, 0, counted.warnings())
                : choice.unknown(n, counted.value(), error,
                        String.format(Locale.ROOT,
                                "%d samples for %d pairs of symbols: counts need %d samples for each", n, pairs,
                                FEWEST_FOR_EACH_PAIR),
                        counted.warnings());
    }

    private MutualInformation ofLabels(int n, Kinds kinds, Function<Candidate, Candidate.Measured> measure) {
        Continuous continuous = (Continuous) (kinds.x() instanceof Continuous ? kinds.x() : kinds.y());
        Candidate candidate = Candidate.of(Kraskov.DESCRIPTION.name(), "",
                "structure finer than the distance to a fourth neighbour of the same label", kinds.x(), kinds.y(),
                new Kraskov(NEIGHBOURS, 1, JITTER, Scaling.NORMAL_SCORES, stream.child("jitter")));
        Candidate.Measured measured = measure.apply(candidate);
        Choice choice = new Choice(candidate.name(), new LinkedHashMap<>(Map.of(candidate.name(), measured.value())),
                (kinds.tied() ? TIED : "") + "one variable has labels and the other a density, as nearest neighbours"
                        + " among the samples of a label assume (Ross 2014)",
                candidate.unseen());
        return choice.neighbours(n, measured, continuous.dimension() == 1 && !kinds.tied(), standsOut(n));
    }

    private MutualInformation ofDensities(int n, Kinds kinds, Function<Candidate, Candidate.Measured> measure) {
        Continuous x = (Continuous) kinds.x();
        Continuous y = (Continuous) kinds.y();
        List<String> warnings = new ArrayList<>();
        Continuous scoresX = GaussianCopula.scores(x, warnings);
        Continuous scoresY = GaussianCopula.scores(y, warnings);
        List<Candidate> candidates = ScoreCandidates.of(scoresX, scoresY, stream);
        SequencedMap<String, Double> values = new LinkedHashMap<>();
        candidates.forEach(candidate -> values.put(candidate.name(), candidate.value()));
        double largest = values.values().stream().mapToDouble(Double::doubleValue).max().orElseThrow();
        int coordinates = x.dimension() + y.dimension();
        Optional<MutualInformation> copula = Optional.empty();
        String why;
        if (n < FEWEST_FOR_EACH_COORDINATE * coordinates || n < FEWEST_FOR_TESTS) {
            why = String.format(Locale.ROOT, "%d samples of %d coordinates are too few to test for a joint Gaussian",
                    n, coordinates);
        } else {
            CanonicalScores canonical = CanonicalScores.of(scoresX.columns(), scoresY.columns());
            GaussianTests tests = GaussianTests.of(canonical);
            if (canonical.correlations()[0] < DETERMINED) {
                copula = Optional.of(new GaussianCopula().estimate(x, y));
                values.putFirst(GaussianCopula.DESCRIPTION.name(), copula.get().value());
            }
            why = tests.summary();
            if (copula.isPresent() && tests.gaussian() && largest <= copula.get().value() + standsOut(n)) {
                return ofCopula(n, copula.get(), coordinates, values, (kinds.tied() ? TIED : "") + why);
            }
        }
        Candidate chosen = largest > standsOut(n)
                ? candidates.stream().filter(each -> Objects.requireNonNull(values.get(each.name())) == largest)
                        .findFirst().orElseThrow()
                : candidates.getFirst();
        Choice choice = new Choice(chosen.name(), values,
                (kinds.tied() ? TIED : "") + why + (candidates.size() == 1
                        ? ", and of one coordinate each nearest neighbours need no more than a density"
                        : ", and " + chosen.title()
                                + (largest > standsOut(n) ? " find the most" : " find as little as the others")),
                chosen.unseen());
        return choice.neighbours(n, measure.apply(chosen), coordinates == 2 && !kinds.tied(),
                standsOut(n));
    }

    private static MutualInformation ofCopula(int n, MutualInformation copula, int coordinates,
            SequencedMap<String, Double> values, String why) {
        Choice choice = new Choice(GaussianCopula.DESCRIPTION.name(), values,
                why + ", and no other candidate finds clearly more",
                "a dependence that neither the tests nor the other candidates see");
        double linear = copula.standardError().orElse(0);
        double error = Math.sqrt(linear * linear + coordinates * (double) coordinates / (8.0 * n * n));
        return choice.valid(n, copula.value(), error, 0, copula.warnings());
    }
}

package org.surprisal.information.mutual;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What each of a network's layers T knows about its input X and about the labels Y: the points (I(X;T), I(T;Y)) of
/// Shwartz-Ziv & Tishby's information plane, with the limits that they must keep and the order that they need not.
///
/// A plane is plain numbers: it can be measured with [#of], or put together from numbers kept elsewhere to have them
/// checked. Every information is in nats.
///
/// @param n number of samples; nothing can exceed ln n
/// @param inputEntropy H(X) of the inputs' whole rows: ln n where all are different
/// @param labelEntropy H(Y)
/// @param succession how the layers follow from each other
/// @param points one a layer, in the order in which the layers follow
public record InformationPlane(int n, double inputEntropy, double labelEntropy, Succession succession,
        List<Point> points) {

    /// What sums of n terms round to.
    private static final double ROUNDING = 1e-9;
    /// What informations of float32 activations resolve, relative to the larger of them and 1 nat.
    private static final double RESOLUTION = 1e-6;

    /// How the layers follow from each other.
    public enum Succession {
        /// Each layer's value at a sample is a function of the layer before at that sample.
        CHAIN,
        /// Layers of a graph network: a node's representation uses its neighbours' too.
        GRAPH,
        /// Layers or time steps of a recurrent network: a representation uses other time steps too.
        RECURRENT
    }

    /// How a point's two informations are computed; both are of one kind.
    public enum Kind {
        /// Pairwise distances with the Bhattacharyya kernel: I(X;T) is a lower bound, I(T;Y) a difference of two.
        BHATTACHARYYA,
        /// Pairwise distances with the Kullback–Leibler kernel: I(X;T) is an upper bound, I(T;Y) a difference of two.
        KULLBACK_LEIBLER,
        /// Counts of binned rows: I(X;T) is H(T) where T is a function of X, else H(X) + H(T) - H(X,T).
        BINNED
    }

    /// One kind's place in the plane.
    ///
    /// @param input I(X;T)
    /// @param labels I(T;Y)
    public record Coordinates(double input, double labels) {
        /// @throws IllegalArgumentException if one is not finite
        public Coordinates {
            if (!Double.isFinite(input) || !Double.isFinite(labels)) {
                throw new IllegalArgumentException(
                        "I(X;T) = %s, I(T;Y) = %s: finite values needed".formatted(input, labels));
            }
        }
    }

    /// Bounds that hold the true I(T;Y) of the noisy layer, which the coordinates of one kind need not.
    ///
    /// @param lower at least 0
    /// @param upper at most H(Y)
    public record Bracket(double lower, double upper) {}

    /// One layer.
    ///
    /// @param layer its name
    /// @param kinds its coordinates, by kind; at least one
    /// @param bracket of the true I(T;Y), where the estimator has one
    /// @param random whether equal inputs have different representations, so that T is not a function of X; then I(X;T)
    /// of the two kernels are the ends of a bracket of its own, which I(T;Y) of one kernel may exceed
    /// @param settings what the estimator was set to, for example the noise variance of this layer
    /// @param warnings what a reader of the numbers must know
    public record Point(String layer, Map<Kind, Coordinates> kinds, Optional<Bracket> bracket, boolean random,
            Map<String, Object> settings, List<String> warnings) {

        /// A layer that is a function of its input.
        ///
        /// @throws IllegalArgumentException if there is no kind
        public Point(String layer, Map<Kind, Coordinates> kinds, Optional<Bracket> bracket,
                Map<String, Object> settings, List<String> warnings) {
            this(layer, kinds, bracket, false, settings, warnings);
        }

        /// @throws IllegalArgumentException if there is no kind
        public Point {
            if (kinds.isEmpty()) {
                throw new IllegalArgumentException("layer %s has no coordinates, one kind needed".formatted(layer));
            }
            kinds = Collections.unmodifiableMap(new EnumMap<>(kinds));
            settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
            warnings = List.copyOf(warnings);
        }
    }

    /// A limit that every layer's numbers keep, whatever the data: beyond it, the numbers are not of one computation.
    ///
    /// @param layer where
    /// @param kind of the coordinates
    /// @param identity what should hold, in symbols
    /// @param value what was found, nats
    /// @param limit what it may be at most, nats
    public record IdentityViolation(String layer, Kind kind, String identity, double value, double limit) {
        /// One line for a person, in nats.
        public String message() {
            return message("nat", 1);
        }

        /// One line for a person in another unit.
        ///
        /// @param unit its name
        /// @param perNat how many of it a nat has
        public String message(String unit, double perNat) {
            return String.format(Locale.ROOT, "layer %s, %s: %s does not hold, %.6g > %.6g %s", layer, words(kind),
                    identity, value * perNat, limit * perNat, unit);
        }
    }

    /// A layer that has more information than the layer before it, in the numbers of one kind.
    ///
    /// @param before the earlier layer
    /// @param after the later one
    /// @param kind of the coordinates
    /// @param about `X` or `Y`: what the information is about
    /// @param excess how much more, nats, above 0
    /// @param certain whether the bounds exclude each other, too: then the true informations of the noisy layers are
    /// out of order, and it is no artefact of a bound
    public record OrderViolation(String before, String after, Kind kind, char about, double excess,
            boolean certain) {
        /// One line for a person, in nats.
        public String message() {
            return message("nat", 1);
        }

        /// One line for a person in another unit.
        ///
        /// @param unit its name
        /// @param perNat how many of it a nat has
        public String message(String unit, double perNat) {
            return String.format(Locale.ROOT, "%s exceeds %s by %.4g %s about %s (%s%s)", after, before,
                    excess * perNat, unit, about, words(kind), certain ? "; the bounds exclude each other" : "");
        }
    }

    /// @throws IllegalArgumentException if there are fewer than two samples or no points, or two have one name
    public InformationPlane {
        if (n < 2) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "plane of %d sample(s), at least 2 needed", n));
        }
        points = List.copyOf(points);
        if (points.isEmpty()) {
            throw new IllegalArgumentException("plane without layers, at least one needed");
        }
        Set<String> names = new HashSet<>();
        for (Point point : points) {
            if (!names.add(point.layer())) {
                throw new IllegalArgumentException("two layers are called %s: different names needed"
                        .formatted(point.layer()));
            }
        }
    }

    /// Measures every layer.
    ///
    /// A layer is taken for a function of X, whose I(X;T) is the entropy of the representation, unless two equal inputs
    /// contradict it: behind dropout or noise, I(X;T) is less. Then I(X;T) is estimated as I(T;Y) is, with the inputs
    /// as classes. Where every input occurs once nothing can contradict, and I(X;T) of a random layer is too large.
    ///
    /// @param estimator [PairwiseDistance], one walk over the pairs a layer, or [Binning]
    /// @param x the inputs, continuous or as symbols; of a continuous one, equal rows are the same input
    /// @param labels Y
    /// @param layers the representations, in the order in which they follow; sample i of each belongs to sample i of
    /// `x`
    /// @param succession how they follow
    /// @throws IllegalArgumentException if the numbers of samples differ or are below 2, there is no layer, two have
    /// one name, or the estimator is another or refuses a layer
    public static InformationPlane of(MutualInformationEstimator estimator, Variable x, Discrete labels,
            List<Continuous> layers, Succession succession) {
        int n = Variable.requirePairs(x, labels, 2);
        Discrete inputs = switch (x) {
            case Discrete symbols -> symbols;
            case Continuous rows -> Discrete.rows(rows.name(), rows.values());
        };
        List<Point> points = new ArrayList<>();
        for (Continuous layer : layers) {
            points.add(point(estimator, inputs, layer, labels));
        }
        return new InformationPlane(n, PlugIn.entropy(inputs), PlugIn.entropy(labels), succession, points);
    }

    private static Point point(MutualInformationEstimator estimator, Discrete inputs, Continuous layer,
            Discrete labels) {
        MutualInformation answer = estimator.estimate(layer, labels);
        return switch (estimator) {
            case PairwiseDistance kde -> {
                Optional<String> random = RepeatedInputs.contradiction(inputs, layer);
                Optional<MutualInformation> known = random.map(why -> kde.estimate(layer, inputs));
                double lower = known.map(of -> of.lower().orElseThrow())
                        .orElseGet(() -> answer.component("inputLower"));
                double upper = known.map(of -> of.upper().orElseThrow())
                        .orElseGet(() -> answer.component("inputUpper"));
                yield new Point(layer.name(),
                        Map.of(Kind.BHATTACHARYYA, new Coordinates(lower, answer.component("bhattacharyya")),
                                Kind.KULLBACK_LEIBLER, new Coordinates(upper, answer.component("kl"))),
                        Optional.of(new Bracket(answer.lower().orElseThrow(), answer.upper().orElseThrow())),
                        random.isPresent(), answer.settings(), with(answer.warnings(), random));
            }
            case Binning bins -> {
                Discrete binned = bins.symbols(layer);
                Optional<String> random = RepeatedInputs.contradiction(inputs, binned);
                double input = random.isPresent()
                        ? bins.estimate(inputs, binned).value()
                        : answer.component("entropyX");
                yield new Point(layer.name(), Map.of(Kind.BINNED, new Coordinates(input, answer.value())),
                        Optional.empty(), random.isPresent(), answer.settings(), with(answer.warnings(), random));
            }
            default -> throw new IllegalArgumentException("%s makes no plane: kde or binning needed"
                    .formatted(estimator.description().name()));
        };
    }

    private static List<String> with(List<String> warnings, Optional<String> more) {
        List<String> all = new ArrayList<>(warnings);
        more.ifPresent(all::add);
        return all;
    }

    /// ln n: no estimate from n samples exceeds it.
    public double ceiling() {
        return Math.log(n);
    }

    /// Where I(T;Y) <= min(I(X;T), H(Y)), I(X;T) <= ln n or I(X;T) <= H(X) does not hold. They hold for every kind and
    /// all samples where T is a function of X, so what breaks them is an error of computation, counts corrected for
    /// their bias, or, in a plane of numbers from elsewhere, a layer that is random. The first is not asked of layers
    /// that are known to be random: I(T;Y) may exceed I(X;T) where Y is not a function of X.
    public List<IdentityViolation> identityViolations() {
        List<IdentityViolation> found = new ArrayList<>();
        for (Point point : points) {
            point.kinds().forEach((kind, at) -> {
                if (!point.random()) {
                    check(found, point, kind, "I(T;Y) <= I(X;T)", at.labels(), at.input());
                }
                check(found, point, kind, "I(T;Y) <= H(Y)", at.labels(), labelEntropy);
                check(found, point, kind, "I(X;T) <= ln n", at.input(), ceiling());
                check(found, point, kind, "I(X;T) <= H(X)", at.input(), inputEntropy);
            });
        }
        return found;
    }

    private static void check(List<IdentityViolation> found, Point point, Kind kind, String identity, double value,
            double limit) {
        if (value > limit + ROUNDING * Math.max(1, Math.abs(limit))) {
            found.add(new IdentityViolation(point.layer(), kind, identity, value, limit));
        }
    }

    /// Where a layer's numbers exceed those of the layer before it by more than a millionth of them, which is what
    /// rounding of float32 activations alone may do; empty where the layers are no chain. What this means is
    /// [#orderReading].
    public List<OrderViolation> orderViolations() {
        List<OrderViolation> found = new ArrayList<>();
        if (succession != Succession.CHAIN) {
            return found;
        }
        for (int i = 1; i < points.size(); i++) {
            Point before = points.get(i - 1);
            Point after = points.get(i);
            for (Kind kind : after.kinds().keySet()) {
                Coordinates first = before.kinds().get(kind);
                Coordinates second = after.kinds().get(kind);
                if (first == null || second == null) {
                    continue;
                }
                addExcess(found, before, after, kind, 'X', second.input() - first.input(), second.input(),
                        inputsExclude(before, after));
                addExcess(found, before, after, kind, 'Y', second.labels() - first.labels(), second.labels(),
                        labelsExclude(before, after));
            }
        }
        return found;
    }

    private static void addExcess(List<OrderViolation> found, Point before, Point after, Kind kind, char about,
            double excess, double size, boolean certain) {
        if (excess > RESOLUTION * Math.max(1, size)) {
            found.add(new OrderViolation(before.layer(), after.layer(), kind, about, excess, certain));
        }
    }

    private static boolean inputsExclude(Point before, Point after) {
        Coordinates upper = before.kinds().get(Kind.KULLBACK_LEIBLER);
        Coordinates lower = after.kinds().get(Kind.BHATTACHARYYA);
        return upper != null && lower != null && lower.input() > upper.input() + RESOLUTION;
    }

    private static boolean labelsExclude(Point before, Point after) {
        return before.bracket().isPresent() && after.bracket().isPresent()
                && after.bracket().get().lower() > before.bracket().get().upper() + RESOLUTION;
    }

    /// How to read [#orderViolations], in a sentence or two; 'not applicable' where the layers are no chain.
    public String orderReading() {
        return switch (succession) {
            case GRAPH ->
                "The data-processing order is not applicable: a node's representation uses its neighbours', so the"
                        + " layers of a graph network are no Markov chain of single samples.";
            case RECURRENT ->
                "The data-processing order is not applicable: a representation uses several time steps, so the"
                        + " layers of a"
                        + " recurrent network are no Markov chain.";
            case CHAIN ->
                "The data-processing inequality holds for the true information of a Markov chain. Layers with noise"
                        + " of fixed"
                        + " variance added, or with bins of fixed width, are none: a layer that only spreads its"
                        + " samples"
                        + " further apart shows more information with nothing learnt. A later layer above an earlier"
                        + " one"
                        + " is therefore a statement about scales, not about learning.";
        };
    }

    private static String words(Kind kind) {
        return switch (kind) {
            case BHATTACHARYYA -> "Bhattacharyya";
            case KULLBACK_LEIBLER -> "Kullback-Leibler";
            case BINNED -> "binned";
        };
    }
}

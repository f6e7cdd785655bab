package org.surprisal.cli.measure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.surprisal.cli.Assignments;
import org.surprisal.cli.Choice;
import org.surprisal.cli.UsageException;
import org.surprisal.estimate.CriticTraining;
import org.surprisal.estimate.EstimatorKind;
import org.surprisal.estimate.Estimators;
import org.surprisal.estimate.InfoNce;
import org.surprisal.estimate.Mine;
import org.surprisal.estimate.Smile;
import org.surprisal.information.automatic.AutomaticEstimator;
import org.surprisal.information.mutual.Binning;
import org.surprisal.information.mutual.EstimatorDescription;
import org.surprisal.information.mutual.GaussianCopula;
import org.surprisal.information.mutual.GaussianInformation;
import org.surprisal.information.mutual.Kraskov;
import org.surprisal.information.mutual.LocallyCorrectedKraskov;
import org.surprisal.information.mutual.MatrixRenyi;
import org.surprisal.information.mutual.MixedKraskov;
import org.surprisal.information.mutual.MutualInformationEstimator;
import org.surprisal.information.mutual.NoiseVariance;
import org.surprisal.information.mutual.PairwiseDistance;
import org.surprisal.information.mutual.PlugIn;
import org.surprisal.information.mutual.Scaling;
import org.surprisal.settings.Settings;
import org.surprisal.study.Failures;
import org.surprisal.tensor.RandomStream;
import picocli.CommandLine.Option;

/// Which estimator of mutual information, and how it is set.
final class EstimatorOptions {
    /// Which options speak to which estimator.
    private static final Map<String, Set<String>> OWN = Map.ofEntries(
            Map.entry("kde", Set.of("--noise-variance", "--noise-quantile", "--noise-share")),
            Map.entry("binning", Set.of("--bin-width", "--bins", "--correction")),
            Map.entry("discrete", Set.of("--correction")),
            Map.entry("ksg", Set.of("--k", "--algorithm", "--jitter", "--scale", "--theiler")),
            Map.entry("ksg-lnc", Set.of("--k", "--jitter", "--threshold")),
            Map.entry("ksg-mixed", Set.of("--k", "--scale")),
            Map.entry("renyi", Set.of("--alpha", "--kernel-width")),
            Map.entry("mine", Set.of("--steps", "--hidden", "--batch", "--learning-rate")),
            Map.entry("infonce", Set.of("--steps", "--hidden", "--batch", "--learning-rate")),
            Map.entry("smile", Set.of("--steps", "--hidden", "--batch", "--learning-rate", "--clip")));

    private static final double USUAL_CLIP = 5;
    private static final double USUAL_ALPHA = 1.01;
    private static final double USUAL_JITTER = 1e-8;
    private static final int USUAL_NEIGHBOURS = 4;
    private static final int USUAL_CORRECTED_NEIGHBOURS = 5;

    @Option(names = "--noise-variance", paramLabel = "V", description = "kde: variance of the Gaussian noise")
    private @Nullable Double noiseVariance;

    @Option(names = "--noise-quantile", paramLabel = "Q,DIVISOR",
            description = "kde: the variance is this quantile"
                    + " of the pairwise distances, divided (0.9,1000 with Landsverk)")
    private @Nullable String noiseQuantile;

    @Option(names = "--noise-share", paramLabel = "S",
            description = "kde: the variance is this share of X's total variance: at most 1/(2S) nats pass (0.05, say)")
    private @Nullable Double noiseShare;

    @Option(names = "--bin-width", paramLabel = "W", description = "binning: width of all bins")
    private @Nullable Double binWidth;

    @Option(names = "--bins", paramLabel = "N,LO,HI",
            description = "binning: N equal bins from LO to HI, values"
                    + " outside in the end bins; N alone: bins of equal counts, for each unit by itself")
    private @Nullable String bins;

    @Option(names = "--correction", paramLabel = "NAME",
            description = "binning, discrete: none, miller-madow, grassberger, chao-shen or nsb (default: none)")
    private @Nullable String correction;

    @Option(names = "--k", paramLabel = "K",
            description = "ksg: neighbours (default: 4); ksg-lnc, ksg-mixed (default: 5)")
    private @Nullable Integer k;

    @Option(names = "--algorithm", paramLabel = "1|2", description = "ksg: which of Kraskov's two (default: 1)")
    private @Nullable Integer algorithm;

    @Option(names = "--jitter", paramLabel = "S",
            description = "ksg, ksg-lnc: standard deviation of the noise that moves"
                    + " ties apart, of scaled coordinates (default: 1e-8)")
    private @Nullable Double jitter;

    @Option(names = "--scale", paramLabel = "NAME",
            description = "ksg, ksg-mixed: standardise, rank, normal-scores or none (default: standardise)")
    private @Nullable String scale;

    @Option(names = "--theiler", paramLabel = "W",
            description = "ksg: the W rows before and behind a row are not counted as its neighbours (default: 0)")
    private @Nullable Integer theiler;

    @Option(names = "--threshold", paramLabel = "A",
            description = "ksg-lnc: share of a neighbourhood's volume below which it is corrected (default: by --k and"
                    + " the number of coordinates)")
    private @Nullable Double threshold;

    @Option(names = "--alpha", paramLabel = "A", description = "renyi: order (default: 1.01)")
    private @Nullable Double alpha;

    @Option(names = "--kernel-width", paramLabel = "S",
            description = "renyi: width of the kernel (default: the median distance of each variable)")
    private @Nullable Double kernelWidth;

    @Option(names = "--steps", paramLabel = "N", description = "mine, infonce, smile: training steps (default: 2000)")
    private @Nullable Integer steps;

    @Option(names = "--hidden", paramLabel = "N",
            description = "mine, infonce, smile: width of the critic's hidden layers (default: 64)")
    private @Nullable Integer hidden;

    @Option(names = "--batch", paramLabel = "N", description = "mine, infonce, smile: pairs in a batch (default: 64)")
    private @Nullable Integer batch;

    @Option(names = "--learning-rate", paramLabel = "R", description = "mine, infonce, smile: of Adam (default: 0.001)")
    private @Nullable Double learningRate;

    @Option(names = "--clip", paramLabel = "T", description = "smile: where the log ratio is cut off (default: 5)")
    private @Nullable Double clip;

    @Option(names = "--set", paramLabel = "KEY=VALUE",
            description = "a setting of an estimator of your own (docs/extending.md)")
    private List<String> set = List.of();

    @Option(names = "--seed", paramLabel = "N",
            description = "seed of everything drawn at random (default: ${DEFAULT-VALUE})")
    private long seed = 1;

    /// Where the measure's random numbers come from.
    RandomStream stream() {
        return RandomStream.seeded(seed);
    }

    long seed() {
        return seed;
    }

    /// The estimator of a name, set as asked.
    ///
    /// @throws UsageException if there is none, or an option was given that is not its own or has a wrong value
    MutualInformationEstimator named(String given) {
        List<EstimatorDescription> all = Estimators.descriptions();
        String name = Choice.of("--estimator", given, all.toArray(EstimatorDescription[]::new),
                EstimatorDescription::name).name();
        Optional<EstimatorKind> kind = Estimators.own().stream()
                .filter(each -> each.description().name().equals(name)).findFirst();
        Set<String> own = kind.map(each -> each.settings().isEmpty() ? Set.<String>of() : Set.of("--set"))
                .orElseGet(() -> OWN.getOrDefault(name, Set.of()));
        for (String option : given()) {
            if (!own.contains(option)) {
                throw new UsageException(option + " is not an option of " + name
                        + (own.isEmpty() ? ", which takes none" : ", which takes " + String.join(", ", sorted(own))));
            }
        }
        try {
            return switch (name) {
                case "auto" -> new AutomaticEstimator(stream().child("auto"));
                case "kde" -> new PairwiseDistance(noise());
                case "binning" -> new Binning(bins(), correction());
                case "discrete" -> new PlugIn(correction());
                case "ksg" -> new Kraskov(or(k, USUAL_NEIGHBOURS), or(algorithm, 1), or(jitter, USUAL_JITTER),
                        scaling(), or(theiler, 0), stream().child("jitter"));
                case "ksg-lnc" -> new LocallyCorrectedKraskov(or(k, USUAL_CORRECTED_NEIGHBOURS),
                        threshold == null ? OptionalDouble.empty() : OptionalDouble.of(threshold),
                        or(jitter, USUAL_JITTER), stream().child("jitter"));
                case "ksg-mixed" -> new MixedKraskov(or(k, USUAL_CORRECTED_NEIGHBOURS), scaling());
                case "gaussian-copula" -> new GaussianCopula();
                case "gaussian" -> new GaussianInformation();
                case "renyi" -> new MatrixRenyi(or(alpha, USUAL_ALPHA),
                        kernelWidth == null ? OptionalDouble.empty() : OptionalDouble.of(kernelWidth));
                case "mine" -> new Mine(training());
                case "infonce" -> new InfoNce(training());
                case "smile" -> new Smile(or(clip, USUAL_CLIP), training());
                default -> own(kind.orElseThrow());
            };
        } catch (IllegalArgumentException e) {
            throw new UsageException(Failures.words(e));
        }
    }

    private MutualInformationEstimator own(EstimatorKind kind) {
        return Estimators.own(kind, Settings.of(kind.settings(), Assignments.parse(set)),
                stream().child(kind.description().name()));
    }

    /// The options that were given, in their order.
    private List<String> given() {
        Map<String, @Nullable Object> options = new LinkedHashMap<>();
        options.put("--noise-variance", noiseVariance);
        options.put("--noise-quantile", noiseQuantile);
        options.put("--noise-share", noiseShare);
        options.put("--bin-width", binWidth);
        options.put("--bins", bins);
        options.put("--correction", correction);
        options.put("--k", k);
        options.put("--algorithm", algorithm);
        options.put("--jitter", jitter);
        options.put("--scale", scale);
        options.put("--theiler", theiler);
        options.put("--threshold", threshold);
        options.put("--alpha", alpha);
        options.put("--kernel-width", kernelWidth);
        options.put("--steps", steps);
        options.put("--hidden", hidden);
        options.put("--batch", batch);
        options.put("--learning-rate", learningRate);
        options.put("--clip", clip);
        options.put("--set", set.isEmpty() ? null : set);
        List<String> given = new ArrayList<>();
        options.forEach((option, value) -> {
            if (value != null) {
                given.add(option);
            }
        });
        return given;
    }

    private NoiseVariance noise() {
        if (Stream.of(noiseVariance, noiseQuantile, noiseShare).filter(Objects::nonNull).count() != 1) {
            throw new UsageException(
                    "kde needs one of --noise-variance V, --noise-quantile Q,DIVISOR and --noise-share S");
        }
        if (noiseVariance != null) {
            return new NoiseVariance.Fixed(noiseVariance);
        }
        if (noiseShare != null) {
            return new NoiseVariance.VarianceShare(noiseShare);
        }
        double[] numbers = numbers("--noise-quantile", String.valueOf(noiseQuantile), "Q,DIVISOR (0.9,1000, say)", 2);
        return new NoiseVariance.DistanceQuantile(numbers[0], numbers[1]);
    }

    private Binning.Bins bins() {
        if ((binWidth == null) == (bins == null)) {
            throw new UsageException("binning needs one of --bin-width W and --bins N,LO,HI");
        }
        if (binWidth != null) {
            return new Binning.Bins.FixedWidth(binWidth);
        }
        String text = String.valueOf(bins);
        double[] numbers = numbers("--bins", text, "N,LO,HI (30,-1,1, say) or N", text.contains(",") ? 3 : 1);
        if (numbers[0] != Math.rint(numbers[0]) || Math.abs(numbers[0]) > Integer.MAX_VALUE) {
            throw new UsageException("--bins " + text + ": the number of bins must be whole");
        }
        return numbers.length == 3
                ? new Binning.Bins.Equal((int) numbers[0], numbers[1], numbers[2])
                : new Binning.Bins.EqualCount((int) numbers[0]);
    }

    static double[] numbers(String option, String text, String form, int count) {
        String[] parts = text.split(",", -1);
        double[] numbers = new double[parts.length];
        try {
            for (int i = 0; i < parts.length; i++) {
                numbers[i] = Double.parseDouble(parts[i].strip());
            }
        } catch (NumberFormatException e) {
            throw new UsageException(option + " " + text + ": must be " + form);
        }
        if (numbers.length != count) {
            throw new UsageException(option + " " + text + ": must be " + form);
        }
        return numbers;
    }

    private PlugIn.Correction correction() {
        return correction == null
                ? PlugIn.Correction.NONE
                : Choice.of("--correction", correction, PlugIn.Correction.values(), PlugIn.Correction::label);
    }

    private Scaling scaling() {
        return scale == null
                ? Scaling.STANDARDISE
                : Choice.of("--scale", scale, Scaling.values(), Scaling::label);
    }

    private CriticTraining training() {
        CriticTraining usual = CriticTraining.standard(stream().child("critic"));
        return new CriticTraining(or(steps, usual.steps()), or(hidden, usual.hidden()), or(batch, usual.batch()),
                or(learningRate, usual.learningRate()), usual.stream());
    }

    private static <T> T or(@Nullable T given, T usual) {
        return given == null ? usual : given;
    }

    private static List<String> sorted(Set<String> options) {
        return options.stream().sorted().toList();
    }
}

package org.surprisal.cli.measure;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.surprisal.cli.Choice;
import org.surprisal.cli.UsageException;
import org.surprisal.information.conditional.ConditionalEstimator;
import org.surprisal.information.conditional.ConditionalGaussian;
import org.surprisal.information.conditional.ConditionalKraskov;
import org.surprisal.information.conditional.ConditionalPlugIn;
import org.surprisal.information.mutual.EstimatorDescription;
import org.surprisal.information.mutual.PlugIn;
import org.surprisal.information.mutual.Scaling;
import org.surprisal.study.Failures;
import org.surprisal.tensor.RandomStream;
import picocli.CommandLine.Option;

/// Which estimator of conditional information, and how it is set.
final class ConditionalOptions {
    private static final Map<String, Set<String>> OWN = Map.of("ksg",
            Set.of("--k", "--jitter", "--scale", "--theiler"), "discrete", Set.of("--correction"));
    private static final int USUAL_NEIGHBOURS = 4;
    private static final double USUAL_JITTER = 1e-8;

    @Option(names = "--estimator", paramLabel = "NAME",
            description = "ksg, gaussian, gaussian-copula or discrete (default: ksg)")
    private String estimator = "ksg";

    @Option(names = "--k", paramLabel = "K", description = "ksg: neighbours (default: 4)")
    private @Nullable Integer k;

    @Option(names = "--jitter", paramLabel = "S",
            description = "ksg: standard deviation of the noise that moves ties apart, of scaled coordinates"
                    + " (default: 1e-8)")
    private @Nullable Double jitter;

    @Option(names = "--scale", paramLabel = "NAME",
            description = "ksg: standardise, rank, normal-scores or none (default: standardise)")
    private @Nullable String scale;

    @Option(names = "--theiler", paramLabel = "W",
            description = "ksg: the W rows before and behind a row are not counted as its neighbours (default: 0)")
    private @Nullable Integer theiler;

    @Option(names = "--correction", paramLabel = "NAME",
            description = "discrete: none, miller-madow, grassberger, chao-shen or nsb (default: none)")
    private @Nullable String correction;

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

    /// The estimator that was asked for.
    ///
    /// @throws UsageException if there is none, or an option was given that is not its own or has a wrong value
    ConditionalEstimator chosen() {
        String name = Choice.of("--estimator", estimator, Estimator.CONDITIONAL.toArray(EstimatorDescription[]::new),
                EstimatorDescription::name).name();
        Set<String> own = OWN.getOrDefault(name, Set.of());
        Map<String, @Nullable Object> given = new LinkedHashMap<>();
        given.put("--k", k);
        given.put("--jitter", jitter);
        given.put("--scale", scale);
        given.put("--theiler", theiler);
        given.put("--correction", correction);
        given.forEach((option, value) -> {
            if (value != null && !own.contains(option)) {
                throw new UsageException(option + " is not an option of " + name + (own.isEmpty()
                        ? ", which takes none"
                        : ", which takes " + String.join(", ", own.stream().sorted().toList())));
            }
        });
        try {
            return switch (name) {
                case "gaussian" -> new ConditionalGaussian(false);
                case "gaussian-copula" -> new ConditionalGaussian(true);
                case "discrete" -> new ConditionalPlugIn(correction == null
                        ? PlugIn.Correction.NONE
                        : Choice.of("--correction", correction, PlugIn.Correction.values(),
                                PlugIn.Correction::label));
                default -> new ConditionalKraskov(k == null ? USUAL_NEIGHBOURS : k,
                        jitter == null ? USUAL_JITTER : jitter,
                        scale == null
                                ? Scaling.STANDARDISE
                                : Choice.of("--scale", scale, Scaling.values(), Scaling::label),
                        theiler == null ? 0 : theiler, stream().child("jitter"));
            };
        } catch (IllegalArgumentException e) {
            throw new UsageException(Failures.words(e));
        }
    }
}

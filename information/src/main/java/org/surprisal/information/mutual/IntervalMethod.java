package org.surprisal.information.mutual;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.surprisal.tensor.RandomStream;

/// Ways to a confidence interval, among them one that people will ask for and that is refused, with its reason.
public enum IntervalMethod {
    /// The normal distribution of artanh r (Fisher 1915), for the Gaussian closed form of one coordinate each.
    FISHER_Z("fisher-z"),
    /// The scatter of disjoint parts of the samples: see [Subsampling].
    SUBSAMPLING("subsampling"),
    /// What [org.surprisal.information.automatic.AutomaticEstimator] gives by itself, at a level of 0.95: the scatter
    /// of the estimator that it chose, widened by what is known of its bias.
    AUTO("auto"),
    /// Samples drawn with replacement. No estimator of this package takes it: each tells what the copies do to it.
    BOOTSTRAP("bootstrap");

    private static final double AUTO_LEVEL = 0.95;

    private final String label;

    IntervalMethod(String label) {
        this.label = label;
    }

    /// The method's name on the command line.
    public String label() {
        return label;
    }

    /// The method of this name.
    ///
    /// @throws IllegalArgumentException if there is none
    public static IntervalMethod named(String label) {
        return Arrays.stream(values()).filter(method -> method.label.equals(label)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("interval method '%s' is unknown, one of %s needed"
                        .formatted(label, Arrays.stream(values()).map(IntervalMethod::label)
                                .collect(Collectors.joining(", ")))));
    }

    /// The estimator's answer, with an interval by this method.
    ///
    /// @param level above 0, below 1
    /// @param stream seed of the division into parts
    /// @throws IllegalArgumentException if the method is not valid for the estimator, with the reason, or there are too
    /// few samples for it
    public MutualInformation estimate(MutualInformationEstimator estimator, Variable x, Variable y, double level,
            RandomStream stream) {
        return switch (this) {
            case FISHER_Z -> switch (estimator) {
                case GaussianInformation gaussian -> gaussian.withFisherInterval(x, y, level);
                case GaussianCopula copula -> copula.withFisherInterval(x, y, level);
                default -> throw new IllegalArgumentException(
                        "fisher-z is the interval of a Gaussian's correlation, %s is none:"
                                .formatted(estimator.description().name()) + " take subsampling");
            };
            case SUBSAMPLING -> Subsampling.standard(level, stream).estimate(estimator, x, y);
            case AUTO -> {
                if (!estimator.usualInterval().equals(label)) {
                    throw new IllegalArgumentException("auto is the interval that the estimator auto gives: take %s"
                            .formatted(estimator.usualInterval()));
                }
                if (level != AUTO_LEVEL) {
                    throw new IllegalArgumentException(
                            "level = %s, auto gives intervals of level %s only".formatted(level, AUTO_LEVEL));
                }
                yield estimator.estimate(x, y);
            }
            case BOOTSTRAP -> throw new IllegalArgumentException("a bootstrap draws samples more than once: %s; take %s"
                    .formatted(estimator.effectOfCopies(), estimator.usualInterval()));
        };
    }
}

package org.surprisal.information;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.surprisal.information.internal.Samples;
import org.surprisal.tensor.RandomStream;

/// A mixture of normal distributions fitted to samples by expectation and maximisation.
///
/// The likelihood has several maxima, and without a limit none at all (a component may shrink onto one sample). So
/// there are several starts, of which the one that is best after a few rounds is followed to the end (Biernacki, Celeux
/// & Govaert 2003), and no component's standard deviation falls below 1 % of that of all samples.
///
/// @param mixture the fitted mixture
/// @param samples number of samples n
/// @param logLikelihood Σ ln of its density at the samples
/// @param rounds how many rounds the start that was followed took
/// @param converged whether a round gained less than 1e-8 a sample before the limit of 5,000 rounds was reached
public record GaussianMixtureFit(GaussianMixture mixture, int samples, double logLikelihood, int rounds,
        boolean converged) {

    private static final int STARTS = 5;
    private static final int TRIAL_ROUNDS = 30;
    private static final int MAXIMUM_ROUNDS = 5000;
    private static final double GAIN = 1e-8;
    /// Smallest variance of a component, in units of the variance of all samples.
    private static final double VARIANCE_FLOOR = 1e-4;

    /// Fits a mixture of so many components. A single one is the normal fit, in closed form.
    ///
    /// @param values n >= 3k finite values, not all equal: a mixture has 3k - 1 parameters
    /// @param components k, at least 1
    /// @param stream seed of the starts
    /// @throws IllegalArgumentException if there are fewer, one is not finite, all are equal, or `components` is below
    /// 1
    public static GaussianMixtureFit of(double[] values, int components, RandomStream stream) {
        if (components < 1) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "components = %d, at least 1 needed", components));
        }
        Samples.requireFinite("samples", values, Math.max(2, 3 * components));
        Gaussian all = Gaussian.fit(values);
        double deviation = all.standardDeviation();
        double[] standardised = Arrays.stream(values).map(x -> (x - all.mean()) / deviation).toArray();
        if (components == 1) {
            double logLikelihood = Arrays.stream(values).map(all::logDensity).sum();
            return new GaussianMixtureFit(new GaussianMixture(List.of(new GaussianMixture.Component(1, all))),
                    values.length, logLikelihood, 0, true);
        }
        ExpectationMaximisation run = bestStart(standardised, components, stream);
        double before = run.step();
        int round = TRIAL_ROUNDS + 1;
        boolean converged = false;
        while (!converged && round < MAXIMUM_ROUNDS) {
            double now = run.step();
            round++;
            converged = now - before < GAIN * values.length;
            before = now;
        }
        double logLikelihood = run.logLikelihood() - values.length * Math.log(deviation);
        return new GaussianMixtureFit(mixture(run, all), values.length, logLikelihood, round, converged);
    }

    private static ExpectationMaximisation bestStart(double[] samples, int components, RandomStream stream) {
        ExpectationMaximisation best = ExpectationMaximisation.atQuantiles(samples, components, VARIANCE_FLOOR);
        double highest = trial(best);
        for (int start = 1; start < STARTS; start++) {
            var run = ExpectationMaximisation.atRandom(samples, components, VARIANCE_FLOOR, stream.child(start));
            double reached = trial(run);
            if (reached > highest) {
                best = run;
                highest = reached;
            }
        }
        return best;
    }

    private static double trial(ExpectationMaximisation run) {
        for (int round = 0; round < TRIAL_ROUNDS; round++) {
            run.step();
        }
        return run.logLikelihood();
    }

    private static GaussianMixture mixture(ExpectationMaximisation run, Gaussian all) {
        List<GaussianMixture.Component> components = new ArrayList<>();
        for (int j = 0; j < run.components(); j++) {
            var distribution = new Gaussian(all.mean() + all.standardDeviation() * run.mean(j),
                    all.variance() * run.variance(j));
            components.add(new GaussianMixture.Component(Math.min(1, run.weight(j)), distribution));
        }
        return new GaussianMixture(components);
    }

    /// The Bayesian information criterion -2 ln L + (3k - 1) ln n (Schwarz 1978): of several fits to the same samples
    /// the one with the smallest is preferred.
    public double bic() {
        return -2 * logLikelihood + (3 * mixture.components().size() - 1) * Math.log(samples);
    }
}

package org.surprisal.information.conditional;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.hipparchus.special.Erf;
import org.surprisal.information.mutual.ConfidenceInterval;
import org.surprisal.information.mutual.Continuous;
import org.surprisal.information.mutual.EstimatorDescription;
import org.surprisal.information.mutual.GaussianCopula;
import org.surprisal.information.mutual.GaussianInformation;
import org.surprisal.information.mutual.IntervalMethod;
import org.surprisal.information.mutual.MutualInformation;
import org.surprisal.information.mutual.MutualInformationEstimator;
import org.surprisal.information.mutual.Variable;

/// The conditional information of jointly Gaussian variables, in closed form:
///
///     I(X;Y|Z) = ½ (ln det R_xz + ln det R_yz - ln det R_z - ln det R_xyz),
///
/// for one coordinate of X and of Y each -½ ln (1 - r²) with the partial correlation r. It is computed as I(X;Y,Z) -
/// I(X;Z), which is the same, so that [GaussianInformation] watches over rounding.
///
/// The plug-in value of a Gaussian exceeds the truth on average by the component `bias`, the difference of the biases
/// of both informations. Of normal scores (Ince et al. 2017, `gccmi_ccc`) the value is less this bias.
///
/// Of one coordinate of X and of Y each the answer has a standard error r/√n and Fisher's interval: artanh of a partial
/// correlation given d_z coordinates is normal with a standard deviation of 1/√(n - d_z - 3) (Fisher 1924).
///
/// @param normalScores whether each coordinate is replaced by its normal score first
public record ConditionalGaussian(boolean normalScores) implements ConditionalEstimator {

    /// What a person should know before believing the Gaussian estimate.
    public static final EstimatorDescription GAUSSIAN = new EstimatorDescription("gaussian",
            "closed form from covariances", EstimatorDescription.Kind.ESTIMATE,
            "the three variables are jointly Gaussian", "O(n d² + d³) time, O(n d + d²) memory",
            "where dependence on Z or between X and Y is not linear: what correlations do not see of Z is taken for"
                    + " information, and what they do not see of X and Y for none");

    /// What a person should know before believing the estimate of normal scores.
    public static final EstimatorDescription COPULA = new EstimatorDescription("gaussian-copula",
            "closed form from correlations of normal scores, bias corrected (Ince et al. 2017)",
            EstimatorDescription.Kind.ESTIMATE,
            "some monotone map of each coordinate makes the three variables jointly Gaussian",
            "O(n d (d + log n) + d³) time, O(n d + d²) memory", "for dependence that is not monotone; with many ties");

    private static final double NOTEWORTHY_BIAS = 0.05;
    private static final double LEVEL = 0.95;

    @Override
    public EstimatorDescription description() {
        return normalScores ? COPULA : GAUSSIAN;
    }

    @Override
    public MutualInformationEstimator unconditional() {
        return normalScores ? new GaussianCopula() : new GaussianInformation();
    }

    /// I(X;Y|Z) of three continuous variables. Constant coordinates are left out.
    ///
    /// @throws IllegalArgumentException if one is discrete, the numbers of samples differ, there are no more samples
    /// than coordinates, or some coordinates determine others
    @Override
    public MutualInformation estimate(Variable x, Variable y, Variable z) {
        int n = Triples.require(x, y, z, 3);
        List<String> warnings = new ArrayList<>();
        Continuous first = coordinates(x, warnings);
        Continuous second = coordinates(y, warnings);
        Continuous given = coordinates(z, warnings);
        int d = first.dimension() + second.dimension() + given.dimension();
        if (n <= d) {
            throw new IllegalArgumentException(String.format(Locale.ROOT,
                    "%d samples for %d coordinates: more samples than coordinates needed", n, d));
        }
        GaussianInformation gaussian = new GaussianInformation();
        MutualInformation both = gaussian.estimate(first, Triples.joint(second, given));
        MutualInformation alone = gaussian.estimate(first, given);
        both.warnings().stream().filter(warning -> !warning.startsWith("few samples")).forEach(warnings::add);
        double bias = bias(both) - bias(alone);
        double plugIn = both.value() - alone.value();
        if (!normalScores && bias > NOTEWORTHY_BIAS) {
            warnings.add(String.format(Locale.ROOT,
                    "few samples for %d dimensions: the value is on average %.2g nat too large", d, bias));
        }
        MutualInformation answer = MutualInformation
                .of(description().name(), n, normalScores ? plugIn - bias : plugIn, both.settings(), warnings)
                .withComponent("bias", bias);
        int free = n - given.dimension() - 3;
        if (first.dimension() > 1 || second.dimension() > 1 || free < 1) {
            return answer;
        }
        // |r| = √(1 - e^(-2 I)), and artanh |r| = ln (1 + |r|) + I; rounding may take a value of 0 below it.
        double information = Math.max(0, plugIn);
        double r = Math.sqrt(-Math.expm1(-2 * information));
        double z0 = Math.log1p(r) + information;
        double half = Math.sqrt(2) * Erf.erfInv(LEVEL) / Math.sqrt(free);
        return answer.withStandardError(r / Math.sqrt(n)).withInterval(new ConfidenceInterval(
                logCosh(Math.max(0, z0 - half)), logCosh(z0 + half), LEVEL, IntervalMethod.FISHER_Z));
    }

    private Continuous coordinates(Variable variable, List<String> warnings) {
        Continuous continuous = Triples.continuous(description().name(), variable);
        return normalScores ? GaussianCopula.scores(continuous, warnings) : continuous;
    }

    private static double bias(MutualInformation answer) {
        return answer.components().getOrDefault("bias", 0.0);
    }

    private static double logCosh(double z) {
        return z + Math.log1p(Math.expm1(-2 * z) / 2);
    }
}

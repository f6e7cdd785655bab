package org.surprisal.information.conditional;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.surprisal.information.mutual.Discrete;
import org.surprisal.information.mutual.EstimatorDescription;
import org.surprisal.information.mutual.MutualInformation;
import org.surprisal.information.mutual.MutualInformationEstimator;
import org.surprisal.information.mutual.PlugIn;
import org.surprisal.information.mutual.Variable;

/// The conditional information of discrete variables from counts, I = H(X,Z) + H(Y,Z) - H(Z) - H(X,Y,Z), each entropy
/// plug-in or corrected.
///
/// The plug-in value is at least 0 and biased upwards, by about (K_XYZ - K_XZ - K_YZ + K_Z) / (2 n) with K the numbers
/// of symbols that occur. The standard error is that of a mean of the pointwise informations ln p(x,y|z)/(p(x|z)
/// p(y|z)), which holds for many samples of dependent variables.
///
/// Components: `entropyX` and `entropyY`, which are H(X|Z) and H(Y|Z); neither is exceeded by the information.
///
/// @param correction what is done about the bias of each entropy
public record ConditionalPlugIn(PlugIn.Correction correction) implements ConditionalEstimator {

    /// What a person should know before believing this estimator.
    public static final EstimatorDescription DESCRIPTION = new EstimatorDescription("discrete",
            "counts: plug-in, or by Miller-Madow, Grassberger, Chao-Shen or Nemenman-Shafee-Bialek",
            EstimatorDescription.Kind.ESTIMATE, "the variables are discrete and most triples of symbols occur often",
            "O(n d) time and memory", "when the triples that occur are not far fewer than n");

    private static final double NOTEWORTHY_BIAS = 0.05;

    @Override
    public EstimatorDescription description() {
        return DESCRIPTION;
    }

    @Override
    public MutualInformationEstimator unconditional() {
        return new PlugIn(correction);
    }

    /// I(X;Y|Z) of three discrete variables.
    ///
    /// @throws IllegalArgumentException if one is continuous, or the numbers of samples differ or are below 2
    @Override
    public MutualInformation estimate(Variable x, Variable y, Variable z) {
        int n = Triples.require(x, y, z, 2);
        Discrete first = Triples.discrete(x);
        Discrete second = Triples.discrete(y);
        Discrete given = Triples.discrete(z);
        Discrete xz = Discrete.joint(first, given);
        Discrete yz = Discrete.joint(second, given);
        Discrete all = Discrete.joint(first, yz);
        long symbolsXz = (long) first.symbols() * given.symbols();
        long symbolsYz = (long) second.symbols() * given.symbols();
        double ofZ = correction.entropy(given, given.symbols());
        double ofXz = correction.entropy(xz, symbolsXz);
        double ofYz = correction.entropy(yz, symbolsYz);
        double value = ofXz + ofYz - ofZ - correction.entropy(all, first.symbols() * symbolsYz);
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("correction", correction.label());
        List<String> warnings = new ArrayList<>();
        double bias = (all.symbols() - xz.symbols() - yz.symbols() + given.symbols()) / (2.0 * n);
        if (2 * all.symbols() > n) {
            warnings.add(String.format(Locale.ROOT,
                    "%d samples show %d triples of symbols: most are seen once or twice, and the value says little",
                    n, all.symbols()));
        } else if (bias > NOTEWORTHY_BIAS) {
            warnings.add(String.format(Locale.ROOT,
                    "too few samples for %d triples of symbols: the plug-in value is some %.2g nat too large",
                    all.symbols(), bias));
        }
        return MutualInformation.of(DESCRIPTION.name(), n, value, settings, warnings)
                .withStandardError(standardError(n, all, xz, yz, given)).withComponent("entropyX", ofXz - ofZ)
                .withComponent("entropyY", ofYz - ofZ);
    }

    private static double standardError(int n, Discrete all, Discrete xz, Discrete yz, Discrete z) {
        int[] ofAll = all.counts();
        int[] ofXz = xz.counts();
        int[] ofYz = yz.counts();
        int[] ofZ = z.counts();
        double mean = 0;
        double square = 0;
        for (int i = 0; i < n; i++) {
            double pointwise = Math.log((double) ofAll[all.code(i)] * ofZ[z.code(i)]
                    / ((double) ofXz[xz.code(i)] * ofYz[yz.code(i)]));
            mean += pointwise / n;
            square += pointwise * pointwise / n;
        }
        return Math.sqrt(Math.max(0, square - mean * mean) / n);
    }
}

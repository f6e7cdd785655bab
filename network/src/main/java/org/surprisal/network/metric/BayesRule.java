package org.surprisal.network.metric;

import java.util.Arrays;
import java.util.List;

/// Bayes' rule for classes C_k: P(C_k | x) = p(x | C_k) P(C_k) / p(x) (Zahn, equation 16). Deciding for the class with
/// the largest posterior (MAP) maximises the accuracy: no other decision is right more often.
///
/// @param priors P(C_k), not negative, with sum 1
public record BayesRule(List<Double> priors) {
    /// @throws IllegalArgumentException for fewer than two classes, a prior that is no probability or a sum that is not
    /// 1
    public BayesRule {
        priors = List.copyOf(priors);
        double sum = priors.stream().mapToDouble(Double::doubleValue).sum();
        if (priors.size() < 2 || priors.stream().anyMatch(prior -> !(prior >= 0)) || !(Math.abs(sum - 1) <= 1e-9)) {
            throw new IllegalArgumentException(
                    "priors (=" + priors + ") must be two or more probabilities that sum to 1, not " + sum);
        }
    }

    /// A rule with these priors.
    public static BayesRule of(double... priors) {
        return new BayesRule(Arrays.stream(priors).boxed().toList());
    }

    /// p(x) = sum_k p(x | C_k) P(C_k), how likely the observation is at all.
    ///
    /// @param likelihoods p(x | C_k) of each class: probabilities, or densities by the same measure; not negative,
    /// finite
    public double evidence(double... likelihoods) {
        return Arrays.stream(joint(likelihoods)).sum();
    }

    /// P(C_k | x) of each class, with sum 1. Likelihoods as for [#evidence].
    ///
    /// @throws IllegalArgumentException if the evidence is 0 (no class allows the observation) or overflows
    public double[] posterior(double... likelihoods) {
        double[] joint = joint(likelihoods);
        double evidence = Arrays.stream(joint).sum();
        if (!(evidence > 0) || Double.isInfinite(evidence)) {
            throw new IllegalArgumentException("likelihoods (=" + Arrays.toString(likelihoods)
                    + ") give evidence " + evidence + "; a posterior needs it positive and finite");
        }
        return Arrays.stream(joint).map(share -> share / evidence).toArray();
    }

    /// The class, from 0, with the largest posterior, the first of equals. Likelihoods as for [#evidence], or all of
    /// them times one number: the evidence plays no part.
    ///
    /// @throws IllegalArgumentException if no class allows the observation
    public int decision(double... likelihoods) {
        double[] joint = joint(likelihoods);
        int best = 0;
        for (int k = 1; k < joint.length; k++) {
            best = joint[k] > joint[best] ? k : best;
        }
        if (joint[best] == 0) {
            throw new IllegalArgumentException("likelihoods (=" + Arrays.toString(likelihoods) + ") and priors (="
                    + priors + ") leave no class possible; one at least must have both positive");
        }
        return best;
    }

    /// p(x | C_k) P(C_k).
    private double[] joint(double[] likelihoods) {
        if (likelihoods.length != priors.size()) {
            throw new IllegalArgumentException(likelihoods.length + " likelihoods for " + priors.size() + " classes");
        }
        double[] joint = new double[likelihoods.length];
        for (int k = 0; k < joint.length; k++) {
            if (!(likelihoods[k] >= 0) || Double.isInfinite(likelihoods[k])) {
                throw new IllegalArgumentException(
                        "likelihoods[" + k + "] (=" + likelihoods[k] + ") must be finite and not negative");
            }
            joint[k] = likelihoods[k] * priors.get(k);
        }
        return joint;
    }
}

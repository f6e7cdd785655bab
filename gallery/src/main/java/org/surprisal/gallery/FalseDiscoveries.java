package org.surprisal.gallery;

import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.surprisal.report.Verdict;
import org.surprisal.report.Wording;
import org.surprisal.study.engine.Rule;

/// Adjusted p-values for many claims judged together: a set of claims with q at most 0.05 has at most 5 % false ones on
/// average (Benjamini and Hochberg 1995).
final class FalseDiscoveries {
    private FalseDiscoveries() {
    }

    /// The q of each case that has a p, over all cases of some outcomes together.
    static IdentityHashMap<ClaimOutcome.Case, Double> of(List<Outcome> outcomes) {
        List<ClaimOutcome.Case> cases = outcomes.stream().flatMap(outcome -> outcome.claims().stream())
                .flatMap(claim -> claim.cases().stream()).filter(each -> each.p().isPresent()).toList();
        double[] q = adjusted(cases.stream().mapToDouble(each -> each.p().getAsDouble()).toArray());
        IdentityHashMap<ClaimOutcome.Case, Double> byCase = new IdentityHashMap<>();
        for (int i = 0; i < q.length; i++) {
            byCase.put(cases.get(i), q[i]);
        }
        return byCase;
    }

    /// How many claims of some outcomes are expected to be refuted falsely.
    static String sentence(List<Outcome> outcomes) {
        IdentityHashMap<ClaimOutcome.Case, Double> q = of(outcomes);
        List<Double> refuted = q.entrySet().stream().filter(each -> each.getKey().verdict() == Verdict.NOT_HELD)
                .map(Map.Entry::getValue).toList();
        long sure = refuted.stream().filter(each -> each <= Rule.ALPHA).count();
        return refuted.isEmpty()
                ? "No case with a p-value is judged not held."
                : "Of " + Wording.count(q.size(), "case") + " with a p-value " + refuted.size()
                        + " are judged not held;"
                        + " " + (sure == refuted.size() ? "all" : String.valueOf(sure)) + " of these have a q of at"
                        + " most 0.05 (Benjamini and Hochberg): at most 5 % of them are expected to be refuted"
                        + " falsely.";
    }

    /// The adjusted values of p-values: of the i-th smallest of m, the least of p_k m / k over all k from i to m.
    static double[] adjusted(double... p) {
        Integer[] order = IntStream.range(0, p.length).boxed().sorted(Comparator.comparingDouble(i -> p[i]))
                .toArray(Integer[]::new);
        double[] q = new double[p.length];
        double least = 1;
        for (int i = p.length - 1; i >= 0; i--) {
            least = Math.min(least, p[order[i]] * p.length / (i + 1));
            q[order[i]] = least;
        }
        return q;
    }
}

package org.surprisal.study.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.surprisal.report.Verdict;

/// A sentence that numbers can refute.
///
/// @param id     lower-case words joined by hyphens
/// @param text   the sentence
/// @param source of the sentence
/// @param number the number that decides, one a trial: it has no coordinates but the seed and those of `each`
/// @param rule   the region in which the number has to lie
/// @param each   coordinates for each of whose values the claim has to hold
/// @param figure id of the figure below which the report puts the claim; empty for none
/// @param needs  what a run must have for the claim to have a number: `networks of tanh and of relu`; empty if every
///               run has it
public record Claim(String id, String text, Citation source, Function<Results, Sample> number, Rule rule,
        List<Coordinate> each, String figure, String needs) {
    public Claim {
        each = List.copyOf(each);
    }

    /// A claim about one number.
    public static Claim of(String id, String text, Citation source, Function<Results, Sample> number, Rule rule) {
        return new Claim(id, text, source, number, rule, List.of(), "", "");
    }

    /// The claim for each value of coordinates: held if every case is, not held if one is not after Holm's correction.
    public Claim forEach(Coordinate... coordinates) {
        return new Claim(id, text, source, number, rule, List.of(coordinates), figure, needs);
    }

    /// The claim, to stand below a figure.
    ///
    /// @param figureId of the figure, or the words that the ids of several begin with: the last of them is taken
    public Claim below(String figureId) {
        return new Claim(id, text, source, number, rule, each, figureId, needs);
    }

    /// The claim, with what a run must have for it to have a number.
    ///
    /// @param what in words that follow `it needs`
    public Claim needing(String what) {
        return new Claim(id, text, source, number, rule, each, figure, what);
    }

    /// What the numbers recorded so far say.
    public Finding judge(Results results) {
        Map<String, List<Sample.Point>> groups = new LinkedHashMap<>();
        Sample all = number.apply(results);
        // What all cases have in common is not in their names.
        List<Coordinate> named = each.stream().filter(coordinate -> !all.isEmpty() && all.values(coordinate).size() > 1)
                .toList();
        for (Sample.Point point : all.points()) {
            String at = named.stream().map(coordinate -> coordinate.name(
                    Objects.requireNonNull(point.at().get(coordinate))))
                    .collect(Collectors.joining(", "));
            groups.computeIfAbsent(at, text -> new ArrayList<>()).add(point);
        }
        List<Finding.Case> cases = new ArrayList<>();
        groups.forEach((at, points) -> {
            Estimate estimate = new Sample(all.quantity(), points).mean();
            cases.add(new Finding.Case(at, estimate, rule.pOutside(estimate), rule.of(estimate)));
        });
        String missing = needs.isEmpty() ? "nothing has been recorded" : "it needs " + needs;
        return new Finding(this, cases, overall(cases), cases.isEmpty() ? missing : "");
    }

    private static Verdict overall(List<Finding.Case> cases) {
        if (cases.isEmpty()) {
            return Verdict.UNDECIDED;
        }
        if (cases.stream().allMatch(each -> each.verdict() == Verdict.HELD)) {
            return Verdict.HELD;
        }
        // Holm: the smallest of m p-values is compared with α / m; one refuted case is enough.
        double smallest = cases.stream().filter(each -> each.pOutside().isPresent())
                .mapToDouble(each -> each.pOutside().getAsDouble()).min().orElse(1);
        return smallest <= Rule.ALPHA / cases.size() ? Verdict.NOT_HELD : Verdict.UNDECIDED;
    }
}

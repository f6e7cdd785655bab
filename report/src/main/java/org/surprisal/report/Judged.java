package org.surprisal.report;

import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A claim and what the numbers of a run say about it.
///
/// @param claim   a sentence that numbers can refute, without its full stop
/// @param verdict of all cases together
/// @param heldIf  the region in which the number has to lie: `above 0`
/// @param source  of the claim: `Schmidt, Fig 21`
/// @param cases   one for each value of the factors that the claim is about, or one; none while nothing is recorded
/// @param missing why there are no cases: `it needs networks of tanh and of relu`; empty where there are some
public record Judged(String claim, Verdict verdict, String heldIf, String source, List<Case> cases, String missing) {
    /// The most cases of a claim that the table of verdicts has a row for.
    public static final int MOST_ROWS = 3;

    /// The most cases that a sentence names.
    private static final int MOST_NAMES = 6;

    public Judged {
        claim = claim.endsWith(".") ? claim.substring(0, claim.length() - 1) : claim;
        cases = List.copyOf(cases);
    }

    /// One case of a claim.
    ///
    /// @param at       which: `σ_w² = 1.5`; empty for the only one
    /// @param verdict  of this case alone
    /// @param number   that decides, with its error
    /// @param interval 95 % interval of the number; missing for one network
    /// @param count    of networks n
    public record Case(String at, Verdict verdict, TableCell number, TableCell interval, int count) {}

    /// Whether a single network stands behind each number, so that nothing could be decided.
    public boolean isOfOneSeed() {
        return !cases.isEmpty() && cases.stream().allMatch(each -> each.count() == 1);
    }

    /// Why the claim has no number.
    String withoutNumber() {
        return "no number: " + missing;
    }

    /// What the claim asks for and the number that it got, in a sentence for the place below a figure, behind the name
    /// of the claim: `asks for a number below 0; it is −0.5 ± 0.1 over 5 seeds.` The verdict itself stands in the table
    /// of verdicts alone.
    String reference() {
        if (cases.isEmpty()) {
            return "has " + withoutNumber() + ".";
        }
        String asked = "asks for a number " + heldIf + "; ";
        if (cases.size() == 1 && cases.getFirst().at().isEmpty()) {
            int seeds = cases.getFirst().count();
            return asked + "it is " + cases.getFirst().number().text()
                    + (seeds == 1 ? ", of one seed." : " over " + seeds + " seeds.");
        }
        // A list of names that have commas themselves could not be read.
        if (cases.size() <= MOST_NAMES && cases.stream().noneMatch(each -> each.at().contains(","))) {
            return asked + "it is "
                    + Wording.list(cases.stream().map(each -> each.number().text() + " (" + each.at() + ")").toList())
                    + ".";
        }
        DoubleSummaryStatistics numbers = cases.stream().map(Case::number)
                .filter(TableCell.Measured.class::isInstance).map(TableCell.Measured.class::cast)
                .collect(Collectors.summarizingDouble(TableCell.Measured::value));
        return asked + "those of its " + cases.size() + " cases reach from "
                + Wording.range(numbers.getMin(), numbers.getMax()) + ".";
    }

    /// `held in 3 of 5 cases, undecided in 2`
    String counts() {
        List<String> words = new ArrayList<>();
        byVerdict().forEach((each, own) -> words.add(each.words() + " in " + own.size()
                + (words.isEmpty() ? " of " + cases.size() + " cases" : "")));
        return String.join(", ", words);
    }

    private Map<Verdict, List<Case>> byVerdict() {
        Map<Verdict, List<Case>> groups = new EnumMap<>(Verdict.class);
        cases.forEach(each -> groups.computeIfAbsent(each.verdict(), verdict -> new ArrayList<>()).add(each));
        return groups;
    }
}

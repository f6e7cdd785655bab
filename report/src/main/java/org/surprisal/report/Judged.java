package org.surprisal.report;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A claim and what the numbers of a run say about it.
///
/// @param claim   a sentence that numbers can refute, without its full stop
/// @param verdict of all cases together
/// @param heldIf  the region in which the number has to lie: `above 0`
/// @param source  of the claim: `Schmidt, Fig 21`
/// @param cases   one for each value of the factors that the claim is about, or one; none while nothing is recorded
public record Judged(String claim, Verdict verdict, String heldIf, String source, List<Case> cases) {
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

    /// What decides, in a sentence for the place below a figure.
    String evidence() {
        if (cases.isEmpty()) {
            return "Nothing has been recorded for it.";
        }
        if (cases.size() == 1 && cases.getFirst().at().isEmpty()) {
            return sentence(numbers(cases.getFirst()));
        }
        // A list of names that have commas themselves could not be read.
        if (cases.size() > MOST_NAMES || cases.stream().anyMatch(each -> each.at().contains(","))) {
            return sentence(counts());
        }
        List<String> words = new ArrayList<>();
        byVerdict().forEach((each, own) -> words
                .add(each.words() + " for " + Wording.list(own.stream().map(Case::at).toList())));
        return sentence(String.join("; ", words));
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

    private String numbers(Case own) {
        return "the number is " + own.number().text()
                + (own.interval() instanceof TableCell.Missing
                        ? ", of one seed"
                        : ", with a 95 % interval of " + own.interval().text() + " over " + own.count() + " seeds")
                + "; held if " + heldIf;
    }

    private static String sentence(String words) {
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1) + ".";
    }
}

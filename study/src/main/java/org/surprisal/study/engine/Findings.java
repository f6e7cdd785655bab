package org.surprisal.study.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.surprisal.report.Judged;
import org.surprisal.report.Section;
import org.surprisal.report.Table;
import org.surprisal.report.TableCell;
import org.surprisal.report.Verdict;
import org.surprisal.report.Wording;

/// What a run says about the claims of its study.
///
/// @param all in the order of the claims
public record Findings(List<Finding> all) {
    /// From so many claims on they are told by their number.
    private static final int MANY = 3;

    public Findings {
        all = List.copyOf(all);
    }

    /// What the numbers recorded so far say about the claims of a study.
    static Findings of(Study study, Results results) {
        return new Findings(study.claims().stream().map(claim -> claim.judge(results))
                .map(finding -> results.isComplete() ? finding : finding.ofUnfinishedRun()).toList());
    }

    /// The verdict on a claim; undecided if the study has no such claim.
    ///
    /// @param id of the claim
    public Verdict verdict(String id) {
        return all.stream().filter(finding -> finding.claim().id().equals(id)).map(Finding::verdict).findFirst()
                .orElse(Verdict.UNDECIDED);
    }

    /// The claims and verdicts in a few sentences, for a study that says nothing of its own.
    public List<String> sentences() {
        if (all.size() <= MANY) {
            return all.stream().map(Finding::sentence).toList();
        }
        return List.of(counts());
    }

    /// How many claims have which verdict: `Of 9 claims 5 are held, 1 is not held and 3 are undecided.`
    public String counts() {
        List<String> parts = new ArrayList<>();
        for (Verdict verdict : Verdict.values()) {
            long own = all.stream().filter(finding -> finding.verdict() == verdict).count();
            if (own > 0) {
                parts.add(own + (own == 1 ? " is " : " are ") + verdict.words());
            }
        }
        return "Of " + Wording.count(all.size(), "claim") + " " + Wording.list(parts) + ".";
    }

    List<Judged> judged() {
        return all.stream().map(Finding::judged).toList();
    }

    /// The findings to stand below a figure.
    ///
    /// @param figureIds of all figures of the report, in its order
    List<Judged> below(String figureId, List<String> figureIds) {
        return all.stream().filter(finding -> place(finding.claim().figure(), figureIds).equals(figureId))
                .map(Finding::judged).toList();
    }

    /// The figure of an id, or the last of those that have its words and more: a figure a network.
    private static String place(String wanted, List<String> figureIds) {
        return figureIds.contains(wanted)
                ? wanted
                : figureIds.stream().filter(id -> id.startsWith(wanted + "-")).reduce(wanted, (first, last) -> last);
    }

    /// Whether no claim is about more than one network.
    boolean areOfOneSeed() {
        return all.stream().anyMatch(finding -> !finding.cases().isEmpty())
                && all.stream().filter(finding -> !finding.cases().isEmpty())
                        .allMatch(finding -> finding.judged().isOfOneSeed());
    }

    /// What a verdict is, and the difference that the seeds of this run could find.
    String rules() {
        SequencedMap<Integer, Double> detectable = new TreeMap<>();
        all.stream().flatMap(finding -> finding.cases().stream()).map(Finding.Case::estimate).forEach(estimate -> {
            OptionalDouble found = estimate.detectable();
            if (found.isPresent()) {
                detectable.put(estimate.count(), found.getAsDouble());
            }
        });
        return "A claim is held if the 95 % interval of its number lies inside the region that is named, not held if it"
                + " lies outside, and undecided otherwise; equality within a margin takes the 90 % interval. Intervals"
                + " are Student's t over n seeds" + (hasCorrelations() ? ", for rank correlations of Fisher's z." : ".")
                + (detectable.isEmpty()
                        ? ""
                        : " A difference is found with a probability of 0.8 if it is as large as "
                                + Wording.list(detectable.entrySet().stream()
                                        .map(each -> Wording.fixed(each.getValue(), 1) + " for n = " + each.getKey())
                                        .toList())
                                + ", in standard deviations between seeds.");
    }

    private boolean hasCorrelations() {
        return all.stream().flatMap(finding -> finding.cases().stream())
                .anyMatch(each -> each.estimate().fisher().isPresent());
    }

    /// The section with each case of the claims that have too many to be told one by one, a table a claim; absent if
    /// there are none.
    Optional<Section> cases() {
        Section section = Section.of("All cases of the claims").prose("The claims of more than " + Judged.MOST_ROWS
                + " cases. Such a claim is held if every case is, and not held if one is not after Holm's correction"
                + " for their number.");
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).cases().size() > Judged.MOST_ROWS) {
                Judged judged = all.get(i).judged();
                section = section.table(new Table("cases-" + all.get(i).claim().id(),
                        "Claim " + (i + 1) + ", case by case", "Held if " + judged.heldIf() + ".",
                        List.of("case", "verdict", "number", "95 % interval", "n"),
                        judged.cases().stream().map(each -> List.of(TableCell.text(each.at()),
                                TableCell.text(each.verdict().words()), each.number(), each.interval(),
                                TableCell.count(each.count()))).toList()));
            }
        }
        return section.tables().isEmpty() ? Optional.empty() : Optional.of(section);
    }
}

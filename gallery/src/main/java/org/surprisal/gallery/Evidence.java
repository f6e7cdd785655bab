package org.surprisal.gallery;

import org.surprisal.report.Wording;

/// The evidence of a claim in words: its number, its interval, and the region in which it has to lie.
final class Evidence {
    private Evidence() {
    }

    /// Number and region.
    static String of(ClaimOutcome claim) {
        return number(claim) + "; held if " + claim.rule() + ".";
    }

    /// The number of the case that decides, and how many cases agree with it.
    static String number(ClaimOutcome claim) {
        return claim.deciding().map(each -> (claim.cases().size() == 1
                ? ""
                : claim.cases().stream().filter(one -> one.verdict() == claim.verdict()).count() + " of "
                        + claim.cases().size() + " cases; " + each.at() + ": ")
                + number(each)).orElse("nothing was recorded");
    }

    private static String number(ClaimOutcome.Case each) {
        if (each.low().isEmpty() || each.high().isEmpty()) {
            return Wording.alone(each.estimate()) + ", of one network";
        }
        if (each.low().getAsDouble() == each.high().getAsDouble()) {
            return exact(each.estimate());
        }
        // The interval is about four standard errors wide; the error only decides how many digits are shown.
        double error = (each.high().getAsDouble() - each.low().getAsDouble()) / 4;
        return before(Wording.withError(each.estimate(), error), " ±") + " ("
                + Wording.range(each.low().getAsDouble(), each.high().getAsDouble()) + ", n = " + each.n() + ")";
    }

    /// A number that has no scatter: a whole one with all its digits.
    static String exact(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e9
                ? String.valueOf((long) number)
                : Wording.shortest(number);
    }

    /// What stands before a mark in a text; the whole text if it has none.
    static String before(String text, String mark) {
        int end = text.indexOf(mark);
        return end < 0 ? text : text.substring(0, end);
    }
}

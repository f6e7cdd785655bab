package org.surprisal.bench.harness;

import java.util.Locale;
import java.util.Optional;

/// Outcomes as text: a line each, targets and notes below.
public final class OutcomeTable {
    private static final String FORMAT = "%-22s %22s %22s %22s %18s %12s%n";

    private OutcomeTable() {
    }

    /// The lines above the first outcome.
    public static String head() {
        return String.format(FORMAT, "workload", "surprisal, ms/step", "PyTorch, ms/step", "times as fast",
                "of the limit",
                "agreement");
    }

    /// One outcome.
    public static String of(Outcome outcome) {
        StringBuilder text = new StringBuilder(String.format(FORMAT, outcome.workload().name(),
                milliseconds(outcome.secondsPerStep(Timing.OURS)), milliseconds(outcome.secondsPerStep(Timing.PEER)),
                outcome.againstPeer().map(OutcomeTable::ratio).orElse("-"),
                outcome.ofLimit().map(OutcomeTable::percent).orElse("-"),
                outcome.agreement().map(OutcomeTable::agreement).orElse("-")));
        outcome.failure().ifPresent(reason -> line(text, "failed: " + reason));
        if (outcome.isSound()) {
            outcome.rate(Timing.OURS).ifPresent(rate -> line(text, String.format(Locale.ROOT, "%s %s/s%s",
                    number(rate.median()), outcome.workload().work().unit(),
                    outcome.rate(Timing.PEER).map(peer -> " against " + number(peer.median())).orElse(""))));
        }
        outcome.timed().filter(timed -> timed.attempt() > 1)
                .ifPresent(
                        timed -> line(text, "rounds run " + timed.attempt() + " times, because others were disturbed"));
        outcome.disturbed().ifPresent(words -> line(text, "disturbed: " + words));
        for (Target target : outcome.workload().targets()) {
            line(text, "target " + target.words() + ": " + verdict(target, outcome));
        }
        outcome.notes().forEach(note -> line(text, note));
        if (!outcome.data().isEmpty()) {
            line(text, "data: " + outcome.data());
        }
        return text.toString();
    }

    /// Where it was measured, in a line.
    public static String machine(MachineLoad machine) {
        return String.format(Locale.ROOT, "%s, %d processors, Java %s, load average %.2f before and %.2f after",
                machine.host().processor(), machine.host().cores(), Runtime.version(), machine.before(),
                machine.after());
    }

    /// `reached`, `not reached` or `not measured`.
    static String verdict(Target target, Outcome outcome) {
        if (target.reached(outcome).isEmpty()) {
            return "not measured";
        }
        return target.holds(outcome) ? "reached" : "not reached";
    }

    private static void line(StringBuilder text, String line) {
        text.append("    ").append(line).append(System.lineSeparator());
    }

    private static String milliseconds(Optional<Summary> seconds) {
        return seconds.map(s -> String.format(Locale.ROOT, "%s [%s, %s]", number(1e3 * s.median()),
                number(1e3 * s.lower()), number(1e3 * s.upper()))).orElse("-");
    }

    private static String ratio(PairedRatio ratio) {
        return String.format(Locale.ROOT, "%.2f [%.2f, %.2f]", ratio.median(), ratio.low(), ratio.high());
    }

    private static String percent(PairedRatio ratio) {
        return String.format(Locale.ROOT, "%.0f %% [%.0f, %.0f]", 100 * ratio.median(), 100 * ratio.low(),
                100 * ratio.high());
    }

    private static String agreement(Agreement agreement) {
        return agreement.holds() ? String.format(Locale.ROOT, "%.1e", agreement.largestDifference()) : "DIFFER";
    }

    /// Four digits.
    static String number(double value) {
        double size = Math.abs(value);
        int decimals = size == 0 ? 0 : Math.clamp(3 - (int) Math.floor(Math.log10(size)), 0, 6);
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }
}

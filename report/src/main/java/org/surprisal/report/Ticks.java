package org.surprisal.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.surprisal.report.canvas.Lettering;

/// Where an axis has ticks, and what is written at them: round numbers, evenly spaced, few enough that their labels do
/// not touch.
///
/// @param labelled ascending
/// @param minor    ticks without labels, on logarithmic axes
record Ticks(List<Tick> labelled, List<Double> minor) {
    /// @param at    on the axis
    /// @param label as [org.surprisal.report.canvas.Notation] has it
    record Tick(double at, String label) {}

    /// Between two labels side by side.
    private static final double GAP = 12;
    /// From one label to the next above it, as a multiple of the line.
    private static final double LINES = 2.1;
    private static final int MOST = 7;
    /// Of the label of a column or row of a heat map.
    private static final int DIGITS = 4;
    private static final double SLACK = 1e-9;
    /// Powers of ten from here on are written as such.
    private static final int LARGE_POWER = 4;
    private static final int SMALL_POWER = -3;

    /// The ticks of an axis.
    ///
    /// @param range   shown
    /// @param length  in units of the page
    /// @param upright whether the axis runs upwards, so that labels stand one above the other
    static Ticks of(Axis axis, Range range, double length, boolean upright) {
        if (!axis.categories().isEmpty()) {
            return new Ticks(named(axis.categories(), range, length, upright), List.of());
        }
        Ticks powers = axis.scale() == Scale.LOG ? logarithmic(range, length, upright) : null;
        return powers != null && powers.labelled().size() >= 2
                ? powers
                : new Ticks(linear(axis, range, length, upright), List.of());
    }

    /// Ticks at the columns or rows of a heat map, with what each stands for; those whose labels would touch the one
    /// before are left out.
    ///
    /// @param values ascending
    static Ticks at(Values values, Axis axis, Range range, double length, boolean upright) {
        List<Tick> ticks = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            double at = values.get(i);
            Tick tick = new Tick(at, Wording.significant(at, DIGITS));
            double before = ticks.isEmpty()
                    ? Double.POSITIVE_INFINITY
                    : length * (Projection.fraction(axis.scale(), range, at)
                            - Projection.fraction(axis.scale(), range, ticks.getLast().at()));
            double needed = upright || ticks.isEmpty()
                    ? Lettering.TICKS.lineHeight()
                    : (width(tick) + width(ticks.getLast())) / 2 + GAP / 2;
            if (at >= range.low() && at <= range.high() && before >= needed) {
                ticks.add(tick);
            }
        }
        return new Ticks(ticks, List.of());
    }

    private static List<Tick> named(List<String> names, Range range, double length, boolean upright) {
        List<Tick> ticks = new ArrayList<>();
        double slot = length / (range.high() - range.low());
        int every = upright ? (int) Math.max(1, Math.ceil(Lettering.TICKS.lineHeight() / slot)) : 1;
        for (int i = 0; i < names.size(); i += every) {
            if (i >= range.low() && i <= range.high()) {
                ticks.add(new Tick(i, names.get(i)));
            }
        }
        return ticks;
    }

    private static List<Tick> linear(Axis axis, Range range, double length, boolean upright) {
        List<Tick> ticks = List.of();
        boolean log = axis.scale() == Scale.LOG;
        for (int most = MOST; most >= 1; most--) {
            double step = AxisRange.niceStep((range.high() - range.low()) / most);
            if (axis.isWhole()) {
                step = Math.max(1, step);
            }
            ticks = multiples(range, step);
            if (ticks.size() <= most + 1 && fit(ticks, range, log ? Scale.LOG : Scale.LINEAR, length, upright)) {
                return ticks;
            }
        }
        return ticks.isEmpty() ? ticks : List.of(ticks.getFirst());
    }

    private static List<Tick> multiples(Range range, double step) {
        List<Tick> ticks = new ArrayList<>();
        // Counted from a whole multiple, so that rounding does not add up; and counted, because a range of a few last
        // bits has steps that move no number.
        double first = Math.ceil(range.low() / step - SLACK);
        for (int i = 0; i <= 2 * MOST && (first + i) * step <= range.high() + SLACK * step; i++) {
            double at = (first + i) * step;
            ticks.add(new Tick(at, number(at, step, Math.max(Math.abs(range.low()), Math.abs(range.high())))));
        }
        return ticks;
    }

    /// A multiple of a step with as many decimals as the step has; very large and very small ones by powers of ten.
    private static String number(double at, double step, double largest) {
        int power = (int) Math.floor(Math.log10(largest) + SLACK);
        int stepPower = (int) Math.floor(Math.log10(step) + SLACK);
        if (power > LARGE_POWER + 1 || power < SMALL_POWER) {
            String digits = decimals(at / Math.pow(10, power), Math.max(0, power - stepPower));
            return Math.abs(at) < SLACK * step ? "0" : digits + "×" + power(power);
        }
        return decimals(at, Math.max(0, -stepPower));
    }

    private static String decimals(double value, int decimals) {
        String text = new BigDecimal(value).setScale(decimals, RoundingMode.HALF_EVEN).toPlainString();
        return text.startsWith("-") && text.matches("-[0.]*") ? text.substring(1) : text.replace('-', '\u2212');
    }

    private static String power(int exponent) {
        return "10^{" + exponent + "}";
    }

    /// Powers of ten, with twice and five times these where fewer than three of them are in sight; null if that is too
    /// few labels still.
    private static Ticks logarithmic(Range range, double length, boolean upright) {
        int first = (int) Math.floor(Math.log10(range.low()) + SLACK);
        int last = (int) Math.ceil(Math.log10(range.high()) - SLACK);
        boolean plain = first >= SMALL_POWER && last <= LARGE_POWER;
        for (List<Integer> factors : List.of(List.of(1, 2, 5), List.of(1))) {
            List<Tick> ticks = decades(range, first, last, 1, factors, plain);
            boolean enough = factors.size() == 1 || decades(range, first, last, 1, List.of(1), plain).size() < 3;
            if (enough && ticks.size() >= 2 && ticks.size() <= MOST + 1
                    && fit(ticks, range, Scale.LOG, length, upright)) {
                return new Ticks(ticks, minor(range, first, last));
            }
        }
        for (int every = 2; every <= last - first; every++) {
            List<Tick> ticks = decades(range, first, last, every, List.of(1), plain);
            if (ticks.size() <= MOST && fit(ticks, range, Scale.LOG, length, upright)) {
                return new Ticks(ticks, List.of());
            }
        }
        return new Ticks(List.of(), List.of());
    }

    private static List<Tick> decades(Range range, int first, int last, int every, List<Integer> factors,
            boolean plain) {
        List<Tick> ticks = new ArrayList<>();
        for (int power = first; power <= last; power++) {
            for (int factor : factors) {
                double at = factor * Math.pow(10, power);
                if (Math.floorMod(power, every) == 0 && at >= range.low() * (1 - SLACK)
                        && at <= range.high() * (1 + SLACK)) {
                    ticks.add(new Tick(at, plain
                            ? decimals(at, Math.max(0, -power))
                            : factor == 1 ? power(power) : factor + "×" + power(power)));
                }
            }
        }
        return ticks;
    }

    private static List<Double> minor(Range range, int first, int last) {
        List<Double> minor = new ArrayList<>();
        for (int power = first; power <= last && last - first <= LARGE_POWER; power++) {
            for (int factor = 2; factor <= 9; factor++) {
                double at = factor * Math.pow(10, power);
                if (at >= range.low() && at <= range.high()) {
                    minor.add(at);
                }
            }
        }
        return minor;
    }

    private static boolean fit(List<Tick> ticks, Range range, Scale scale, double length, boolean upright) {
        for (int i = 1; i < ticks.size(); i++) {
            double between = length * (Projection.fraction(scale, range, ticks.get(i).at())
                    - Projection.fraction(scale, range, ticks.get(i - 1).at()));
            double needed = upright
                    ? Lettering.TICKS.lineHeight() * LINES
                    : (width(ticks.get(i)) + width(ticks.get(i - 1))) / 2 + GAP;
            if (between < needed) {
                return false;
            }
        }
        return true;
    }

    private static double width(Tick tick) {
        return Lettering.TICKS.width(tick.label());
    }

    /// The widest label.
    double width() {
        return labelled.stream().mapToDouble(Ticks::width).max().orElse(0);
    }
}

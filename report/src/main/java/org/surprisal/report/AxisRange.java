package org.surprisal.report;

import java.util.Optional;
import java.util.stream.DoubleStream;

/// The part of an axis that a chart shows: the axis's own range, or the extent of the marks with a
/// little room, rounded outwards to a fifth of a tick's step (linear) or to a leading digit (logarithmic). Cells fill
/// the chart: they have no room about them, and what lies beyond them is not shown.
final class AxisRange {

    /// About how many steps a linear axis has.
    private static final int STEPS = 7;

    /// The room left for dots and line widths at either end, as a fraction of the extent.
    private static final double ROOM = 0.02;

    /// The largest and smallest sizes that an axis reaches, so that neither sums nor ratios of its ends overflow.
    private static final double LARGEST = 1e307;
    private static final double SMALLEST = 1e-307;

    private AxisRange() {
    }

    /// Of the horizontal axis. Curves without dots run from edge to edge.
    static Range horizontal(Chart chart) {
        boolean dots = chart.marks().stream().anyMatch(Mark::hasDots);
        return filled(chart.x(), chart.cells().map(Cells::xEdges)).orElseGet(() -> of(chart.x(),
                chart.marks().stream().flatMapToDouble(Mark::positions), dots ? ROOM : 0));
    }

    /// Of the vertical axis.
    static Range vertical(Chart chart) {
        return filled(chart.y(), chart.cells().map(Cells::yEdges)).orElseGet(() -> of(chart.y(), heights(chart), ROOM));
    }

    /// What has to be in sight. An uncertainty as large as its number has a lower end near 0, which a logarithmic axis
    /// must not follow down to powers of ten that no number has: it is seen to a tenth of the least number.
    private static DoubleStream heights(Chart chart) {
        DoubleStream all = chart.marks().stream().flatMapToDouble(Mark::heights);
        if (chart.y().scale() == Scale.LINEAR) {
            return all;
        }
        double least = chart.marks().stream().flatMapToDouble(Mark::centres).filter(v -> v > 0).min().orElse(0);
        return all.filter(v -> v > 0).map(v -> Math.max(v, least / 10));
    }

    private static Optional<Range> filled(Axis axis, Optional<Values> edges) {
        return axis.range() != null
                ? Optional.empty()
                : edges.map(all -> new Range(all.get(0), all.get(all.size() - 1)));
    }

    private static Range of(Axis axis, DoubleStream values, double room) {
        Range chosen = axis.range();
        if (chosen != null) {
            return chosen;
        }
        boolean log = axis.scale() == Scale.LOG;
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (double v : values.toArray()) {
            // An uncertainty may reach below 0 on a logarithmic axis; what has no place there cannot set its extent.
            if (!Double.isNaN(v) && (!log || v > 0)) {
                double shown = log ? Math.max(reachable(v), SMALLEST) : reachable(v);
                low = Math.min(low, shown);
                high = Math.max(high, shown);
            }
        }
        if (low > high) {
            return log ? new Range(1, 10) : new Range(0, 1);
        }
        return log ? logarithmic(low, high, room) : linear(low, high, room);
    }

    /// A number, or the largest of its sign that an axis reaches.
    static double reachable(double value) {
        return Math.clamp(value, -LARGEST, LARGEST);
    }

    private static Range linear(double low, double high, double room) {
        // What only rounding tells apart is one number: a step below the last bits of its ends would not move them.
        double least = Math.max(1e-9 * Math.max(Math.abs(low), Math.abs(high)), 100 * SMALLEST);
        double widening = high - low > least
                ? room * (high - low)
                : low == 0 ? 1 : Math.max(0.1 * Math.abs(low), 100 * SMALLEST);
        // Room is not taken across zero: counts and densities stand on it.
        double from = low >= 0 ? Math.max(0, low - widening) : low - widening;
        double to = low < 0 && high <= 0 ? Math.min(0, high + widening) : high + widening;
        double grain = niceStep((to - from) / STEPS) / 5;
        // Rounding must not push an end that already is a multiple, up to the last bits, a whole grain out.
        double slack = 1e-6;
        return new Range(Math.floor(from / grain + slack) * grain, Math.ceil(to / grain - slack) * grain);
    }

    /// The least of 1, 2, 5, 10 times a power of ten that is not below `rough`.
    static double niceStep(double rough) {
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        for (double factor : new double[]{1, 2, 5}) {
            if (rough <= factor * power * (1 + 1e-9)) {
                return factor * power;
            }
        }
        return 10 * power;
    }

    private static Range logarithmic(double low, double high, double room) {
        double widening = Math.exp(room * (Math.log(high) - Math.log(low)));
        double from = Math.max(low / widening, SMALLEST);
        double to = Math.min(high * widening, LARGEST);
        double below = Math.pow(10, Math.floor(Math.log10(from)));
        double above = Math.pow(10, Math.floor(Math.log10(to)));
        double first = Math.floor(from / below + 1e-9) * below;
        double last = Math.ceil(to / above - 1e-9) * above;
        return first < last ? new Range(first, last) : new Range(first / 2, last * 2);
    }
}

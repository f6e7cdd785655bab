package org.surprisal.bench.growth;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import org.surprisal.bench.harness.Rounds;
import org.surprisal.bench.harness.Side;
import org.surprisal.bench.harness.Summary;
import org.surprisal.bench.harness.Timing;
import org.surprisal.report.Axis;
import org.surprisal.report.Band;
import org.surprisal.report.Chart;
import org.surprisal.report.Figure;
import org.surprisal.report.Line;
import org.surprisal.report.Palette;
import org.surprisal.report.Points;

/// A series that was measured.
///
/// @param series  that was
/// @param seconds a step, size by size
/// @param fit     of the medians
/// @param timings every block
public record Grown(Series series, List<Summary> seconds, PowerLaw fit, List<Timing> timings) {
    public Grown {
        seconds = List.copyOf(seconds);
        timings = List.copyOf(timings);
    }

    /// Times all sizes in turns.
    public static Grown measure(Series series, Rounds rounds) {
        SequencedMap<String, Side> sides = new LinkedHashMap<>();
        series.sizes().forEach(size -> sides.put(size.toString(), series.side().apply(size)));
        List<Timing> timings = rounds.run(sides);
        List<Summary> seconds = new ArrayList<>();
        for (int size : series.sizes()) {
            seconds.add(Summary.of(timings.stream().filter(timing -> timing.side().equals(Integer.toString(size)))
                    .map(Timing::perStep).toList()));
        }
        return new Grown(series, seconds, PowerLaw.through(numbers(series), medians(seconds)), timings);
    }

    private static double[] numbers(Series series) {
        return series.sizes().stream().mapToDouble(Integer::doubleValue).toArray();
    }

    private static double[] medians(List<Summary> seconds) {
        return seconds.stream().mapToDouble(Summary::median).toArray();
    }

    /// The result in lines.
    public String text() {
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT,
                "time ~ %s^%.2f (standard error %.2f; arithmetic alone %.0f): %s%n", series.name(), fit.exponent(),
                fit.error(), series.expected(), series.summary()));
        for (int i = 0; i < seconds.size(); i++) {
            Summary each = seconds.get(i);
            text.append(String.format(Locale.ROOT, "    %s %,d: %.3f ms [%.3f, %.3f]%n", series.name(),
                    series.sizes().get(i), 1e3 * each.median(), 1e3 * each.lower(), 1e3 * each.upper()));
        }
        return text.toString();
    }

    /// The medians with quartiles and the fit, both axes logarithmic.
    public Figure figure() {
        double[] x = numbers(series);
        double[] fitted = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            fitted[i] = 1e3 * fit.at(x[i]);
        }
        double[] milliseconds = seconds.stream().mapToDouble(each -> 1e3 * each.median()).toArray();
        double[] lower = seconds.stream().mapToDouble(each -> 1e3 * each.lower()).toArray();
        double[] upper = seconds.stream().mapToDouble(each -> 1e3 * each.upper()).toArray();
        return new Chart("bench-growth-" + series.name().toLowerCase(Locale.ROOT), "Time by " + series.name(),
                String.format(Locale.ROOT,
                        "Medians of blocks in turns, and the power law through them: exponent %.2f with standard"
                                + " error %.2f;"
                                + " the arithmetic alone has %.0f. %s.",
                        fit.exponent(), fit.error(), series.expected(), series.summary()),
                Axis.log(series.name(), ""), Axis.log("time of a step", "ms"),
                List.of(new Band("quartiles", x, lower, upper, Palette.category(0)),
                        new Line(String.format(Locale.ROOT, "%s^%.2f", series.name(), fit.exponent()), x, fitted,
                                Palette.INK),
                        new Points("median", x, milliseconds, Palette.category(0))));
    }

    /// For results.
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("series", series.name());
        json.put("summary", series.summary());
        json.put("sizes", series.sizes());
        json.put("medianSeconds", seconds.stream().map(Summary::median).toList());
        json.put("exponent", fit.exponent());
        json.put("exponentStandardError", fit.error());
        json.put("exponentOfArithmetic", series.expected());
        json.put("timings", timings.stream().map(Timing::json).toList());
        return json;
    }
}

package org.surprisal.study.depth;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.surprisal.information.statistics.PairedDifference;
import org.surprisal.report.Axis;
import org.surprisal.report.Chart;
import org.surprisal.report.Figure;
import org.surprisal.report.Mark;
import org.surprisal.report.Palette;
import org.surprisal.report.Panels;
import org.surprisal.report.Stroke;

/// Relative entropy drawn by depth.
public final class DepthFigures {
    private static final Axis LAYER = Axis.linear("layer m", "");
    private static final String QUANTITY = "relative entropy, normalised";

    private final Measurements measured;
    private final List<Color> colours;

    public DepthFigures(Measurements measured) {
        this.measured = measured;
        this.colours = Palette.sequential(measured.variances().size());
    }

    /// The curve of one variance, averaged over seeds; absent if no network was measured at that stage.
    public Optional<Curve> curve(Stage stage, double sigmaW2) {
        List<double[]> curves = measured.layers(Measurements.NORMALISED, stage, sigmaW2);
        return curves.isEmpty()
                ? Optional.empty()
                : Optional.of(Curve.over(curves,
                        measured.layers(Measurements.NORMALISED_ERROR, stage, sigmaW2).getFirst()));
    }

    /// After minus before on the same networks, layer by layer; empty if no network has both.
    public List<PairedDifference> differences(double sigmaW2) {
        List<double[]> before = new ArrayList<>();
        List<double[]> after = new ArrayList<>();
        for (long seed : measured.seeds()) {
            Optional<double[]> first = measured.layers(Measurements.NORMALISED, Stage.BEFORE, sigmaW2, seed);
            Optional<double[]> last = measured.layers(Measurements.NORMALISED, Stage.AFTER, sigmaW2, seed);
            if (first.isPresent() && last.isPresent()) {
                before.add(first.get());
                after.add(last.get());
            }
        }
        if (before.isEmpty()) {
            return List.of();
        }
        return IntStream.range(0, before.getFirst().length)
                .mapToObj(m -> PairedDifference.of(before.stream().mapToDouble(curve -> curve[m]).toArray(),
                        after.stream().mapToDouble(curve -> curve[m]).toArray()))
                .toList();
    }

    /// The main figure.
    public Figure byDepth() {
        List<Mark> marks = new ArrayList<>();
        for (int v = 0; v < colours.size(); v++) {
            for (Stage stage : Stage.values()) {
                Optional<Curve> found = curve(stage, measured.variances().get(v));
                if (found.isPresent()) {
                    addCurve(marks, label(v) + ", " + stage.label(), found.get(), colours.get(v),
                            stage == Stage.BEFORE ? Stroke.DASHED : Stroke.SOLID);
                }
            }
        }
        return new Chart("relative-entropy-by-depth", "Relative entropy by depth, before and after training",
                "Dashed: random networks; solid: the same networks after training. One colour a weight variance."
                        + " Bands: "
                        + (measured.seeds().size() > 1
                                ? "one standard error of the mean over seeds (" + measured.seeds().size()
                                        + "; where only one was measured, one Monte Carlo standard error)."
                                : "one Monte Carlo standard error."),
                LAYER, Axis.linear(QUANTITY, ""), marks);
    }

    /// After minus before, paired.
    public Optional<Figure> afterMinusBefore() {
        List<Mark> marks = new ArrayList<>();
        for (int v = 0; v < colours.size(); v++) {
            List<PairedDifference> layers = differences(measured.variances().get(v));
            if (layers.isEmpty()) {
                continue;
            }
            Curve curve = new Curve(layers.getFirst().count(), layers.stream().map(PairedDifference::mean).toList(),
                    layers.stream().map(difference -> difference.standardError().orElse(0)).toList());
            addCurve(marks, label(v), curve, colours.get(v), Stroke.SOLID);
        }
        if (marks.isEmpty()) {
            return Optional.empty();
        }
        marks.add(new Mark.Rule("no change", Mark.Rule.Direction.HORIZONTAL, 0, Palette.GREY));
        return Optional.of(new Chart("after-minus-before", "Relative entropy after minus before training",
                "The difference on the same network and the same Monte Carlo samples, averaged over seeds."
                        + (measured.seeds().size() > 1
                                ? " Bands: one standard error of the mean difference; a single pair has none."
                                : " A single seed has no standard error: run with --seeds 5."),
                LAYER, Axis.linear("change of the relative entropy, normalised", ""), marks));
    }

    /// Random networks against the difference of Gaussian entropies that the mean-field theory leaves.
    public Figure meanFieldCheck() {
        List<Mark> marks = new ArrayList<>();
        for (int v = 0; v < colours.size(); v++) {
            double sigmaW2 = measured.variances().get(v);
            Curve curve = curve(Stage.BEFORE, sigmaW2).orElseThrow();
            Curve theory = theory(sigmaW2);
            marks.add(new Mark.Points(label(v), curve.layers(), curve.means(), colours.get(v)));
            marks.add(new Mark.Line(label(v), theory.layers(), theory.means(), colours.get(v), Stroke.SOLID, false));
        }
        return new Chart("mean-field-check", "Random networks against the difference of Gaussian entropies",
                "Points: the measured relative entropy before training. Lines: (N/2) ln(σ_m²/σ_0²) from the measured"
                        + " variances, normalised likewise; the two agree as the width grows.",
                LAYER, Axis.linear(QUANTITY, ""), marks);
    }

    /// The mean-field curve of the random networks of one variance.
    public Curve theory(double sigmaW2) {
        List<double[]> curves = measured.layers(Measurements.MEAN_FIELD, Stage.BEFORE, sigmaW2);
        return Curve.over(curves, new double[curves.getFirst().length]);
    }

    /// The definition beside the form that the reference code computes.
    public Figure referenceCodeForm() {
        List<Mark> ours = new ArrayList<>();
        List<Mark> theirs = new ArrayList<>();
        for (int v = 0; v < colours.size(); v++) {
            Curve curve = curve(Stage.BEFORE, measured.variances().get(v)).orElseThrow();
            List<double[]> slips = measured.layers(Measurements.REFERENCE_CODE, Stage.BEFORE,
                    measured.variances().get(v));
            Curve slip = Curve.over(slips, new double[slips.getFirst().length]);
            ours.add(new Mark.Line(label(v), curve.layers(), curve.means(), colours.get(v), Stroke.SOLID, false));
            theirs.add(new Mark.Line(label(v), slip.layers(), slip.means(), colours.get(v), Stroke.SOLID, false));
        }
        return new Panels("reference-code-form", "The definition beside the reference code's form, before training",
                "Left: Q is divided by 2σ_m², as the definition has it. Right: by 2σ_0², as the published reference"
                        + " code"
                        + " does, which pulls them away from 0; the published figures are probably of that form.",
                2,
                List.of(new Chart("reference-code-form-definition", "definition, Q / 2σ_m²", "", LAYER,
                        Axis.linear(QUANTITY, ""), ours),
                        new Chart("reference-code-form-slip", "reference code, Q / 2σ_0²", "", LAYER,
                                Axis.linear(QUANTITY, ""), theirs)));
    }

    private static void addCurve(List<Mark> marks, String name, Curve curve, Color colour, Stroke stroke) {
        marks.add(new Mark.Band(name, curve.layers(), curve.lower(), curve.upper(), colour));
        marks.add(new Mark.Line(name, curve.layers(), curve.means(), colour, stroke, false));
    }

    private String label(int variance) {
        return "σ_w² = " + Measurements.number(measured.variances().get(variance));
    }
}

package org.surprisal.study.autoencoder;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.surprisal.report.Axis;
import org.surprisal.report.Chart;
import org.surprisal.report.Figure;
import org.surprisal.report.Mark;
import org.surprisal.report.Palette;
import org.surprisal.report.Panels;
import org.surprisal.report.Section;
import org.surprisal.report.Stroke;
import org.surprisal.report.Table;
import org.surprisal.study.autoencoder.Profiles.Inputs;
import org.surprisal.study.depth.Curve;
import org.surprisal.study.depth.Measurements;
import org.surprisal.study.depth.Stage;

/// Where the curves by depth have their peak, over seeds, over the inputs of one network, and for Ising states by how
/// many spins are up.
final class PeakReport {
    private final Measurements measured;
    private final Profiles profiles;
    private final boolean spins;

    PeakReport(Measurements measured, boolean spins) {
        this.measured = measured;
        this.profiles = new Profiles(measured);
        this.spins = spins;
    }

    Section section() {
        List<List<String>> rows = new ArrayList<>();
        for (double sigmaW2 : measured.variances()) {
            for (Stage stage : Stage.values()) {
                for (Inputs inputs : spins ? Inputs.values() : new Inputs[]{Inputs.ALL}) {
                    row(rows, sigmaW2, stage, inputs.label() + ", over seeds",
                            profiles.curves(stage, sigmaW2, inputs));
                }
                long seed = measured.seeds().getFirst();
                row(rows, sigmaW2, stage, "each, seed " + seed, profiles.ofInputs(stage, sigmaW2, seed, Inputs.ALL));
            }
        }
        List<String> paragraphs = rows.isEmpty()
                ? List.of("A peak between the ends needs at least three hidden layers.")
                : List.of(
                        "The thesis reads the peak as the end of the encoder. Layer 0 is the reference and always at"
                                + " 0, and the last"
                                + " forward pass is left out.");
        Table table = new Table("peaks", "Where the relative entropy has its peak",
                "One curve a network, its mean over the inputs named, or one an input of one network. 'Highest'"
                        + " counts the curves"
                        + " with their greatest value at each layer. Rise and fall are the height above the first"
                        + " and above the"
                        + " last measured layer, each curve read at the layer between them where the mean of the"
                        + " other curves"
                        + " is highest: without a peak they are not above 0 on average. [95 % interval, Student's t"
                        + " over the curves.]"
                        + " 'Separate': local maxima of the mean curve that stand out on both sides by the same test.",
                List.of("σ_w²", "stage", "inputs", "curves", "highest", "rise", "fall", "answer", "separate"), rows);
        return new Section("Where is the peak?", paragraphs, byInput().stream().toList(),
                rows.isEmpty() ? List.of() : List.of(table));
    }

    private void row(List<List<String>> rows, double sigmaW2, Stage stage, String inputs, List<double[]> curves) {
        if (curves.isEmpty()) {
            return;
        }
        Peak.of(curves).ifPresent(peak -> rows.add(List.of(Measurements.number(sigmaW2), stage.label(), inputs,
                Integer.toString(curves.size()), counts(peak), Statements.text(peak.rise()),
                Statements.text(peak.fall()), peak.shape().label(), separate(curves))));
    }

    /// `layer 4: 3, layer 5: 2`
    private static String counts(Peak peak) {
        return peak.tops().stream().distinct().sorted().map(layer -> String.format(Locale.ROOT, "layer %d: %d", layer,
                peak.tops().stream().filter(layer::equals).count())).collect(Collectors.joining(", "));
    }

    private static String separate(List<double[]> curves) {
        List<Integer> layers = Peak.separate(curves);
        return layers.isEmpty() ? "-" : layers.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    /// The curves of Ising states that are mostly down, mixed, and mostly up, for each weight variance.
    private Optional<Figure> byInput() {
        List<Chart> charts = new ArrayList<>();
        for (double sigmaW2 : spins ? measured.variances() : List.<Double>of()) {
            List<Mark> marks = new ArrayList<>();
            List<Inputs> kinds = List.of(Inputs.DOWN, Inputs.MIXED, Inputs.UP);
            for (int i = 0; i < kinds.size(); i++) {
                Inputs inputs = kinds.get(i);
                Color colour = Palette.category(i);
                for (Stage stage : Stage.values()) {
                    List<double[]> curves = profiles.curves(stage, sigmaW2, inputs);
                    if (!curves.isEmpty()) {
                        Curve curve = Curve.over(curves, new double[curves.getFirst().length]);
                        String name = inputs.label() + ", " + stage.label();
                        marks.add(new Mark.Band(name, curve.layers(), curve.lower(), curve.upper(), colour));
                        marks.add(new Mark.Line(name, curve.layers(), curve.means(), colour,
                                stage == Stage.BEFORE ? Stroke.DASHED : Stroke.SOLID, false));
                    }
                }
            }
            if (!marks.isEmpty()) {
                charts.add(new Chart("by-input-" + Measurements.number(sigmaW2).replace('.', '-'),
                        Statements.name(sigmaW2), "", Axis.linear("layer m", ""),
                        Axis.linear("relative entropy, normalised", ""), marks));
            }
        }
        return charts.isEmpty()
                ? Optional.empty()
                : Optional.of(new Panels("relative-entropy-by-input", "Relative entropy by how many spins are up",
                        "Dashed: random networks; solid: trained. A state that is mostly down is nearly black, its"
                                + " first forward"
                                + " pass is little more than the biases, and every later layer lies above it; one"
                                + " that is mostly up lies"
                                + " above the later layers. Mixed: a quarter to three quarters are up. Bands: one"
                                + " standard error over"
                                + " seeds, none for a single one.",
                        Math.min(2, charts.size()), charts));
    }
}

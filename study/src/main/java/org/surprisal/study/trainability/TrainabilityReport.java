package org.surprisal.study.trainability;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.surprisal.information.statistics.FittedLine;
import org.surprisal.report.Figure;
import org.surprisal.report.Report;
import org.surprisal.report.Section;
import org.surprisal.report.Table;
import org.surprisal.settings.Settings;
import org.surprisal.study.RunFolder;
import org.surprisal.study.RunStatus;
import org.surprisal.study.Wording;

/// The report of a run: figures, and findings in words made from the numbers.
final class TrainabilityReport {
    private static final String LEAD = "How to read this: a random network forgets. In the ordered phase two inputs"
            + " become one"
            + " from layer to layer, in the chaotic phase they become equally unlike; either way their correlation"
            + " comes within"
            + " 1/e of its end every ξ_c layers, and a network much deeper than that has nothing left of its input"
            + " to be trained"
            + " by. At the critical weight variance ξ_c is infinite. The map shows whether networks learn where"
            + " theory says"
            + " that a signal survives, about six correlation lengths deep (Schoenholz et al. 2017).";

    private final Grid grid;
    private final Theory theory;
    private final TrainabilityFigures figures;

    private TrainabilityReport(Grid grid, Theory theory) {
        this.grid = grid;
        this.theory = theory;
        this.figures = new TrainabilityFigures(grid, theory);
    }

    static Report of(RunFolder folder) throws IOException {
        Map<String, String> settings = folder.record().settings();
        Grid grid = Grid.read(folder);
        List<Section> sections = new ArrayList<>();
        if (grid.isEmpty()) {
            sections.add(new Section("Nothing trained yet",
                    List.of("The run was stopped before its first network was trained."), List.of(), List.of()));
        } else {
            TrainabilityReport report = new TrainabilityReport(grid,
                    Theory.of(Settings.of(TrainabilitySettings.all(), settings)));
            sections.add(report.tongue());
            sections.add(report.fall());
        }
        String text = "width " + settings.get("width") + ", trained on " + settings.get("train-samples") + " images of "
                + settings.get("data") + " for " + settings.get("epochs") + " epochs, " + grid.seeds()
                + (grid.seeds() == 1 ? " seed" : " seeds");
        return new Report("Trainability",
                folder.record().status() == RunStatus.INTERRUPTED
                        ? text + " (interrupted: a part of the grid)"
                        : text,
                LEAD, sections, settings, folder.record().provenance());
    }

    private Section tongue() {
        List<String> findings = new ArrayList<>();
        int deepest = grid.depths().getLast();
        double critical = theory.criticalSigmaW2();
        double nearest = grid.nearest(critical);
        grid.bestAtDeepest().ifPresent(best -> findings.add("Of the deepest networks (" + deepest
                + " hidden layers) those at σ_w² = " + best + " are most accurate, "
                + Wording.percent(grid.accuracy(deepest, best)) + ". The critical point of theory is σ_w² = "
                + Wording.fixed(critical, 4) + "; the grid's nearest column is "
                + (best == nearest ? "that one." : nearest + ", with " + accuracy(deepest, nearest) + ".")));
        List<Double> beyond = grid.variances().stream()
                .filter(sigmaW2 -> grid.trainableDepth(sigmaW2).orElse(null) instanceof TrainableDepth.Beyond).toList();
        if (!beyond.isEmpty()) {
            findings.add("Columns that stay at or above 50 % down to the deepest: σ_w² = "
                    + String.join(", ", beyond.stream().map(String::valueOf).toList()) + ".");
        }
        findings.add(grid.divergedCells() == 0
                ? "No network diverged."
                : grid.divergedCells() + " cells diverged: untrainable, and hatched in the map.");
        if (grid.untrained() > 0) {
            findings.add(grid.untrained() + " cells are not trained yet.");
        }
        return new Section("The tongue", findings, List.of(figures.tongue()), List.of(columns()));
    }

    private String accuracy(int depth, double sigmaW2) {
        double accuracy = grid.accuracy(depth, sigmaW2);
        return Double.isNaN(accuracy) ? "no accuracy" : Wording.percent(accuracy);
    }

    private Table columns() {
        List<List<String>> rows = new ArrayList<>();
        for (double sigmaW2 : grid.variances()) {
            Optional<TrainableDepth> depth = grid.trainableDepth(sigmaW2);
            double xiC = theory.correlationLength(sigmaW2).orElse(Double.NaN);
            boolean ratio = depth.orElse(null) instanceof TrainableDepth.Within && !Double.isNaN(xiC);
            rows.add(List.of(Double.toString(sigmaW2), theory.phase(sigmaW2),
                    Double.isNaN(xiC) ? "-" : Wording.fixed(xiC, 1), depth.map(TrainableDepth::text).orElse("-"),
                    ratio ? Wording.fixed(((TrainableDepth.Within) depth.orElseThrow()).depth() / xiC, 1) : "-",
                    Double.isNaN(grid.accuracy(grid.depths().getLast(), sigmaW2))
                            ? "-"
                            : accuracy(grid.depths().getLast(), sigmaW2)));
        }
        return new Table("columns", "Depth at which accuracy falls below 50 %",
                "Interpolated between the two depths of the grid in brackets. ξ_c: mean-field theory.",
                List.of("σ_w²", "phase", "ξ_c (layers)", "falls at (layers)", "in ξ_c",
                        "accuracy at " + grid.depths().getLast() + " layers"),
                rows);
    }

    private Section fall() {
        List<Grid.Fall> falls = grid.falls(theory);
        List<String> findings = new ArrayList<>();
        grid.order(theory).ifPresent(order -> findings.add(String.format(Locale.ROOT,
                "Over all %d columns, those that fall beyond the grid being equal and last, the order of the falls"
                        + " and the order of"
                        + " ξ_c have a rank correlation of %.2f (Spearman; p = %s).",
                order.points(), order.coefficient(), Wording.probability(order.pValue()))));
        Grid.fit(falls).ifPresentOrElse(line -> findings.add("All columns that fall within the grid: " + words(line)),
                () -> findings.add("Too few columns fall within the grid, and at different depths, for a line through"
                        + " them."));
        for (String phase : phases(falls)) {
            List<Grid.Fall> own = in(phase, falls);
            if (own.size() < falls.size()) {
                Grid.fit(own).ifPresent(line -> findings.add("Those in " + phase + ": " + words(line)));
            }
        }
        if (!falls.isEmpty()) {
            findings.add(sixLengths(falls));
        }
        List<Figure> drawn = figures.fall().stream().toList();
        return new Section("The fall and the correlation length", findings, drawn, List.of());
    }

    private static String words(FittedLine line) {
        return String.format(Locale.ROOT,
                "%d columns, the depth of the fall is %.1f + %.2f ξ_c (least squares; slope %.2f ± %.2f, 95 %%"
                        + " interval), with"
                        + " a correlation of %.3f (p = %s, Student's t).",
                line.points(), line.intercept(), line.slope(), line.slope(), line.slopeHalfWidth(), line.correlation(),
                Wording.probability(line.pValue()));
    }

    private List<String> phases(List<Grid.Fall> falls) {
        return falls.stream().map(fall -> theory.phase(fall.sigmaW2())).distinct().toList();
    }

    private List<Grid.Fall> in(String phase, List<Grid.Fall> falls) {
        return falls.stream().filter(fall -> theory.phase(fall.sigmaW2()).equals(phase)).toList();
    }

    /// What became of the six correlation lengths, by phase.
    private String sixLengths(List<Grid.Fall> falls) {
        List<String> ranges = new ArrayList<>();
        for (String phase : phases(falls)) {
            var ratios = in(phase, falls).stream().mapToDouble(Grid.Fall::ratio).summaryStatistics();
            ranges.add(String.format(Locale.ROOT, "%.1f to %.1f in %s (mean of %d columns %.1f)", ratios.getMin(),
                    ratios.getMax(), phase, ratios.getCount(), ratios.getAverage()));
        }
        long reached = falls.stream().filter(fall -> fall.ratio() >= TrainabilityFigures.LENGTHS).count();
        return "In units of ξ_c accuracy falls at " + String.join(", ", ranges) + "; " + reached + " of " + falls.size()
                + " columns are still above 50 % at 6 ξ_c. How deep networks train depends on how long they are"
                + " trained: six"
                + " lengths are a scale and no bound.";
    }
}

package org.surprisal.study.trainability;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.surprisal.information.statistics.FittedLine;
import org.surprisal.information.statistics.RankCorrelation;
import org.surprisal.settings.Settings;
import org.surprisal.study.Metric;
import org.surprisal.study.RunFolder;
import org.surprisal.theory.meanfield.FixedPoint;

/// What a run measured, cell by cell; a cell is the networks of one depth and one weight variance, over seeds. That of
/// an interrupted run has cells of which nothing is known.
final class Grid {
    /// Below it networks count as not trained.
    static final double THRESHOLD = 0.5;

    private final List<Integer> depths;
    private final List<Double> variances;
    private final Map<Cell, Double> accuracies = new HashMap<>();
    private final Map<Cell, Integer> diverged = new HashMap<>();
    private final Map<Cell, Integer> counts = new HashMap<>();

    private Grid(Settings settings) {
        this.depths = settings.get(TrainabilitySettings.DEPTHS).stream().sorted().toList();
        this.variances = settings.get(TrainabilitySettings.SIGMA_W2).stream().sorted().toList();
    }

    static Grid read(RunFolder folder) throws IOException {
        Grid grid = new Grid(Settings.of(TrainabilitySettings.all(), folder.record().settings()));
        for (Metric metric : folder.metrics()) {
            Cell cell = Cell.of(metric.in());
            Cell place = place(cell.depth(), cell.sigmaW2());
            switch (metric.name()) {
                case Outcome.TEST_ACCURACY -> {
                    grid.accuracies.merge(place, metric.value(), Double::sum);
                    grid.counts.merge(place, 1, Integer::sum);
                }
                case Outcome.DIVERGED -> {
                    grid.diverged.merge(place, 1, Integer::sum);
                    grid.counts.merge(place, 1, Integer::sum);
                }
                default -> {
                    // for those who read the table
                }
            }
        }
        return grid;
    }

    /// The key of all seeds' networks.
    private static Cell place(int depth, double sigmaW2) {
        return new Cell(depth, sigmaW2, 0);
    }

    /// Ascending.
    List<Integer> depths() {
        return depths;
    }

    /// Ascending.
    List<Double> variances() {
        return variances;
    }

    boolean isEmpty() {
        return counts.isEmpty();
    }

    /// Cells of which nothing is known.
    int untrained() {
        return depths.size() * variances.size() - counts.size();
    }

    /// Cells of which a network diverged.
    int divergedCells() {
        return diverged.size();
    }

    /// Networks of the cell of which most are known.
    int seeds() {
        return counts.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    /// Mean test accuracy over seeds; NaN where nothing is known or a network diverged.
    double accuracy(int depth, double sigmaW2) {
        Cell place = place(depth, sigmaW2);
        return diverged.containsKey(place)
                ? Double.NaN
                : accuracies.getOrDefault(place, Double.NaN) / counts.getOrDefault(place, 1);
    }

    /// Row by row from the shallowest.
    double[] accuracies() {
        return depths.stream().flatMap(depth -> variances.stream().map(sigmaW2 -> accuracy(depth, sigmaW2)))
                .mapToDouble(Double::doubleValue).toArray();
    }

    /// Where the accuracy of a column falls below one half; absent until all its cells are known.
    Optional<TrainableDepth> trainableDepth(double sigmaW2) {
        double[] column = new double[depths.size()];
        for (int d = 0; d < column.length; d++) {
            Cell place = place(depths.get(d), sigmaW2);
            if (!counts.containsKey(place)) {
                return Optional.empty();
            }
            column[d] = diverged.containsKey(place) ? 0 : accuracy(depths.get(d), sigmaW2);
        }
        return Optional.of(TrainableDepth.of(depths, column, THRESHOLD));
    }

    /// The weight variance whose deepest networks are most accurate, of those known; absent if none is.
    Optional<Double> bestAtDeepest() {
        return variances.stream().filter(sigmaW2 -> !Double.isNaN(accuracy(depths.getLast(), sigmaW2)))
                .max((a, b) -> Double.compare(accuracy(depths.getLast(), a), accuracy(depths.getLast(), b)));
    }

    /// The weight variance of the grid that is nearest to a number.
    double nearest(double sigmaW2) {
        return variances.stream().min((a, b) -> Double.compare(Math.abs(a - sigmaW2), Math.abs(b - sigmaW2)))
                .orElseThrow();
    }

    /// A column whose accuracy falls below one half within the grid, where theory has a correlation length.
    ///
    /// @param sigmaW2 its weight variance
    /// @param xiC     ξ_c in layers
    /// @param depth   where it falls
    record Fall(double sigmaW2, double xiC, TrainableDepth.Within depth) {
        double ratio() {
            return depth.depth() / xiC;
        }
    }

    List<Fall> falls(Theory theory) {
        List<Fall> falls = new ArrayList<>();
        for (double sigmaW2 : variances) {
            OptionalDouble length = theory.correlationLength(sigmaW2);
            if (length.isPresent()
                    && trainableDepth(sigmaW2).orElse(null) instanceof TrainableDepth.Within within) {
                falls.add(new Fall(sigmaW2, length.getAsDouble(), within));
            }
        }
        return falls;
    }

    /// Whether the columns fall in the order of their ξ_c: all whole columns but those without a fixed point. What
    /// falls beyond the deepest networks is equal and largest, what fell before the shallowest equal and smallest, a
    /// critical ξ_c infinite.
    Optional<RankCorrelation> order(Theory theory) {
        List<Double> whole = variances.stream().filter(
                sigmaW2 -> trainableDepth(sigmaW2).isPresent() && theory.at(sigmaW2) instanceof FixedPoint.Settled)
                .toList();
        double[] lengths = whole.stream()
                .mapToDouble(sigmaW2 -> theory.correlationLength(sigmaW2).orElse(Double.POSITIVE_INFINITY)).toArray();
        double[] falls = whole.stream()
                .mapToDouble(sigmaW2 -> switch (trainableDepth(sigmaW2).orElseThrow()) {
                    case TrainableDepth.Within within -> within.depth();
                    case TrainableDepth.Beyond _ -> Double.POSITIVE_INFINITY;
                    case TrainableDepth.Before _ -> Double.NEGATIVE_INFINITY;
                }).toArray();
        return RankCorrelation.of(lengths, falls);
    }

    /// The line through the falls, depth against ξ_c; absent if there are too few, or nothing varies.
    static Optional<FittedLine> fit(List<Fall> falls) {
        double[] x = falls.stream().mapToDouble(Fall::xiC).toArray();
        double[] y = falls.stream().mapToDouble(fall -> fall.depth().depth()).toArray();
        return x.length < FittedLine.FEWEST || Arrays.stream(x).distinct().count() < 2
                || Arrays.stream(y).distinct().count() < 2
                        ? Optional.empty()
                        : Optional.of(FittedLine.through(x, y));
    }
}

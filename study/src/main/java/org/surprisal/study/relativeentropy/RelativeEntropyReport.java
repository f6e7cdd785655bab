package org.surprisal.study.relativeentropy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.surprisal.information.statistics.PairedDifference;
import org.surprisal.network.architecture.MultilayerPerceptron;
import org.surprisal.report.Figure;
import org.surprisal.report.Image;
import org.surprisal.report.ImageGrid;
import org.surprisal.report.Section;
import org.surprisal.report.Table;
import org.surprisal.study.Wording;
import org.surprisal.study.depth.DepthMeasure;
import org.surprisal.study.depth.DepthPlots;
import org.surprisal.study.depth.DepthQuantities;
import org.surprisal.study.depth.LayerDistributionReport;
import org.surprisal.study.depth.PerceptronByDepth;
import org.surprisal.study.depth.Stage;
import org.surprisal.study.engine.Estimate;
import org.surprisal.study.engine.Index;
import org.surprisal.study.engine.Quantities;
import org.surprisal.study.engine.Results;
import org.surprisal.study.engine.Sample;
import org.surprisal.tensor.Tensor;

/// The figures and tables of a run of [RelativeEntropyStudy].
record RelativeEntropyReport(Results results, PerceptronByDepth networks) {

    List<Section> sections() {
        DepthPlots plots = new DepthPlots(results, networks.sigmaW2());
        LayerDistributionReport distributions = new LayerDistributionReport(results, networks.sigmaW2(),
                "first probed image");
        List<String> floor = results.settings().get(networks.network().outputActivation()).equals("tanh")
                ? List.of(
                        "With a tanh on the outputs the loss cannot fall below ln(e + 9/e) - 1 = 0.797 nat for ten"
                                + " classes.")
                : List.of();
        return List.of(
                new Section("Relative entropy by depth", List.of(), plots.byDepth().stream().toList(),
                        List.of(lastLayer(plots))),
                new Section("After against before", List.of(), plots.afterMinusBefore().stream().toList(), List.of()),
                new Section("Are the layers Gaussian?",
                        List.of("The relative entropy sees a layer only through a mean and a variance. That is the"
                                + " whole layer"
                                + " if its pre-activations are normally distributed over the neurons; skewness, excess"
                                + " kurtosis and the Anderson-Darling test say how far they are from it."),
                        distributions.figure().stream().toList(), List.of(distributions.table())),
                new Section("Training", floor, plots.training(), List.of(accuracies())),
                new Section("What the reference is", List.of(
                        "The first forward pass has already been processed: the measure says how far a layer is from"
                                + " it, not"
                                + " from the image."),
                        firstPass().stream().toList(), List.of()),
                new Section("Checks", checks(),
                        Stream.of(plots.meanFieldCheck(), plots.referenceCodeForm()).flatMap(Optional::stream).toList(),
                        List.of()));
    }

    private Table lastLayer(DepthPlots plots) {
        List<List<String>> rows = new ArrayList<>();
        Sample normalised = results.of(DepthQuantities.NORMALISED).last(Index.LAYER);
        Sample raw = results.of(DepthQuantities.VALUE).last(Index.LAYER);
        Sample change = plots.change().last(Index.LAYER);
        for (double sigmaW2 : networks.sigmaW2().in(results.settings())) {
            rows.add(List.of(networks.sigmaW2().text(sigmaW2), text(normalised, Stage.BEFORE, sigmaW2),
                    text(normalised, Stage.AFTER, sigmaW2), change(change.at(networks.sigmaW2(), sigmaW2)),
                    pValue(change.at(networks.sigmaW2(), sigmaW2)), text(raw, Stage.BEFORE, sigmaW2),
                    text(raw, Stage.AFTER, sigmaW2)));
        }
        return new Table("last-layer", "The last measured layer, normalised and raw",
                "± one standard error over seeds; a single seed has none. Change and p (Student's t, two-sided) are"
                        + " paired over"
                        + " seeds. The raw values are the normalised ones times (N/2) ln(2πe σ_w²).",
                List.of("σ_w²", "before", "after", "change", "p", "before (nat)", "after (nat)"), rows);
    }

    private String text(Sample sample, Stage stage, double sigmaW2) {
        return sample.at(Index.STAGE, stage.label()).at(networks.sigmaW2(), sigmaW2).meanIfAny().map(Estimate::toString)
                .orElse("-");
    }

    private static String change(Sample change) {
        return change.meanIfAny().map(estimate -> (estimate.mean() >= 0 ? "+" : "") + estimate).orElse("-");
    }

    private static String pValue(Sample change) {
        if (change.isEmpty()) {
            return "-";
        }
        double[] after = change.points().stream().mapToDouble(Sample.Point::value).toArray();
        OptionalDouble p = PairedDifference.of(new double[after.length], after).pValue();
        return p.isPresent() ? Wording.probability(p.getAsDouble()) : "-";
    }

    private Table accuracies() {
        List<List<String>> rows = new ArrayList<>();
        for (double sigmaW2 : networks.sigmaW2().in(results.settings())) {
            Sample accuracy = results.of(Quantities.TEST_ACCURACY).at(networks.sigmaW2(), sigmaW2).last(Index.EPOCH);
            Sample loss = results.of(Quantities.TEST_LOSS).at(networks.sigmaW2(), sigmaW2).last(Index.EPOCH);
            if (!accuracy.isEmpty()) {
                rows.add(List.of(networks.sigmaW2().text(sigmaW2), Integer.toString(accuracy.points().size()),
                        loss.mean().toString(), accuracy.mean().toString()));
            }
        }
        return new Table("test-results", "Test images after the last finished epoch", "± one standard error over"
                + " seeds.",
                List.of("σ_w²", "networks", "loss (nat)", "accuracy"), rows);
    }

    private Optional<Figure> firstPass() {
        List<Image> images = new ArrayList<>();
        results.arrays(results.cells().getFirst(), Stage.BEFORE.label())
                .ifPresent(arrays -> arrays.forEach((name, values) -> {
                    if (name.equals(DepthMeasure.INPUT)) {
                        square(values).ifPresent(
                                side -> images.add(Image.grey("input image", side, side, values.toFloats())));
                    } else if (name.equals(MultilayerPerceptron.preActivation(0))) {
                        square(values).ifPresent(side -> images
                                .add(Image.signed("first forward pass z = W x + b", side, side, values.toFloats())));
                    }
                }));
        return images.size() < 2
                ? Optional.empty()
                : Optional.of(new ImageGrid("first-forward-pass", "The input beside the first forward pass",
                        "The reference of the measure is the picture on the right, not the image: it is about"
                                + " Gaussian whatever"
                                + " the image, and carries its scale only.",
                        images));
    }

    private static Optional<Integer> square(Tensor values) {
        int side = (int) Math.round(Math.sqrt(values.size()));
        return side * side == values.size() ? Optional.of(side) : Optional.empty();
    }

    private List<String> checks() {
        List<String> findings = new ArrayList<>();
        Sample measured = results.of(DepthQuantities.NORMALISED).at(Index.STAGE, Stage.BEFORE.label());
        Sample theory = results.of(DepthQuantities.ENTROPY_DIFFERENCE).at(Index.STAGE, Stage.BEFORE.label());
        for (double sigmaW2 : networks.sigmaW2().in(results.settings())) {
            Sample squares = measured.minus(theory).at(networks.sigmaW2(), sigmaW2);
            if (!squares.isEmpty()) {
                findings.add("σ_w² = " + networks.sigmaW2().text(sigmaW2) + ": the random networks lie within "
                        + Wording.percent(rootMeanSquare(squares)
                                / rootMeanSquare(theory.at(networks.sigmaW2(), sigmaW2)))
                        + " of (N/2) ln(σ_m²/σ_0²) (root mean square over depth and seeds, relative to the curve's"
                        + " own).");
            }
        }
        findings.add("The published reference code divides Q by the reference layer's variance. Its form tends to"
                + " (N/2)(r - 1 + ln r) with r = σ_m²/σ_0² instead of (N/2) ln r: it lies above the definition where"
                + " r > 1 and"
                + " below it where r < 1; it is drawn here once, and nowhere else used.");
        return findings;
    }

    private static double rootMeanSquare(Sample sample) {
        return Math.sqrt(sample.points().stream().mapToDouble(point -> point.value() * point.value()).average()
                .orElseThrow());
    }
}

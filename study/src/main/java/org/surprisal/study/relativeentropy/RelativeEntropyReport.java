package org.surprisal.study.relativeentropy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.surprisal.information.statistics.PairedDifference;
import org.surprisal.network.architecture.MultilayerPerceptron;
import org.surprisal.report.Figure;
import org.surprisal.report.Image;
import org.surprisal.report.ImageGrid;
import org.surprisal.report.Section;
import org.surprisal.report.Table;
import org.surprisal.report.TableCell;
import org.surprisal.report.Verdict;
import org.surprisal.report.Wording;
import org.surprisal.study.depth.DepthMeasure;
import org.surprisal.study.depth.DepthPlots;
import org.surprisal.study.depth.DepthQuantities;
import org.surprisal.study.depth.LayerDistributionReport;
import org.surprisal.study.depth.PerceptronByDepth;
import org.surprisal.study.depth.Stage;
import org.surprisal.study.engine.Findings;
import org.surprisal.study.engine.Index;
import org.surprisal.study.engine.MeansTable;
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
        Section training = Section.of("Training").pictures(plots.training()).table(accuracies());
        Section checks = Section.of("Checks");
        for (String check : checks()) {
            checks = checks.prose(check);
        }
        return List.of(
                Section.of("Relative entropy by depth").picture(plots.byDepth()).table(lastLayer(plots)),
                Section.of("After against before").picture(plots.afterMinusBefore()),
                Section.of("Are the layers Gaussian?")
                        .prose("The relative entropy sees a layer only through a mean and a variance. That is the whole"
                                + " layer if its pre-activations are normally distributed over the neurons; skewness,"
                                + " excess kurtosis and the Anderson-Darling test say how far they are from it.")
                        .picture(distributions.figure()).table(distributions.table()),
                results.settings().get(networks.network().outputActivation()).equals("tanh")
                        ? training.prose("With a tanh on the outputs the loss cannot fall below ln(e + 9/e) − 1 ="
                                + " 0.797 nat for ten classes.")
                        : training,
                Section.of("What the reference is").picture(firstPass()),
                checks.picture(plots.meanFieldCheck()).picture(plots.referenceCodeForm()));
    }

    /// What was found: how far the layers move away, whether they stop, and what training changes.
    List<String> found(Findings findings) {
        List<String> found = new ArrayList<>();
        Sample before = results.of(DepthQuantities.NORMALISED).at(Index.STAGE, Stage.BEFORE.label());
        if (before.isEmpty()) {
            return List.of("No network has been measured yet.");
        }
        found.add("In random networks the normalised relative entropy between the first and the last measured layer is "
                + before.last(Index.LAYER).across(networks.sigmaW2()) + "."
                + (findings.verdict(RelativeEntropyStudy.GROWS) == Verdict.HELD
                        ? " The larger the weight variance, the further a network takes its input."
                        : ""));
        Sample rise = RelativeEntropyStudy.riseAtTheEnd(results, networks);
        if (!rise.isEmpty()) {
            double most = rise.by(networks.sigmaW2()).values().stream()
                    .mapToDouble(own -> Math.abs(own.mean().mean())).max().orElseThrow();
            found.add(
                    "Over the last half of the layers the relative entropy changes by at most " + Wording.percent(most)
                            + " from one quarter of the layers to the next"
                            + (findings.verdict(RelativeEntropyStudy.ASYMPTOTE) == Verdict.HELD
                                    ? ": deeper layers have stopped changing the distribution of their pre-activations."
                                    : "."));
        }
        Sample change = new DepthPlots(results, networks.sigmaW2()).meanChange();
        if (!change.isEmpty()) {
            found.add("Training changes the normalised relative entropy, on the average over the layers, by "
                    + change.across(networks.sigmaW2())
                    + "; the trained networks recognise " + recognised() + " of the test images.");
        }
        return found;
    }

    /// The smallest and the largest mean accuracy after training, in words.
    private String recognised() {
        double[] shares = results.of(Quantities.TEST_ACCURACY).last(Index.EPOCH).by(networks.sigmaW2()).values()
                .stream().mapToDouble(own -> own.mean().mean()).sorted().toArray();
        String low = Wording.percent(shares[0]);
        String high = Wording.percent(shares[shares.length - 1]);
        return low.equals(high) ? low : "between " + low + " and " + high;
    }

    private Table lastLayer(DepthPlots plots) {
        Sample normalised = results.of(DepthQuantities.NORMALISED).last(Index.LAYER);
        Sample raw = results.of(DepthQuantities.VALUE).last(Index.LAYER);
        Sample change = plots.change().last(Index.LAYER);
        return MeansTable.by(networks.sigmaW2()).column("before", at(normalised, Stage.BEFORE))
                .column("after", at(normalised, Stage.AFTER)).change("change", change)
                .column("p", change, RelativeEntropyReport::pValue).column("before (nat)", at(raw, Stage.BEFORE))
                .column("after (nat)", at(raw, Stage.AFTER))
                .table("last-layer", "The last measured layer, normalised and raw",
                        "± one standard error over seeds; a single seed has none. Change and p (Student's t, two-sided)"
                                + " are paired over seeds. The raw values are the normalised ones times"
                                + " (N/2) ln(2πe σ_w²), N being the neurons of a layer.");
    }

    private static Sample at(Sample sample, Stage stage) {
        return sample.at(Index.STAGE, stage.label());
    }

    private static TableCell pValue(Sample change) {
        double[] after = change.points().stream().mapToDouble(Sample.Point::value).toArray();
        return TableCell.number(PairedDifference.of(new double[after.length], after).pValue().orElse(Double.NaN),
                TableCell.Rounding.PROBABILITY);
    }

    private Table accuracies() {
        Sample accuracy = results.of(Quantities.TEST_ACCURACY).last(Index.EPOCH);
        return MeansTable.by(networks.sigmaW2())
                .column("networks", accuracy, own -> TableCell.count(own.points().size()))
                .column("loss (nat)", results.of(Quantities.TEST_LOSS).last(Index.EPOCH)).column("accuracy", accuracy)
                .table("test-results", "Test images after the last finished epoch",
                        "± one standard error over seeds.");
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
                        "The measure says how far a layer is from the picture on the right, not from the image: the"
                                + " first forward pass is about Gaussian whatever the image, and carries its scale"
                                + " only.",
                        images));
    }

    private static Optional<Integer> square(Tensor values) {
        int side = (int) Math.round(Math.sqrt(values.size()));
        return side * side == values.size() ? Optional.of(side) : Optional.empty();
    }

    private List<String> checks() {
        Sample measured = results.of(DepthQuantities.NORMALISED).at(Index.STAGE, Stage.BEFORE.label());
        Sample theory = results.of(DepthQuantities.ENTROPY_DIFFERENCE).at(Index.STAGE, Stage.BEFORE.label());
        List<String> distances = new ArrayList<>();
        for (double sigmaW2 : networks.sigmaW2().in(results.settings())) {
            Sample squares = measured.minus(theory).at(networks.sigmaW2(), sigmaW2);
            if (!squares.isEmpty()) {
                distances.add(Wording.percent(rootMeanSquare(squares)
                        / rootMeanSquare(theory.at(networks.sigmaW2(), sigmaW2))) + " for "
                        + networks.sigmaW2().name(sigmaW2));
            }
        }
        String code = "The published reference code divides Q, the summed squared deviation of a layer's neurons, by"
                + " the reference layer's variance. Its form tends to (N/2)(r − 1 + ln r) with r = σ_m²/σ_0² instead of"
                + " (N/2) ln r, N being the neurons of a layer: it lies above the definition where r > 1 and below it"
                + " where r < 1; it is drawn here once, and nowhere else used.";
        return distances.isEmpty()
                ? List.of(code)
                : List.of("The curves of the random networks differ from (N/2) ln(σ_m²/σ_0²) by "
                        + Wording.list(distances) + ": the root mean square over depth and seeds, relative to the"
                        + " curve's own.", code);
    }

    private static double rootMeanSquare(Sample sample) {
        return Math.sqrt(sample.points().stream().mapToDouble(point -> point.value() * point.value()).average()
                .orElseThrow());
    }
}

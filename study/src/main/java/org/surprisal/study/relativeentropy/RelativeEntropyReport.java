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
import org.surprisal.study.engine.Estimate;
import org.surprisal.study.engine.Findings;
import org.surprisal.study.engine.Index;
import org.surprisal.study.engine.MeansTable;
import org.surprisal.study.engine.Quantities;
import org.surprisal.study.engine.Quantity;
import org.surprisal.study.engine.Results;
import org.surprisal.study.engine.Rule;
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

    /// What was found: whether a larger weight variance takes an image further, whether the curves become flat, and
    /// what
    /// training changes.
    List<String> found(Findings findings) {
        List<String> found = new ArrayList<>();
        Sample before = results.of(DepthQuantities.NORMALISED).at(Index.STAGE, Stage.BEFORE.label());
        if (before.isEmpty()) {
            return List.of("No network has been measured yet.");
        }
        found.add(byVariance(before.last(Index.LAYER), findings.verdict(RelativeEntropyStudy.GROWS)));
        Sample rise = RelativeEntropyStudy.riseAtTheEnd(results, networks);
        if (!rise.isEmpty()) {
            double most = rise.by(networks.sigmaW2()).values().stream()
                    .mapToDouble(own -> Math.abs(own.mean().mean())).max().orElseThrow();
            found.add(switch (findings.verdict(RelativeEntropyStudy.ASYMPTOTE)) {
                case HELD -> "The curves become flat";
                case NOT_HELD -> "The curves do not become flat";
                case UNDECIDED -> "Whether the curves become flat is undecided";
            } + ": from the third quarter of the layers to the last, the relative entropy changes by at most "
                    + Wording.percent(most) + ".");
        }
        Sample change = new DepthPlots(results, networks.sigmaW2()).change();
        if (!change.isEmpty()) {
            found.add(training(new DepthPlots(results, networks.sigmaW2()).meanChange())
                    + " In the last layer it changes it by " + change.last(Index.LAYER).across(networks.sigmaW2())
                    + ". The trained networks recognise " + recognised() + " of the test images.");
        }
        return found;
    }

    /// How the last layers of the random networks with the largest and the smallest weight variance differ, paired by
    /// seed.
    private String byVariance(Sample last, Verdict grows) {
        List<Object> variances = last.values(networks.sigmaW2());
        Sample smallest = last.at(networks.sigmaW2().column(), networks.sigmaW2().text(variances.getFirst()));
        if (variances.size() < 2) {
            return "In random networks the last layer measured has a relative entropy, normalised, of "
                    + smallest.mean() + ".";
        }
        Sample largest = last.at(networks.sigmaW2().column(), networks.sigmaW2().text(variances.getLast()));
        return switch (grows) {
            case HELD -> "Random networks of a larger weight variance take an image further from its first forward"
                    + " pass";
            case NOT_HELD -> "Random networks of a larger weight variance take an image less far from its first"
                    + " forward pass";
            case UNDECIDED -> "Whether random networks of a larger weight variance take an image further from its"
                    + " first forward pass is undecided";
        } + ": from σ_w² = " + networks.sigmaW2().text(variances.getFirst()) + " to "
                + networks.sigmaW2().text(variances.getLast())
                + ", the normalised relative entropy of the last layer measured changes by "
                + largest.minus(smallest).mean() + ".";
    }

    /// For how many weight variances training lowers or raises the mean over the layers, in words.
    private String training(Sample change) {
        List<Estimate> all = change.by(networks.sigmaW2()).values().stream().map(Sample::mean).toList();
        long lower = all.stream().filter(each -> new Rule.Below(0).of(each) == Verdict.HELD).count();
        long higher = all.stream().filter(each -> new Rule.Above(0).of(each) == Verdict.HELD).count();
        String of = " of " + Wording.count(all.size(), "weight variance");
        return "On the average over the layers, training lowers the relative entropy for " + lower + of
                + " and raises it for " + higher
                + (lower + higher == all.size() ? "." : "; for the others the sign is undecided.");
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
        Sample measured = behindTheFirst(DepthQuantities.NORMALISED);
        Sample theory = behindTheFirst(DepthQuantities.ENTROPY_DIFFERENCE);
        Sample errors = behindTheFirst(DepthQuantities.NORMALISED_ERROR);
        List<String> distances = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        double monteCarlo = 0;
        double neurons = results.settings().get(networks.network().width());
        for (double sigmaW2 : networks.sigmaW2().in(results.settings())) {
            Sample differences = measured.minus(theory).at(networks.sigmaW2(), sigmaW2);
            if (!differences.isEmpty()) {
                double height = rootMeanSquare(theory.at(networks.sigmaW2(), sigmaW2));
                distances.add(Wording.percent(rootMeanSquare(differences) / height) + " for "
                        + networks.sigmaW2().name(sigmaW2));
                expected.add(Wording.percent(
                        Math.sqrt(2 / neurons) / Math.log(2 * Math.PI * Math.E * sigmaW2) / height));
                monteCarlo = Math.max(monteCarlo, rootMeanSquare(errors.at(networks.sigmaW2(), sigmaW2)) / height);
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
                        + " curve's own. The width explains it: the variance over " + Wording.fixed(neurons, 0)
                        + " neurons is uncertain by √(2/N) = " + Wording.percent(Math.sqrt(2 / neurons))
                        + ", which by itself makes the curves differ by " + Wording.list(expected)
                        + ", while the Monte Carlo samples account for " + Wording.percent(monteCarlo)
                        + " at most.", code);
    }

    /// A quantity of the random networks, without the reference layer, where it is 0.
    private Sample behindTheFirst(Quantity quantity) {
        return results.of(quantity).at(Index.STAGE, Stage.BEFORE.label()).where(Index.LAYER, m -> m > 0);
    }

    private static double rootMeanSquare(Sample sample) {
        return Math.sqrt(sample.points().stream().mapToDouble(point -> point.value() * point.value()).average()
                .orElseThrow());
    }
}

package org.surprisal.study.autoencoder;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Collectors;
import org.surprisal.report.Axis;
import org.surprisal.report.Figure;
import org.surprisal.report.Section;
import org.surprisal.report.Table;
import org.surprisal.report.TableCell;
import org.surprisal.report.Verdict;
import org.surprisal.report.Wording;
import org.surprisal.settings.Settings;
import org.surprisal.study.depth.DepthPlots;
import org.surprisal.study.depth.DepthQuantities;
import org.surprisal.study.depth.LayerDistributionReport;
import org.surprisal.study.depth.Stage;
import org.surprisal.study.engine.Estimate;
import org.surprisal.study.engine.Factor;
import org.surprisal.study.engine.Index;
import org.surprisal.study.engine.MeansTable;
import org.surprisal.study.engine.Plot;
import org.surprisal.study.engine.Quantities;
import org.surprisal.study.engine.Quantity;
import org.surprisal.study.engine.Results;
import org.surprisal.study.engine.Rule;
import org.surprisal.study.engine.Sample;
import org.surprisal.tensor.Tensor;

/// The figures and tables of a run of [AutoencoderStudy].
record AutoencoderReport(Results results, DepthPlots plots) {
    /// The engine's test loss, which is a mean squared error here.
    static final Quantity TEST_LOSS = Quantities.TEST_LOSS.in("1");
    private static final Quantity LOSS = Quantity.of("loss", "1", "mean squared error of a pixel", Index.EPOCH,
            Index.KIND);
    private static final Factor<Double> SIGMA_W2 = AutoencoderStudy.SIGMA_W2;

    List<Section> sections() {
        List<Section> sections = new ArrayList<>();
        if (AutoencoderStudy.isMeasurable(results.settings())) {
            sections.add(Section.of("Relative entropy by depth").picture(plots.byDepth())
                    .picture(plots.afterMinusBefore()));
            sections.add(peaks());
        } else {
            sections.add(Section.of("No relative entropy").prose("Relative entropy was not measured, because it needs"
                    + " layers of equal widths: the hidden layers have "
                    + Wording.list(AutoencoderStudy.widths(results.settings()).stream().map(String::valueOf).toList())
                    + " neurons."));
        }
        sections.add(reconstructions());
        sections.add(training());
        if (AutoencoderStudy.isMeasurable(results.settings())) {
            sections.add(layers());
            sections.add(Section.of("Checks").prose("The published reference code divides Q by the reference layer's"
                    + " variance, and the thesis's figures are probably of that form: it is drawn here for the random"
                    + " networks, and nowhere else used.").picture(plots.meanFieldCheck())
                    .picture(plots.referenceCodeForm()));
        }
        return sections;
    }

    /// What was found: whether the networks give back more than a plain picture does, and what training does to the
    /// relative entropy.
    List<String> found() {
        if (results.of(TEST_LOSS).isEmpty()) {
            return List.of("No network has been measured yet.");
        }
        List<String> found = new ArrayList<>();
        Sample excess = AutoencoderStudy.excess(results);
        found.add(excess.isEmpty()
                ? "No network has been trained to its end yet."
                : switch (verdict(excess, new Rule.Below(0))) {
                    case HELD -> "Trained networks give test images back better than a picture without shapes does";
                    case NOT_HELD -> "Trained networks give test images back worse than a picture without shapes does";
                    case UNDECIDED -> "Trained networks are not shown to give test images back better than a picture"
                            + " without shapes does";
                } + ", the better of the mean training image and each image's mean grey: as a share of its"
                        + " squared error, theirs is "
                        + excess.across(SIGMA_W2, AutoencoderReport::percent) + ".");
        Sample change = plots.meanChange();
        if (!change.isEmpty()) {
            found.add(switch (verdict(change, new Rule.Above(0))) {
                case HELD -> "Training raises the relative entropy of the layers";
                case NOT_HELD -> "Training lowers the relative entropy of the layers";
                case UNDECIDED -> "Whether training raises or lowers the relative entropy of the layers is not settled";
            } + ": in its unit and on the average over the layers it changes by " + change.across(SIGMA_W2) + ".");
        }
        Sample height = AutoencoderStudy.peak(results);
        Sample trained = height.isEmpty() ? height : height.at(Index.STAGE, Stage.AFTER.label());
        if (!trained.isEmpty()) {
            found.add(switch (verdict(trained, new Rule.Above(0))) {
                case HELD -> "In trained networks its curve has a peak between the first and the last layer";
                case NOT_HELD -> "In trained networks its curve has no peak between the first and the last layer";
                case UNDECIDED ->
                    "Whether its curve has a peak between the first and the last layer of trained networks"
                            + " is undecided";
            } + ": its height there, above the higher of the two, is " + trained.across(SIGMA_W2) + ".");
        }
        return found;
    }

    /// The verdict that networks of all weight variances have in common; else undecided.
    private static Verdict verdict(Sample bySigmaW2, Rule rule) {
        Set<Verdict> all = bySigmaW2.by(SIGMA_W2).values().stream().map(own -> rule.of(own.mean()))
                .collect(Collectors.toSet());
        return all.size() == 1 ? all.iterator().next() : Verdict.UNDECIDED;
    }

    /// A ratio, of which 1 is taken off, in percent: `106 % with a 95 % interval of 103 to 109 %`.
    private static String percent(Estimate excess) {
        return Wording.percent(1 + excess.mean()) + excess.interval(1 - Rule.ALPHA)
                .map(interval -> " with a 95 % interval of "
                        + Wording.range(100 * (1 + interval.low()), 100 * (1 + interval.high())) + " %")
                .orElse("");
    }

    /// What strokes mean, of the stages that there are, without a full stop.
    private static String stages(Sample byStage) {
        return byStage.isEmpty() || byStage.values(Index.STAGE).size() == 1
                ? "Dashed: random networks"
                : "Dashed: random networks; solid: trained";
    }

    private Section peaks() {
        Sample all = results.of(DepthQuantities.NORMALISED);
        Sample parts = results.of(AutoencoderStudy.BY_MAGNETISATION);
        List<List<TableCell>> rows = new ArrayList<>();
        all.by(SIGMA_W2).forEach((sigmaW2, own) -> own.by(Index.STAGE).forEach((stage, curves) -> {
            row(rows, sigmaW2, stage, "all", curves);
            parts.at(SIGMA_W2, sigmaW2).at(Index.STAGE, stage).by(Index.KIND)
                    .forEach((kind, part) -> row(rows, sigmaW2, stage, Index.KIND.text(kind), part));
        }));
        Section section = Section.of("Where is the peak?").prose(rows.isEmpty()
                ? "A peak between the ends needs at least three hidden layers."
                : "The thesis reads the peak as the end of the encoder. Layer 0 is the reference and always at 0, and"
                        + " the last forward pass is left out.")
                .picture(Plot.lines("relative-entropy-by-input", "Relative entropy by how many spins are up", parts)
                        .x(Index.LAYER).colour(Index.KIND).dash(Index.STAGE).facet(SIGMA_W2)
                        .caption(
                                stages(parts) + "; of mixed states a quarter to three quarters of the spins are up."
                                        + " A state that is mostly down is nearly black, its first"
                                        + " forward pass is little more than the biases, and every later layer lies"
                                        + " above it; one that is mostly up lies above the later layers.")
                        .figure());
        return rows.isEmpty()
                ? section
                : section.table(new Table("peaks", "Where the relative entropy has its peak",
                        "One curve a network; 'highest' counts the curves with their greatest value at each layer. Rise"
                                + " and fall are the height above the first and above the last measured layer, each"
                                + " curve read at the layer between them where the mean of the other curves is highest:"
                                + " without a peak they are not above 0 on average. 'Separate' are local maxima of the"
                                + " mean curve that stand out on both sides by a 95 % interval.",
                        List.of("σ_w²", "stage", "inputs", "curves", "highest", "rise", "fall", "separate"), rows));
    }

    private static void row(List<List<TableCell>> rows, double sigmaW2, Object stage, String inputs, Sample curves) {
        // Seeds without an input of the kind have no curve.
        Peak.of(curves).ifPresent(peak -> rows.add(List.of(MeansTable.cell(SIGMA_W2, sigmaW2),
                TableCell.text(Index.STAGE.text(stage)), TableCell.text(inputs), TableCell.count(peak.tops().size()),
                TableCell.text(peak.tops().stream().distinct().sorted()
                        .map(layer -> "layer " + layer + ": " + peak.tops().stream().filter(layer::equals).count())
                        .collect(Collectors.joining(", "))),
                peak.rise().mean().cell(), peak.fall().mean().cell(), Peak.separate(curves).isEmpty()
                        ? TableCell.missing()
                        : TableCell.text(Wording.list(
                                Peak.separate(curves).stream().map(layer -> "layer " + layer).toList())))));
    }

    private Section reconstructions() {
        Settings settings = results.settings();
        boolean spins = AutoencoderStudy.isSpins(settings);
        int code = AutoencoderStudy.codeLayer(settings);
        Section section = Section.of("Reconstructions").prose("The code is what hidden layer " + code
                + " gives out (the first is 0), " + AutoencoderStudy.widths(settings).get(code)
                + " numbers; the layers up to it are the encoder, those behind it the decoder.");
        if (spins) {
            section = results.arrays(results.cells().getFirst(), Stage.BEFORE.label())
                    .map(kept -> kept.get(SpinComparison.INPUT_MAGNETISATION)).map(Tensor::toDoubles)
                    .map(AutoencoderReport::yardsticks).map(section::prose).orElse(section);
        }
        section = section.pictures(results.cells().stream()
                .filter(cell -> cell.seed() == results.cells().getFirst().seed())
                .flatMap(cell -> ReconstructionFigures.of(results, cell, spins).stream()).toList());
        return spins ? section.table(spinTable()) : section;
    }

    /// What a picture would reach that knows nothing of a state but its magnetisation m: with the majority spin
    /// everywhere (1 + |m|) / 2 of the spins.
    private static String yardsticks(double[] magnetisations) {
        return "A picture of nothing but the majority spin of each test state would have "
                + Wording.percent(mean(magnetisations, m -> (1 + Math.abs(m)) / 2))
                + " of the spins right. Only what is better than that knows where the spins are.";
    }

    private static double mean(double[] numbers, DoubleUnaryOperator function) {
        return Arrays.stream(numbers).map(function).average().orElseThrow();
    }

    private Table spinTable() {
        MeansTable table = MeansTable.by(SIGMA_W2, Index.STAGE);
        SpinComparison.QUANTITIES.forEach(quantity -> table.column(
                quantity.label() + (quantity.unit().equals("1") ? "" : " (" + quantity.unit() + ")"),
                results.of(quantity)));
        return table.table("spins", "What of the test states survives",
                "Means over networks ± one standard error; a reconstruction is read as a state, up where a pixel is"
                        + " above ½. Agreement is the share of spins that are the same, correlations are over test"
                        + " states, of the number of the input with that of the reconstruction, and of its"
                        + " magnetisation with the mean of the code, whose sign is chance. Slope and excess are those"
                        + " of the reconstruction's energy per spin against the input's, and its mean above it.");
    }

    private Section training() {
        Sample test = results.of(TEST_LOSS);
        Sample train = results.of(Quantities.TRAIN_LOSS).as(LOSS).with(Index.KIND, "training");
        Plot plot = Plot.lines("reconstruction-error", "Reconstruction error by epoch",
                train.and(test.as(LOSS).with(Index.KIND, "test"))).x(Index.EPOCH).colour(SIGMA_W2).dash(Index.KIND)
                .valueAxis(Axis.log("mean squared error of a pixel", ""))
                .caption("Dashed: the epoch's training batches, each before its step; solid: test images after the"
                        + " epoch, the random network at 0.");
        MeansTable table = MeansTable.by(SIGMA_W2).column("before", test.at(Index.EPOCH, 0)).column("after",
                test.last(Index.EPOCH));
        for (Baseline baseline : Baseline.values()) {
            Sample errors = results.of(baseline.error());
            // A picture that is right everywhere has no place on a logarithmic axis.
            errors.points().stream().mapToDouble(Sample.Point::value).average().ifPresent(error -> {
                if (error > 0) {
                    plot.horizontal(baseline.label(), error);
                }
            });
            table.column(baseline.label(), errors);
        }
        return Section.of("Training").prose(results.divergedWords())
                .picture(train.isEmpty() ? Optional.<Figure>empty() : plot.figure())
                .table(table.table("test-loss", "Mean squared error of a pixel of the test images",
                        "Before training and after the last finished epoch, and that of two pictures without shapes in"
                                + " place of the reconstruction, ± one standard error over seeds."));
    }

    private Section layers() {
        LayerDistributionReport distributions = new LayerDistributionReport(results, SIGMA_W2,
                "middle one of the probed inputs");
        return Section.of("Are the layers Gaussian?")
                .prose("The relative entropy sees a layer only through a mean and a variance. The thesis finds the"
                        + " layers of the encoder about Gaussian and those of the decoder a superposition of several"
                        + " Gaussians, by eye. The figure says it in numbers for all networks and images, the"
                        + " distributions and the table for one image.")
                .picture(Plot.lines("gaussianity-by-depth", "How far layers are from Gaussian",
                        results.of(AutoencoderStudy.ANDERSON_DARLING)).x(Index.LAYER).colour(SIGMA_W2)
                        .dash(Index.STAGE).horizontal("5 % level of a normal layer", 0.752)
                        .valueAxis(Axis.log("Anderson-Darling A*²", ""))
                        .caption(
                                "A*² is the Anderson-Darling statistic of a layer's neurons, corrected for their"
                                        + " number, mean over the probed inputs; of normal layers one in twenty lies"
                                        + " above the grey line. "
                                        + stages(results.of(AutoencoderStudy.ANDERSON_DARLING))
                                        + ".")
                        .figure())
                .picture(distributions.figure()).table(distributions.table());
    }
}

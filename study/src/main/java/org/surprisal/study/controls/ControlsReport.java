package org.surprisal.study.controls;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.surprisal.report.Axis;
import org.surprisal.report.Figure;
import org.surprisal.report.Section;
import org.surprisal.report.Table;
import org.surprisal.report.Wording;
import org.surprisal.study.depth.Stage;
import org.surprisal.study.engine.Factor;
import org.surprisal.study.engine.Findings;
import org.surprisal.study.engine.Index;
import org.surprisal.study.engine.MeansTable;
import org.surprisal.study.engine.Plot;
import org.surprisal.study.engine.Quantities;
import org.surprisal.study.engine.Quantity;
import org.surprisal.study.engine.Results;
import org.surprisal.study.engine.Sample;

/// The figures and tables of a run of [ControlsStudy]: one section a question.
record ControlsReport(Results results) {
    private static final Factor<Double> SIGMA_W2 = ControlsStudy.NETWORKS.sigmaW2();
    private static final Quantity DIFFERENCE = Quantity.of("difference", "1", "difference, normalised", Index.STAGE,
            Index.LAYER, Index.KIND);
    private static final String NORMALS = "normal samples";
    private static final List<Stimulus> DATA = List.of(Stimulus.IMAGES, Stimulus.PERMUTED, Stimulus.SHUFFLED);

    List<Section> sections() {
        Section finer = Section.of("Finer than one Gaussian a layer").prose("Layers have no neurons in common:"
                + " renumbering the neurons of one changes nothing that the network does, but would change any"
                + " divergence between two layers that compares neuron by neuron. Between layers the least divergence"
                + " over all rotations is taken.");
        double leftOut = sum(NetworkMeasures.LEFT_OUT);
        if (leftOut > 0) {
            finer = finer.prose("Neurons that did not count because one kind of input leaves them constant, over all"
                    + " comparisons: " + Math.round(leftOut) + ".");
        }
        double refused = sum(NetworkMeasures.REFUSED);
        if (refused > 0) {
            finer = finer.prose(Math.round(refused) + " divergences could not be taken, because inputs had become one;"
                    + " claims leave out networks without a number that they need.");
        }
        return List.of(Section.of("Measured from the input").picture(fromInput()),
                Section.of("The network's part and the data's").picture(parts()).table(table()),
                finer.picture(imagesFromNoise()).picture(fromFirstLayer()).table(movedByTraining()),
                Section.of("The networks").prose(results.divergedWords())
                        .table(MeansTable.by(SIGMA_W2)
                                .column("accuracy", results.of(Quantities.TEST_ACCURACY).last(Index.EPOCH))
                                .table("test-accuracy", "Accuracy on test images after training",
                                        "± one standard error over seeds.")));
    }

    /// What was found: the data's part before and after training, and what training does to the network's part.
    List<String> found(Findings findings) {
        List<String> found = new ArrayList<>();
        Sample data = ControlsStudy.mean(ControlsStudy.dataPart(results, Stimulus.IMAGES));
        Sample before = ControlsStudy.before(data);
        if (!before.isEmpty()) {
            found.add(switch (findings.verdict("controls-no-data-part-before")) {
                case HELD -> "In random networks the relative entropy is the network's alone, the same on images as on"
                        + " noise";
                case NOT_HELD -> "In random networks the relative entropy is not the same on images as on noise";
                case UNDECIDED -> "Whether the relative entropy of random networks is the same on images as on noise is"
                        + " undecided";
            } + ": the difference is " + before.across(SIGMA_W2) + ", on the average over the layers.");
        }
        Sample after = ControlsStudy.after(data);
        if (!after.isEmpty()) {
            found.add(switch (findings.verdict("controls-data-part-after")) {
                case HELD -> "After training the data have a part in it";
                case NOT_HELD -> "After training the data still have no part in it that counts";
                case UNDECIDED -> "Whether the data have a part in it after training is undecided";
            } + ": images lie above noise by " + after.across(SIGMA_W2) + ".");
        }
        Sample network = ControlsStudy.mean(ControlsStudy.change(on(NetworkMeasures.FROM_FIRST, Stimulus.NOISE)));
        if (!network.isEmpty()) {
            found.add(switch (findings.verdict("controls-training-changes-network-part")) {
                case HELD -> "Training also raises the network's own part";
                case NOT_HELD -> "Training does not raise the network's own part";
                case UNDECIDED -> "Whether training raises the network's own part is undecided";
            } + ": the curve on noise changes by " + network.across(SIGMA_W2) + ". Less than "
                    + Wording.shortest(ControlsStudy.MARGIN) + " counts as nothing.");
        }
        return found.isEmpty() ? List.of("No network has been measured on images and on noise yet.") : found;
    }

    /// What strokes mean, of the stages that there are, without a full stop.
    private String stages() {
        return results.of(NetworkMeasures.FROM_FIRST).values(Index.STAGE).size() > 1
                ? "Dashed: random networks; solid: the same networks after training"
                : "Dashed: random networks";
    }

    private static Plot row(String id, String title, Sample sample) {
        return Plot.lines(id, title, sample).x(Index.LAYER).facet(SIGMA_W2);
    }

    private Sample on(Quantity quantity, Stimulus kind) {
        return ControlsStudy.on(results, quantity, kind);
    }

    /// From the first forward pass and from the input, before and after training.
    private Optional<Figure> fromInput() {
        Sample both = on(NetworkMeasures.FROM_INPUT, Stimulus.IMAGES).with(Index.KIND, "from the input")
                .and(on(NetworkMeasures.FROM_FIRST, Stimulus.IMAGES).with(Index.KIND, "from the first pass"));
        List<Plot> rows = Arrays.stream(Stage.values()).map(stage -> row("input-" + stage.label(),
                stage.label() + " training", both.at(Index.STAGE, stage.label())).colour(Index.KIND)
                .xAxis(Axis.linear("layer m (−1: the input)", ""))).toList();
        rows.getFirst().theory("mean-field theory", results.of(NetworkMeasures.THEORY_FROM_INPUT))
                .theory("mean-field theory", results.of(NetworkMeasures.THEORY_FROM_FIRST));
        return Plot.rows("from-the-input", "Relative entropy on images, from the input and from the first forward pass",
                "Each curve is 0 at what it is measured from: the standardised image (layer −1), or the first forward"
                        + " pass (layer 0). Dashed: mean-field theory of random networks.",
                rows);
    }

    /// Relative entropy on a kind of input less that on noise, named.
    private Sample lessNoise(Stimulus kind) {
        return ControlsStudy.dataPart(results, kind).as(DIFFERENCE).with(Index.KIND, kind.title() + " − noise");
    }

    /// The curve on noise, and what each kind of image adds to it, a row a kind: two of the differences are next to
    /// nothing and would hide each other.
    private Optional<Figure> parts() {
        Sample data = DATA.stream().map(kind -> ControlsStudy.dataPart(results, kind).as(DIFFERENCE)
                .with(Index.KIND, kind.title())).reduce(Sample::and).orElseThrow();
        Plot differences = Plot.lines("data", "less noise", data).x(Index.LAYER).facet(Index.KIND, SIGMA_W2)
                .dash(Index.STAGE)
                .horizontal("no difference", 0);
        return Plot.rows("network-and-data", "The network's part and the data's",
                "Top: relative entropy from the first pass on noise; below: what the same weights give more on images,"
                        + " on images with one permutation of the pixels and on images shuffled one by one, input by"
                        + " input of equal mean and variance; these rows have one scale. " + stages()
                        + (results.of(NetworkMeasures.THEORY_FROM_FIRST).isEmpty()
                                ? "."
                                : "; black: mean-field theory of random networks."),
                List.of(row("network", "noise", on(NetworkMeasures.FROM_FIRST, Stimulus.NOISE)).dash(Index.STAGE)
                        .theory("mean-field theory", results.of(NetworkMeasures.THEORY_FROM_FIRST)), differences));
    }

    /// How far apart a layer keeps images and noise, before and after training side by side.
    private Optional<Figure> imagesFromNoise() {
        List<Plot> rows = new ArrayList<>();
        for (FinerMeasure measure : List.of(FinerMeasure.PER_NEURON, FinerMeasure.COVARIANCE,
                FinerMeasure.NEIGHBOURS)) {
            Sample sample = Stream.of(Stimulus.IMAGES, Stimulus.PERMUTED, Stimulus.OTHER_NOISE)
                    .map(kind -> on(measure.quantity(), kind).with(Index.KIND, kind.title())).reduce(Sample::and)
                    .orElseThrow();
            if (measure == FinerMeasure.NEIGHBOURS) {
                sample = sample.and(on(FinerMeasure.NEIGHBOURS_OF_NORMALS.quantity(), Stimulus.IMAGES).with(Index.KIND,
                        NORMALS));
            }
            rows.add(Plot.lines(measure.quantity().name(), measure.label(), sample).x(Index.LAYER)
                    .facet(SIGMA_W2, Index.STAGE).colour(Index.KIND));
        }
        boolean otherNoise = !on(FinerMeasure.PER_NEURON.quantity(), Stimulus.OTHER_NOISE).isEmpty();
        boolean normals = !on(FinerMeasure.NEIGHBOURS_OF_NORMALS.quantity(), Stimulus.IMAGES).isEmpty();
        return Plot.rows("images-from-noise", "How far apart a layer keeps images and noise",
                "D(images || noise) over many inputs in one layer, by three models of the neurons"
                        + (otherNoise
                                ? "; 'other noise' is noise against noise, what samples of this size make of nothing"
                                : "")
                        + (normals ? "; 'normal samples' is what nearest neighbours make of Gaussian layers." : "."),
                rows);
    }

    /// How far a layer is from the first, whichever neuron is which.
    private Optional<Figure> fromFirstLayer() {
        return row("from-the-first-layer", "How far a layer is from the first, over many inputs",
                results.of(NetworkMeasures.ALIGNED)).colour(Index.KIND).dash(Index.STAGE)
                .caption("The least divergence of two Gaussians with the layers' shrunk covariances over all rotations"
                        + " of the neurons. " + stages() + ".")
                .figure();
    }

    private double sum(Quantity quantity) {
        return results.of(quantity).points().stream().mapToDouble(Sample.Point::value).sum();
    }

    /// Relative entropy on noise and differences from it at some layers.
    private Table table() {
        int layers = ControlsStudy.NETWORKS.layers(results.settings());
        Sample all = DATA.stream().map(this::lessNoise).reduce(
                on(NetworkMeasures.FROM_FIRST, Stimulus.NOISE).with(Index.KIND, "noise"), Sample::and);
        MeansTable table = MeansTable.by(SIGMA_W2, Index.KIND, Index.STAGE);
        IntStream.of(0, 1, layers / 4, layers / 2, 3 * layers / 4, layers - 1).filter(m -> m < layers).distinct()
                .sorted().forEach(m -> table.column("layer " + m, all.at(Index.LAYER, m)));
        return table.table("parts-by-depth", "Relative entropy on noise, and differences from it",
                "Mean ± one standard error over seeds, normalised; differences are paired: the same weights, the same"
                        + " Monte Carlo samples, inputs of equal mean and variance.");
    }

    /// How far training has moved the last layer.
    private Table movedByTraining() {
        MeansTable table = MeansTable.by(SIGMA_W2, Index.KIND);
        for (Stimulus kind : NetworkMeasures.FOLLOWED) {
            table.column("on " + kind.title(), Arrays.stream(FinerMeasure.values()).map(measure -> results
                    .of(measure.quantity()).at(Index.KIND, NetworkMeasures.sinceTraining(kind))
                    .at(Index.STAGE, Stage.AFTER.label())
                    .at(Index.LAYER, ControlsStudy.NETWORKS.layers(results.settings()) - 1)
                    .with(Index.KIND, measure.label())).reduce(Sample::and).orElseThrow());
        }
        return table.table("moved-by-training", "How far training has moved the last measured layer (nat)",
                "D(after || before) of the same neurons on the same inputs, mean ± one standard error over seeds, by"
                        + " kind of measure.");
    }
}

package org.surprisal.study.depth;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.surprisal.report.Axis;
import org.surprisal.report.Figure;
import org.surprisal.report.Line;
import org.surprisal.report.Stroke;
import org.surprisal.study.engine.Coordinate;
import org.surprisal.study.engine.Index;
import org.surprisal.study.engine.Plot;
import org.surprisal.study.engine.Quantities;
import org.surprisal.study.engine.Quantity;
import org.surprisal.study.engine.Results;
import org.surprisal.study.engine.Sample;

/// Figures of the relative entropy by depth, and of the training behind it.
///
/// @param results of the run
/// @param colour  the coordinate by which networks differ
public record DepthPlots(Results results, Coordinate colour) {
    private static final String SHARED = "Networks of one seed have the same random numbers, scaled by σ_w, so a bump"
            + " that all curves share is chance, not depth.";

    /// Relative entropy by layer, before and after training.
    public Optional<Figure> byDepth() {
        return Plot.lines("relative-entropy-by-depth", "Relative entropy by depth, before and after training",
                results.of(DepthQuantities.NORMALISED)).x(Index.LAYER).colour(colour).facet(Index.STAGE)
                .caption("In units of (N/2) ln(2πe σ_w²), N being the neurons of a layer; both panels have one scale. "
                        + SHARED)
                .figure();
    }

    /// After minus before, on the same network and the same Monte Carlo samples.
    public Sample change() {
        Sample normalised = results.of(DepthQuantities.NORMALISED);
        return normalised.at(Index.STAGE, Stage.AFTER.label()).minus(normalised.at(Index.STAGE, Stage.BEFORE.label()))
                .as(Quantity.of("change", "1", "change of the relative entropy, normalised", Index.LAYER));
    }

    /// [#change()], mean over the layers behind the reference.
    public Sample meanChange() {
        return change().where(Index.LAYER, m -> m > 0).meanOver(Index.LAYER);
    }

    /// [#change()] by layer.
    public Optional<Figure> afterMinusBefore() {
        return Plot.lines("after-minus-before", "Relative entropy after minus before training", change()).x(Index.LAYER)
                .colour(colour).horizontal("no change", 0)
                .caption("The difference on the same network and the same Monte Carlo samples. " + SHARED).figure();
    }

    /// Loss of batches, then accuracy by epoch.
    public List<Figure> training() {
        Optional<Figure> loss = Plot.lines("training-loss", "Training loss", results.of(Quantities.BATCH_LOSS))
                .x(Index.STEP).colour(colour).caption("The loss of single batches before their step, mean over seeds.")
                .figure();
        Quantity accuracy = Quantity.of("accuracy", "1", "accuracy", Index.EPOCH, Index.KIND);
        Sample both = results.of(Quantities.TRAIN_ACCURACY).as(accuracy).with(Index.KIND, "training")
                .and(results.of(Quantities.TEST_ACCURACY).as(accuracy).with(Index.KIND, "test"));
        Optional<Figure> accuracies = Plot.lines("accuracy", "Accuracy on training and test images", both)
                .x(Index.EPOCH)
                .colour(colour)
                .dash(Index.KIND, kind -> kind.equals("training")
                        ? "the epoch's training batches, each before its step"
                        : "all test images after the epoch, of which epoch 0 is the random network")
                .valueAxis(Axis.linear("accuracy", "").withRange(0, 1))
                .figure();
        return Stream.of(loss, accuracies).flatMap(Optional::stream).toList();
    }

    /// Random networks against the difference of Gaussian entropies that mean-field theory leaves.
    public Optional<Figure> meanFieldCheck() {
        Sample measured = before(DepthQuantities.NORMALISED);
        Sample theory = before(DepthQuantities.ENTROPY_DIFFERENCE);
        if (measured.isEmpty()) {
            return Optional.empty();
        }
        Plot plot = Plot
                .points("mean-field-check", "Random networks against the difference of Gaussian entropies", measured)
                .x(Index.LAYER).colour(colour)
                .caption("Points: the measured relative entropy before training. Lines: (N/2) ln(σ_m²/σ_0²) from the"
                        + " measured variances σ_m² of layers of N neurons, normalised likewise; relative to either,"
                        + " their distance shrinks as √(2/N). " + SHARED);
        Plot.lines("lines", "lines", theory).x(Index.LAYER).colour(colour).withoutBands().marks().stream()
                .filter(Line.class::isInstance).map(Line.class::cast)
                .forEach(line -> plot.mark(new Line(line.name(), line.x(), line.y(), line.colour(), Stroke.SOLID,
                        false)));
        return plot.figure();
    }

    /// The definition beside the form that the reference code computes.
    public Optional<Figure> referenceCodeForm() {
        Sample theirs = results.of(DepthQuantities.REFERENCE_CODE);
        Sample ours = results.of(DepthQuantities.NORMALISED).combine(theirs, (own, _) -> own);
        return ours.isEmpty() || theirs.isEmpty()
                ? Optional.empty()
                : Plot.lines("reference-code-form", "The definition beside the reference code's form",
                        ours.with(Index.KIND, "definition, Q / 2σ_m²")
                                .and(theirs.with(Index.KIND, "reference code, Q / 2σ_0²")))
                        .x(Index.LAYER).colour(colour)
                        .dash(Index.STAGE, stage -> stage.equals(Stage.BEFORE.label())
                                ? "random networks"
                                : "the same networks after training")
                        .facet(Index.KIND).withoutBands()
                        .caption("Left: the summed squared deviation Q of a layer's neurons is divided by 2σ_m², as the"
                                + " definition has it. Right: by 2σ_0², as the published reference code does, which"
                                + " pulls the curves away from 0; the published figures are probably of that form.")
                        .figure();
    }

    private Sample before(Quantity quantity) {
        return results.of(quantity).at(Index.STAGE, Stage.BEFORE.label());
    }
}

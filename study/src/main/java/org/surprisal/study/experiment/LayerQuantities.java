package org.surprisal.study.experiment;

import java.util.List;
import org.surprisal.study.engine.Index;
import org.surprisal.study.engine.Quantity;
import org.surprisal.study.measure.PlaneQuantities;

/// What is measured of the layers that an experiment listens to, by epoch.
final class LayerQuantities {
    static final Quantity MEAN = byEpoch("activation-mean", "1", "mean of the outputs");
    static final Quantity DEVIATION = byEpoch("activation-deviation", "1", "standard deviation of the outputs");
    /// Differential entropy of one number, of all that a layer gives for all samples.
    static final Quantity ENTROPY = byEpoch("activation-entropy", "nat", "differential entropy of an output");
    static final Quantity SKEWNESS = byEpoch("activation-skewness", "1", "skewness");
    static final Quantity EXCESS_KURTOSIS = byEpoch("activation-excess-kurtosis", "1", "excess kurtosis");
    static final Quantity ANDERSON_DARLING = byEpoch("activation-anderson-darling", "1", "Anderson–Darling statistic");
    /// D(layer‖first layer) of the distributions of one number.
    static final Quantity RELATIVE_ENTROPY = byEpoch("activation-relative-entropy", "nat",
            "relative entropy to the first layer");
    /// Of the Euclidean distances of all pairs of samples; the kind names the quantile.
    static final Quantity DISTANCE = Quantity.of("distance", "1", "distance between samples", Index.EPOCH, Index.LAYER,
            Index.KIND);
    static final List<Integer> DISTANCE_PERCENTS = List.of(10, 50, 90);
    /// I(X;T), I(T;Y), and I(T;Y) with labels in another order, by kind of estimate and noise.
    static final Quantity INPUT_INFORMATION = new PlaneQuantities("").input();
    static final Quantity LABEL_INFORMATION = new PlaneQuantities("").labels();
    static final Quantity SHUFFLED_INFORMATION = PlaneQuantities.SHUFFLED;
    /// Of the noise that information is measured with.
    static final Quantity NOISE_VARIANCE = Quantity.of("noise-variance", "1", "variance of the layer's noise",
            Index.EPOCH, Index.LAYER, Index.KIND);
    /// The samples that a layer's information is measured on, their H(X) and H(Y).
    static final Quantity SAMPLES = Quantity.of("samples", "1", "samples measured", Index.LAYER);
    static final Quantity INPUT_ENTROPY = Quantity.of("input-entropy", "nat", "H(X)", Index.LAYER);
    static final Quantity LABEL_ENTROPY = Quantity.of("label-entropy", "nat", "H(Y)", Index.LAYER);

    /// Those that are drawn as curves by epoch, a figure each.
    static final List<Quantity> CURVES = List.of(MEAN, DEVIATION, ENTROPY, SKEWNESS, EXCESS_KURTOSIS, ANDERSON_DARLING,
            RELATIVE_ENTROPY);

    private LayerQuantities() {
    }

    private static Quantity byEpoch(String name, String unit, String label) {
        return Quantity.of(name, unit, label, Index.EPOCH, Index.LAYER);
    }
}

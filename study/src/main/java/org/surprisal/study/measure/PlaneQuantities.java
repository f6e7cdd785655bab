package org.surprisal.study.measure;

import java.util.Arrays;
import java.util.Locale;
import org.surprisal.information.mutual.InformationPlane.Kind;
import org.surprisal.study.engine.Index;
import org.surprisal.study.engine.Quantity;
import org.surprisal.study.engine.Sample;

/// What is recorded of information planes.
///
/// The index kind says how an information is computed: `bhattacharyya` is a lower bound of I(X;T), `kullback-leibler`
/// an upper bound, and I(T;Y) of one kind is a difference of two and no bound; `binned` counts bins.
///
/// @param suffix of the names, which tells planes with another rule for the noise apart
public record PlaneQuantities(String suffix) {
    /// Samples that the layers are measured on.
    public static final Quantity POINTS = Quantity.of("points", "1", "samples measured");
    /// H(X) of the inputs' whole rows.
    public static final Quantity INPUT_ENTROPY = Quantity.of("input-entropy", "nat", "H(X)");
    /// H(Y) of the labels.
    public static final Quantity LABEL_ENTROPY = Quantity.of("label-entropy", "nat", "H(Y)");
    /// I(T;Y) with labels that are shuffled once, in the same way for all planes of a network: of the last hidden layer
    /// and the output.
    public static final Quantity SHUFFLED = Quantity.of("shuffled-label-information", "nat", "I(T;Y), shuffled labels",
            Index.EPOCH,
            Index.LAYER, Index.KIND);
    /// Mean of I(T;Y) over many shuffles of the labels, of a trained network.
    public static final Quantity NULL_MEAN = Quantity.of("shuffled-labels-mean", "nat", "I(T;Y), shuffled labels",
            Index.LAYER,
            Index.KIND);
    /// 95 % of these shuffles stay below it.
    public static final Quantity NULL_QUANTILE = Quantity.of("shuffled-labels-quantile-95", "nat",
            "I(T;Y), shuffled labels",
            Index.LAYER, Index.KIND);
    /// The probability of a value as large as that of the true labels among these shuffles.
    public static final Quantity NULL_P_VALUE = Quantity.of("shuffled-labels-p-value", "1", "p", Index.LAYER,
            Index.KIND);

    /// The text of a kind.
    public static String text(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The same numbers with kinds by the names that reports call them.
    public static Sample named(Sample byKind) {
        return byKind.change(Index.KIND, Index.KIND, PlaneQuantities::name);
    }

    /// What reports call a kind, or one with its noise behind a comma.
    public static String name(Object recorded) {
        String[] parts = recorded.toString().split(", ", 2);
        String name = Arrays.stream(Kind.values()).filter(kind -> text(kind).equals(parts[0]))
                .map(PlaneQuantities::name).findFirst().orElse(parts[0]);
        return parts.length < 2 ? name : name + ", " + parts[1].replaceFirst("^noise (?=[0-9])", "noise variance ");
    }

    /// What reports call a kind.
    public static String name(Kind kind) {
        return switch (kind) {
            case BHATTACHARYYA -> "lower bound (Bhattacharyya)";
            case KULLBACK_LEIBLER -> "upper bound (Kullback-Leibler)";
            case BINNED -> "binned";
        };
    }

    /// I(X;T).
    public Quantity input() {
        return Quantity.of("input-information" + suffix, "nat", "I(X;T)", Index.EPOCH, Index.LAYER, Index.KIND);
    }

    /// I(T;Y).
    public Quantity labels() {
        return Quantity.of("label-information" + suffix, "nat", "I(T;Y)", Index.EPOCH, Index.LAYER, Index.KIND);
    }

    /// Nowhere above the true I(T;Y) of the noisy layer.
    public Quantity labelsLower() {
        return Quantity.of("label-information-lower-bound" + suffix, "nat", "I(T;Y)", Index.EPOCH, Index.LAYER);
    }

    /// Nowhere below the true I(T;Y) of the noisy layer.
    public Quantity labelsUpper() {
        return Quantity.of("label-information-upper-bound" + suffix, "nat", "I(T;Y)", Index.EPOCH, Index.LAYER);
    }

    /// Variance of the noise that a layer is measured with.
    public Quantity noise() {
        return Quantity.of("noise-variance" + suffix, "1", "variance of the layer's noise", Index.EPOCH, Index.LAYER);
    }
}

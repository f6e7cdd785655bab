package org.surprisal.theory.meanfield;

import java.util.List;
import java.util.Locale;

/// One input's way through a random network, by layer ([MeanField#depthProfile]).
///
/// @param variances q_l, layer 0 first
/// @param chis χ(q_l), as many
public record DepthProfile(List<Estimate> variances, List<Estimate> chis) {

    /// A profile with copies of both lists.
    ///
    /// @throws IllegalArgumentException if they are empty or not of one length
    public DepthProfile {
        if (variances.isEmpty() || variances.size() != chis.size()) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "%d variances and %d chis, as many of each and at least one needed",
                            variances.size(), chis.size()));
        }
        variances = List.copyOf(variances);
        chis = List.copyOf(chis);
    }

    static void requireLayers(int layers) {
        if (layers < 0) {
            throw new IllegalArgumentException(String.format(Locale.ROOT, "layers = %d, at least 0 needed", layers));
        }
    }

    /// The mean squared singular value of the Jacobian J of the pre-activations of layer `to` by those of layer `from`,
    /// all of width N: (1/N) tr J Jᵀ = ∏ χ(q_l) over the layers between, `to` left out. It is also the factor by which
    /// a gradient's mean square differs between the two, since a gradient that arrives at `to` is multiplied by Jᵀ:
    /// below 1 it vanishes on its way back, above 1 it explodes.
    ///
    /// @param from 0 to `to`
    /// @param to up to the last layer
    /// @throws IllegalArgumentException if the layers are not among those of the profile, or not in order
    public double meanSquareSingularValue(int from, int to) {
        if (from < 0 || to < from || to >= variances.size()) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "from layer %d to layer %d, 0 <= from <= to <= %d needed", from, to,
                            variances.size() - 1));
        }
        double product = 1;
        for (Estimate chi : chis.subList(from, to)) {
            product *= chi.value();
        }
        return product;
    }
}

package org.surprisal.information.conditional;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.surprisal.information.mutual.Continuous;
import org.surprisal.information.mutual.EstimatorDescription;
import org.surprisal.information.mutual.Kraskov;
import org.surprisal.information.mutual.MutualInformation;
import org.surprisal.information.mutual.MutualInformationEstimator;
import org.surprisal.information.mutual.ScaledPoints;
import org.surprisal.information.mutual.Scaling;
import org.surprisal.information.mutual.Variable;
import org.surprisal.information.neighbour.IntegerDigamma;
import org.surprisal.information.neighbour.NearestNeighbours;
import org.surprisal.information.neighbour.NeighbourSearch;
import org.surprisal.information.neighbour.NeighbourSpace;
import org.surprisal.information.neighbour.TheilerWindow;
import org.surprisal.information.pairwise.Parallel;
import org.surprisal.tensor.RandomStream;

/// Conditional mutual information of continuous variables from nearest neighbours (Frenzel & Pompe 2007): with ε_i the
/// distance of triple i to its k-th neighbour in the maximum norm of all three spaces, and n_xz, n_yz and n_z the
/// points nearer than ε_i in (x, z), in (y, z) and in z,
///
///     I(X;Y|Z) = ψ(k) - ⟨ψ(n_xz + 1) + ψ(n_yz + 1) - ψ(n_z + 1)⟩.
///
/// The bias is small where X and Y are independent given Z and depend on Z weakly. Strong dependence on Z makes
/// neighbourhoods long and thin, and then the value is too small, also below 0; a null distribution has the same bias.
///
/// @param k neighbours, at least 1
/// @param jitter standard deviation of the normal noise added to each scaled coordinate, in units of its own; 0 for
/// none
/// @param scaling what is done to each coordinate first
/// @param theiler how many rows before and behind a row are none of its neighbours because they are near in time
/// (Theiler 1986), at least 0
/// @param stream of the jitter
public record ConditionalKraskov(int k, double jitter, Scaling scaling, int theiler, RandomStream stream)
        implements
            ConditionalEstimator {

    /// What a person should know before believing this estimator.
    public static final EstimatorDescription DESCRIPTION = new EstimatorDescription("ksg",
            "nearest neighbours (Frenzel & Pompe 2007)", EstimatorDescription.Kind.ESTIMATE,
            "the three variables have a joint density that is smooth over a k-neighbourhood",
            "four searches of neighbours: O(n log n) time in few dimensions, O(n² d) in more than six; all cores",
            "in more than a few coordinates of all three together, where the value is too small; where Z determines X"
                    + " or Y; for whole numbers and other ties");

    private static final int CHUNK = 256;

    /// @throws IllegalArgumentException if a number is out of its range
    public ConditionalKraskov {
        // The same bounds hold, with the same words.
        new Kraskov(k, 1, jitter, scaling, theiler, stream);
    }

    /// k = 4, standardised coordinates, a jitter of 1e-8 and no Theiler window.
    public static ConditionalKraskov standard(RandomStream stream) {
        return new ConditionalKraskov(4, 1e-8, Scaling.STANDARDISE, 0, stream);
    }

    @Override
    public EstimatorDescription description() {
        return DESCRIPTION;
    }

    @Override
    public MutualInformationEstimator unconditional() {
        return new Kraskov(k, 1, jitter, scaling, theiler, stream);
    }

    /// I(X;Y|Z) of three continuous variables. Constant coordinates are left out.
    ///
    /// @throws IllegalArgumentException if one is discrete, the numbers of samples differ, a point has fewer than k
    /// others, or points coincide that no jitter moves apart
    @Override
    public MutualInformation estimate(Variable x, Variable y, Variable z) {
        int n = Triples.require(x, y, z, 2);
        if (k >= n) {
            throw new IllegalArgumentException(String.format(Locale.ROOT,
                    "k = %d neighbours need more than %d samples, %s has %d", k, k, x.name(), n));
        }
        TheilerWindow window = new TheilerWindow(theiler);
        window.requireNeighbours(k, n);
        List<String> warnings = new ArrayList<>();
        NeighbourSpace ofX = space(x, "x", warnings);
        NeighbourSpace ofY = space(y, "y", warnings);
        NeighbourSpace ofZ = space(z, "z", warnings);
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("k", k);
        settings.put("jitter", jitter);
        settings.put("scale", scaling.label());
        if (theiler > 0) {
            settings.put("theiler", theiler);
        }
        if (ofX.isEmpty() || ofY.isEmpty()) {
            return MutualInformation.of(DESCRIPTION.name(), n, 0, settings, warnings);
        }
        if (ofZ.isEmpty()) {
            MutualInformation alone = unconditional().estimate(x, y);
            alone.warnings().stream().filter(warning -> !warnings.contains(warning)).forEach(warnings::add);
            return MutualInformation.of(DESCRIPTION.name(), n, alone.value(), settings, warnings);
        }
        NeighbourSearch inZ = NeighbourSearch.of(ofZ);
        NeighbourSearch inXz = NeighbourSearch.of(NeighbourSpace.product(ofX, ofZ));
        NeighbourSearch inYz = NeighbourSearch.of(NeighbourSpace.product(ofY, ofZ));
        NeighbourSearch inAll = NeighbourSearch.of(NeighbourSpace.product(inXz.space(), ofY));
        IntegerDigamma digamma = new IntegerDigamma(n);
        double[] terms = new double[n];
        Parallel.run(Math.ceilDiv(n, CHUNK), chunk -> {
            NearestNeighbours neighbours = new NearestNeighbours(k);
            for (int i = chunk * CHUNK; i < Math.min(n, (chunk + 1) * CHUNK); i++) {
                window.ask(neighbours, k, i, n);
                inAll.nearest(i, neighbours);
                double radius = neighbours.radius();
                requireApart(radius, i);
                // Point i is nearer than any other and counted with the rest.
                terms[i] = digamma.of(window.below(inXz, radius, i)) + digamma.of(window.below(inYz, radius, i))
                        - digamma.of(window.below(inZ, radius, i));
            }
        });
        double sum = 0;
        for (double term : terms) {
            sum += term;
        }
        return MutualInformation.of(DESCRIPTION.name(), n, digamma.of(k) - sum / n, settings, warnings);
    }

    private NeighbourSpace space(Variable variable, String role, List<String> warnings) {
        Continuous continuous = Triples.continuous(DESCRIPTION.name(), variable);
        return ScaledPoints.of(continuous, scaling, jitter, stream.child(role), warnings);
    }

    private void requireApart(double radius, int sample) {
        if (radius == 0) {
            throw new IllegalArgumentException(String.format(Locale.ROOT,
                    "sample %d coincides with its %d nearest neighbours: nearest neighbours need points apart, give a"
                            + " jitter above 0 (jitter = %s)",
                    sample, k, jitter));
        }
    }
}

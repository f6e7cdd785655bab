package org.surprisal.cli.ising;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.surprisal.theory.ising.IsingModel;
import org.surprisal.theory.ising.KaufmanTorus;
import org.surprisal.theory.ising.Onsager;

/// What is known exactly of a model, under the names of the simulation's averages and for its coupling; null where
/// nothing is.
///
/// @param infiniteLattice after Onsager and Yang; known without a field
/// @param thisLattice after Kaufman; known without a field and without frustration, which an antiferromagnet has where
/// L is odd
record ExactAverages(@Nullable SequencedMap<String, @Nullable Object> infiniteLattice,
        @Nullable SequencedMap<String, @Nullable Object> thisLattice) {

    /// An antiferromagnet is the ferromagnet with every second spin turned over: same energies, no magnetisation.
    static ExactAverages of(IsingModel model) {
        double strength = Math.abs(model.coupling());
        double reduced = model.temperature() / strength;
        // a temperature that is beyond the range of numbers in units of J is not told from 0 or infinity
        if (model.field() != 0 || strength == 0 || !Double.isFinite(reduced) || reduced == 0) {
            return new ExactAverages(null, null);
        }
        Onsager onsager = Onsager.at(reduced);
        boolean critical = Double.isInfinite(onsager.specificHeat());
        SequencedMap<String, @Nullable Object> infinite = new LinkedHashMap<>();
        infinite.put("energyPerSpin", strength * onsager.energyPerSpin());
        infinite.put("absMagnetisation", model.coupling() > 0 ? onsager.spontaneousMagnetisation() : 0.0);
        // JSON has no number for the infinity
        infinite.put("specificHeat", critical ? null : (Object) onsager.specificHeat());
        infinite.put("specificHeatDiverges", critical);
        infinite.put("criticalTemperature", strength * Onsager.CRITICAL_TEMPERATURE);
        if (model.coupling() < 0 && model.size() % 2 != 0) {
            return new ExactAverages(infinite, null);
        }
        KaufmanTorus kaufman = KaufmanTorus.at(model.size(), reduced);
        SequencedMap<String, @Nullable Object> finite = new LinkedHashMap<>();
        finite.put("energyPerSpin", strength * kaufman.energyPerSpin());
        finite.put("specificHeat", kaufman.specificHeat());
        return new ExactAverages(infinite, finite);
    }

    /// Whether the infinite lattice is at its critical temperature.
    boolean diverges() {
        return infiniteLattice != null && Boolean.TRUE.equals(infiniteLattice.get("specificHeatDiverges"));
    }
}

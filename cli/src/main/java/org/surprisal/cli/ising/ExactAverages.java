package org.surprisal.cli.ising;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.surprisal.theory.ising.IsingModel;
import org.surprisal.theory.ising.KaufmanTorus;
import org.surprisal.theory.ising.Onsager;

/// What is known exactly of a model, under the names of the simulation's averages and for its coupling; null where nothing is.
///
/// @param infiniteLattice after Onsager and Yang; known without a field
/// @param thisLattice after Kaufman; known without a field and without frustration, which an antiferromagnet has where L is odd
record ExactAverages(@Nullable Map<String, Object> infiniteLattice, @Nullable Map<String, Object> thisLattice) {

    /// An antiferromagnet is the ferromagnet with every second spin turned over: same energies, no magnetisation.
    static ExactAverages of(IsingModel model) {
        double strength = Math.abs(model.coupling());
        double reduced = model.temperature() / strength;
        if (model.field() != 0 || strength == 0 || !Double.isFinite(reduced) || reduced == 0) {
            return new ExactAverages(null, null);
        }
        Onsager onsager = Onsager.at(reduced);
        Map<String, Object> infinite = new LinkedHashMap<>();
        infinite.put("energyPerSpin", strength * onsager.energyPerSpin());
        infinite.put("absMagnetisation", model.coupling() > 0 ? onsager.spontaneousMagnetisation() : 0.0);
        // JSON has no number for it
        infinite.put("specificHeat",
                Double.isInfinite(onsager.specificHeat()) ? "Infinity" : (Object) onsager.specificHeat());
        infinite.put("criticalTemperature", strength * Onsager.CRITICAL_TEMPERATURE);
        if (model.coupling() < 0 && model.size() % 2 != 0) {
            return new ExactAverages(infinite, null);
        }
        KaufmanTorus kaufman = KaufmanTorus.at(model.size(), reduced);
        Map<String, Object> finite = new LinkedHashMap<>();
        finite.put("energyPerSpin", strength * kaufman.energyPerSpin());
        finite.put("specificHeat", kaufman.specificHeat());
        return new ExactAverages(infinite, finite);
    }
}

package org.surprisal.theory.ising;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.IntConsumer;

/// Averages over the states that a sampler meets, with errors.
///
/// What was measured falls into 64 groups: the replicas where there are 64, else stretches of one chain. Each average
/// comes from all of them, its standard error from those with one group left out (jackknife), which holds for averages
/// of any form. Replicas are independent; stretches are as good as that if they are much longer than the
/// autocorrelation time, see [#autocorrelationTimesInGroup].
///
/// Averages are a spin's, with Boltzmann's constant 1.
///
/// @param model the lattice
/// @param replicas independent chains
/// @param sweeps measured, of each replica
/// @param energyPerSpin ⟨H⟩ / N
/// @param magnetisation ⟨M⟩ / N
/// @param absMagnetisation ⟨|M|⟩ / N
/// @param specificHeat (⟨H²⟩ - ⟨H⟩²) / (N T²)
/// @param susceptibility (⟨M²⟩ - ⟨|M|⟩²) / (N T)
/// @param binderCumulant 1 - ⟨M⁴⟩ / (3 ⟨M²⟩²); 2/3 in order, 0 in disorder
/// @param energyAutocorrelationTime integrated, of H, in sweeps; ½ where sweeps know nothing of each other
/// @param magnetisationAutocorrelationTime the same of |M|
public record IsingSimulation(IsingModel model, int replicas, int sweeps, Measured energyPerSpin,
        Measured magnetisation, Measured absMagnetisation, Measured specificHeat, Measured susceptibility,
        Measured binderCumulant, double energyAutocorrelationTime, double magnetisationAutocorrelationTime) {
    /// Groups of measurements.
    public static final int GROUPS = 64;

    /// Numbers kept of each quantity for its autocorrelation time.
    private static final int KEPT = 1 << 18;

    /// Runs a sampler and measures after each sweep.
    ///
    /// @param warmUp sweeps before the first measurement, 0 or more
    /// @param sweeps measured: at least 2, and at least 64 where there is one chain
    /// @throws IllegalArgumentException if there are fewer
    public static IsingSimulation run(IsingSampler sampler, int warmUp, int sweeps) {
        return run(sampler, warmUp, sweeps, measured -> {
        });
    }

    /// The same, telling after each sweep how many have been measured.
    public static IsingSimulation run(IsingSampler sampler, int warmUp, int sweeps, IntConsumer progress) {
        int replicas = sampler.replicas();
        int least = replicas == GROUPS ? 2 : GROUPS;
        if (sweeps < least) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "sweeps = %d, at least %d needed for an error", sweeps, least));
        }
        if (warmUp < 0) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "sweeps of warm-up = %d, at least 0 needed", warmUp));
        }
        sampler.warmUp(warmUp);
        IsingModel model = sampler.model();
        Moments[] groups = new Moments[GROUPS];
        Arrays.setAll(groups, _ -> new Moments());
        int length = Math.min(sweeps, KEPT);
        double[][] energies = new double[Math.clamp(KEPT / sweeps, 1, replicas)][length];
        double[][] magnetisations = new double[energies.length][length];
        int[] bondSums = new int[replicas];
        int[] sums = new int[replicas];
        double ground = -2 * Math.abs(model.coupling()) * model.spins();
        for (int i = 0; i < sweeps; i++) {
            sampler.sweep();
            sampler.observe(bondSums, sums);
            for (int r = 0; r < replicas; r++) {
                double above = model.energy(bondSums[r], sums[r]) - ground;
                groups[replicas == GROUPS ? r : (int) ((long) i * GROUPS / sweeps)].add(above, sums[r]);
                if (r < energies.length && i < length) {
                    energies[r][i] = above;
                    magnetisations[r][i] = Math.abs(sums[r]);
                }
            }
            progress.accept(i + 1);
        }
        return of(model, replicas, sweeps, groups, AutocorrelationTime.of(energies),
                AutocorrelationTime.of(magnetisations));
    }

    private static IsingSimulation of(IsingModel model, int replicas, int sweeps, Moments[] groups, double energyTime,
            double magnetisationTime) {
        double n = model.spins();
        double t = model.temperature();
        Jackknife all = new Jackknife(groups);
        return new IsingSimulation(model, replicas, sweeps,
                all.estimate(m -> m.energyAboveGround() / n - 2 * Math.abs(model.coupling())),
                all.estimate(m -> m.magnetisation() / n), all.estimate(m -> m.absoluteMagnetisation() / n),
                all.estimate(m -> model.specificHeat(m.energyVariance())),
                all.estimate(m -> m.absoluteVariance() / (n * t)), all.estimate(Moments::binderCumulant), energyTime,
                magnetisationTime);
    }

    /// How many of the longer of the two autocorrelation times are in a group. Where there is one chain and this is
    /// below 20 or so, errors are too small.
    public double autocorrelationTimesInGroup() {
        double longer = Math.max(energyAutocorrelationTime, magnetisationAutocorrelationTime);
        return (replicas == GROUPS ? sweeps : (double) sweeps / GROUPS) / longer;
    }
}

package org.surprisal.gallery;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.surprisal.network.Network;
import org.surprisal.network.architecture.MultilayerPerceptron;
import org.surprisal.network.initialisation.Initialisation;
import org.surprisal.network.layer.Activation;
import org.surprisal.report.Verdict;
import org.surprisal.report.Wording;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;
import org.surprisal.theory.ising.Decimation;
import org.surprisal.theory.ising.Onsager;
import org.surprisal.theory.meanfield.MeanField;
import org.surprisal.theory.meanfield.SaturatingActivation;

/// Numbers that a document prints and that a formula gives without a run, beside ours.
///
/// A number that follows from a formula has no scatter: it holds if ours rounds to the printed digits.
final class PrintedNumbers {
    private static final Map<String, Supplier<List<ClaimOutcome>>> ALL = Map.of(
            "schmidt-parameters", PrintedNumbers::parameters,
            "schmidt-critical-point", PrintedNumbers::criticalPoint,
            "schmidt-critical-temperature", PrintedNumbers::criticalTemperature,
            "schmidt-renormalization", PrintedNumbers::renormalization,
            "landsverk-memory", PrintedNumbers::memory);

    private final List<ClaimOutcome> claims = new ArrayList<>();

    private PrintedNumbers() {
    }

    /// The numbers of an exhibit.
    ///
    /// @throws IllegalStateException if the exhibit has none
    static List<ClaimOutcome> of(String exhibit) {
        Supplier<List<ClaimOutcome>> numbers = ALL.get(exhibit);
        if (numbers == null) {
            throw new IllegalStateException("exhibit '" + exhibit + "' has neither a study nor printed numbers");
        }
        return numbers.get();
    }

    /// Whether an exhibit has printed numbers.
    static boolean isKnown(String exhibit) {
        return ALL.containsKey(exhibit);
    }

    private static List<ClaimOutcome> parameters() {
        Network network = new MultilayerPerceptron(784, List.of(16, 16, 10), Activation.RELU, Activation.IDENTITY)
                .build(ElementType.FLOAT32, Initialisation.zeros(), RandomStream.seeded(1));
        return new PrintedNumbers().number("parameters", "784-16-16-10 has 13,002 weights and biases", 13_002, 0,
                (double) network.parameterCount()).claims;
    }

    private static List<ClaimOutcome> criticalPoint() {
        return new PrintedNumbers().number("critical-weight-variance",
                "For tanh and σ_b² = 0.05 the critical weight variance is about 1.76", 1.76, 0.005,
                MeanField.critical(SaturatingActivation.TANH, 0.05).end()).claims;
    }

    private static List<ClaimOutcome> criticalTemperature() {
        return new PrintedNumbers().number("critical-temperature",
                "The critical temperature of the square lattice is 2.269 J", 2.269, 0.0005,
                Onsager.CRITICAL_TEMPERATURE).claims;
    }

    /// The thesis names no number here: the claims are about the shape of the curve, as of that by layers.
    private static List<ClaimOutcome> renormalization() {
        return new PrintedNumbers()
                .shape("chain", "the chain at K_0 = 1", Decimation.chain(1, 5), Decimation.chainLimit(1))
                .shape("square", "the square lattice at K_0 = 0.4", Decimation.square(0.4, 8),
                        Decimation.squareLimit(0.4)).claims;
    }

    private PrintedNumbers shape(String id, String lattice, List<Double> divergences, double limit) {
        double smallest = divergences.getFirst();
        for (int n = 1; n < divergences.size(); n++) {
            smallest = Math.min(smallest, divergences.get(n) - divergences.get(n - 1));
        }
        exact(id + "-rises", "Each of " + divergences.size() + " decimations raises the relative entropy of " + lattice
                + ", in nats a spin", "above 0, by a formula", smallest, smallest > 0);
        double share = divergences.getLast() / limit;
        return exact(id + "-reaches-its-asymptote", "After " + divergences.size() + " decimations " + lattice
                + " has the relative entropy of independent spins, within 5 %", "within 0.05 of 1, by a formula",
                share, Math.abs(share - 1) <= 0.05);
    }

    private static List<ClaimOutcome> memory() {
        return new PrintedNumbers().number("memory",
                "An hour of 30 pictures a second, each of 720 · 480 pixels of 3 bytes, takes 112 GB", 112, 0.5,
                720.0 * 480 * 3 * 30 * 3600 / 1e9).claims;
    }

    /// Adds a number.
    ///
    /// @param printed   in the document
    /// @param tolerance half a unit of the last printed digit, or what the document calls 'about'
    private PrintedNumbers number(String id, String text, double printed, double tolerance, double ours) {
        return exact(id, text, "within " + Wording.shortest(tolerance) + " of the printed "
                + Wording.shortest(printed) + ", by a formula", ours, Math.abs(ours - printed) <= tolerance);
    }

    /// Adds a number that has no scatter.
    private PrintedNumbers exact(String id, String text, String rule, double ours, boolean holds) {
        Verdict verdict = holds ? Verdict.HELD : Verdict.NOT_HELD;
        claims.add(new ClaimOutcome(id, text, verdict, rule, List.of(new ClaimOutcome.Case("", ours,
                OptionalDouble.of(ours), OptionalDouble.of(ours), OptionalDouble.empty(), 1, verdict))));
        return this;
    }
}

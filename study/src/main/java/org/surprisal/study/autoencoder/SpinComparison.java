package org.surprisal.study.autoencoder;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.ToDoubleFunction;
import org.surprisal.information.statistics.FittedLine;
import org.surprisal.study.engine.Index;
import org.surprisal.study.engine.Quantity;
import org.surprisal.tensor.Tensor;

/// Magnetisation and energy of Ising states against those of their reconstructions, and the mean of the code against
/// the magnetisation.
///
/// @param inputs    of the states
/// @param outputs   of their reconstructions, in the same order
/// @param codeMeans mean of each state's code over its neurons
/// @param agreement share of spins that are the same
record SpinComparison(List<SpinState> inputs, List<SpinState> outputs, List<Double> codeMeans, double agreement) {
    static final Quantity AGREEMENT = byStage("spin-agreement", "1", "share of spins that are the same");
    static final Quantity MAGNETISATION = byStage("magnetisation-correlation", "1", "correlation of magnetisations");
    static final Quantity ENERGY = byStage("energy-correlation", "1", "correlation of energies");
    static final Quantity ENERGY_SLOPE = byStage("energy-slope", "1", "slope of the energy");
    static final Quantity ENERGY_EXCESS = byStage("energy-excess", "J", "excess energy per spin");
    static final Quantity CODE = byStage("code-mean-magnetisation-correlation", "1",
            "correlation of code mean and magnetisation");
    /// In the order of tables.
    static final List<Quantity> QUANTITIES = List.of(AGREEMENT, MAGNETISATION, ENERGY, ENERGY_SLOPE, ENERGY_EXCESS,
            CODE);

    static final String INPUT_MAGNETISATION = "input-magnetisation";
    static final String INPUT_ENERGY = "input-energy";
    static final String OUTPUT_MAGNETISATION = "output-magnetisation";
    static final String OUTPUT_ENERGY = "output-energy";
    static final String CODE_MEAN = "code-mean";

    SpinComparison {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        codeMeans = List.copyOf(codeMeans);
    }

    /// @param inputs  images, shape (n, pixels)
    /// @param codes   shape (n, neurons)
    /// @param outputs shape of `inputs`
    static SpinComparison of(Tensor inputs, Tensor codes, Tensor outputs) {
        return new SpinComparison(SpinState.of(inputs), SpinState.of(outputs),
                Arrays.stream(codes.sum(1).times(1.0 / codes.length(1)).toDoubles()).boxed().toList(),
                SpinState.agreement(inputs, outputs));
    }

    private static Quantity byStage(String name, String unit, String label) {
        return Quantity.of(name, unit, label, Index.STAGE);
    }

    /// The numbers that are recorded; a correlation with something that is the same for all states is left out, for
    /// there is none.
    SequencedMap<Quantity, Double> numbers() {
        double[] magnetisations = numbers(inputs, SpinState::magnetisation);
        double[] energies = numbers(inputs, SpinState::energy);
        double[] reconstructed = numbers(outputs, SpinState::energy);
        SequencedMap<Quantity, Double> numbers = new LinkedHashMap<>();
        numbers.put(AGREEMENT, agreement);
        line(magnetisations, numbers(outputs, SpinState::magnetisation))
                .ifPresent(line -> numbers.put(MAGNETISATION, line.correlation()));
        line(energies, reconstructed).ifPresent(line -> {
            numbers.put(ENERGY, line.correlation());
            numbers.put(ENERGY_SLOPE, line.slope());
        });
        numbers.put(ENERGY_EXCESS,
                Arrays.stream(reconstructed).average().orElseThrow() - Arrays.stream(energies).average().orElseThrow());
        line(magnetisations, codeMeans.stream().mapToDouble(Double::doubleValue).toArray())
                .ifPresent(line -> numbers.put(CODE, line.correlation()));
        return numbers;
    }

    /// State by state, for the scatter.
    void keep(SequencedMap<String, Tensor> arrays) {
        arrays.put(INPUT_MAGNETISATION, Tensor.of(numbers(inputs, SpinState::magnetisation)));
        arrays.put(INPUT_ENERGY, Tensor.of(numbers(inputs, SpinState::energy)));
        arrays.put(OUTPUT_MAGNETISATION, Tensor.of(numbers(outputs, SpinState::magnetisation)));
        arrays.put(OUTPUT_ENERGY, Tensor.of(numbers(outputs, SpinState::energy)));
        arrays.put(CODE_MEAN, Tensor.of(codeMeans.stream().mapToDouble(Double::doubleValue).toArray()));
    }

    private static Optional<FittedLine> line(double[] x, double[] y) {
        return x.length < FittedLine.FEWEST || isConstant(x) || isConstant(y)
                ? Optional.empty()
                : Optional.of(FittedLine.through(x, y));
    }

    private static boolean isConstant(double[] values) {
        return Arrays.stream(values).allMatch(value -> value == values[0]);
    }

    private static double[] numbers(List<SpinState> states, ToDoubleFunction<SpinState> number) {
        return states.stream().mapToDouble(number).toArray();
    }
}

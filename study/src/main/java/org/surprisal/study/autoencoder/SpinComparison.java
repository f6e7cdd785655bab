package org.surprisal.study.autoencoder;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.ToDoubleFunction;
import org.surprisal.information.statistics.FittedLine;
import org.surprisal.study.Metric;
import org.surprisal.tensor.Tensor;

/// Magnetisation and energy of Ising states against those of their reconstructions, and the mean of the code against
/// the magnetisation.
///
/// @param inputs    of the states
/// @param outputs   of their reconstructions, in the same order
/// @param codeMeans mean of each state's code over its neurons
/// @param agreement share of spins that are the same
record SpinComparison(List<SpinState> inputs, List<SpinState> outputs, List<Double> codeMeans, double agreement) {
    static final String AGREEMENT = "spin-agreement";
    static final String MAGNETISATION = "magnetisation-correlation";
    static final String ENERGY = "energy-correlation";
    static final String ENERGY_SLOPE = "energy-slope";
    static final String ENERGY_EXCESS = "energy-excess";
    static final String CODE = "code-mean-magnetisation-correlation";

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

    /// The numbers that are kept; a correlation with something that is the same for all states is left out, for there
    /// is none.
    List<Metric> metrics() {
        double[] magnetisations = numbers(inputs, SpinState::magnetisation);
        double[] energies = numbers(inputs, SpinState::energy);
        double[] reconstructed = numbers(outputs, SpinState::energy);
        List<Metric> metrics = new ArrayList<>();
        metrics.add(Metric.of(AGREEMENT, agreement, "1"));
        line(magnetisations, numbers(outputs, SpinState::magnetisation))
                .ifPresent(line -> metrics.add(Metric.of(MAGNETISATION, line.correlation(), "1")));
        line(energies, reconstructed).ifPresent(line -> {
            metrics.add(Metric.of(ENERGY, line.correlation(), "1"));
            metrics.add(Metric.of(ENERGY_SLOPE, line.slope(), "1"));
        });
        metrics.add(Metric.of(ENERGY_EXCESS,
                Arrays.stream(reconstructed).average().orElseThrow() - Arrays.stream(energies).average().orElseThrow(),
                "J"));
        line(magnetisations, codeMeans.stream().mapToDouble(Double::doubleValue).toArray())
                .ifPresent(line -> metrics.add(Metric.of(CODE, line.correlation(), "1")));
        return metrics;
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

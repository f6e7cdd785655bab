package org.surprisal.study.autoencoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.surprisal.study.dataset.IsingStates;
import org.surprisal.study.engine.Quantity;
import org.surprisal.tensor.Tensor;

class SpinComparisonTest {
    private static final Tensor STATES = IsingStates.generate(1, 1, 5).test().all().inputs().reshape(40, 784);

    private static Map<Quantity, Double> numbers(Tensor codes, Tensor outputs) {
        return SpinComparison.of(STATES, codes, outputs).numbers();
    }

    @Test
    void aPerfectReconstructionKeepsEverything() {
        // Codes whose mean is the share of up spins, a line in the magnetisation.
        Map<Quantity, Double> numbers = numbers(STATES, STATES);
        assertThat(numbers).containsEntry(SpinComparison.AGREEMENT, 1.0)
                .containsEntry(SpinComparison.ENERGY_EXCESS, 0.0);
        for (Quantity one : List.of(SpinComparison.MAGNETISATION, SpinComparison.ENERGY, SpinComparison.ENERGY_SLOPE,
                SpinComparison.CODE)) {
            assertThat(numbers.get(one)).as(one.name()).isCloseTo(1, within(1e-6));
        }
    }

    @Test
    void theNegativeHasTheSameEnergiesAndOppositeMagnetisations() {
        Map<Quantity, Double> numbers = numbers(STATES, STATES.times(-1).plus(Tensor.full(STATES.type(), 1, 40, 784)));
        assertThat(numbers).containsEntry(SpinComparison.AGREEMENT, 0.0);
        assertThat(numbers.get(SpinComparison.MAGNETISATION)).isCloseTo(-1, within(1e-12));
        assertThat(numbers.get(SpinComparison.ENERGY)).isCloseTo(1, within(1e-12));
    }

    @Test
    void aReconstructionThatIsAlwaysTheSameHasNoCorrelation() {
        Tensor black = Tensor.zeros(STATES.type(), 40, 784);
        assertThat(numbers(black, black)).containsOnlyKeys(SpinComparison.AGREEMENT, SpinComparison.ENERGY_EXCESS);
    }

    @Test
    void everyStateIsKept() {
        SequencedMap<String, Tensor> arrays = new LinkedHashMap<>();
        SpinComparison.of(STATES, STATES, STATES).keep(arrays);
        assertThat(arrays).hasSize(5);
        arrays.forEach((name, numbers) -> assertThat(numbers.size()).as(name).isEqualTo(40));
    }
}

package org.surprisal.network.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.surprisal.data.Dataset;
import org.surprisal.data.InMemory;
import org.surprisal.network.Network;
import org.surprisal.network.Parameter;
import org.surprisal.network.State;
import org.surprisal.network.architecture.MultilayerPerceptron;
import org.surprisal.network.initialisation.Initialisation;
import org.surprisal.network.layer.Activation;
import org.surprisal.network.loss.CrossEntropy;
import org.surprisal.network.optimiser.Optimiser;
import org.surprisal.network.optimiser.Sgd;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.InPlace;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

/// What the training loop does with schedules and early stopping.
class ScheduledTrainingTest {
    /// Keeps the learning rates it is asked for and changes nothing.
    private static final class Asked implements Optimiser {
        final List<Double> rates = new ArrayList<>();

        @Override
        public double learningRate() {
            return 0.5;
        }

        @Override
        public void step(List<Parameter> parameters, List<Tensor> gradients, double rate) {
            rates.add(rate);
        }

        @Override
        public void save(State to) {
            // It remembers nothing that steers it.
        }

        @Override
        public void restore(State from) {
            // As save.
        }
    }

    /// Labels that depend on nothing: a network can only learn them by heart.
    private static Dataset noise(int n, String label) {
        RandomStream stream = RandomStream.seeded(8).child(label);
        float[] labels = new float[n];
        for (int i = 0; i < n; i++) {
            labels[i] = stream.nextInt(2);
        }
        return InMemory.classification(label, stream.gaussian(ElementType.FLOAT32, 0, 1, n, 4), Tensor.of(labels), 2);
    }

    private static Network network() {
        return new MultilayerPerceptron(4, List.of(32, 2), Activation.TANH, Activation.IDENTITY)
                .build(ElementType.FLOAT32, new Initialisation.Gaussian(1.5, 0.05), RandomStream.seeded(1));
    }

    private static List<Double> rates(Trainer trainer, Asked asked) {
        // 10 samples in batches of 4: three steps an epoch.
        trainer.batchSize(4).fit(noise(10, "train"), RandomStream.seeded(1));
        return asked.rates;
    }

    @Test
    void schedulesCountStepsOrEpochsAndMultiply() {
        Asked asked = new Asked();
        Trainer trainer = new Trainer(network(), new CrossEntropy(), asked).epochs(2);
        assertThat(rates(trainer, asked)).containsOnly(0.5).hasSize(6);

        Asked steps = new Asked();
        trainer = new Trainer(network(), new CrossEntropy(), steps).epochs(2)
                .schedule(new Schedule.Step(2, 0.5), Schedule.Unit.STEP);
        assertThat(rates(trainer, steps)).containsExactly(0.5, 0.5, 0.25, 0.25, 0.125, 0.125);

        Asked both = new Asked();
        trainer = new Trainer(network(), new CrossEntropy(), both).epochs(2)
                .schedule(new Schedule.Step(1, 0.25), Schedule.Unit.EPOCH)
                .schedule(new Schedule.WarmUp(2, 0.5), Schedule.Unit.STEP);
        assertThat(rates(trainer, both)).containsExactly(0.25, 0.375, 0.5, 0.125, 0.125, 0.125);
    }

    @Test
    void theRateFallsOnAPlateauOfTheValidationLoss() {
        // An optimiser that changes nothing: the second epoch's loss is no better, patience 1 bears it, the third is
        // too much.
        Asked asked = new Asked();
        Trainer trainer = new Trainer(network(), new CrossEntropy(), asked).epochs(4).validation(noise(10, "test"))
                .schedule(new ReduceOnPlateau(0.1, 1));
        assertThat(rates(trainer, asked).subList(0, 9)).containsOnly(0.5);
        assertThat(asked.rates.subList(9, 12)).containsOnly(0.05);
    }

    @Test
    void earlyStoppingEndsOverfittingAndReturnsTheBestParameters() {
        Network network = network();
        Dataset test = noise(200, "test");
        List<double[]> afterEpoch = new ArrayList<>();
        TrainingListener keeper = new TrainingListener() {
            @Override
            public void onEpoch(Epoch epoch) {
                afterEpoch.add(network.parameters().getFirst().value().toDoubles());
            }
        };
        EarlyStopping stopping = new EarlyStopping(5);
        List<TrainingListener.Epoch> history = new Trainer(network, new CrossEntropy(), new Sgd(0.3, 0.9)).epochs(200)
                .batchSize(16).validation(test).earlyStopping(stopping).listener(keeper)
                .fit(noise(64, "train"), RandomStream.seeded(2));
        double lowest = history.stream().mapToDouble(epoch -> epoch.validation().orElseThrow().loss()).min()
                .orElseThrow();
        assertThat(history).hasSize(stopping.best() + 5).hasSizeLessThan(200);
        assertThat(stopping.bestLoss()).isEqualTo(lowest);
        assertThat(Evaluation.of(network, new CrossEntropy(), test).loss()).isEqualTo(lowest);
        assertThat(network.parameters().getFirst().value().toDoubles())
                .isEqualTo(afterEpoch.get(stopping.best() - 1)).isNotEqualTo(afterEpoch.getLast());
    }

    @Test
    void patienceCountsFromTheLastImprovementThatCounts() {
        List<Tensor> w = List.of(Tensor.of(new double[]{0}));
        EarlyStopping stopping = new EarlyStopping(2, 0.1);
        stopping.giveBest(w);
        assertThat(stopping.best()).isZero();
        double[] losses = {1, 0.95, 0.89, 0.85, 0.8};
        boolean[] ends = {false, false, false, false, true};
        for (int i = 0; i < losses.length; i++) {
            InPlace.assign(w.getFirst(), Tensor.of(new double[]{i + 1}));
            assertThat(stopping.observe(losses[i], w)).as("after loss " + (i + 1)).isEqualTo(ends[i]);
        }
        // 0.8 is 0.09 below 0.89 and counts as no improvement, but is the lowest.
        assertThat(stopping.best()).isEqualTo(5);
        InPlace.assign(w.getFirst(), Tensor.of(new double[]{Double.NaN}));
        stopping.giveBest(w);
        assertThat(w.getFirst().item()).isEqualTo(5);
        assertThat(stopping.bestLoss()).isCloseTo(0.8, Offset.offset(0.0));
    }

    @Test
    void settingsAreNamed() {
        assertThatThrownBy(() -> new EarlyStopping(0)).hasMessageContaining("patience (=0)");
        assertThatThrownBy(() -> new EarlyStopping(1, -1)).hasMessageContaining("leastImprovement (=-1.0)");
        assertThatThrownBy(() -> new EarlyStopping(1).observe(Double.NaN, List.of())).hasMessageContaining("NaN");
        Trainer trainer = new Trainer(network(), new CrossEntropy(), new Sgd(0.1, 0))
                .earlyStopping(new EarlyStopping(1));
        assertThatThrownBy(() -> trainer.fit(noise(4, "train"), RandomStream.seeded(1)))
                .hasMessageContaining("validation(data)");
        Trainer invalid = new Trainer(network(), new CrossEntropy(), new Sgd(0.1, 0)).schedule(time -> Double.NaN,
                Schedule.Unit.STEP);
        assertThatThrownBy(() -> invalid.fit(noise(4, "train"), RandomStream.seeded(1)))
                .hasMessageContaining("rate (=NaN)");
    }
}

package org.surprisal.study.trainability;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.surprisal.data.Split;
import org.surprisal.network.DivergenceException;
import org.surprisal.network.Network;
import org.surprisal.network.architecture.MultilayerPerceptron;
import org.surprisal.network.initialisation.Initialisation;
import org.surprisal.network.layer.Activation;
import org.surprisal.network.loss.CrossEntropy;
import org.surprisal.network.loss.Loss;
import org.surprisal.network.optimiser.Sgd;
import org.surprisal.network.training.Evaluation;
import org.surprisal.network.training.Trainer;
import org.surprisal.network.training.TrainingListener;
import org.surprisal.report.Report;
import org.surprisal.settings.Setting;
import org.surprisal.study.Metric;
import org.surprisal.study.OrderedWork;
import org.surprisal.study.Run;
import org.surprisal.study.RunFolder;
import org.surprisal.study.Study;
import org.surprisal.study.relativeentropy.ImageSource;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.Machine;
import org.surprisal.tensor.RandomStream;

/// Accuracy of trained networks by depth and weight variance, beside the correlation length ξ_c of mean-field theory
/// (Schoenholz et al. 2017, Fig 5; Schmidt's Fig 12).
///
/// Networks of one seed have the same random numbers in the layers they share, scaled by their σ_w, and see the images
/// in the same order. They are trained side by side, one a thread. What was trained is kept in the order of the grid,
/// so a run that is cut off trains anew what was in training, and what was finished before its turn: about as many
/// networks as there are threads.
public final class TrainabilityStudy implements Study {
    private static final Loss LOSS = new CrossEntropy();
    private static final int DEFAULT_SEEDS = 1;

    @Override
    public String name() {
        return "trainability";
    }

    @Override
    public String summary() {
        return "accuracy by depth and weight variance, beside the correlation length of theory (the thesis's Fig 12)";
    }

    @Override
    public List<Setting<?>> settings() {
        return TrainabilitySettings.all();
    }

    @Override
    public Report draw(RunFolder folder) throws IOException {
        return TrainabilityReport.of(folder);
    }

    @Override
    public void run(Run run) throws IOException {
        List<Cell> cells = TrainabilitySettings.cells(run, run.seeds().orElse(DEFAULT_SEEDS));
        Theory.of(run.settings());
        Split data = ImageSource.load(run.get(TrainabilitySettings.DATA), run.get(TrainabilitySettings.TRAIN_SAMPLES),
                run.data(run.get(TrainabilitySettings.DATA)), run.seed());
        int finished = (int) run.checkpoints().finished();
        Count layers = new Count(cells);
        cells.subList(0, finished).forEach(layers::add);
        OrderedWork.<Cell, Outcome, IOException>run(cells.subList(finished, cells.size()), Machine.current().threads(),
                (cell, stop) -> train(run, data, cell, stop), (cell, outcome) -> {
                    for (Metric metric : outcome.metrics()) {
                        run.folder().add(metric.in(cell.which()));
                    }
                    run.checkpoints().finish();
                    layers.add(cell);
                    run.progress().at("training", layers.done, layers.total, "layers", cell + ": " + outcome.words());
                });
    }

    /// How much is done: a network's work grows with its layers.
    private static final class Count {
        private final long total;
        private long done;

        Count(List<Cell> cells) {
            this.total = cells.stream().mapToLong(Cell::depth).sum();
        }

        void add(Cell cell) {
            done += cell.depth();
        }
    }

    /// Nothing once the run is to stop.
    private static Optional<Outcome> train(Run run, Split data, Cell cell, AtomicBoolean stop) {
        if (run.interrupted()) {
            return Optional.empty();
        }
        RandomStream stream = RandomStream.seeded(cell.seed());
        List<Integer> widths = new ArrayList<>(Collections.nCopies(cell.depth(), run.get(TrainabilitySettings.WIDTH)));
        widths.add(data.train().classes());
        Network network = new MultilayerPerceptron(data.train().inputShape().size(), widths,
                Activation.labelled(run.get(TrainabilitySettings.ACTIVATION)),
                Activation.labelled(run.get(TrainabilitySettings.OUTPUT_ACTIVATION))).build(ElementType.FLOAT32,
                        new Initialisation.Gaussian(cell.sigmaW2(), run.get(TrainabilitySettings.SIGMA_B2)),
                        stream.child("weights"));
        int epochs = run.get(TrainabilitySettings.EPOCHS);
        try {
            List<TrainingListener.Epoch> history = new Trainer(network, LOSS,
                    new Sgd(run.get(TrainabilitySettings.LEARNING_RATE), run.get(TrainabilitySettings.MOMENTUM)))
                    .epochs(epochs).batchSize(run.get(TrainabilitySettings.BATCH))
                    .stopWhen(() -> stop.get() || run.interrupted()).fit(data.train(), stream.child("order"));
            if (history.size() < epochs) {
                return Optional.empty();
            }
            Evaluation test = Evaluation.of(network, LOSS, data.test());
            return Optional.of(Double.isFinite(test.loss())
                    ? new Outcome.Trained(history.getLast(), test)
                    : new Outcome.Diverged());
        } catch (DivergenceException e) {
            return Optional.of(new Outcome.Diverged());
        }
    }
}

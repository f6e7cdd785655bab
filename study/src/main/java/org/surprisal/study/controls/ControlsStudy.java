package org.surprisal.study.controls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.surprisal.data.Split;
import org.surprisal.network.DivergenceException;
import org.surprisal.network.Network;
import org.surprisal.network.training.Evaluation;
import org.surprisal.network.training.Trainer;
import org.surprisal.network.training.TrainingListener;
import org.surprisal.report.Report;
import org.surprisal.settings.Setting;
import org.surprisal.study.Case;
import org.surprisal.study.Metric;
import org.surprisal.study.Run;
import org.surprisal.study.RunFolder;
import org.surprisal.study.Study;
import org.surprisal.study.Wording;
import org.surprisal.study.depth.Stage;
import org.surprisal.study.relativeentropy.ImageSource;
import org.surprisal.study.relativeentropy.RelativeEntropySettings;
import org.surprisal.tensor.RandomStream;

/// The same weights on images, on permuted and shuffled images and on noise, before and after training: what of the
/// relative entropy by depth is the network's and what the data's.
///
/// Networks of one seed start from the same random numbers, scaled by their σ_w, see the training images in the same
/// order, and are shown the same inputs; inputs are drawn anew for each seed, so that what is said over seeds holds for
/// other inputs too.
public final class ControlsStudy implements Study {
    private static final int DEFAULT_SEEDS = 5;

    @Override
    public String name() {
        return "relative-entropy-controls";
    }

    @Override
    public String summary() {
        return "the network's part of the relative entropy and the data's: images against noise, from the input, per"
                + " neuron";
    }

    @Override
    public List<Setting<?>> settings() {
        return ControlsSettings.all();
    }

    @Override
    public Report draw(RunFolder folder) throws IOException {
        return ControlsReport.of(folder);
    }

    @Override
    public void run(Run run) throws IOException {
        int seeds = run.seeds().orElse(DEFAULT_SEEDS);
        RelativeEntropySettings networks = ControlsSettings.NETWORKS;
        Split data = ImageSource.load(run.get(networks.data()), run.get(networks.trainSamples()),
                run.data(run.get(networks.data())),
                run.seed());
        List<Double> variances = ControlsSettings.variances(run, data);
        try {
            for (int s = 0; s < seeds; s++) {
                for (int v = 0; v < variances.size(); v++) {
                    int number = s * variances.size() + v + 1;
                    if (number <= run.checkpoints().finished()) {
                        continue;
                    }
                    String phase = "network " + number + " of " + seeds * variances.size();
                    if (!one(run, data, variances.get(v), run.seed() + s, phase)) {
                        return;
                    }
                    run.checkpoints().finish();
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /// One network: measured, trained, measured. False once the run is to stop.
    private static boolean one(Run run, Split data, double sigmaW2, long seed, String phase) throws IOException {
        RelativeEntropySettings networks = ControlsSettings.NETWORKS;
        Case which = Measured.network(sigmaW2, seed);
        RandomStream stream = RandomStream.seeded(seed);
        Network network = networks.network(run, data.train(), sigmaW2, stream);
        Stimuli stimuli = Stimuli.of(data.test(), run.get(ControlsSettings.SHOWN_INPUTS), stream.child("stimuli"));
        NetworkMeasures measures = new NetworkMeasures(run, network, sigmaW2, stimuli, stream, which);
        String named = phase + " (" + which + ")";
        if (!run.checkpoints().isTraining()) {
            run.progress().at(named, 0, 1, "measurements", "measuring before training");
            measures.measure(Stage.BEFORE, 0);
        }
        int epochs = run.get(networks.epochs());
        if (run.interrupted()) {
            return false;
        }
        try {
            Trainer trainer = networks.trainer(run, network, data).listener(new Teller(run, named));
            List<TrainingListener.Epoch> history = run.checkpoints().follow(trainer).fit(data.train(),
                    stream.child("order"));
            if (history.size() < epochs) {
                return false;
            }
        } catch (DivergenceException e) {
            run.folder().add(Metric.of(Measured.DIVERGED, 1, "1").in(which));
            return !run.interrupted();
        }
        Evaluation test = Evaluation.of(network, RelativeEntropySettings.LOSS, data.test());
        if (!Double.isFinite(test.loss())) {
            run.folder().add(Metric.of(Measured.DIVERGED, 1, "1").in(which));
            return !run.interrupted();
        }
        run.folder().add(Metric.of(Measured.TEST_ACCURACY, test.accuracy().orElseThrow(), "1").epoch(epochs).in(which));
        if (epochs > 0) {
            run.progress().at(named, 1, 1, "measurements", "measuring after training");
            measures.measure(Stage.AFTER, epochs);
        }
        return !run.interrupted();
    }

    /// Tells how far the training is.
    private record Teller(Run run, String phase) implements TrainingListener {
        @Override
        public void onStep(Step step) {
            run.progress().at(phase, step.step(), step.steps(), "steps",
                    "loss " + Wording.fixed(step.loss(), 4) + " nat");
        }
    }
}

package org.surprisal.study.relativeentropy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.IntStream;
import org.surprisal.data.Split;
import org.surprisal.network.Network;
import org.surprisal.network.training.Evaluation;
import org.surprisal.network.training.Trainer;
import org.surprisal.network.training.TrainingListener;
import org.surprisal.report.Report;
import org.surprisal.settings.Setting;
import org.surprisal.settings.SettingException;
import org.surprisal.study.Case;
import org.surprisal.study.Metric;
import org.surprisal.study.Run;
import org.surprisal.study.RunFolder;
import org.surprisal.study.Study;
import org.surprisal.study.Wording;
import org.surprisal.study.depth.DepthProbe;
import org.surprisal.study.depth.Measurements;
import org.surprisal.study.depth.Stage;
import org.surprisal.tensor.RandomStream;

/// Relative entropy by depth, before and after training, for several weight variances and seeds.
///
/// Networks of one seed start from the same random numbers, scaled by their sigma_w, see the images in the same order,
/// and are measured on the same Monte Carlo samples before and after: differences between them are not differences of
/// luck.
public final class RelativeEntropyStudy implements Study {
    private final String name;
    private final String summary;
    private final RelativeEntropySettings settings;
    private final int defaultSeeds;

    private RelativeEntropyStudy(String name, String summary, RelativeEntropySettings settings, int defaultSeeds) {
        this.name = name;
        this.summary = summary;
        this.settings = settings;
        this.defaultSeeds = defaultSeeds;
    }

    /// The study at the thesis's size.
    public static RelativeEntropyStudy full() {
        return new RelativeEntropyStudy("relative-entropy",
                "relative entropy by depth, before and after training (the thesis's Figs 21-29, 55)",
                RelativeEntropySettings.full(), 1);
    }

    /// The same study, small enough for about a minute on two cores, without any data file.
    public static RelativeEntropyStudy quickstart() {
        return new RelativeEntropyStudy("quickstart", "the relative-entropy study in about a minute, on drawn digits",
                RelativeEntropySettings.quick(), 5);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String summary() {
        return summary;
    }

    @Override
    public List<Setting<?>> settings() {
        return settings.all();
    }

    @Override
    public Report draw(RunFolder folder) throws IOException {
        return RelativeEntropyReport.of(folder, settings);
    }

    @Override
    public void run(Run run) throws IOException {
        int seeds = run.seeds().orElse(defaultSeeds);
        Split data = ImageSource.load(run.get(settings.data()), run.get(settings.trainSamples()),
                run.data(run.get(settings.data())),
                run.seed());
        List<Double> variances = settings.variances(run, data.train());
        if (run.get(settings.probedInputs()) > data.test().size()) {
            throw SettingException.badValue(settings.probedInputs().key(),
                    settings.probedInputs().text(run.get(settings.probedInputs())),
                    "at most " + data.test().size() + ", the test images of " + data.test().name());
        }
        try {
            for (int s = 0; s < seeds; s++) {
                for (int v = 0; v < variances.size(); v++) {
                    int number = s * variances.size() + v + 1;
                    if (number <= run.checkpoints().finished()) {
                        continue;
                    }
                    if (!one(run, data, variances.get(v), run.seed() + s, number, seeds * variances.size())) {
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
    private boolean one(Run run, Split data, double sigmaW2, long seed, int number, int of) throws IOException {
        Case which = Measurements.network(sigmaW2, seed);
        RandomStream stream = RandomStream.seeded(seed);
        Network network = settings.network(run, data.train(), sigmaW2, stream);
        DepthProbe probe = settings.probe(run, sigmaW2,
                data.test().batch(IntStream.range(0, run.get(settings.probedInputs())).toArray()).inputs());
        String phase = "network " + number + " of " + of + " (" + which + ")";

        if (!run.checkpoints().isTraining()) {
            run.progress().at(phase, 0, 1, "measurements", "measuring before training");
            measure(run, network, probe, stream, Stage.BEFORE, 0, which);
            Evaluation start = Evaluation.of(network, RelativeEntropySettings.LOSS, data.test());
            keep(run, Metric.of("test-loss", start.loss(), "nat").epoch(0).in(which));
            keep(run, Metric.of("test-accuracy", start.accuracy().orElseThrow(), "1").epoch(0).in(which));
        }
        int epochs = run.get(settings.epochs());
        if (run.interrupted()) {
            return false;
        }
        Trainer trainer = settings.trainer(run, network, data).listener(new Keeper(run, phase, which));
        List<TrainingListener.Epoch> history = run.checkpoints().follow(trainer).fit(data.train(),
                stream.child("order"));
        if (history.size() < epochs) {
            return false;
        }
        if (epochs > 0) {
            measure(run, network, probe, stream, Stage.AFTER, epochs, which);
        }
        return !run.interrupted();
    }

    /// Keeps losses and accuracies as they come, and tells how far the training is.
    private record Keeper(Run run, String phase, Case which) implements TrainingListener {
        /// About how many points a loss curve has.
        private static final int POINTS = 200;

        @Override
        public void onStep(Step step) {
            if (step.step() % Math.max(1, step.steps() / POINTS) == 0) {
                keep(run, Metric.of("train-loss", step.loss(), "nat").step(step.step()).in(which));
            }
            run.progress().at(phase, step.step(), step.steps(), "steps",
                    "loss " + Wording.fixed(step.loss(), 4) + " nat");
        }

        @Override
        public void onEpoch(Epoch epoch) {
            keep(run, at(epoch, "train-loss", epoch.trainLoss(), "nat"));
            keep(run, at(epoch, "train-accuracy", epoch.trainAccuracy().orElseThrow(), "1"));
            Evaluation test = epoch.validation().orElseThrow();
            keep(run, at(epoch, "test-loss", test.loss(), "nat"));
            keep(run, at(epoch, "test-accuracy", test.accuracy().orElseThrow(), "1"));
        }

        private Metric at(Epoch epoch, String name, double value, String unit) {
            return Metric.of(name, value, unit).epoch(epoch.epoch()).in(which);
        }
    }

    private static void keep(Run run, Metric metric) {
        try {
            run.folder().add(metric);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void measure(Run run, Network network, DepthProbe probe, RandomStream stream, Stage stage, int epoch,
            Case which) throws IOException {
        // The same samples before and after, so that the difference is the network's.
        probe.read(network, stream.child("monte-carlo"), stage, epoch, which).metrics()
                .forEach(metric -> keep(run, metric));
        run.folder().writeArrays(Measurements.arrays(stage, which), probe.distributions(network,
                probe.inputs().rows(0), run.get(settings.distributionLayers())));
    }
}

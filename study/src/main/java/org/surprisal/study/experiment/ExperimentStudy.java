package org.surprisal.study.experiment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.surprisal.data.Batch;
import org.surprisal.data.DataException;
import org.surprisal.data.Dataset;
import org.surprisal.network.Network;
import org.surprisal.network.Weights;
import org.surprisal.network.architecture.Architecture;
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
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

/// Trains what a file describes, once for each seed: losses and accuracies by epoch, what the probes hear, how well the
/// network does on test samples, its weights.
public final class ExperimentStudy implements Study {
    /// Its name, for `surprisal run FILE.yaml`.
    public static final String NAME = "experiment";
    /// The setting that names the file.
    public static final Setting<String> FILE = Setting.text("file", "",
            "the experiment's file (or: surprisal run FILE)");

    /// Images that a report shows beside their reconstructions.
    private static final int SHOWN = 8;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String summary() {
        return "what a YAML file describes: surprisal run FILE.yaml (surprisal run --template writes one)";
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(FILE);
    }

    /// A commented file that runs as it is.
    public static String template() {
        try (var in = ExperimentStudy.class.getResourceAsStream("template.yaml")) {
            if (in == null) {
                throw new IllegalStateException("template.yaml is missing from the build");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The seed that a file asks for; empty if it leaves it to the command line.
    ///
    /// @throws SettingException with file, line and path of what is wrong in it
    /// @throws IOException if there is no such file
    public static OptionalLong seed(Path file) throws IOException {
        return Experiment.read(file).seed();
    }

    /// The network's layers, the shape of a sample behind each, and their trainable numbers, as a table.
    ///
    /// @param data folder of the data sets, from which the first layer's shape comes
    /// @param notes hears what was left out of the user's files, or found out about them
    /// @throws SettingException with file, line and path of what is wrong in the file
    /// @throws IOException if there is no such file
    public static String summary(Path file, Path data, Consumer<String> notes) throws IOException {
        Experiment experiment = Experiment.read(file);
        RandomStream stream = RandomStream.seeded(experiment.seed().orElse(1));
        return experiment.architecture(experiment.data(data, stream.child("data"), notes)).toString();
    }

    @Override
    public Report draw(RunFolder folder) throws IOException {
        return ExperimentReport.of(folder);
    }

    @Override
    public void run(Run run) throws IOException {
        if (run.get(FILE).isEmpty()) {
            throw SettingException.badValue(FILE.key(), "", "the path of a YAML file");
        }
        Path file = Path.of(run.get(FILE));
        // A resumed run goes on with the experiment as it began, whatever the file has become; a new one has no copy.
        Optional<String> kept = run.folder().isResumed()
                ? run.folder().unchangedText(ExperimentReport.FILE)
                : Optional.empty();
        Experiment experiment = kept.isPresent()
                ? Experiment.of(file, ExperimentReport.file(run.folder()).toString(), kept.get())
                : Experiment.read(file);
        try {
            for (int s = 0; s < run.seeds().orElse(1); s++) {
                if (s >= run.checkpoints().finished()) {
                    if (!one(run, experiment, run.seed() + s)) {
                        return;
                    }
                    run.checkpoints().finish();
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /// One network, trained and judged. False once the run is to stop.
    private static boolean one(Run run, Experiment experiment, long seed) throws IOException {
        Case which = Case.of("seed", Long.toString(seed));
        RandomStream stream = RandomStream.seeded(seed);
        ExperimentData data = experiment.data(run.data(), stream.child("data"),
                seed == run.seed() ? run.progress()::warning : _ -> {
                });
        Architecture architecture = experiment.architecture(data);
        List<ProbeEntries> probes = experiment.probes(architecture);
        List<TestMeasure> measures = experiment.measures(data);
        Network network = experiment.build(architecture, data, stream.child("weights"));
        Trainer trainer = experiment.trainer(network, data);
        // All files were read: they must be what they were when the run began.
        run.data(experiment.dataset());
        run.uses(experiment.files());
        // Nothing is left to be refused: only now does the folder get contents.
        run.folder().writeText(ExperimentReport.FILE, experiment.text());
        run.folder().writeText(ExperimentReport.SUMMARY, architecture + "\n");

        Listener listener = new Listener(run, experiment, data, network, probes, which);
        if (!run.checkpoints().isTraining()) {
            listener.beforeTraining();
        }
        List<TrainingListener.Epoch> history = run.checkpoints()
                .follow(trainer.stopWhen(run::interrupted).listener(listener)).fit(data.train(), stream.child("order"));
        if (run.interrupted() && history.size() < experiment.epochs()) {
            return false;
        }
        if (data.test().isPresent()) {
            judge(run, experiment, data, network, measures, which);
        }
        Weights.save(network, run.folder().weightsFile("seed-" + seed));
        return true;
    }

    private static void judge(Run run, Experiment experiment, ExperimentData data, Network network,
            List<TestMeasure> measures,
            Case which) throws IOException {
        Dataset test = data.test().orElseThrow();
        Evaluation evaluation = Evaluation.finite(network, experiment.loss(data), test,
                "the test loss after training (" + which + ")");
        keep(run, Metric.of("test-loss", evaluation.loss(), experiment.lossUnit()).in(which));
        if (evaluation.accuracy().isEmpty()) {
            Batch first = test.batch(IntStream.range(0, Math.min(SHOWN, test.size())).toArray());
            ExperimentReport.keepImages(run.folder(), first, network.evaluate(first.inputs()), which);
            return;
        }
        keep(run, Metric.of("test-accuracy", evaluation.accuracy().getAsDouble(), "1").in(which));
        TestOutputs outputs = TestOutputs.of(network, test, experiment.loss(data).threshold());
        for (TestMeasure measure : measures) {
            OptionalDouble value = measure.rule().of(outputs);
            if (value.isPresent()) {
                keep(run, Metric.of("test-" + measure.name(), value.getAsDouble(), "1").in(which));
            }
        }
        ExperimentReport.keepConfusion(run.folder(), outputs.confusion(), which);
    }

    private static void keep(Run run, Metric metric) {
        try {
            run.folder().add(metric);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Keeps what training reports, and what probes hear after an epoch.
    private record Listener(Run run, Experiment experiment, ExperimentData data, Network network,
            List<ProbeEntries> probes, Case which) implements TrainingListener {
        void beforeTraining() {
            if (data.watched().isPresent()) {
                evaluated(Evaluation.finite(network, experiment.loss(data), data.watched().get(),
                        "the " + samples() + " loss before training (" + which + ")"), 0);
            }
            hear(0);
        }

        private String samples() {
            return data.validation().isPresent() ? "validation" : "test";
        }

        private void evaluated(Evaluation evaluation, int epoch) {
            keep(run, Metric.of(samples() + "-loss", evaluation.loss(), experiment.lossUnit()).epoch(epoch).in(which));
            evaluation.accuracy().ifPresent(accuracy -> keep(run,
                    Metric.of(samples() + "-accuracy", accuracy, "1").epoch(epoch).in(which)));
        }

        @Override
        public void onStep(Step step) {
            run.progress().at("training (" + which + ")", step.step(), step.steps(), "steps",
                    String.format(Locale.ROOT, "loss %.4f", step.loss()));
        }

        @Override
        public void onEpoch(Epoch epoch) {
            keep(run,
                    Metric.of("train-loss", epoch.trainLoss(), experiment.lossUnit()).step(epoch.step())
                            .epoch(epoch.epoch())
                            .in(which));
            epoch.trainAccuracy().ifPresent(accuracy -> keep(run,
                    Metric.of("train-accuracy", accuracy, "1").step(epoch.step()).epoch(epoch.epoch()).in(which)));
            epoch.validation().ifPresent(evaluation -> evaluated(evaluation, epoch.epoch()));
            hear(epoch.epoch());
        }

        private void hear(int epoch) {
            for (ProbeEntries probe : probes) {
                if (epoch % probe.every() == 0) {
                    hear(probe, epoch);
                }
            }
        }

        private static DataException notFinite(ProbeEntries probe, int epoch) {
            return new DataException("layer '" + probe.layer() + "' gave numbers after epoch " + epoch
                    + " that are not finite, or whose mean or deviation is not");
        }

        private void hear(ProbeEntries probe, int epoch) {
            Dataset watched = data.watched().orElse(data.train());
            Batch samples = watched.batch(IntStream.range(0, Math.min(probe.samples(), watched.size())).toArray());
            String path = Experiment.path(probe.layer(), data);
            Network.Observation seen = network.observe(samples.inputs(), List.of(path)).get(path);
            if (seen == null || !seen.output().isFinite()) {
                throw notFinite(probe, epoch);
            }
            Tensor output = seen.output();
            double mean = output.mean().item();
            double deviation = Math.sqrt(output.minus(Tensor.full(output.type(), mean)).square().mean().item());
            if (!Double.isFinite(mean) || !Double.isFinite(deviation)) {
                throw notFinite(probe, epoch);
            }
            keep(run, Metric.of("activation-mean", mean, "1").layer(probe.layer()).epoch(epoch).in(which));
            keep(run, Metric.of("activation-deviation", deviation, "1").layer(probe.layer()).epoch(epoch).in(which));
            if (probe.keep()) {
                SequencedMap<String, Tensor> arrays = new LinkedHashMap<>();
                arrays.put("output", output);
                arrays.put("target", samples.targets());
                try {
                    run.folder().writeArrays(probe.arrays(which, epoch), arrays);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }
}

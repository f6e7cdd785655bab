package org.surprisal.study.bottleneck;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SortedSet;
import org.surprisal.data.Batch;
import org.surprisal.information.mutual.Continuous;
import org.surprisal.information.mutual.Discrete;
import org.surprisal.information.mutual.NoiseVariance;
import org.surprisal.network.optimiser.Adam;
import org.surprisal.network.training.Trainer;
import org.surprisal.network.training.TrainingListener;
import org.surprisal.report.Report;
import org.surprisal.settings.Setting;
import org.surprisal.study.Metric;
import org.surprisal.study.Run;
import org.surprisal.study.RunFolder;
import org.surprisal.study.Study;
import org.surprisal.study.Wording;

/// Pairwise distances by layer and epoch, and what becomes of the information plane when the noise of each layer
/// follows them (Landsverk's Figs 5.9 to 5.13).
public final class DistancesStudy implements Study {
    /// The case coordinate that tells the two planes of a network apart.
    static final String NOISE = "noise";
    static final String BY_LAYER = "by-layer";
    static final String FIXED = "fixed";
    static final String MEAN = "distance-mean";
    private static final int DEFAULT_SEEDS = 3;
    private static final NetworkSettings NETWORK = NetworkSettings.with(400, "tanh,relu");
    private static final Setting<Integer> POINTS = NetworkSettings.points(2048);
    private static final Setting<Integer> MEASURED = Setting.integer("measured-epochs", 6, 2, 1000,
            "epochs of equal ratios at which the layers are measured, beside the network before training");
    private static final Setting<Double> QUANTILE = Setting.decimal("noise-quantile", 0.9, Double.MIN_VALUE, 1,
            "of a layer's distances; divided by noise-divisor it is the variance of the layer's own noise");
    private static final Setting<Double> DIVISOR = Setting.decimal("noise-divisor", 1000, Double.MIN_VALUE,
            Double.POSITIVE_INFINITY, "what the quantile is divided by");
    private static final Setting<Double> VARIANCE = Setting.decimal("noise-variance", 1e-3, Double.MIN_VALUE,
            Double.POSITIVE_INFINITY,
            "of the noise that is the same for every layer, for comparison, and where the quantile is 0");

    @Override
    public String name() {
        return "distances";
    }

    @Override
    public String summary() {
        return "pairwise distances by layer, and planes with noise that follows them (the thesis's Figs 5.9-5.13)";
    }

    @Override
    public List<Setting<?>> settings() {
        List<Setting<?>> all = new ArrayList<>(NETWORK.all());
        all.addAll(List.of(POINTS, MEASURED, QUANTILE, DIVISOR, VARIANCE));
        return all;
    }

    @Override
    public Report draw(RunFolder folder) throws IOException {
        return DistancesReport.of(folder);
    }

    @Override
    public void run(Run run) throws IOException {
        Ensemble.of(run, NETWORK, DEFAULT_SEEDS).forEach(member -> new Training(run, member).one());
    }

    /// One network's training and measurements.
    private static final class Training implements TrainingListener {
        private final Run run;
        private final Ensemble.Member member;
        private final Classifier classifier;
        private final Batch points;
        private final PlaneMeasurement byLayer;
        private final PlaneMeasurement fixed;
        private final int epochs;
        private final SortedSet<Integer> measured;

        Training(Run run, Ensemble.Member member) {
            this.run = run;
            this.member = member;
            this.classifier = new Classifier(member, run.get(NETWORK.widths()));
            this.points = member.task().points(run.get(POINTS), run.seed());
            Discrete inputs = Discrete.rows("x", points.inputs());
            Discrete labels = Discrete.labels("y", points.targets());
            double variance = run.get(VARIANCE);
            this.byLayer = new PlaneMeasurement(inputs, labels, List.of(LayerEstimator.pairwiseDistance(
                    new NoiseVariance.DistanceQuantile(run.get(QUANTILE), run.get(DIVISOR)), variance)));
            this.fixed = new PlaneMeasurement(inputs, labels,
                    List.of(LayerEstimator.pairwiseDistance(new NoiseVariance.Fixed(variance), variance)));
            this.epochs = run.get(NETWORK.epochs());
            this.measured = LogSpaced.epochs(epochs, run.get(MEASURED));
        }

        /// False once the run is to stop.
        boolean one() {
            if (!run.checkpoints().isTraining()) {
                measure(0);
            }
            if (run.interrupted()) {
                return false;
            }
            Trainer trainer = new Trainer(classifier.network(), Classifier.LOSS,
                    new Adam(run.get(NETWORK.learningRate()))).epochs(epochs).batchSize(run.get(NETWORK.batch()))
                    .stopWhen(run::interrupted).listener(this);
            return run.checkpoints().follow(trainer).fit(member.task().train(), classifier.stream("order"))
                    .size() == epochs;
        }

        @Override
        public void onEpoch(Epoch epoch) {
            if (measured.contains(epoch.epoch())) {
                measure(epoch.epoch());
            }
            run.progress().at(member.phase(), epoch.epoch(), epochs, "epochs",
                    "loss " + Wording.fixed(epoch.trainLoss(), 4) + " nat");
        }

        private void measure(int epoch) {
            List<Continuous> layers = classifier.layers(points.inputs());
            SequencedMap<String, DistanceHistogram> histograms = new LinkedHashMap<>();
            for (Continuous layer : layers) {
                DistanceHistogram.of(layer).ifPresent(histogram -> {
                    histograms.put(layer.name(), histogram);
                    keep(Metric.of(MEAN, histogram.mean(), "1").epoch(epoch).layer(layer.name()).in(member.which()));
                });
            }
            try {
                DistanceHistogram.write(run.folder(), member.which(), epoch, histograms);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            Planes.write(byLayer.of(layers), epoch, member.which().and(NOISE, BY_LAYER), this::keep);
            Planes.write(fixed.of(layers), epoch, member.which().and(NOISE, FIXED), this::keep);
        }

        private void keep(Metric metric) {
            try {
                run.folder().add(metric);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}

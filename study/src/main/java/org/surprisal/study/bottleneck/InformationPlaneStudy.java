package org.surprisal.study.bottleneck;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import org.surprisal.data.Batch;
import org.surprisal.information.mutual.Continuous;
import org.surprisal.information.mutual.Discrete;
import org.surprisal.information.mutual.InformationPlane.Kind;
import org.surprisal.information.mutual.MutualInformationEstimator;
import org.surprisal.information.mutual.PairwiseDistance;
import org.surprisal.information.mutual.PermutationNull;
import org.surprisal.network.optimiser.Adam;
import org.surprisal.network.training.Evaluation;
import org.surprisal.network.training.Trainer;
import org.surprisal.network.training.TrainingListener;
import org.surprisal.report.Report;
import org.surprisal.settings.Setting;
import org.surprisal.study.Metric;
import org.surprisal.study.Run;
import org.surprisal.study.RunFolder;
import org.surprisal.study.Study;
import org.surprisal.study.Wording;
import org.surprisal.tensor.Tensor;

/// What the layers of small classifiers know of their input and of the labels, epoch by epoch (Landsverk's Figs 4.1,
/// 4.2, 4.4; Shwartz-Ziv & Tishby 2017; Saxe et al. 2018).
///
/// A plane's activations are measured at the end of the epoch at which they occur, and dropped: memory does not grow
/// with the number of epochs.
public final class InformationPlaneStudy implements Study {
    private static final int DEFAULT_SEEDS = 3;
    /// About how many points the curves of loss and accuracy have.
    private static final int CURVE = 120;

    @Override
    public String name() {
        return "information-plane";
    }

    @Override
    public String summary() {
        return "what each layer knows of input and labels as it trains, both bounds (the thesis's Figs 4.1, 4.2, 4.4)";
    }

    @Override
    public List<Setting<?>> settings() {
        return InformationPlaneSettings.all();
    }

    @Override
    public Report draw(RunFolder folder) throws IOException {
        return InformationPlaneReport.of(folder);
    }

    @Override
    public void run(Run run) throws IOException {
        List<LayerEstimator> estimators = InformationPlaneSettings.estimators(run);
        InformationPlaneSettings.permutations(run);
        Ensemble.of(run, InformationPlaneSettings.NETWORK, DEFAULT_SEEDS)
                .forEach(member -> new Training(run, member, estimators).one());
    }

    /// One network's training and planes.
    private static final class Training implements TrainingListener {
        private final Run run;
        private final Ensemble.Member member;
        private final PlaneMeasurement measurement;
        private final Classifier classifier;
        private final Tensor points;
        private final int epochs;
        private final SortedSet<Integer> planes;
        private final Set<Integer> curve;

        Training(Run run, Ensemble.Member member, List<LayerEstimator> estimators) {
            this.run = run;
            this.member = member;
            this.classifier = new Classifier(member, run.get(InformationPlaneSettings.NETWORK.widths()));
            Batch measured = member.task().points(run.get(InformationPlaneSettings.POINTS), run.seed());
            this.points = measured.inputs();
            this.measurement = new PlaneMeasurement(Discrete.rows("x", points),
                    Discrete.labels("y", measured.targets()), estimators);
            this.epochs = run.get(InformationPlaneSettings.NETWORK.epochs());
            this.planes = LogSpaced.epochs(epochs, run.get(InformationPlaneSettings.PLANES));
            this.curve = LogSpaced.epochs(epochs, CURVE);
        }

        /// False once the run is to stop.
        boolean one() {
            if (!run.checkpoints().isTraining()) {
                measure(0);
                keepTest(0);
            }
            if (run.interrupted()) {
                return false;
            }
            Trainer trainer = new Trainer(classifier.network(), Classifier.LOSS,
                    new Adam(run.get(InformationPlaneSettings.NETWORK.learningRate()))).epochs(epochs)
                    .batchSize(run.get(InformationPlaneSettings.NETWORK.batch())).stopWhen(run::interrupted)
                    .listener(this);
            List<Epoch> history = run.checkpoints().follow(trainer).fit(member.task().train(),
                    classifier.stream("order"));
            if (history.size() < epochs) {
                return false;
            }
            keepNull();
            return !run.interrupted();
        }

        @Override
        public void onEpoch(Epoch epoch) {
            if (curve.contains(epoch.epoch())) {
                keep(Metric.of("train-loss", epoch.trainLoss(), "nat").epoch(epoch.epoch()));
                keep(Metric.of("train-accuracy", epoch.trainAccuracy().orElseThrow(), "1").epoch(epoch.epoch()));
                keepTest(epoch.epoch());
            }
            if (planes.contains(epoch.epoch())) {
                measure(epoch.epoch());
            }
            run.progress().at(member.phase(), epoch.epoch(), epochs, "epochs",
                    "loss " + Wording.fixed(epoch.trainLoss(), 4) + " nat");
        }

        private void keepTest(int epoch) {
            member.task().test().ifPresent(test -> {
                Evaluation evaluation = Evaluation.of(classifier.network(), Classifier.LOSS, test);
                keep(Metric.of("test-loss", evaluation.loss(), "nat").epoch(epoch));
                keep(Metric.of("test-accuracy", evaluation.accuracy().orElseThrow(), "1").epoch(epoch));
            });
        }

        private void measure(int epoch) {
            Planes.write(measurement.of(classifier.layers(points)), epoch, member.which(), this::keep);
        }

        /// I(T;Y) with shuffled labels, of the trained network.
        private void keepNull() {
            int permutations = InformationPlaneSettings.permutations(run);
            if (permutations == 0) {
                return;
            }
            for (Continuous layer : classifier.layers(points)) {
                for (LayerEstimator estimator : measurement.estimators()) {
                    // The noise is of the layer alone, so it is found once for all permutations.
                    MutualInformationEstimator own = estimator.of(layer);
                    PermutationNull shuffled = PermutationNull.of(own, layer, measurement.labels(), permutations,
                            classifier.stream("null").child(layer.name()));
                    LabelNull.write(shuffled,
                            own instanceof PairwiseDistance ? Kind.BHATTACHARYYA : Kind.BINNED, layer.name(),
                            metric -> keep(metric.epoch(epochs)));
                }
            }
        }

        private void keep(Metric metric) {
            try {
                run.folder().add(metric.in(member.which()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}

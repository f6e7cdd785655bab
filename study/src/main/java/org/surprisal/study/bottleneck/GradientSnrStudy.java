package org.surprisal.study.bottleneck;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.surprisal.network.Parameter;
import org.surprisal.network.optimiser.Adam;
import org.surprisal.network.training.Trainer;
import org.surprisal.network.training.TrainingListener;
import org.surprisal.report.Report;
import org.surprisal.settings.Setting;
import org.surprisal.settings.SettingException;
import org.surprisal.study.Metric;
import org.surprisal.study.Run;
import org.surprisal.study.RunFolder;
import org.surprisal.study.Study;
import org.surprisal.study.Wording;

/// Mean and spread of the gradients over the batches of an epoch, layer by layer, and the epoch at which the spread
/// takes over (Landsverk's Figs 3.3 and 4.5, equation 3.9; Shwartz-Ziv & Tishby 2017).
public final class GradientSnrStudy implements Study {
    private static final int DEFAULT_SEEDS = 8;
    private static final NetworkSettings NETWORK = NetworkSettings.with(400, "tanh");
    private static final Setting<Integer> RECORDED = Setting.integer("recorded-epochs", 150, 2, 100_000,
            "epochs of equal ratios at which the gradients are kept, the first and the last among them; the"
                    + " transition is found"
                    + " among these");

    @Override
    public String name() {
        return "gradient-snr";
    }

    @Override
    public String summary() {
        return "mean and spread of the gradients by epoch and where the spread takes over (the thesis's Figs 3.3, 4.5)";
    }

    @Override
    public List<Setting<?>> settings() {
        List<Setting<?>> all = new ArrayList<>(NETWORK.all());
        all.add(RECORDED);
        return all;
    }

    @Override
    public Report draw(RunFolder folder) throws IOException {
        return GradientSnrReport.of(folder);
    }

    @Override
    public void run(Run run) throws IOException {
        Ensemble ensemble = Ensemble.of(run, NETWORK, DEFAULT_SEEDS);
        if (2L * run.get(NETWORK.batch()) > ensemble.fewestSamples()) {
            throw SettingException.badValue(NETWORK.batch().key(), NETWORK.batch().text(run.get(NETWORK.batch())),
                    "at most half of the " + ensemble.fewestSamples()
                            + " training samples: a spread over batches needs two");
        }
        ensemble.forEach(member -> new Training(run, member).one());
    }

    /// One network's training.
    private static final class Training implements TrainingListener {
        private final Run run;
        private final Ensemble.Member member;
        private final Classifier classifier;
        private final GradientMoments moments;
        private final int epochs;
        private final Set<Integer> recorded;

        Training(Run run, Ensemble.Member member) {
            this.run = run;
            this.member = member;
            this.classifier = new Classifier(member, run.get(NETWORK.widths()));
            this.moments = new GradientMoments(new Adam(run.get(NETWORK.learningRate())));
            this.epochs = run.get(NETWORK.epochs());
            this.recorded = LogSpaced.epochs(epochs, run.get(RECORDED));
        }

        /// False once the run is to stop.
        boolean one() {
            if (run.interrupted()) {
                return false;
            }
            Trainer trainer = new Trainer(classifier.network(), Classifier.LOSS, moments).epochs(epochs)
                    .batchSize(run.get(NETWORK.batch())).stopWhen(run::interrupted).listener(this);
            return run.checkpoints().follow(trainer).fit(member.task().train(), classifier.stream("order"))
                    .size() == epochs;
        }

        @Override
        public void onEpoch(Epoch epoch) {
            List<GradientMoments.Norms> norms = moments.take();
            if (recorded.contains(epoch.epoch())) {
                keep(epoch, norms);
            }
            run.progress().at(member.phase(), epoch.epoch(), epochs, "epochs",
                    "loss " + Wording.fixed(epoch.trainLoss(), 4) + " nat");
        }

        private void keep(Epoch epoch, List<GradientMoments.Norms> norms) {
            List<Parameter> weights = classifier.network().parameters().stream().filter(GradientMoments::isWeight)
                    .toList();
            for (int m = 0; m < norms.size(); m++) {
                double weight = norm(weights.get(m));
                keep(Metric.of(GradientRatios.MEAN, norms.get(m).mean() / weight, "1").layer(m + 1), epoch);
                keep(Metric.of(GradientRatios.DEVIATION, norms.get(m).deviation() / weight, "1").layer(m + 1), epoch);
            }
            double signal = norms.stream().mapToDouble(norm -> norm.mean() * norm.mean()).sum();
            double noise = norms.stream().mapToDouble(norm -> norm.deviation() * norm.deviation()).sum();
            // A network of dead units has no gradient at all.
            if (noise > 0) {
                keep(Metric.of(GradientRatios.SNR, Math.sqrt(signal / noise), "1"), epoch);
            }
            keep(Metric.of("train-loss", epoch.trainLoss(), "nat"), epoch);
            keep(Metric.of("train-accuracy", epoch.trainAccuracy().orElseThrow(), "1"), epoch);
        }

        private static double norm(Parameter weight) {
            double sum = 0;
            for (double element : weight.value().toDoubles()) {
                sum += element * element;
            }
            return Math.sqrt(sum);
        }

        private void keep(Metric metric, Epoch epoch) {
            try {
                run.folder().add(metric.epoch(epoch.epoch()).in(member.which()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}

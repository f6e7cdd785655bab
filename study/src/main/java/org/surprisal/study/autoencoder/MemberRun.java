package org.surprisal.study.autoencoder;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.surprisal.data.Batch;
import org.surprisal.data.transform.Reconstruction;
import org.surprisal.network.DivergenceException;
import org.surprisal.network.initialisation.Initialisation;
import org.surprisal.network.layer.Activation;
import org.surprisal.network.loss.Loss;
import org.surprisal.network.loss.MeanSquaredError;
import org.surprisal.network.optimiser.Adam;
import org.surprisal.network.optimiser.Penalised;
import org.surprisal.network.optimiser.Penalty;
import org.surprisal.network.optimiser.Regularised;
import org.surprisal.network.training.Evaluation;
import org.surprisal.network.training.Trainer;
import org.surprisal.network.training.TrainingListener;
import org.surprisal.settings.Settings;
import org.surprisal.study.Failures;
import org.surprisal.study.Metric;
import org.surprisal.study.Wording;
import org.surprisal.study.depth.DepthProbe;
import org.surprisal.study.depth.Measurements;
import org.surprisal.study.depth.Stage;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

/// One network from its random start to its last measurement.
final class MemberRun {
    /// Images that are shown beside their reconstructions.
    static final int SHOWN = 6;
    private static final Loss LOSS = new MeanSquaredError();

    private final Settings settings;
    private final AutoencoderData data;
    private final Member member;
    private final boolean measurable;
    private final Autoencoder network;
    private final RandomStream stream;
    private final DepthProbe probe;
    private final List<Metric> metrics = new ArrayList<>();
    private final SequencedMap<String, SequencedMap<String, Tensor>> arrays = new LinkedHashMap<>();

    /// @param measurable whether the hidden layers are equally wide, so that relative entropy can be measured
    MemberRun(Settings settings, AutoencoderData data, Member member, boolean measurable) {
        this.settings = settings;
        this.data = data;
        this.member = member;
        this.measurable = measurable;
        this.stream = RandomStream.seeded(member.seed());
        this.network = network(settings, data.pixels(), member, stream.child("weights"));
        this.probe = probe(settings, data, member);
    }

    private static Autoencoder network(Settings settings, int pixels, Member member, RandomStream stream) {
        return Autoencoder.of(pixels, AutoencoderSettings.hiddenWidths(settings, pixels),
                AutoencoderSettings.codeLayer(settings),
                Activation.labelled(settings.get(AutoencoderSettings.ACTIVATION)),
                Activation.labelled(settings.get(AutoencoderSettings.OUTPUT_ACTIVATION)),
                new Initialisation.Gaussian(member.sigmaW2(), settings.get(AutoencoderSettings.SIGMA_B2)), stream);
    }

    private static DepthProbe probe(Settings settings, AutoencoderData data, Member member) {
        return new DepthProbe(settings.get(AutoencoderSettings.HIDDEN_LAYERS),
                Activation.labelled(settings.get(AutoencoderSettings.ACTIVATION)), member.sigmaW2(),
                settings.get(AutoencoderSettings.MC_SAMPLES),
                data.inputs(data.rows(settings.get(AutoencoderSettings.PROBED_INPUTS))));
    }

    /// Why relative entropy cannot be measured on these networks; absent if it can.
    static Optional<String> refusal(Settings settings, AutoencoderData data, Member member) {
        if (AutoencoderSettings.hiddenWidths(settings, data.pixels()).stream().distinct().count() == 1) {
            return Optional.empty();
        }
        try {
            probe(settings, data, member).measure(
                    network(settings, data.pixels(), member, RandomStream.seeded(member.seed())).whole());
            return Optional.empty();
        } catch (IllegalArgumentException refused) {
            return Optional.of(Failures.reason(refused));
        }
    }

    /// What became of it; nothing once the run is to stop.
    ///
    /// @param stop     asked at every step
    /// @param finished told of every epoch
    Optional<Outcome> train(BooleanSupplier stop, Consumer<TrainingListener.Epoch> finished) {
        if (stop.getAsBoolean()) {
            return Optional.empty();
        }
        double loss = Evaluation.of(network.whole(), LOSS, Reconstruction.of(data.test())).loss();
        if (!Double.isFinite(loss)) {
            return Optional.of(diverged(0));
        }
        measure(Stage.BEFORE, 0, loss);
        int epochs = settings.get(AutoencoderSettings.EPOCHS);
        if (epochs == 0) {
            return Optional.of(new Outcome(metrics, arrays, words(loss)));
        }
        List<TrainingListener.Epoch> done = new ArrayList<>();
        Trainer trainer = new Trainer(network.whole(), LOSS,
                new Penalised(new Adam(settings.get(AutoencoderSettings.LEARNING_RATE)),
                        new Penalty.L2(settings.get(AutoencoderSettings.WEIGHT_DECAY), Regularised.ALL)))
                .epochs(epochs).batchSize(settings.get(AutoencoderSettings.BATCH))
                .validation(Reconstruction.of(data.test())).stopWhen(stop).listener(new TrainingListener() {
                    @Override
                    public void onEpoch(Epoch epoch) {
                        done.add(epoch);
                        finished.accept(epoch);
                    }
                });
        try {
            if (trainer.fit(Reconstruction.of(data.train()), stream.child("order")).size() < epochs) {
                return Optional.empty();
            }
        } catch (DivergenceException left) {
            keepLosses(done);
            return Optional.of(diverged(done.size()));
        }
        TrainingListener.Epoch last = done.removeLast();
        keepLosses(done);
        metrics.add(at(last.epoch(), Metric.of(Outcome.TRAIN_LOSS, last.trainLoss(), "1")));
        double trained = last.validation().orElseThrow().loss();
        measure(Stage.AFTER, epochs, trained);
        return Optional.of(new Outcome(metrics, arrays, words(trained)));
    }

    private static String words(double loss) {
        return "mean squared error " + Wording.fixed(loss, 5);
    }

    private Outcome diverged(int epochs) {
        metrics.add(at(epochs, Metric.of(Outcome.DIVERGED, 1, "1")));
        return new Outcome(metrics, arrays, "diverged");
    }

    private void keepLosses(List<TrainingListener.Epoch> epochs) {
        for (TrainingListener.Epoch epoch : epochs) {
            metrics.add(at(epoch.epoch(), Metric.of(Outcome.TRAIN_LOSS, epoch.trainLoss(), "1")));
            metrics.add(at(epoch.epoch(),
                    Metric.of(Outcome.TEST_LOSS, epoch.validation().orElseThrow().loss(), "1")));
        }
    }

    private Metric at(int epoch, Metric metric) {
        return metric.epoch(epoch).in(member.which());
    }

    private void measure(Stage stage, int epoch, double testLoss) {
        metrics.add(at(epoch, Metric.of(Outcome.TEST_LOSS, testLoss, "1")));
        SequencedMap<String, Tensor> kept = new LinkedHashMap<>();
        if (measurable) {
            DepthProbe.Reading reading = probe.read(network.whole(), stream.child("monte-carlo"), stage, epoch,
                    member.which());
            metrics.addAll(reading.metrics());
            kept.putAll(probe.distributions(network.whole(), probe.inputs().rows(probe.inputs().length(0) / 2),
                    settings.get(AutoencoderSettings.DISTRIBUTION_LAYERS)));
            kept.put(Outcome.PROFILES, reading.normalised());
            kept.put(Outcome.PROBED_MEAN, probe.inputs().sum(1).times(1.0 / data.pixels()));
        }
        int[] rows = data.rows(Math.min(SHOWN, data.test().size()));
        Tensor shown = data.inputs(rows);
        kept.put(Outcome.SHOWN_INPUT, shown);
        kept.put(Outcome.SHOWN_OUTPUT, network.decode(network.encode(shown)));
        kept.put(Outcome.SHOWN_LABEL, data.test().batch(rows).targets());
        Batch all = data.test().all();
        Tensor inputs = all.inputs().reshape(all.size(), data.pixels());
        Tensor codes = network.encode(inputs);
        kept.put(Outcome.LABEL, all.targets());
        if (codes.length(1) == 2) {
            kept.put(Outcome.CODE, codes);
        }
        if (data.spins()) {
            SpinComparison spins = SpinComparison.of(inputs, codes, network.decode(codes));
            spins.metrics().forEach(metric -> metrics.add(at(epoch, metric)));
            spins.keep(kept);
        }
        arrays.put(Measurements.arrays(stage, member.which()), kept);
    }
}

package org.surprisal.study.autoencoder;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.surprisal.network.training.TrainingListener;
import org.surprisal.report.Report;
import org.surprisal.settings.Setting;
import org.surprisal.study.Metric;
import org.surprisal.study.OrderedWork;
import org.surprisal.study.Run;
import org.surprisal.study.RunFolder;
import org.surprisal.study.Study;
import org.surprisal.study.Wording;
import org.surprisal.tensor.Processors;
import org.surprisal.tensor.Tensor;

/// Autoencoders of equally wide layers, before and after training: relative entropy by depth, its peak,
/// reconstructions, and for Ising states what of magnetisation and energy survives (Schmidt's Figs 31-54 and 56). With
/// a bottleneck (Fig 30) there is no relative entropy, and a latent space to look at.
///
/// Networks of one seed start from the same random numbers, scaled by their σ_w, see the images in the same order, and
/// are measured on the same Monte Carlo samples before and after. They are trained side by side, one a thread, and kept
/// in the order of seeds and variances, so a run that is cut off trains anew what was in training, and what was
/// finished before its turn: about as many networks as there are threads.
public final class AutoencoderStudy implements Study {
    private static final int DEFAULT_SEEDS = 5;

    @Override
    public String name() {
        return "autoencoder";
    }

    @Override
    public String summary() {
        return "autoencoders of Ising states or images: relative entropy and its peak, reconstructions (the thesis's"
                + " Figs 30-54, 56)";
    }

    @Override
    public List<Setting<?>> settings() {
        return AutoencoderSettings.all();
    }

    @Override
    public Report draw(RunFolder folder) throws IOException {
        return AutoencoderReport.of(folder);
    }

    @Override
    public void run(Run run) throws IOException {
        List<Member> members = AutoencoderSettings.members(run, run.seeds().orElse(DEFAULT_SEEDS));
        AutoencoderData data = AutoencoderData.load(run);
        Optional<String> refusal = MemberRun.refusal(run.settings(), data, members.getFirst());
        if (refusal.isPresent()) {
            AutoencoderReport.keepRefusal(run.folder(), refusal.get());
        }
        int finished = (int) run.checkpoints().finished();
        Count count = new Count(run, finished, members.size());
        OrderedWork.<Member, Outcome, IOException>run(members.subList(finished, members.size()),
                Processors.threads(),
                (member, stop) -> new MemberRun(run.settings(), data, member, refusal.isEmpty())
                        .train(() -> stop.get() || run.interrupted(), epoch -> count.tell(member, epoch)),
                (member, outcome) -> {
                    for (Metric metric : outcome.metrics()) {
                        run.folder().add(metric);
                    }
                    for (Map.Entry<String, SequencedMap<String, Tensor>> file : outcome.arrays().entrySet()) {
                        run.folder().writeArrays(file.getKey(), file.getValue());
                    }
                    run.checkpoints().finish();
                    count.tell(member + ": " + outcome.words());
                });
    }

    /// How many epochs are done, of all networks together; several threads tell it.
    private static final class Count {
        private final Run run;
        private final long total;
        private long done;

        Count(Run run, int finished, int members) {
            int epochs = run.get(AutoencoderSettings.EPOCHS);
            this.run = run;
            this.total = (long) members * epochs;
            this.done = (long) finished * epochs;
        }

        synchronized void tell(Member member, TrainingListener.Epoch epoch) {
            done++;
            tell(member + ", epoch " + epoch.epoch() + ": mean squared error " + Wording.fixed(epoch.trainLoss(), 5));
        }

        synchronized void tell(String words) {
            run.progress().at("training", done, total, "epochs", words);
        }
    }
}

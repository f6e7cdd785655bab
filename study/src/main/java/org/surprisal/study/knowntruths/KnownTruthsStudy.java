package org.surprisal.study.knowntruths;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.surprisal.estimate.CriticTraining;
import org.surprisal.report.Report;
import org.surprisal.settings.Setting;
import org.surprisal.study.Metric;
import org.surprisal.study.Run;
import org.surprisal.study.RunFolder;
import org.surprisal.study.Study;
import org.surprisal.tensor.RandomStream;

/// Estimators of mutual information against truths: pairs of variables whose information is known in closed form or by
/// a quadrature in one dimension, each drawn again for every seed.
///
/// Numbers of the run are kept under `family` and `at` (which pair), `n`, `estimator` and `seed`; the truth is
/// `information`, and is absent where it is infinite.
public final class KnownTruthsStudy implements Study {
    static final String SIZE = "n";
    static final String INFORMATION = "information";
    private static final String SEED = "seed";
    private static final int DEFAULT_SEEDS = 10;
    private static final int HIDDEN = 64;
    private static final int BATCH = 64;
    private static final double LEARNING_RATE = 1e-3;

    @Override
    public String name() {
        return "known-truths";
    }

    @Override
    public String summary() {
        return "the estimators of mutual information side by side where the truth is known: bias and spread";
    }

    @Override
    public List<Setting<?>> settings() {
        return KnownTruthsSettings.all();
    }

    @Override
    public Report draw(RunFolder folder) throws IOException {
        return KnownTruthsReport.of(folder);
    }

    @Override
    public void run(Run run) throws IOException {
        int seeds = run.seeds().orElse(DEFAULT_SEEDS);
        long done = 0;
        for (int s = 0; s < seeds; s++) {
            List<Comparison> comparisons = Comparison.of(run.settings(), s < run.get(KnownTruthsSettings.DEAR_SEEDS));
            for (int i = 0; i < comparisons.size(); i++) {
                if (run.interrupted()) {
                    return;
                }
                // A seed's pairs are one part each, so that a run that goes on loses no more than one pair.
                if (done >= run.checkpoints().finished()) {
                    compare(run, comparisons.get(i), s);
                    run.checkpoints().finish();
                }
                done++;
                run.progress().at(String.format(Locale.ROOT, "seed %d of %d", s + 1, seeds), i + 1L, comparisons.size(),
                        "pairs",
                        comparisons.get(i).pair().which().toString());
            }
        }
    }

    private static void compare(Run run, Comparison comparison, int s) throws IOException {
        KnownPair pair = comparison.pair();
        OptionalDouble information = pair.information();
        if (s == 0 && information.isPresent()) {
            run.folder().add(Metric.of(INFORMATION, information.getAsDouble(), "nat").in(pair.which()));
        }
        RandomStream stream = RandomStream.seeded(run.seed() + s).child(pair.which().toString());
        Sample all = pair.draw(comparison.most(), stream.child("samples"));
        CriticTraining training = new CriticTraining(run.get(KnownTruthsSettings.CRITIC_STEPS), HIDDEN, BATCH,
                LEARNING_RATE, stream);
        for (Comparison.Entry entry : comparison.entries()) {
            Sample sample = entry.n() == all.count() ? all : all.first(entry.n());
            for (Metric metric : entry.contender().read(sample,
                    pair.which().and(SIZE, entry.n()), training, stream.child(entry.contender().key()))) {
                run.folder().add(metric.in(metric.in().and(SEED, run.seed() + s)));
            }
        }
    }
}

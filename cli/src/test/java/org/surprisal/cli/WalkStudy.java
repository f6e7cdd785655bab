package org.surprisal.cli;

import java.io.IOException;
import java.util.List;
import org.surprisal.report.Report;
import org.surprisal.settings.Setting;
import org.surprisal.study.Metric;
import org.surprisal.study.Run;
import org.surprisal.study.RunFolder;
import org.surprisal.study.Study;
import org.surprisal.tensor.RandomStream;

/// A study for tests: a random walk.
final class WalkStudy implements Study {
    private static final Setting<Integer> STEPS = Setting.integer("steps", 3, 1, 1000, "how many");
    private static final Setting<List<Double>> LENGTHS = Setting.decimals("lengths", List.of(1.0, 2.5), 0, 10,
            "of a step");
    private static final Setting<Boolean> STUMBLE = Setting.flag("stumble", false, "whether it fails");

    @Override
    public String name() {
        return "random-walk";
    }

    @Override
    public String summary() {
        return "walks at random";
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(STEPS, LENGTHS, STUMBLE);
    }

    @Override
    public void run(Run run) throws IOException {
        RandomStream random = RandomStream.seeded(run.seed());
        for (double length : run.get(LENGTHS)) {
            for (int step = 0; step < run.get(STEPS); step++) {
                run.folder().add(Metric.of("place", length * random.nextGaussian(), "1").step(step));
                run.progress().at("walking", step + 1L, run.get(STEPS), "steps", "");
            }
        }
        if (run.get(STUMBLE)) {
            throw new IOException("the walker stumbled over a stone: look where you go");
        }
    }

    @Override
    public Report draw(RunFolder folder) throws IOException {
        return new Report("Random walk", "", folder.metrics().size() + " places", List.of(),
                folder.record().settings(), folder.record().provenance());
    }
}

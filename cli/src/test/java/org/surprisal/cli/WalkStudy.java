package org.surprisal.cli;

import java.util.List;
import org.surprisal.report.Section;
import org.surprisal.settings.Setting;
import org.surprisal.settings.Settings;
import org.surprisal.study.engine.At;
import org.surprisal.study.engine.Design;
import org.surprisal.study.engine.Factor;
import org.surprisal.study.engine.Index;
import org.surprisal.study.engine.Quantity;
import org.surprisal.study.engine.Results;
import org.surprisal.study.engine.Study;
import org.surprisal.study.engine.Trial;
import org.surprisal.tensor.RandomStream;

/// A study for tests: random walks with steps of several lengths.
final class WalkStudy implements Study {
    private static final Setting<Integer> STEPS = Setting.integer("steps", 3, 1, 1000, "how many");
    private static final Factor<Double> LENGTHS = Factor
            .of(Setting.decimals("lengths", List.of(1.0, 2.5), 0, 10, "of a step"), "length");
    private static final Setting<Boolean> STUMBLE = Setting.flag("stumble", false, "whether it fails");
    private static final Quantity PLACE = Quantity.of("place", "1", "place", Index.STEP);

    @Override
    public String name() {
        return "random-walk";
    }

    @Override
    public String summary() {
        return "walks at random";
    }

    @Override
    public String title() {
        return "Random walk";
    }

    @Override
    public String lead() {
        return "A place follows each step.";
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(STEPS, LENGTHS.values(), STUMBLE);
    }

    @Override
    public Design design(Settings settings) {
        return Design.grid(LENGTHS).cost("steps", cell -> settings.get(STEPS));
    }

    @Override
    public void run(Trial trial) {
        trial.stage("walk", () -> {
            RandomStream random = trial.stream("walk");
            for (int step = 0; step < trial.get(STEPS); step++) {
                trial.record(PLACE, At.step(step), trial.get(LENGTHS) * random.nextGaussian());
            }
        });
        if (trial.get(STUMBLE)) {
            throw new IllegalStateException("the walker stumbled over a stone: look where you go");
        }
    }

    @Override
    public List<Section> report(Results results) {
        return List.of(Section.of("Walk").prose(results.of(PLACE).points().size() + " places"));
    }
}

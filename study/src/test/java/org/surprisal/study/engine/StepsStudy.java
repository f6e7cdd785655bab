package org.surprisal.study.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.surprisal.data.DataException;
import org.surprisal.report.Figure;
import org.surprisal.report.Section;
import org.surprisal.settings.Setting;
import org.surprisal.settings.SettingException;
import org.surprisal.settings.Settings;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

/// A study for tests: so many steps, a random number and a stage each.
class StepsStudy implements Study {
    static final Setting<Integer> STEPS = Setting.integer("steps", 3, 0, 1000, "how many");
    static final Setting<String> END = Setting.choice("end", "well",
            List.of("well", "refused", "failed", "damaged", "undrawable"),
            "how it ends");
    static final Setting<Integer> FIGURES = Setting.integer("figures", 0, 0, 9, "of its report");
    static final Quantity WALK = Quantity.of("walk", "1", "walk", Index.STEP);

    @Override
    public String name() {
        return "steps";
    }

    @Override
    public String summary() {
        return "takes steps";
    }

    @Override
    public String title() {
        return "Steps";
    }

    @Override
    public String lead() {
        return "A point is a step.";
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(STEPS, END, FIGURES);
    }

    @Override
    public Design design(Settings settings) {
        return Design.grid().oneAfterTheOther();
    }

    @Override
    public void check(Inputs inputs) {
        if (inputs.get(END).equals("refused")) {
            throw SettingException.badValue("steps", "3", "another number");
        }
    }

    @Override
    public void run(Trial trial) {
        RandomStream random = trial.stream("walk");
        for (int step = 0; step < trial.get(STEPS); step++) {
            At at = At.step(step);
            double place = random.nextDouble();
            trial.stage("step-" + step, () -> trial.record(WALK, at, place));
        }
        SequencedMap<String, Tensor> arrays = new LinkedHashMap<>();
        arrays.put("last", Tensor.of(new double[]{1, 2}));
        trial.keep("walk", arrays);
        if (trial.get(END).equals("damaged")) {
            throw new DataException("the map is torn");
        }
        if (trial.get(END).equals("failed")) {
            throw new UncheckedIOException(new IOException("the ground gave way\nat step 2"));
        }
    }

    @Override
    public List<Section> report(Results results) {
        if (results.settings().get(END).equals("undrawable")) {
            throw new IllegalStateException();
        }
        List<Figure> figures = IntStream.range(0, results.settings().get(FIGURES))
                .mapToObj(i -> Plot.points("walk-" + i, "Walk", results.of(WALK)).x(Index.STEP)
                        .caption("One seed.").figure().orElseThrow())
                .toList();
        return List.of(Section.of("Walk").prose(results.of(WALK).points().size() + " steps").pictures(figures));
    }
}

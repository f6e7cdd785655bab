package org.surprisal.study;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.surprisal.data.DataException;
import org.surprisal.report.Report;
import org.surprisal.settings.Setting;
import org.surprisal.settings.SettingException;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

/// A study for tests: so many steps, a random number each.
final class StepsStudy implements Study {
    static final Setting<Integer> STEPS = Setting.integer("steps", 3, 0, 1000, "how many");
    static final Setting<String> END = Setting.choice("end", "well",
            List.of("well", "refused", "failed", "damaged", "undrawable"),
            "how it ends");

    @Override
    public String name() {
        return "steps";
    }

    @Override
    public String summary() {
        return "takes steps";
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(STEPS, END);
    }

    @Override
    public void run(Run run) throws IOException {
        if (run.get(END).equals("refused")) {
            throw SettingException.badValue("steps", "3", "another number");
        }
        RandomStream random = RandomStream.seeded(run.seed());
        for (int step = 0; step < run.get(STEPS) && !run.interrupted(); step++) {
            run.folder().add(Metric.of("walk", random.nextDouble(), "1").step(step));
            run.progress().at("walking", step + 1L, run.get(STEPS), "steps", "");
        }
        SequencedMap<String, Tensor> arrays = new LinkedHashMap<>();
        arrays.put("last", Tensor.of(new double[]{1, 2}));
        run.folder().writeArrays("walk", arrays);
        if (run.get(END).equals("damaged")) {
            throw new DataException("the map is torn");
        }
        if (run.get(END).equals("failed")) {
            throw new IOException("the ground gave way\nat step 2");
        }
    }

    @Override
    public Report draw(RunFolder folder) throws IOException {
        if ("undrawable".equals(folder.record().settings().get("end"))) {
            throw new IllegalStateException();
        }
        return new Report("Steps", "", folder.metrics().size() + " steps", List.of(), folder.record().settings(),
                folder.record().provenance());
    }
}

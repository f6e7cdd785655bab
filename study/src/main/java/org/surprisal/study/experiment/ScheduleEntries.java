package org.surprisal.study.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.surprisal.network.training.ReduceOnPlateau;
import org.surprisal.network.training.Schedule;
import org.surprisal.network.training.Trainer;
import org.surprisal.settings.NearestName;
import org.surprisal.settings.Setting;

/// How the learning rate of an experiment changes: a list of `cosine: {period: 10, floor: 0.01}` and others, which
/// multiply each other. Time is counted in epochs unless `unit: step` is given.
final class ScheduleEntries {
    private static final double SMALLEST = Double.MIN_VALUE;
    private static final Setting<Integer> PERIOD = Setting.integer("period", 1, 1, Integer.MAX_VALUE,
            "in the schedule's unit of time");
    private static final Setting<Double> FACTOR = Setting.decimal("factor", 0.1, SMALLEST, 1, "on the rate");
    private static final Setting<Double> FLOOR = Setting.decimal("floor", 0, 0, 1, "smallest factor");
    private static final Setting<Double> START = Setting.decimal("start", 0.1, SMALLEST, 1, "factor at first");
    private static final Setting<Double> EXPONENT = Setting.decimal("exponent", 1, SMALLEST, Double.POSITIVE_INFINITY,
            "of the decline");
    private static final Setting<Integer> PATIENCE = Setting.integer("patience", 10, 0, Integer.MAX_VALUE,
            "epochs without improvement that are borne");
    private static final Setting<String> UNIT = Setting.choice("unit", "epoch", List.of("epoch", "step"), "of time");

    private record Kind(List<Setting<?>> settings, Function<Fields, Schedule> make) {}

    private static final Map<String, Kind> KINDS = kinds();
    private static final String PLATEAU = "plateau";

    private ScheduleEntries() {
    }

    private static Map<String, Kind> kinds() {
        Map<String, Kind> kinds = new LinkedHashMap<>();
        kinds.put("step", new Kind(List.of(PERIOD, FACTOR),
                f -> new Schedule.Step(f.require(PERIOD), f.require(FACTOR))));
        kinds.put("exponential", new Kind(List.of(PERIOD, FACTOR),
                f -> new Schedule.Exponential(f.require(PERIOD), f.require(FACTOR))));
        kinds.put("power", new Kind(List.of(PERIOD, EXPONENT),
                f -> new Schedule.Power(f.require(PERIOD), f.get(EXPONENT))));
        kinds.put("cosine", new Kind(List.of(PERIOD, FLOOR),
                f -> new Schedule.Cosine(f.require(PERIOD), f.get(FLOOR))));
        kinds.put("warm-up", new Kind(List.of(PERIOD, START),
                f -> new Schedule.WarmUp(f.require(PERIOD), f.get(START))));
        return kinds;
    }

    /// Reads the whole list, and tells a trainer of it.
    static void apply(Entry list, Trainer trainer) {
        list.items().forEach(item -> one(item, trainer));
    }

    private static void one(Entry item, Trainer trainer) {
        Map<String, Entry> map = item.map();
        if (map.size() != 1) {
            throw item.refusal(" must have one schedule, one of " + String.join(", ", KINDS.keySet()) + ", " + PLATEAU);
        }
        String name = map.keySet().iterator().next();
        Entry arguments = map.values().iterator().next();
        if (name.equals(PLATEAU)) {
            Fields fields = arguments.fields(FACTOR.key(), PATIENCE.key(), FLOOR.key());
            if (fields.get(FACTOR) == 1) {
                throw arguments.refusal(".factor is '1': must be below 1");
            }
            trainer.schedule(new ReduceOnPlateau(fields.get(FACTOR), fields.get(PATIENCE), 1e-4, 0,
                    fields.get(FLOOR)));
            return;
        }
        Kind kind = KINDS.get(name);
        if (kind == null) {
            List<String> names = new ArrayList<>(KINDS.keySet());
            names.add(PLATEAU);
            throw arguments.refusal(": there is no such schedule" + NearestName.advice(name, names, "schedules"));
        }
        List<String> keys = new ArrayList<>(List.of(UNIT.key()));
        kind.settings().forEach(setting -> keys.add(setting.key()));
        Fields fields = arguments.fields(keys.toArray(String[]::new));
        trainer.schedule(kind.make().apply(fields),
                fields.get(UNIT).equals("step") ? Schedule.Unit.STEP : Schedule.Unit.EPOCH);
    }
}

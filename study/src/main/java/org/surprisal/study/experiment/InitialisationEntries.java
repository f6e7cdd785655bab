package org.surprisal.study.experiment;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.surprisal.network.initialisation.Initialisation;
import org.surprisal.network.initialisation.Orthogonal;
import org.surprisal.network.initialisation.VarianceScaling;
import org.surprisal.network.initialisation.VarianceScaling.Distribution;
import org.surprisal.network.initialisation.VarianceScaling.Fan;
import org.surprisal.settings.NearestName;
import org.surprisal.settings.Setting;

/// How an experiment's parameters start: `he`, `xavier: {distribution: normal}`,
/// `gaussian: {sigma-w2: 1.75, sigma-b2: 0.05}`.
final class InitialisationEntries {
    private static final double SMALLEST = Double.MIN_VALUE;
    private static final double NO_BOUND = Double.POSITIVE_INFINITY;
    private static final Setting<String> DISTRIBUTION = Setting.choice("distribution", "uniform",
            labels(Distribution.values()), "shape of the distribution");
    private static final Setting<String> FAN = Setting.choice("fan", "in", labels(Fan.values()), "what is counted");
    private static final Setting<Double> SCALE = Setting.decimal("scale", 1, SMALLEST, NO_BOUND, "variance times fan");
    private static final Setting<Double> SIGMA_W2 = Setting.decimal("sigma-w2", 1, SMALLEST, NO_BOUND,
            "weight variance times fan-in");
    private static final Setting<Double> SIGMA_B2 = Setting.decimal("sigma-b2", 0, 0, NO_BOUND, "bias variance");
    private static final Setting<Double> GAIN = Setting.decimal("gain", 1, SMALLEST, NO_BOUND, "length of the rows");
    private static final Setting<Double> VALUE = Setting.decimal("value", 0, -Double.MAX_VALUE, NO_BOUND,
            "of every weight");

    private record Rule(List<Setting<?>> settings, Function<Fields, Initialisation> make) {}

    private static final Map<String, Rule> RULES = rules();

    private InitialisationEntries() {
    }

    private static Map<String, Rule> rules() {
        Map<String, Rule> rules = new LinkedHashMap<>();
        rules.put("fan-in-uniform", new Rule(List.of(), f -> VarianceScaling.fanInUniform()));
        rules.put("xavier", new Rule(List.of(DISTRIBUTION), f -> VarianceScaling.xavier(distribution(f))));
        rules.put("xavier-for-sigmoid",
                new Rule(List.of(DISTRIBUTION), f -> VarianceScaling.xavierForSigmoid(distribution(f))));
        rules.put("he", new Rule(List.of(FAN, DISTRIBUTION), f -> VarianceScaling.he(fan(f), distribution(f))));
        rules.put("variance-scaling", new Rule(List.of(SCALE, FAN, DISTRIBUTION),
                f -> new VarianceScaling(f.get(SCALE), fan(f), distribution(f))));
        rules.put("gaussian", new Rule(List.of(SIGMA_W2, SIGMA_B2),
                f -> new Initialisation.Gaussian(f.require(SIGMA_W2), f.get(SIGMA_B2))));
        rules.put("orthogonal", new Rule(List.of(GAIN), f -> new Orthogonal(f.get(GAIN))));
        rules.put("constant", new Rule(List.of(VALUE), f -> new Initialisation.Constant(f.require(VALUE))));
        return rules;
    }

    private static Distribution distribution(Fields fields) {
        return Distribution.valueOf(constant(fields.get(DISTRIBUTION)));
    }

    private static Fan fan(Fields fields) {
        return Fan.valueOf(constant(fields.get(FAN)));
    }

    private static String constant(String label) {
        return label.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    private static List<String> labels(Enum<?>[] constants) {
        return Arrays.stream(constants).map(value -> value.name().toLowerCase(Locale.ROOT).replace('_', '-')).toList();
    }

    static Initialisation read(Entry entry) {
        if (entry.isScalar()) {
            return rule(entry.text(), entry).make().apply(entry.bare().fieldsOr(""));
        }
        Map<String, Entry> map = entry.map();
        if (map.size() != 1) {
            throw entry.refusal(" must have one rule, one of " + String.join(", ", RULES.keySet()));
        }
        Entry arguments = map.values().iterator().next();
        Rule rule = rule(map.keySet().iterator().next(), arguments);
        String[] keys = rule.settings().stream().map(Setting::key).toArray(String[]::new);
        return rule.make().apply(arguments.isEmpty() ? arguments.fieldsOr("", keys) : arguments.fields(keys));
    }

    private static Rule rule(String name, Entry at) {
        Rule rule = RULES.get(name);
        if (rule == null) {
            throw at.refusal(": there is no rule '" + name + "'" + NearestName.advice(name, RULES.keySet(), "rules"));
        }
        return rule;
    }
}

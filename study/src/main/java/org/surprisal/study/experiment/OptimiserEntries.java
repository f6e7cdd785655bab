package org.surprisal.study.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.surprisal.network.optimiser.AdaGrad;
import org.surprisal.network.optimiser.Adam;
import org.surprisal.network.optimiser.AdamW;
import org.surprisal.network.optimiser.Clipped;
import org.surprisal.network.optimiser.Epsilon;
import org.surprisal.network.optimiser.GradientClipping;
import org.surprisal.network.optimiser.HeavyBall;
import org.surprisal.network.optimiser.Nesterov;
import org.surprisal.network.optimiser.Optimiser;
import org.surprisal.network.optimiser.Penalised;
import org.surprisal.network.optimiser.Penalty;
import org.surprisal.network.optimiser.Regularised;
import org.surprisal.network.optimiser.RmsProp;
import org.surprisal.network.optimiser.Sgd;
import org.surprisal.settings.NearestName;
import org.surprisal.settings.Setting;

/// The optimiser of an experiment: `adam: {learning-rate: 0.001}`, with `l1`, `l2`, `clip-norm` and `clip-value` for
/// all of them.
final class OptimiserEntries {
    private static final double SMALLEST = Double.MIN_VALUE;
    private static final double BELOW_ONE = Math.nextDown(1.0);
    private static final double NO_BOUND = Double.POSITIVE_INFINITY;

    private static final Setting<Double> RATE = Setting.decimal("learning-rate", 0.01, SMALLEST, NO_BOUND,
            "length of a step");
    private static final Setting<Double> MOMENTUM = Setting.decimal("momentum", 0, 0, BELOW_ONE,
            "share of the last step that is kept");
    private static final Setting<Double> DECAY = Setting.decimal("decay", 0.9, 0, BELOW_ONE,
            "share of the mean square that is kept");
    private static final Setting<Double> BETA1 = Setting.decimal("beta1", 0.9, 0, BELOW_ONE,
            "share of the mean that is kept");
    private static final Setting<Double> BETA2 = Setting.decimal("beta2", 0.999, 0, BELOW_ONE,
            "share of the mean square that is kept");
    private static final Setting<Double> EPSILON = Setting.decimal("epsilon", 1e-8, SMALLEST, NO_BOUND,
            "keeps divisions finite");
    private static final Setting<Double> ADAGRAD_EPSILON = Setting.decimal("epsilon", AdaGrad.EPSILON, SMALLEST,
            NO_BOUND, "keeps divisions finite");
    private static final Setting<Double> WEIGHT_DECAY = Setting.decimal("weight-decay", 0.01, 0, NO_BOUND,
            "decoupled, on weights only");
    private static final Setting<Double> L1 = Setting.decimal("l1", 0, 0, NO_BOUND, "times the sum of |w|");
    private static final Setting<Double> L2 = Setting.decimal("l2", 0, 0, NO_BOUND, "times half the sum of w^2");
    private static final Setting<Boolean> BIASES = Setting.flag("penalise-biases", false,
            "whether l1 and l2 count biases");
    private static final Setting<Double> CLIP_NORM = Setting.decimal("clip-norm", 1, SMALLEST, NO_BOUND,
            "longest gradient");
    private static final Setting<Double> CLIP_VALUE = Setting.decimal("clip-value", 1, SMALLEST, NO_BOUND,
            "largest element of a gradient");

    private record Method(List<Setting<?>> settings, Function<Fields, Optimiser> make) {}

    private static final Map<String, Method> METHODS = methods();

    private OptimiserEntries() {
    }

    private static Map<String, Method> methods() {
        Map<String, Method> methods = new LinkedHashMap<>();
        methods.put("sgd", new Method(List.of(MOMENTUM), f -> new Sgd(f.require(RATE), f.get(MOMENTUM))));
        methods.put("heavy-ball",
                new Method(List.of(MOMENTUM), f -> new HeavyBall(f.require(RATE), f.require(MOMENTUM))));
        methods.put("nesterov",
                new Method(List.of(MOMENTUM), f -> new Nesterov(f.require(RATE), f.require(MOMENTUM))));
        methods.put("adagrad", new Method(List.of(ADAGRAD_EPSILON),
                f -> new AdaGrad(f.require(RATE), Epsilon.outsideRoot(f.get(ADAGRAD_EPSILON)))));
        methods.put("rmsprop", new Method(List.of(DECAY, EPSILON),
                f -> new RmsProp(f.require(RATE), f.get(DECAY), Epsilon.outsideRoot(f.get(EPSILON)))));
        methods.put("adam", new Method(List.of(BETA1, BETA2, EPSILON), OptimiserEntries::adam));
        methods.put("adamw", new Method(List.of(BETA1, BETA2, EPSILON, WEIGHT_DECAY),
                f -> new AdamW(adam(f), f.get(WEIGHT_DECAY), Regularised.WEIGHTS)));
        return methods;
    }

    private static Adam adam(Fields fields) {
        return new Adam(fields.require(RATE), fields.get(BETA1), fields.get(BETA2), fields.get(EPSILON));
    }

    /// Makes the optimiser that is described; a new one at each call, because an optimiser belongs to one training run.
    static Optimiser read(Entry entry) {
        Map<String, Entry> map = entry.map();
        if (map.size() != 1) {
            throw entry.refusal(" must have one method, one of " + String.join(", ", METHODS.keySet()));
        }
        String name = map.keySet().iterator().next();
        Entry arguments = map.values().iterator().next();
        Method method = METHODS.get(name);
        if (method == null) {
            throw arguments.refusal(
                    ": there is no such method" + NearestName.advice(name, METHODS.keySet(), "methods"));
        }
        List<String> keys = new ArrayList<>(List.of(RATE.key()));
        method.settings().forEach(setting -> keys.add(setting.key()));
        keys.addAll(List.of(L1.key(), L2.key(), BIASES.key(), CLIP_NORM.key(), CLIP_VALUE.key()));
        Fields fields = arguments.fieldsOr(RATE.key(), keys.toArray(String[]::new));
        Optimiser optimiser = method.make().apply(fields);
        Regularised scope = fields.get(BIASES) ? Regularised.ALL : Regularised.WEIGHTS;
        if (fields.has(L1.key())) {
            optimiser = new Penalised(optimiser, new Penalty.L1(fields.get(L1), scope));
        }
        if (fields.has(L2.key())) {
            optimiser = new Penalised(optimiser, new Penalty.L2(fields.get(L2), scope));
        }
        if (fields.has(CLIP_VALUE.key())) {
            optimiser = new Clipped(optimiser, new GradientClipping.ByValue(fields.get(CLIP_VALUE)));
        }
        if (fields.has(CLIP_NORM.key())) {
            optimiser = new Clipped(optimiser, new GradientClipping.ByNorm(fields.get(CLIP_NORM)));
        }
        return optimiser;
    }
}

package org.surprisal.study.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import org.surprisal.network.metric.PrecisionRecallCurve;
import org.surprisal.network.metric.RocCurve;
import org.surprisal.network.metric.TopK;
import org.surprisal.settings.NearestName;

/// A number that says how well a classifier does on test samples.
///
/// @param name as users write it
record TestMeasure(String name, Rule rule) {
    /// Names of the measures of two classes, of which the second is the positive one.
    private static final Map<String, Rule> OF_TWO = ofTwo();

    /// From outputs and the right classes; empty where a ratio has no denominator.
    interface Rule {
        OptionalDouble of(TestOutputs outputs);
    }

    private static Map<String, Rule> ofTwo() {
        Map<String, Rule> rules = new LinkedHashMap<>();
        rules.put("positive-precision", outputs -> outputs.confusion().oneVersusRest(1).precision());
        rules.put("positive-recall", outputs -> outputs.confusion().oneVersusRest(1).recall());
        rules.put("positive-f1", outputs -> outputs.confusion().oneVersusRest(1).f1());
        rules.put("roc-auc", outputs -> of(outputs.roc(), RocCurve::area));
        rules.put("equal-error-rate", outputs -> of(outputs.roc(), RocCurve::equalErrorRate));
        rules.put("average-precision",
                outputs -> of(outputs.precisionRecall(), PrecisionRecallCurve::averagePrecision));
        return rules;
    }

    private static <C> OptionalDouble of(Optional<C> curve, ToDoubleFunction<C> number) {
        return curve.stream().mapToDouble(number).findFirst();
    }

    private static Map<String, Rule> all(int classes) {
        Map<String, Rule> all = new LinkedHashMap<>();
        all.put("precision", outputs -> outputs.confusion().system().precision());
        all.put("recall", outputs -> outputs.confusion().system().recall());
        all.put("f1", outputs -> outputs.confusion().system().f1());
        all.put("macro-f1", outputs -> outputs.confusion().system().macroF1());
        for (int k = 2; k < classes; k++) {
            TopK top = new TopK(k);
            all.put("top-" + k, outputs -> OptionalDouble.of(top.accuracy(outputs.outputs(), outputs.actual())));
        }
        if (classes == 2) {
            all.putAll(OF_TWO);
        }
        return all;
    }

    static List<TestMeasure> read(Entry list, int classes) {
        if (classes == 0) {
            throw list.refusal(" are of classes, and the targets are values: leave them out");
        }
        Map<String, Rule> all = all(classes);
        List<TestMeasure> measures = new ArrayList<>();
        for (Entry item : list.items()) {
            String name = item.text();
            Rule rule = all.get(name);
            if (rule == null) {
                throw item.refusal(": " + (OF_TWO.containsKey(name)
                        ? "'" + name + "' is of two classes, and the data have " + classes
                        : "there is no metric '" + name + "'" + NearestName.advice(name, all.keySet(), "metrics")));
            }
            if (measures.stream().anyMatch(measure -> measure.name().equals(name))) {
                throw item.refusal(" is '" + name + "', which stands above already: once is enough");
            }
            measures.add(new TestMeasure(name, rule));
        }
        return measures;
    }
}

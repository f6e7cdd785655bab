package org.surprisal.study.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.surprisal.network.metric.ConfusionMatrix;
import org.surprisal.network.metric.SystemMeasures;
import org.surprisal.network.metric.TopK;
import org.surprisal.settings.NearestName;
import org.surprisal.tensor.Tensor;

/// A number that says how well a classifier does on test samples.
///
/// @param name as users write it
record TestMeasure(String name, Rule rule) {
    /// From outputs (n, classes) and the right classes; empty where a ratio has no denominator.
    interface Rule {
        OptionalDouble of(Tensor outputs, int[] actual);
    }

    private static Map<String, TestMeasure> all(int classes) {
        Map<String, TestMeasure> all = new LinkedHashMap<>();
        put(all, "precision", (outputs, actual) -> system(outputs, actual).precision());
        put(all, "recall", (outputs, actual) -> system(outputs, actual).recall());
        put(all, "f1", (outputs, actual) -> system(outputs, actual).f1());
        put(all, "macro-f1", (outputs, actual) -> system(outputs, actual).macroF1());
        for (int k = 2; k < classes; k++) {
            TopK top = new TopK(k);
            put(all, "top-" + k, (outputs, actual) -> OptionalDouble.of(top.accuracy(outputs, actual)));
        }
        return all;
    }

    private static SystemMeasures system(Tensor outputs, int[] actual) {
        return ConfusionMatrix.of(outputs, actual).system();
    }

    private static void put(Map<String, TestMeasure> all, String name, Rule rule) {
        all.put(name, new TestMeasure(name, rule));
    }

    static List<TestMeasure> read(Entry list, int classes) {
        if (classes == 0) {
            throw list.refusal(" are of classes, and the targets are values: leave them out");
        }
        Map<String, TestMeasure> all = all(classes);
        List<TestMeasure> measures = new ArrayList<>();
        for (Entry item : list.items()) {
            TestMeasure measure = all.get(item.text());
            if (measure == null) {
                throw item.refusal(": there is no metric '" + item.text() + "'"
                        + NearestName.advice(item.text(), all.keySet(), "metrics"));
            }
            measures.add(measure);
        }
        return measures;
    }
}

package org.surprisal.study.experiment;

import java.util.List;
import java.util.regex.Pattern;
import org.surprisal.data.Dataset;
import org.surprisal.data.transform.ClassSelection;
import org.surprisal.settings.MessageText;
import org.surprisal.settings.NearestName;

/// Some classes of an experiment's samples: `classes: [1, 7]`, `classes: [setosa, virginica]`. They are numbered anew
/// from 0 in the order given.
final class ClassEntries {
    /// The key of `data`.
    static final String KEY = "classes";

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

    private ClassEntries() {
    }

    /// How many classes are asked for; 0 where all are.
    ///
    /// @param data the entries of `data`
    static int count(Fields data) {
        return data.find(KEY).map(list -> list.items().size()).orElse(0);
    }

    /// The samples of the classes that are asked for; all where none are.
    ///
    /// @param data the entries of `data`
    static Dataset chosen(Fields data, Dataset samples) {
        return data.find(KEY).map(list -> ClassSelection.of(samples, numbers(list, samples))).orElse(samples);
    }

    private static int[] numbers(Entry list, Dataset samples) {
        if (samples.classes() == 0) {
            throw list.refusal(" are chosen, and the targets are values: leave them out");
        }
        List<Entry> items = list.items();
        if (items.size() < 2) {
            throw list.refusal(": at least 2 classes are needed");
        }
        int[] numbers = new int[items.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = number(items.get(i), samples.classNames());
            for (int j = 0; j < i; j++) {
                if (numbers[j] == numbers[i]) {
                    throw items.get(i).refusal(" is " + MessageText.quoted(items.get(i).text())
                            + ", which is chosen already: each class is named once");
                }
            }
        }
        return numbers;
    }

    /// The class of this name, or else of this number.
    private static int number(Entry item, List<String> names) {
        String text = item.text();
        int named = names.indexOf(text);
        if (named >= 0) {
            return named;
        }
        if (NUMBER.matcher(text).matches() && Integer.parseInt(text) < names.size()) {
            return Integer.parseInt(text);
        }
        throw item.refusal(": there is no class " + MessageText.quoted(text) + NearestName.of(text, names)
                .map(name -> "; did you mean '" + name + "'?")
                .orElseGet(() -> "; the classes are " + MessageText.listed(names)));
    }
}

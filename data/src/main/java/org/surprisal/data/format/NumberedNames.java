package org.surprisal.data.format;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Names with numbers in them, as arrays of layers have: `layer2` comes before `layer10`, and `net.2.weight` before
/// `net.10.weight`.
///
/// Programs that sort the names of a file as words put 10 before 2; a file of sorted names has lost the order of the
/// layers. Names that differ in nothing but numbers have one stem, and their numbers give the order back.
public final class NumberedNames {
    /// Names with their numbers compared as numbers, and all between numbers as words.
    public static final Comparator<String> ORDER = NumberedNames::compare;

    private NumberedNames() {
    }

    /// A name with each number replaced by `#`: `fc#` of `fc1`.
    public static String stem(String name) {
        return name.replaceAll("[0-9]+", "#");
    }

    /// Whether names have one stem, with numbers that tell them apart: then these numbers are their order.
    public static boolean areOneSeries(Collection<String> names) {
        List<String> sorted = names.stream().sorted(ORDER).toList();
        for (int i = 1; i < sorted.size(); i++) {
            if (compare(sorted.get(i - 1), sorted.get(i)) == 0) {
                return false;
            }
        }
        return names.stream().map(NumberedNames::stem).distinct().count() == 1;
    }

    /// Names in the order given, except that those with one stem stand in the order of their numbers, in the places
    /// that they have together.
    public static List<String> ordered(Collection<String> names) {
        Map<String, List<String>> series = new HashMap<>();
        names.forEach(name -> series.computeIfAbsent(stem(name), _ -> new ArrayList<>()).add(name));
        series.values().forEach(numbered -> numbered.sort(ORDER));
        return names.stream().map(name -> series.getOrDefault(stem(name), List.of(name)).removeFirst()).toList();
    }

    /// Whether the names given stand in the order of words, and their numbers therefore out of order.
    public static boolean areSortedAsWords(List<String> names) {
        return names.equals(names.stream().sorted().toList()) && !names.equals(ordered(names));
    }

    private static int compare(String a, String b) {
        String[] first = parts(a);
        String[] second = parts(b);
        for (int i = 0; i < Math.min(first.length, second.length); i++) {
            boolean numbers = first[i].matches("[0-9]{1,18}") && second[i].matches("[0-9]{1,18}");
            int order = numbers
                    ? Long.compare(Long.parseLong(first[i]), Long.parseLong(second[i]))
                    : first[i].compareTo(second[i]);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(first.length, second.length);
    }

    private static String[] parts(String name) {
        return name.split("(?<=[0-9])(?=[^0-9])|(?<=[^0-9])(?=[0-9])", -1);
    }
}

package org.surprisal.report;

/// What marks require of their numbers, with the messages of those that refuse.
final class Checks {
    private Checks() {
    }

    /// What messages call a mark.
    static String owner(String kind, String name) {
        return kind + " '" + name + "'";
    }

    static void ascending(String owner, String argument, Values edges) {
        edges.check(owner, argument, false);
        for (int i = 1; i < edges.size(); i++) {
            if (edges.get(i) <= edges.get(i - 1)) {
                throw new IllegalArgumentException(owner + ": " + argument + " must ascend, but " + argument + "[" + i
                        + "] = " + edges.get(i) + " follows " + edges.get(i - 1));
            }
        }
    }

    static void sameLength(String owner, String first, Values a, String second, Values b) {
        if (a.size() != b.size()) {
            throw new IllegalArgumentException(
                    owner + ": lengths differ: " + first + " " + a.size() + " != " + second + " " + b.size());
        }
    }
}

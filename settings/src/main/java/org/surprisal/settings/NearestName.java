package org.surprisal.settings;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/// The name that was probably meant by a mistyped one.
public final class NearestName {
    private NearestName() {
    }

    /// The candidate nearest to `given`, if one is near enough to be a likely slip of the finger: at most one edit
    /// (insert, delete, replace, or swap of neighbours) in three letters, or a beginning of at least three letters. Of
    /// equally near ones, the first.
    public static Optional<String> of(String given, Collection<String> candidates) {
        String wanted = given.toLowerCase(Locale.ROOT);
        int allowed = Math.max(1, wanted.length() / 3);
        String best = null;
        int least = Integer.MAX_VALUE;
        for (String candidate : candidates) {
            String name = candidate.toLowerCase(Locale.ROOT);
            boolean beginning = wanted.length() >= 3 && name.startsWith(wanted);
            // Each letter more is an edit, so a name of another length needs no look; a file may give one of megabytes.
            int distance = beginning
                    ? 1
                    : Math.abs(wanted.length() - name.length()) > allowed
                            ? Integer.MAX_VALUE
                            : editDistance(wanted, name);
            if (distance <= allowed && distance < least) {
                best = candidate;
                least = distance;
            }
        }
        return Optional.ofNullable(best);
    }

    /// `; did you mean 'NAME'?` where a candidate is near, else `; the WHAT are A, B, C`.
    ///
    /// @param what the candidates in plural, such as `studies`
    public static String advice(String given, Collection<String> candidates, String what) {
        return of(given, candidates).map(name -> "; did you mean '" + name + "'?").orElseGet(
                () -> candidates.isEmpty()
                        ? "; there are no " + what
                        : "; the " + what + " are " + String.join(", ", candidates));
    }

    /// Optimal string alignment: the least number of inserted, deleted, replaced letters and swapped neighbours.
    static int editDistance(String a, String b) {
        int[][] distance = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    distance[i][j] = i + j;
                    continue;
                }
                int replaced = distance[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                distance[i][j] = Math.min(replaced, 1 + Math.min(distance[i - 1][j], distance[i][j - 1]));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    distance[i][j] = Math.min(distance[i][j], distance[i - 2][j - 2] + 1);
                }
            }
        }
        return distance[a.length()][b.length()];
    }
}

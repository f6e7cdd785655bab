package org.surprisal.gallery;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.surprisal.study.engine.Citation;
import org.surprisal.study.engine.Claim;
import org.surprisal.study.engine.Coordinate;
import org.surprisal.study.engine.Index;
import org.surprisal.study.engine.Results;
import org.surprisal.study.engine.Rule;
import org.surprisal.study.engine.Sample;

/// A claim about a recorded quantity, written in the exhibits' file, for sentences of a document that are not among the
/// claims of the study.
///
/// ```yaml
/// judge:
///   - id: graph-network-is-more-accurate
///     text: The graph network has the higher test accuracy
///     number: test-accuracy
///     at: {network: gcn, epoch: last}
///     minus: {network: fcn}
///     rule: above 0
/// ```
///
/// @param id       of the claim
/// @param text     the sentence
/// @param quantity in metrics.csv
/// @param at       values by column; `last` stands for the largest
/// @param minus    values that differ in the number that is subtracted, paired by seed; absent if none is
/// @param mean     columns over whose values the mean is taken
/// @param each     columns for each of whose values the claim has to hold
/// @param rule     `above X`, `below X`, `within D of X`, `further than D from X`
public record NumberClaim(String id, String text, String quantity, Map<String, String> at,
        Optional<Map<String, String>> minus, List<String> mean, List<String> each, String rule) {
    private static final String LAST = "last";
    private static final String NUMBER = "(-?[0-9.]+(?:[eE]-?[0-9]+)?)";
    private static final Pattern ONE_SIDED = Pattern.compile("(above|below) " + NUMBER);
    private static final Pattern AROUND = Pattern.compile("(within|further than) " + NUMBER + " (?:of|from) " + NUMBER);

    public NumberClaim {
        at = Map.copyOf(at);
        mean = List.copyOf(mean);
        each = List.copyOf(each);
    }

    /// The claim about the numbers of a run.
    ///
    /// @throws IllegalArgumentException if the rule cannot be read, or the numbers have no coordinate of a column
    Claim of(Results results, Citation source) {
        Sample all = results.named(quantity);
        List<Coordinate> coordinates = all.isEmpty() ? List.of() : each.stream().map(all::coordinate).toList();
        return Claim.of(id, text, source, this::number, region()).forEach(coordinates.toArray(Coordinate[]::new));
    }

    private Sample number(Results results) {
        Sample all = results.named(quantity);
        if (all.isEmpty()) {
            return all;
        }
        Sample here = chosen(all, at);
        if (minus.isPresent()) {
            Map<String, String> there = new HashMap<>(at);
            there.putAll(minus.get());
            here = here.minus(chosen(all, there));
        }
        for (String column : mean) {
            here = here.meanOver(here.coordinate(column));
        }
        return here;
    }

    private static Sample chosen(Sample all, Map<String, String> at) {
        Sample chosen = all;
        // The last epoch of each network is sought among that network's own, so words come first.
        for (Map.Entry<String, String> place : at.entrySet()) {
            if (!place.getValue().equals(LAST)) {
                chosen = chosen.at(place.getKey(), place.getValue());
            }
        }
        for (Map.Entry<String, String> place : at.entrySet()) {
            if (place.getValue().equals(LAST) && !chosen.isEmpty()) {
                if (!(chosen.coordinate(place.getKey()) instanceof Index index)) {
                    throw new IllegalArgumentException("'" + place.getKey() + "' has no last value");
                }
                chosen = chosen.last(index);
            }
        }
        return chosen;
    }

    /// The region in which the number has to lie.
    ///
    /// @throws IllegalArgumentException if it cannot be read
    Rule region() {
        Matcher oneSided = ONE_SIDED.matcher(rule);
        if (oneSided.matches()) {
            double limit = Double.parseDouble(oneSided.group(2));
            return oneSided.group(1).equals("above") ? new Rule.Above(limit) : new Rule.Below(limit);
        }
        Matcher around = AROUND.matcher(rule);
        if (around.matches()) {
            double margin = Double.parseDouble(around.group(2));
            double target = Double.parseDouble(around.group(3));
            return around.group(1).equals("within") ? new Rule.Within(target, margin) : new Rule.Apart(target, margin);
        }
        throw new IllegalArgumentException("claim '" + id + "': the rule '" + rule + "' must be 'above X', 'below X',"
                + " 'within D of X' or 'further than D from X'");
    }
}

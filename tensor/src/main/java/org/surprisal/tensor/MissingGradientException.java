package org.surprisal.tensor;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Says that gradients were asked for by variables that a result does not depend on through the record, where zeros
/// would be wrong as often as right: the message names the variables and, as far as the record tells, the cause.
public final class MissingGradientException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;
    /// Variables that a message names.
    private static final int NAMED = 3;

    private final String reason;

    private MissingGradientException(String variables, String reason, String remedy) {
        super("no gradient with respect to " + variables + ": " + reason + remedy);
        this.reason = reason;
    }

    /// Of the variables in `missing`, which are among those that gradients were asked for.
    ///
    /// @param remedy what the message ends with
    static MissingGradientException of(Tensor y, List<Tensor> all, List<Tensor> missing, String remedy) {
        String named = missing.stream().limit(NAMED).map(x -> name(x, all)).collect(Collectors.joining(", "));
        if (missing.size() > NAMED) {
            named += " and " + (missing.size() - NAMED) + " more";
        }
        return new MissingGradientException(named, reason(y, missing), remedy);
    }

    /// Why there is no gradient, and the likely cause: the part of the message after the names of the variables, for a
    /// message that names them in words of its own.
    public String reason() {
        return reason;
    }

    /// The name of a variable and its shape, for messages; its position where it has no name.
    static String name(Tensor x, List<Tensor> all) {
        String name = x.storage().name();
        return (name != null ? "'" + name + "'" : "variable " + all.indexOf(x)) + ", shape " + x.shape();
    }

    private static String reason(Tensor y, List<Tensor> missing) {
        if (!y.isTracked()) {
            return "the result is a constant; likely cause: " + y.origin().end();
        }
        List<Tensor> leaves = Gradients.inputsFirst(y).stream().filter(tensor -> tensor.node() == null).toList();
        String record = "no recorded computation leads from " + (missing.size() == 1 ? "it" : "them")
                + " to the result";
        if (missing.stream().anyMatch(x -> leaves.stream().anyMatch(leaf -> isCopy(leaf, x)))) {
            return record + ", but one leads from another variable with the same numbers; likely cause: tracked()"
                    + " makes a new variable every time: keep the tensor that it returns, compute with that tensor and"
                    + " ask for its gradient";
        }
        // The ends that are no ordinary numbers, of the later kinds first.
        Set<String> ends = new LinkedHashSet<>();
        for (Origin origin : Arrays.asList(Origin.values()).reversed()) {
            if (origin != Origin.NUMBERS && !origin.end().isEmpty()
                    && leaves.stream().anyMatch(leaf -> leaf.origin() == origin)) {
                ends.add(origin.end().replaceFirst("^it ", "a part of the result "));
            }
        }
        ends.add("the result was computed without " + (missing.size() == 1 ? "the variable" : "the variables")
                + ", or from numbers that item(), at() or toDoubles() returned, which carry no record");
        return record + "; possible causes: " + String.join("; or ", ends);
    }

    private static boolean isCopy(Tensor leaf, Tensor x) {
        return leaf.isTracked() && leaf != x && leaf.type() == x.type() && leaf.shape().equals(x.shape())
                && Arrays.equals(leaf.toDoubles(), x.toDoubles());
    }
}

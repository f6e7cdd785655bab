package org.surprisal.network;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Says which layer of a network refused its input, and why.
final class LayerException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;
    private static final Pattern OPERATION = Pattern.compile("(?<name>[a-z]+): (?<reason>.*)", Pattern.DOTALL);

    private final String path;
    private final IllegalArgumentException refusal;

    /// @param path of the layer, from the layer that runs it on
    LayerException(String path, IllegalArgumentException refusal) {
        super("layer '" + path + "': " + reason(path, String.valueOf(refusal.getMessage())), refusal);
        this.path = path;
        this.refusal = refusal;
    }

    /// An operation's message begins with its name, `linear: …`, which that of a layer such as 'linear0' repeats.
    private static String reason(String path, String message) {
        Matcher operation = OPERATION.matcher(message);
        return operation.matches() && path.substring(path.lastIndexOf('.') + 1).startsWith(operation.group("name"))
                ? operation.group("reason")
                : message;
    }

    /// The same, seen from outside the layer of this name.
    LayerException within(String name) {
        return new LayerException(name + "." + path, refusal);
    }
}

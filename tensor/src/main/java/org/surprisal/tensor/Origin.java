package org.surprisal.tensor;

import java.util.List;

/// How a tensor came about, as far as gradients are concerned. What a constant remembers of it serves error messages
/// alone: it tells why the record of a result ends there.
enum Origin {
    /// Made from numbers, or from such tensors.
    NUMBERS("it was computed from constants alone, such as the numbers that item(), at() and toDoubles() return:"
            + " compute with tensors all the way from the variable to the result"),
    /// Made by [Gradients#differentiable] from constants alone, as the gradient of a linear function is.
    CONSTANT_GRADIENT("it comes from gradients that are constants, as those of a linear function are"),
    /// Made by [Tensor#detached] from what was recorded, or from such a tensor.
    DETACHED("detached() cut the record: leave it out where gradients are needed"),
    /// Made from what was recorded while [Tracking] was off.
    UNRECORDED("it was computed while tracking was off, as in Tracking.off, Network.evaluate and Network.observe:"
            + " compute it outside Tracking.off, the outputs of a network by Network.forward"),
    /// Given by [Gradients#of], or made from such a tensor.
    GRADIENT("it comes from Gradients.of, whose gradients are constants: use Gradients.differentiable for second"
            + " derivatives"),
    /// An independent variable.
    VARIABLE(""),
    /// An independent variable with the numbers of another tensor that is tracked.
    COPIED_VARIABLE("tracked() in the middle of the computation made a new variable, and the record ends there: call"
            + " tracked() before the computation only"),
    /// Made by a recorded operation.
    RECORDED("");

    /// Why gradients cannot go beyond such a tensor; empty where nothing is wrong.
    private final String end;

    Origin(String end) {
        this.end = end;
    }

    String end() {
        return end;
    }

    boolean isTracked() {
        return this == VARIABLE || this == COPIED_VARIABLE || this == RECORDED;
    }

    /// Of what an operation makes from these inputs.
    static Origin ofResult(List<Tensor> inputs) {
        Origin most = NUMBERS;
        for (Tensor input : inputs) {
            Origin origin = input.origin();
            if (origin.isTracked()) {
                return Tracking.isOn() ? RECORDED : UNRECORDED;
            }
            most = origin.compareTo(most) > 0 ? origin : most;
        }
        return most;
    }
}

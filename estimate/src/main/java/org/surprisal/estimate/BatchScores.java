package org.surprisal.estimate;

import java.util.stream.IntStream;
import org.surprisal.tensor.Tensor;

/// A batch's scores T(x_i, y_j), shape (B, B), divided into those of true pairs and those of broken ones.
final class BatchScores {

    private BatchScores() {
    }

    /// i = j, shape (B).
    static Tensor joint(Tensor scores) {
        return scores.pick(IntStream.range(0, scores.length(0)).toArray());
    }

    /// i != j, shape (B (B - 1)).
    static Tensor marginal(Tensor scores) {
        int batch = scores.length(0);
        int[] broken = IntStream.range(0, batch * batch).filter(pair -> pair / batch != pair % batch).toArray();
        return scores.reshape(batch * batch).rows(broken);
    }
}

package org.surprisal.study.knowntruths;

import java.util.OptionalDouble;
import org.surprisal.information.task.Task;
import org.surprisal.tensor.RandomStream;

/// The pair of variables of a published task.
record TaskPair(Task task) implements KnownPair {

    @Override
    public OptionalDouble information() {
        return OptionalDouble.of(task.information());
    }

    @Override
    public DrawnPairs draw(int n, RandomStream stream) {
        Task.Pairs drawn = task.draw(n, stream);
        return DrawnPairs.of(drawn.x(), drawn.y());
    }
}

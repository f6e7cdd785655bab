package org.surprisal.study.experiment;

import java.util.Arrays;
import java.util.Optional;
import org.surprisal.data.Dataset;
import org.surprisal.tensor.Shape;
import org.surprisal.tensor.SparseMatrix;
import org.surprisal.tensor.Tensor;

/// What an experiment learns from.
///
/// @param train to learn from
/// @param validation to watch while training
/// @param test to judge by at the end
/// @param graph whose nodes the samples are, where they are
record ExperimentData(Dataset train, Optional<Dataset> validation, Optional<Dataset> test, Optional<Nodes> graph) {
    /// The nodes of a graph: samples are their numbers.
    ///
    /// @param features of every node
    /// @param adjacency normalised
    record Nodes(Tensor features, SparseMatrix adjacency) {}

    /// The shape of one sample as the first layer sees it.
    Shape sample() {
        return graph.map(nodes -> Shape.of(nodes.features().length(1))).orElseGet(train::inputShape);
    }

    /// The shape that the last layer must give: one output a class, or a sample's targets.
    Shape outputs() {
        if (train.classes() > 0) {
            return Shape.of(train.classes());
        }
        int[] lengths = train.batch(0).targets().shape().lengths();
        return Shape.of(Arrays.copyOfRange(lengths, 1, lengths.length));
    }

    /// Whether a network whose last layer gives this shape can learn the data: the shape of [#outputs], or one output
    /// for two classes.
    ///
    /// @param oneOutput whether the loss takes one output for two classes
    boolean takes(Shape output, boolean oneOutput) {
        return output.equals(outputs())
                || (oneOutput && train.classes() == 2 && output.equals(Shape.of(1)));
    }

    /// What is watched while training: validation samples, or test samples where there are no others.
    Optional<Dataset> watched() {
        return validation.or(() -> test);
    }
}

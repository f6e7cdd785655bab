package org.surprisal.study.knowntruths;

import java.util.OptionalDouble;
import org.surprisal.tensor.RandomStream;

/// Two random variables whose mutual information is known without being estimated.
sealed interface KnownPair
        permits
        CorrelatedNormals,
        StudentPair,
        NoisyCube,
        LabelledMixture,
        FoldedUniform,
        SquaredIntegers,
        TaskPair {
    /// I(X;Y) in nats; empty where it is infinite.
    OptionalDouble information();

    /// Independent pairs. The first of a longer drawing are those of a shorter one from the same stream.
    DrawnPairs draw(int n, RandomStream stream);
}

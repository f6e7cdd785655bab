package org.surprisal.study.knowntruths;

import java.util.Locale;
import java.util.OptionalDouble;
import org.surprisal.study.Case;
import org.surprisal.tensor.RandomStream;

/// Two random variables whose mutual information is known without being estimated.
sealed interface KnownPair
        permits
        CorrelatedNormals,
        StudentPair,
        NoisyCube,
        LabelledMixture,
        FoldedUniform,
        SquaredIntegers {
    /// The case coordinate of [#family].
    String FAMILY = "family";
    /// The case coordinate of [#at].
    String AT = "at";

    /// What pairs have in common that differ by one number: `gaussian-d5`.
    String family();

    /// The number by which the pairs of a family differ.
    double at();

    /// I(X;Y) in nats; empty where it is infinite.
    OptionalDouble information();

    /// Independent pairs. The first samples of a longer drawing are those of a shorter one from the same stream.
    Sample draw(int n, RandomStream stream);

    /// Family and number, as numbers of the run name them.
    default Case which() {
        return Case.of(FAMILY, family()).and(AT, text(at()));
    }

    /// The shortest text that reads back as the same number.
    static String text(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e9
                ? Long.toString((long) value)
                : Double.toString(value).toLowerCase(Locale.ROOT);
    }
}

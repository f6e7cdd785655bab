package org.surprisal.information.conditional;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.surprisal.information.mutual.Continuous;
import org.surprisal.information.mutual.Discrete;
import org.surprisal.information.mutual.Variable;
import org.surprisal.tensor.Tensor;

/// Checks of three variables of which there are joint samples, and several variables as one.
final class Triples {

    private Triples() {
    }

    /// The number of samples of three variables.
    ///
    /// @throws IllegalArgumentException if the numbers differ, or there are fewer than `minimum`
    static int require(Variable x, Variable y, Variable z, int minimum) {
        if (x.count() != z.count()) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "%s has %d sample(s), %s has %d: triples needed",
                            x.name(), x.count(), z.name(), z.count()));
        }
        return Variable.requirePairs(x, y, minimum);
    }

    /// The variable as a continuous one.
    ///
    /// @throws IllegalArgumentException if it is discrete
    static Continuous continuous(String estimator, Variable variable) {
        if (variable instanceof Continuous continuous) {
            return continuous;
        }
        throw new IllegalArgumentException("%s is discrete: %s needs continuous variables, take discrete"
                .formatted(variable.name(), estimator));
    }

    /// The variable as a discrete one.
    ///
    /// @throws IllegalArgumentException if it is continuous
    static Discrete discrete(Variable variable) {
        if (variable instanceof Discrete discrete) {
            return discrete;
        }
        throw new IllegalArgumentException(
                "%s is continuous: counting needs a discrete variable, take whole rows as symbols"
                        .formatted(variable.name()));
    }

    /// The coordinates of several variables one after the other, float64.
    static Continuous joint(Continuous... variables) {
        List<Tensor> values = Arrays.stream(variables)
                .map(variable -> Tensor.of(variable.values().toDoubles(), variable.count(), variable.dimension()))
                .toList();
        String name = Arrays.stream(variables).map(Variable::name)
                .collect(Collectors.joining(", ", "(", ")"));
        return Continuous.of(name, Tensor.concatenate(1, values));
    }
}

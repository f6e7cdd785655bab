package org.surprisal.information.mutual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class IdentityCheckTest {

    private static final OptionalDouble NONE = OptionalDouble.empty();

    @Test
    void numbersThatMayBelongTogetherPass() {
        assertThat(new IdentityCheck(2, OptionalDouble.of(0.5), OptionalDouble.of(0.69), 100).violations(0)).isEmpty();
        assertThat(new IdentityCheck(Math.log(100), NONE, NONE, 100).violations(0)).isEmpty();
        assertThat(new IdentityCheck(1, OptionalDouble.of(-0.3), NONE, 100).violations(0)).isEmpty();
        assertThat(new IdentityCheck(1, OptionalDouble.of(1 + 1e-12), NONE, 100).violations(1e-9)).isEmpty();
    }

    /// I(Y;Z) of a first convolution layer above H(Y), as the thesis reports it (section 5.1.3): in bits beside nats, say.
    @Test
    void eachViolationIsNamedWithBothNumbers() {
        assertThat(new IdentityCheck(8, OptionalDouble.of(3.4), OptionalDouble.of(2.3), 4000).violations(1e-9))
                .containsExactly("I(Y;Z) = 3.40000 nat exceeds H(Y) = 2.30000 nat by 1.10: the numbers do not belong"
                        + " together, or one is wrong");
        assertThat(new IdentityCheck(12, OptionalDouble.of(13), OptionalDouble.of(9), 4000).violations(1e-9))
                .hasSize(4)
                .anyMatch(v -> v.startsWith("I(X;Z) = 12.0000 nat exceeds ln n of 4000 samples = 8.29405 nat"))
                .anyMatch(v -> v.startsWith("H(Y) = 9.00000 nat exceeds ln n"))
                .anyMatch(v -> v.startsWith("I(Y;Z) = 13.0000 nat exceeds I(X;Z) = 12.0000 nat"))
                .anyMatch(v -> v.startsWith("I(Y;Z) = 13.0000 nat exceeds H(Y) = 9.00000 nat"));
        assertThat(new IdentityCheck(-0.1, NONE, OptionalDouble.of(-1), 10).violations(0)).containsExactly(
                "I(X;Z) = -0.100000 nat is negative, which it cannot be",
                "H(Y) = -1.00000 nat is negative, which it cannot be");
    }

    /// The bracket's upper end is none of the one-kind numbers: put in their place the flag fires.
    @Test
    void boundsOfTwoKindsDoNotBelongTogether() {
        assertThat(new IdentityCheck(1.05, OptionalDouble.of(1.9), OptionalDouble.of(2.3), 4096).violations(1e-9))
                .hasSize(1);
    }

    @Test
    void refusesWhatIsNoNumber() {
        assertThatIllegalArgumentException().isThrownBy(() -> new IdentityCheck(Double.NaN, NONE, NONE, 3))
                .withMessage("I(X;Z) = NaN nat, a finite number needed");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new IdentityCheck(1, OptionalDouble.of(Double.POSITIVE_INFINITY), NONE, 3))
                .withMessage("I(Y;Z) = Infinity nat, a finite number needed");
        assertThatIllegalArgumentException().isThrownBy(() -> new IdentityCheck(0, NONE, NONE, 0))
                .withMessage("n = 0 samples, at least 1 needed");
        assertThatIllegalArgumentException().isThrownBy(() -> new IdentityCheck(0, NONE, NONE, 1).violations(-1))
                .withMessage("tolerance = -1.0 nat, a finite value >= 0 needed");
    }
}

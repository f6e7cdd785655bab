package org.surprisal.network.perceptron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

/// Logic from neurons with weights of magnitude 1 (Zahn, section 2.2.1).
class McCullochPittsTest {
    private static final McCullochPitts AND = McCullochPitts.of(2, 1, 1);
    private static final McCullochPitts OR = McCullochPitts.of(1, 1, 1);
    private static final McCullochPitts NOT_BOTH = McCullochPitts.of(-1, -1, -1);

    /// Fig. 31: H(H(x1 + x2 - 1) + H(1 - x1 - x2) - 2).
    private static int xor(int x1, int x2) {
        return AND.output(OR.output(x1, x2), NOT_BOTH.output(x1, x2));
    }

    @Test
    void andIsTheTableOfTheNotes() {
        assertThat(AND.truthTable()).hasToString("""
                x1       0  0  1  1
                x2       0  1  0  1
                x1+x2    0  1  1  2
                x1+x2-2 -2 -1 -1  0
                y        0  0  0  1""");
    }

    @Test
    void orAndXor() {
        assertThat(OR.truthTable().line("y")).containsExactly(0.0, 1.0, 1.0, 1.0);
        assertThat(NOT_BOTH.truthTable().line("-x1-x2+1")).containsExactly(1.0, 0.0, 0.0, -1.0);
        TruthTable table = TruthTable.of(2).with("or", OR::output).with("not both", NOT_BOTH::output).with("xor",
                x -> xor(x[0], x[1]));
        assertThat(table.line("or")).containsExactly(0.0, 1.0, 1.0, 1.0);
        assertThat(table.line("not both")).containsExactly(1.0, 1.0, 1.0, 0.0);
        assertThat(table.line("xor")).containsExactly(0.0, 1.0, 1.0, 0.0);
    }

    @Test
    void addersAddAllInputs() {
        for (int a = 0; a <= 1; a++) {
            for (int b = 0; b <= 1; b++) {
                assertThat(2 * AND.output(a, b) + xor(a, b)).as("half adder, %d + %d", a, b).isEqualTo(a + b);
                for (int c = 0; c <= 1; c++) {
                    int sum = xor(xor(a, b), c);
                    int carry = OR.output(AND.output(a, b), AND.output(xor(a, b), c));
                    assertThat(2 * carry + sum).as("full adder, %d + %d + %d", a, b, c).isEqualTo(a + b + c);
                }
            }
        }
    }

    @Test
    void otherWeightsAndInputsAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> McCullochPitts.of(1, 1, 2))
                .withMessage("weights (=[1, 2]) must be +1 (excitatory) or -1 (inhibitory), one an input");
        assertThatIllegalArgumentException().isThrownBy(() -> McCullochPitts.of(1, 0)).withMessageContaining("[0]");
        assertThatIllegalArgumentException().isThrownBy(() -> McCullochPitts.of(1)).withMessageContaining("[]");
        assertThatIllegalArgumentException().isThrownBy(() -> AND.output(1, 2))
                .withMessage("input 1 (=2) must be 0 or 1");
        assertThatIllegalArgumentException().isThrownBy(() -> AND.output(1)).withMessage("1 inputs for 2 weights");
    }

    @Test
    void tablesRefuseWhatTheyCannotHold() {
        assertThatIllegalArgumentException().isThrownBy(() -> TruthTable.of(0)).withMessageContaining("(=0)");
        assertThatIllegalArgumentException().isThrownBy(() -> TruthTable.of(17)).withMessageContaining("1 to 16");
        assertThatIllegalArgumentException().isThrownBy(() -> TruthTable.of(1).with("x1", x -> 0))
                .withMessageContaining("'x1'");
        assertThatIllegalArgumentException().isThrownBy(() -> AND.truthTable().line("z"))
                .withMessage("no line 'z'; there are x1, x2, x1+x2, x1+x2-2, y");
        // three inputs count up in binary
        assertThat(TruthTable.of(3).with("n", x -> 4 * x[0] + 2 * x[1] + x[2]).line("n")).containsExactly(0.0, 1.0,
                2.0, 3.0, 4.0, 5.0, 6.0, 7.0);
    }
}
